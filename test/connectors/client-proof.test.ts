// How the gateway proves itself to partners, against the real simulator: by secret, by signed assertion, by client certificate; and who is refused.
import { decodeJwt, SignJWT } from 'jose';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { PartnerSettings } from '../../connectors/contract.js';
import { signingKeyOf } from '../../connectors/client-proof.js';
import { statusOf } from '../../connectors/http.js';
import { createNusaBureau } from '../../connectors/credit-bureau/nusa-bureau/connector.js';
import { startPartner, type Partner, type PartnerSettings as Simulated } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { createAuthority } from '../support/certificates.js';
import { orderOf } from '../../src/conformance/samples.js';

const spec = partnerSpecs.find(({ id }) => id === 'nusa-bureau')!;
const secret = 'a secret between us';
const started: Partner[] = [];
const start = async (over: Partial<Simulated> = {}) => {
  const webhookSecret = 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==';
  const common = { spec, port: 0, host: '127.0.0.1', clientId: 'us', clientSecret: secret, webhookSecret, ledgerFile: null };
  const partner = await startPartner({ ...common, gatewayUrl: () => null, ...over });
  started.push(partner);
  return partner;
};
afterAll(() => Promise.all(started.map((each) => each.stop())));

const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;
const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string;
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};
let deliveries = 0;
/** @returns `accepted`, or what was thrown */
const send = async (url: string, over: Partial<PartnerSettings> = {}): Promise<string> => {
  const bureau = createNusaBureau({ id: 'nusa-bureau', url, clientId: 'us', clientSecret: '', timeoutMs: 2_000, ...over });
  const call = { deliveryId: `handoff_${String(++deliveries).padStart(16, '0')}`, signal: new AbortController().signal };
  return bureau.operations.reportOverdue(orderOf('CREDIT_BUREAU', 'reportOverdue', undefined, deliveries) as never, call).then(
    ({ is }) => is,
    (error: { sent: string; message: string }) => `${error.sent}: ${error.message}`,
  );
};
const signing = (key: KeyObject) => ({ pem: pemOf(key), keyId: 'key-1' });

it.each(Object.entries(pairs))(
  'a signed assertion of %s is taken, and no other key and no secret',
  async (algorithm, { privateKey, publicKey }) => {
    const { url } = await start({ clientPublicKey: publicPem(publicKey) });
    expect(signingKeyOf(pemOf(privateKey)).algorithm).toBe(algorithm);
    expect(await send(url, { signing: signing(privateKey) })).toBe('accepted');
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const refusals = [await send(url, { signing: signing(other.privateKey) }), await send(url, { clientSecret: secret })];
    expect(refusals).toEqual(['no: no access token: HTTP 401', 'no: no access token: HTTP 401']);
  },
);

it('a secret is taken where a secret was agreed, and nothing secret is told when it is wrong', async () => {
  const { url } = await start();
  expect(await send(url, { clientSecret: secret })).toBe('accepted');
  expect(await send(url, { clientSecret: 'another secret' })).toBe('no: no access token: HTTP 401');
  expect(await send(url, { signing: signing(pairs.ES256.privateKey) })).toBe('no: no access token: HTTP 401');
});

it('each assertion is of its own, for one address, for a minute', async () => {
  const forms: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    forms.push(new URLSearchParams(Buffer.concat(chunks).toString()));
    response.writeHead(401).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  for (const end of ['', '/']) await send(`${url}${end}`, { signing: signing(pairs.ES256.privateKey), clientSecret: secret });
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  const claims = forms.map((form) => decodeJwt(form.get('client_assertion')!));
  for (const { exp, iat, ...said } of claims) {
    expect(said).toEqual({ iss: 'us', sub: 'us', aud: `${url}/oauth/token`, jti: expect.any(String) });
    expect(exp! - iat!).toBeLessThanOrEqual(60);
  }
  expect(new Set(claims.map(({ jti }) => jti)).size).toBe(2);
  expect(forms.map(String).join()).not.toContain('secret');
});

