// Whose tokens are accepted: a real issuer on loopback that rotates its keys, and what forgers try.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { createAuthenticator, type AuthSettings } from '../../src/graphql/auth/tokens.js';
import { until } from '../support/until.js';

interface Key {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}
async function keyOf(kid: string, alg = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

let issuer: Server;
let served: JWK[] = [];
let fetched = 0;
let answers: 'keys' | 'failure' = 'keys';
let jwksUrl: string;
let first: Key;
beforeAll(async () => {
  first = await keyOf('first');
  issuer = createServer((_request, response) => {
    fetched++;
    if (answers === 'failure') response.writeHead(500).end();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: served }));
  });
  await new Promise<void>((ready) => issuer.listen(0, '127.0.0.1', ready));
  jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
});
afterAll(() => new Promise((closed) => issuer.close(closed)));
beforeEach(() => {
  [served, fetched, answers] = [[first.jwk], 0, 'keys'];
});

const now = () => Math.floor(Date.now() / 1000);
const good = () => ({ iss: 'https://bank', aud: 'casegraph', sub: 'ana', exp: now() + 60, roles: ['auditor'] });
const sign = (claims: object, key = first) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(key.privateKey);
const authenticator = (over: Partial<AuthSettings> = {}) =>
  createAuthenticator({ jwksUrl, issuer: 'https://bank', audience: 'casegraph', developmentKey: null, ...over });
const outcome = (token: string, with_ = authenticator(), purpose?: string): Promise<string> =>
  with_.authenticate(`Bearer ${token}`, purpose).then(
    ({ user }) => user,
    (error) => String(error.extensions?.code ?? error),
  );

describe('a token', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('that the issuer signed with %s is accepted', async (alg) => {
    const key = await keyOf(alg, alg);
    served.push(key.jwk);
    expect(await outcome(await sign(good(), key))).toBe('ana');
  });

  it.each<[string, object, string]>([
    ['of another issuer', { iss: 'https://other' }, 'UNAUTHENTICATED'],
    ['of no issuer', { iss: undefined }, 'UNAUTHENTICATED'],
    ['for another audience', { aud: 'payroll' }, 'UNAUTHENTICATED'],
    ['for several, us among them', { aud: ['payroll', 'casegraph'] }, 'ana'],
    ['that never expires', { exp: undefined }, 'UNAUTHENTICATED'],
    ['of nobody', { sub: undefined }, 'UNAUTHENTICATED'],
    ['that expired within the skew of clocks', { exp: now() - 10 }, 'ana'],
    ['that expired before', { exp: now() - 60 }, 'UNAUTHENTICATED'],
    ['that begins within the skew', { nbf: now() + 10 }, 'ana'],
    ['that begins later', { nbf: now() + 60 }, 'UNAUTHENTICATED'],
    ['without a role', { roles: [] }, 'FORBIDDEN'],
    ['with a role as text', { roles: 'auditor' }, 'FORBIDDEN'],
    ['with an unknown role', { roles: ['auditor', 'root'] }, 'FORBIDDEN'],
    ['with branches that are no list', { branches: 'JKT' }, 'FORBIDDEN'],
    ['with portfolios that are no texts', { portfolios: [7] }, 'FORBIDDEN'],
    ['of a law firm without its name', { roles: ['lawFirm'] }, 'FORBIDDEN'],
    ['of a law firm', { roles: ['lawFirm'], partner: 'harbor-legal' }, 'ana'],
    ['of a law firm that is the bank as well', { roles: ['lawFirm', 'legal'], partner: 'harbor-legal' }, 'FORBIDDEN'],
  ])('%s', async (_, over, said) => expect(await outcome(await sign({ ...good(), ...over }))).toBe(said));

  it('is refused for a purpose that nobody knows', async () => {
    const token = await sign(good());
    expect(await outcome(token, authenticator(), 'audit')).toBe('ana');
    expect(await outcome(token, authenticator(), 'curiosity')).toBe('BAD_USER_INPUT');
    expect(await outcome(token, authenticator(), 'toString')).toBe('BAD_USER_INPUT');
  });
});

