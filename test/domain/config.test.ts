// Settings that are missing or wrong stop the start, each named.
import { readConfig } from '../../src/config.js';

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
