// Settings that are missing or wrong stop the start, each named.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadSettings, readConfig } from '../../src/config.js';
import { createAuthority } from '../support/certificates.js';

const good = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/casegraph',
  KAFKA_BROKERS: '127.0.0.1:9092',
  CURSOR_SECRET: 'x'.repeat(32),
  AUTH_DEVELOPMENT_KEY: 'y'.repeat(32),
  PARTNER_HARBOR_LEGAL_URL: 'http://127.0.0.1:4102',
  PARTNER_HARBOR_LEGAL_CLIENT_ID: 'a',
  PARTNER_HARBOR_LEGAL_CLIENT_SECRET: 'b',
  PARTNER_HARBOR_LEGAL_WEBHOOK_SECRETS: 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==',
};
const read = (over: Record<string, string | undefined>) => readConfig({ ...good, ...over }, ['harbor-legal', 'courier'], ['canonical']);

it('that are right become typed, and a partner without a URL is not connected', () => {
  expect(read({})).toMatchObject({
    port: 4000,
    sources: [{ format: 'canonical', topics: ['loan-events'] }],
    production: false,
    exports: { folder: expect.stringContaining('casegraph-exports'), keepHours: 24 },
    partners: [{ id: 'harbor-legal', timeoutMs: 5000 }],
  });
});

it.each([
  ['DATABASE_URL', { DATABASE_URL: undefined }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://127.0.0.1' }],
  ['KAFKA_BROKERS', { KAFKA_BROKERS: 'localhost' }],
  ['PORT', { PORT: 'http' }],
  ['PORT', { PORT: '70000' }],
  ['CURSOR_SECRET', { CURSOR_SECRET: 'short' }],
  ['AUTH_JWKS_URL', { AUTH_DEVELOPMENT_KEY: undefined }],
  ['AUTH_ISSUER', { AUTH_JWKS_URL: 'https://bank/jwks', AUTH_AUDIENCE: 'casegraph' }],
  ['AUTH_AUDIENCE', { AUTH_JWKS_URL: 'https://bank/jwks', AUTH_ISSUER: 'https://bank' }],
  ['AUTH_DEVELOPMENT_KEY', { NODE_ENV: 'production' }],
  ['SOURCES', { SOURCES: 'cobol:loans' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['EXPORT_KEEP_HOURS', { EXPORT_KEEP_HOURS: '0' }],
  ['PARTNER_HARBOR_LEGAL_CLIENT_SECRET', { PARTNER_HARBOR_LEGAL_CLIENT_SECRET: undefined }],
  ['PARTNER_HARBOR_LEGAL_WEBHOOK_SECRETS', { PARTNER_HARBOR_LEGAL_WEBHOOK_SECRETS: 'secret' }],
  ['PARTNER_HARBOR_LEGAL_URL', { PARTNER_HARBOR_LEGAL_URL: 'ftp://x' }],
])('that are wrong are named: %s', (name, over) => expect(() => read(over)).toThrow(name));

it('are all named at once', () =>
  expect(() => read({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/2 settings are wrong:[\s\S]*PORT[\s\S]*LOG_LEVEL/));

describe('of a partner in production', () => {
  const production = {
    NODE_ENV: 'production',
    AUTH_DEVELOPMENT_KEY: undefined,
    AUTH_JWKS_URL: 'https://i/j',
    AUTH_ISSUER: 'i',
    AUTH_AUDIENCE: 'a',
  };
  it.each([
    'http://firm.example',
    'http://127.0.0.1:4102',
    'https://127.1',
    'https://0x7f000001',
    'https://[::1]',
    'https://u:p@firm.example',
  ])('its URL cannot be %s', (url) =>
    expect(() => read({ ...production, PARTNER_HARBOR_LEGAL_URL: url })).toThrow('PARTNER_HARBOR_LEGAL_URL'),
  );
  it('is on a private network only where that is said', () => {
    const of = (over: object) => read({ ...production, PARTNER_HARBOR_LEGAL_URL: 'https://firm.example', ...over }).partners[0];
    expect(of({})).toMatchObject({ publicOnly: true });
    expect(of({ PARTNER_HARBOR_LEGAL_URL: 'http://firm.inside:8080', PARTNER_HARBOR_LEGAL_INSIDE: 'true' })).toMatchObject({
      publicOnly: false,
    });
    expect(() => of({ PARTNER_HARBOR_LEGAL_INSIDE: 'yes' })).toThrow('PARTNER_HARBOR_LEGAL_INSIDE');
  });
});

describe('of a partner that keys and certificates prove us to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-config-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const partner = 'PARTNER_HARBOR_LEGAL';
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const authority = createAuthority('Authority');
  const [own, other] = [authority.certify('us'), authority.certify('them')];
  const signed = {
    [`${partner}_AUTH`]: 'private_key_jwt',
    [`${partner}_CLIENT_SECRET`]: undefined,
    [`${partner}_PRIVATE_KEY_FILE`]: file('key.pem', pem),
    [`${partner}_KEY_ID`]: 'key-1',
  };
  const tls = {
    [`${partner}_URL`]: 'https://firm.example',
    [`${partner}_TLS_CERT_FILE`]: file('cert.pem', own.cert),
    [`${partner}_TLS_KEY_FILE`]: file('tls.pem', own.key),
    [`${partner}_TLS_CA_FILE`]: file('ca.pem', authority.cert),
  };

  it('they are read from their files', () => {
    expect(read({ ...signed, ...tls }).partners).toMatchObject([
      { clientSecret: '', signing: { pem, keyId: 'key-1' }, tls: { cert: own.cert, key: own.key, ca: authority.cert } },
    ]);
    expect(read({}).partners[0]).toEqual(expect.not.objectContaining({ signing: expect.anything(), tls: expect.anything() }));
  });

  it.each([
    ['AUTH', { ...signed, [`${partner}_AUTH`]: 'password' }],
    ['PRIVATE_KEY_FILE', { ...signed, [`${partner}_PRIVATE_KEY_FILE`]: undefined }],
    ['PRIVATE_KEY_FILE', { ...signed, [`${partner}_PRIVATE_KEY_FILE`]: join(folder, 'nothing.pem') }],
    ['PRIVATE_KEY_FILE', { ...signed, [`${partner}_PRIVATE_KEY_FILE`]: file('no-key.pem', own.cert) }],
    ['KEY_ID', { ...signed, [`${partner}_KEY_ID`]: undefined }],
    ['URL', { ...tls, [`${partner}_URL`]: 'http://firm.example' }],
    ['TLS_KEY_FILE', { ...tls, [`${partner}_TLS_KEY_FILE`]: undefined }],
    ['TLS_CERT_FILE', { ...tls, [`${partner}_TLS_CERT_FILE`]: undefined }],
    ['TLS_KEY_FILE', { ...tls, [`${partner}_TLS_KEY_FILE`]: file('other.pem', other.key) }],
    ['TLS_CA_FILE', { ...tls, [`${partner}_TLS_CA_FILE`]: file('no-ca.pem', 'an authority') }],
  ])('%s is named where it is wrong, and nothing of a key is told', (name, over) => {
    const problems = (() => {
      try {
        return read(over) && [];
      } catch (error) {
        return (error as BadSettings).problems;
      }
    })();
    expect(problems.filter((each) => each.includes(`${partner}_${name}`))).toHaveLength(1);
    expect(problems.join()).not.toMatch(/BEGIN|MC4C/);
  });
});
