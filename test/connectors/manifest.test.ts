// The signed manifest of evidence: it goes with the claim, is the same on each try, and fits these documents alone.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { flattenedVerify } from 'jose';
import type { LawFirm } from '../../connectors/contract/law-firm.js';
import { createHarborLegal } from '../../connectors/law-firm/harbor-legal/connector.js';
import { createMerdekaLaw } from '../../connectors/law-firm/merdeka-law/connector.js';
import { manifestOf } from '../../connectors/contract/manifest.js';
import { manifestSignerOf } from '../../connectors/manifest.js';
import type { ClaimOrder } from '../../connectors/contract/law-firm.js';
import { manifestOf as manifestOfBundle } from '../../src/actions/build-evidence.js';
import { orderOf } from '../../src/conformance/samples.js';

const claim = orderOf('LAW_FIRM', 'placeClaim') as ClaimOrder;
const keys = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
  ec: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
};
const bodies: any[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  response.setHeader('content-type', 'application/json');
  if (request.url === '/oauth/token') return void response.end('{"access_token":"t","expires_in":60}');
  bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
  response.writeHead(503).end('{}');
});
beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

const settingsOf = (id: string, kind: keyof typeof keys | null) => ({
  id,
  url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
  clientId: 'casegraph',
  clientSecret: 'between us',
  timeoutMs: 2_000,
  ...(kind ? { signing: { pem: keys[kind].privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, keyId: 'k1' } } : {}),
});
const verify = (jws: string, kind: keyof typeof keys, text: string) => {
  const [protectedHeader, , signature] = jws.split('.') as [string, string, string];
  return flattenedVerify({ protected: protectedHeader, payload: Buffer.from(text).toString('base64url'), signature }, keys[kind].publicKey);
};

it.each(['rsa', 'ed25519'] as const)('is signed with a key of %s, the same each time, for these documents alone', async (kind) => {
  const sign = manifestSignerOf(settingsOf('x', kind));
  const jws = (await sign(claim.evidence))!;
  expect(await sign(claim.evidence)).toBe(jws);
  expect((await verify(jws, kind, manifestOf(claim.evidence))).protectedHeader).toMatchObject({ kid: 'k1' });
  const other = [{ ...claim.evidence[0]!, sha256: '0'.repeat(64) }];
  await expect(verify(jws, kind, manifestOf(other))).rejects.toThrow('verification failed');
});

it('is the text whose hash the gateway keeps', () => {
  const papers = [...claim.evidence, { ...claim.evidence[0]!, name: 'a "contract".pdf' }];
  expect(manifestOf(papers)).toBe(manifestOfBundle(papers));
});

it('is not signed without a key, nor with one whose signature is another each time', async () => {
  for (const kind of [null, 'ec'] as const) expect(await manifestSignerOf(settingsOf('x', kind))(claim.evidence)).toBeUndefined();
});

it.each<[string, (settings: ReturnType<typeof settingsOf>) => LawFirm, string]>([
  ['harbor-legal', createHarborLegal, 'manifestSignature'],
  ['merdeka-law', createMerdekaLaw, 'tanda_tangan_daftar'],
])('goes to %s with the claim', async (id, create, field) => {
  for (const kind of ['rsa', null] as const) {
    const call = { deliveryId: 'handoff_0000000000000001', signal: AbortSignal.timeout(2_000) };
    await expect(create(settingsOf(id, kind)).operations.placeClaim(claim, call)).rejects.toMatchObject({ sent: 'no' });
    const jws = bodies.at(-1)[field];
    if (kind) await verify(jws, kind, manifestOf(claim.evidence));
    else expect(bodies.at(-1)).not.toHaveProperty(field);
  }
});