describe('a forged token', () => {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('without a signature is refused', async () => {
    expect(await outcome(new UnsecuredJWT(good()).encode())).toBe('UNAUTHENTICATED');
    for (const alg of ['none', 'None', 'NONE', ''])
      expect(await outcome(`${encoded({ alg, kid: 'first' })}.${encoded(good())}.AA`)).toBe('UNAUTHENTICATED');
  });

  it.each<[string, (key: Key) => Promise<string>]>([
    ['PEM', ({ publicKey }) => exportSPKI(publicKey)],
    ['JWK', async ({ jwk }) => JSON.stringify(jwk)],
  ])('signed by HS256 with the public key as %s is refused', async (_, textOf) => {
    for (const alg of ['RS256', 'ES256']) {
      const key = await keyOf(`confused ${alg}`, alg);
      served.push(key.jwk);
      const token = await new SignJWT(good())
        .setProtectedHeader({ alg: 'HS256', kid: key.kid })
        .sign(new TextEncoder().encode(await textOf(key)));
      expect(await outcome(token)).toBe('UNAUTHENTICATED');
      expect(await outcome(token, authenticator({ developmentKey: 'another key of more than 32 characters' }))).toBe('UNAUTHENTICATED');
    }
  });

  it('that brings its own key is refused', async () => {
    const own = await keyOf('first');
    const token = await new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: 'first', jwk: own.jwk }).sign(own.privateKey);
    expect(await outcome(token)).toBe('UNAUTHENTICATED');
  });

  it('whose claims were changed after the signature is refused', async () => {
    const [header, , signature] = (await sign(good())).split('.');
    expect(await outcome(`${header}.${encoded({ ...good(), roles: ['legal'] })}.${signature}`)).toBe('UNAUTHENTICATED');
  });

  it('of the development issuer is refused where there is no development key', async () => {
    expect(await outcome(await sign({ ...good(), iss: 'casegraph-development' }))).toBe('UNAUTHENTICATED');
  });
});

describe('keys of the issuer', () => {
  const keys = { cacheMs: 300, cooldownMs: 0, timeoutMs: 2_000 };

  it('that are new are fetched when a token comes that they signed', async () => {
    const authenticate = authenticator({ keys: { ...keys, cacheMs: 60_000 } });
    expect(await outcome(await sign(good()), authenticate)).toBe('ana');
    const second = await keyOf('second');
    served.push(second.jwk);
    expect(await outcome(await sign(good(), second), authenticate)).toBe('ana');
    expect(await outcome(await sign(good()), authenticate)).toBe('ana');
    expect(fetched).toBe(2);
  });

  it('that were taken away are refused once they are older than they may be', async () => {
    const authenticate = authenticator({ keys });
    const token = await sign(good());
    expect(await outcome(token, authenticate)).toBe('ana');
    served = [(await keyOf('second')).jwk];
    await until('the key is refused', async () => (await outcome(token, authenticate)) === 'UNAUTHENTICATED', 5_000);
  });

  it('are not fetched for every unknown one', async () => {
    const authenticate = authenticator();
    expect(await outcome(await sign(good()), authenticate)).toBe('ana');
    const stranger = await keyOf('stranger');
    const token = await sign(good(), stranger);
    for (let i = 0; i < 50; i++) expect(await outcome(token, authenticate)).toBe('UNAUTHENTICATED');
    expect(fetched).toBe(1);
  });

  it('that cannot be fetched make no caller guilty', async () => {
    answers = 'failure';
    expect(await outcome(await sign(good()))).toBe('UPSTREAM_TIMEOUT');
    expect(await outcome(await sign(good()), authenticator({ jwksUrl: 'http://127.0.0.1:1/jwks' }))).toBe('UPSTREAM_TIMEOUT');
    answers = 'keys';
    expect(await outcome(await sign(good()))).toBe('ana');
  });
});