it('a partner that goes by its issuer takes assertions for that name only, and one that does not takes none for it', async () => {
  const { privateKey, publicKey } = pairs.ES256;
  const issuer = 'https://login.bureau.example';
  const keys = { clientPublicKey: publicPem(publicKey) };
  const [byIssuer, byAddress] = [await start({ ...keys, issuer }), await start(keys)];
  const named = { signing: { ...signing(privateKey), issuer } };
  expect(await send(byIssuer.url, named)).toBe('accepted');
  const refused = [
    await send(byIssuer.url, { signing: signing(privateKey) }),
    await send(byIssuer.url, { signing: { ...signing(privateKey), issuer: `${issuer}/` } }),
    await send(byAddress.url, named),
  ];
  for (const each of refused) expect(each).toBe('no: no access token: HTTP 401');
});

it('an assertion that ran out, lives too long, is for another address or several, is of another or was used is refused', async () => {
  const { privateKey, publicKey } = pairs.ES256;
  const { url } = await start({ clientPublicKey: publicPem(publicKey) });
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: 'us', sub: 'us', aud: `${url}/oauth/token` as string | string[], jti: 'one', iat: now, exp: now + 60 };
  const assertion = (over: object) =>
    new SignJWT({ ...good, jti: randomUUID(), ...over }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
  const ask = async (client_assertion: string) => {
    const grant = { grant_type: 'client_credentials', client_id: 'us' };
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const body = new URLSearchParams({ ...grant, client_assertion_type: type, client_assertion });
    return (await fetch(`${url}/oauth/token`, { method: 'POST', body })).status;
  };
  for (const over of [
    { iat: now - 120, exp: now - 60 },
    { exp: now + 3_600 },
    { aud: 'http://127.0.0.1:1/oauth/token' },
    { aud: [`${url}/oauth/token`, 'https://other/oauth/token'] },
    { iss: 'them' },
    { sub: 'them' },
    { jti: undefined },
  ])
    expect([over, await ask(await assertion(over))]).toEqual([over, 401]);
  const once = await assertion({});
  expect([await ask(once), await ask(once)]).toEqual([200, 401]);
});

it('a partner that asks for a client certificate takes its own clients only, and is known by its authority', async () => {
  const [authority, stranger] = [createAuthority('Authority of the bureau'), createAuthority('Nobody')];
  const server = authority.certify('bureau');
  const { url } = await start({ tls: { ...server, ca: authority.cert } });
  const tls = { ...authority.certify('us'), ca: authority.cert };
  expect(url).toMatch(/^https:/);
  expect(await send(url, { clientSecret: secret, tls })).toBe('accepted');
  const refused = [
    await send(url, { clientSecret: secret, tls: { ...stranger.certify('us'), ca: authority.cert } }),
    await send(url, { clientSecret: secret, tls: { ...tls, ca: stranger.cert } }),
    await send(url, { clientSecret: secret }),
    await send(url, { clientSecret: 'another secret', tls }),
  ];
  for (const each of refused) expect(each).toMatch(/^no: no access token: ([A-Z0-9_]+|HTTP 401)$/);
  expect(await statusOf({ url, tls, timeoutMs: 2_000 })).toBe(200);
  // Whoever trusts the server and shows nothing.
  const { request } = await import('node:https');
  const shown = new Promise((answered) =>
    request(`${url}/oauth/token`, { method: 'POST', ca: authority.cert }, ({ statusCode }) => answered(statusCode))
      .on('error', () => answered('cut off'))
      .end(),
  );
  expect(await shown).toBe('cut off');
});

it.each([
  ['none', ''],
  [
    'encrypted',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string,
  ],
  ['of another form', pairs.PS256.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string],
  ['too short', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
  ['of another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)],
  ['cut', pemOf(pairs.ES256.privateKey).slice(0, 80)],
])('a key that is %s is refused, and not told', (_, pem) => {
  const thrown = (() => {
    try {
      return String(signingKeyOf(pem).algorithm);
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(thrown).toBe('is not an unencrypted PKCS #8 key of P-256, Ed25519 or RSA with 2048 bits or more');
});
