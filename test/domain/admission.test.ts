// Which documents are let in: registered ones for everybody, others for those who may ask freely, and the schema for the platform.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../src/domain/ids.js';
import { createSchema } from '../../src/graphql/schema.js';
import { createAdmission, type Asked } from '../../src/graphql/server/admission.js';
import { createBudget } from '../../src/graphql/server/budget.js';
import { openDocuments } from '../../src/graphql/server/documents.js';
import { profileOf } from '../../src/storage/profiles.js';

const schema = createSchema();
const worklist = 'query Worklist { cases(first: 10) { nodes { ref } } }';
const partners = '{ connectors(first: 10) { nodes { name } } }';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'casegraph-manifests-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const manifest = (name: string, told: object) => writeFileSync(join(folder, `${name}.json`), JSON.stringify(told));
const caller = (role: string) => ({ profile: profileOf([role]), user: role, roles: [role] });

function admitted(asked: Asked, role = 'collector', adHocRoles: string[] = []): unknown {
  const documents = openDocuments(folder, schema);
  try {
    const { query, cost } = createAdmission({ schema, documents, adHocRoles, costLimit: 100, costPerSecond: 0 }).admit(asked, caller(role));
    return { query, cost: cost.requested };
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  } finally {
    documents.close();
  }
}

describe('where only registered documents are run', () => {
  beforeEach(() => {
    manifest('worklist.1.0.0', { [sha256(worklist)]: worklist });
    manifest('partners.2', {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: sha256(partners), body: partners }],
    });
  });
  it.each<[string, Asked]>([
    ['its documentId', { documentId: sha256(worklist) }],
    ['its documentId with the name of the hash', { documentId: `sha256:${sha256(worklist)}` }],
    ['the extension that Apollo clients send', { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(worklist) } } }],
    ['its text', { query: worklist }],
  ])('one is found by %s', (_, asked) => expect(admitted(asked)).toEqual({ query: worklist, cost: 11 }));
  it('one is found in a manifest of Apollo', () => expect(admitted({ documentId: sha256(partners) })).toMatchObject({ query: partners }));
  it.each<[string, Asked, string]>([
    ['another text', { query: '{ cases(first: 1) { totalCount } }' }, 'PERSISTED_DOCUMENT_REQUIRED'],
    ['another documentId', { documentId: sha256('x') }, 'PERSISTED_DOCUMENT_REQUIRED'],
    ['a documentId beside another text', { documentId: sha256(worklist), query: partners }, 'BAD_USER_INPUT'],
    ['a documentId that is none', { documentId: 7 }, 'BAD_USER_INPUT'],
    ['the schema', { query: '{ __schema { types { name } } }' }, 'PERSISTED_DOCUMENT_REQUIRED'],
    ['nothing', {}, 'BAD_USER_INPUT'],
  ])('%s is refused', (_, asked, code) => expect(admitted(asked)).toBe(code));
  it('the platform may ask for the schema, and for nothing else beside it', () => {
    expect(admitted({ query: '{ __schema { types { name } } }' }, 'platform')).toMatchObject({ cost: 0 });
    expect(admitted({ query: '{ _service { sdl } }' }, 'platform')).toMatchObject({ cost: 0 });
    expect(admitted({ query: '{ __typename connectors(first: 1) { totalCount } }' }, 'platform')).toBe('PERSISTED_DOCUMENT_REQUIRED');
  });
  it('roles may be allowed to ask freely', () => {
    expect(admitted({ query: '{ cases(first: 1) { totalCount } }' }, 'auditor', ['auditor'])).toMatchObject({ cost: 6 });
    expect(admitted({ query: '{ cases(first: 1) { totalCount } }' }, 'collector', ['auditor'])).toBe('PERSISTED_DOCUMENT_REQUIRED');
  });
});

it('refuses what costs too much', () =>
  expect(admitted({ query: '{ cases(first: 100) { nodes { ref } } }' }, 'legal', ['*'])).toBe('COST_LIMIT'));

it.each([
  ['is no JSON', '{', /worklist.json is not JSON/],
  ['names a document by another hash', JSON.stringify({ abc: worklist }), /abc is not the SHA-256/],
  [
    'asks for a field that is gone',
    JSON.stringify({ [sha256('{ gone }')]: '{ gone }' }),
    /does not fit the schema: Cannot query field "gone"/,
  ],
])('names the manifest that %s', (_, text, said) => {
  writeFileSync(join(folder, 'worklist.json'), text);
  expect(() => openDocuments(folder, schema)).toThrow(said);
});

it.each([
  ['depth', `${'{ case(id: "x") { borrower { cases '.repeat(200)}{ id }${'} } }'.repeat(200)}`],
  ['nesting beyond the stack', '{ a '.repeat(7_000)],
  ['aliases', `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
  ['tokens', `{ ${'id '.repeat(16_000)} }`],
  ['repeats', `{ cases(first: 1) { nodes { ${'id '.repeat(14_000)} } } }`],
  ['spreads', `{ ${'...{ __typename } '.repeat(3_500)} }`],
  [
    'fragments that spread one another',
    `{ ...f0 } ${Array.from({ length: 400 }, (_, i) => `fragment f${i} on Query { ${`...f${i + 1} `.repeat(9)} }`).join(' ')}`,
  ],
  ['directives', `{ __typename ${'@a '.repeat(5_000)} }`],
  ['arguments', `{ cases(first: 1, filter: ${'{ not: '.repeat(2_000)}{}${'}'.repeat(2_000)}) { totalCount } }`],
  ['cost', '{ cases(first: 100) { nodes { loans(first: 100) { nodes { instalments { number } } } } } }'],
])('refuses what is too much in its %s, in less than 50 ms', (_, query) => {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    expect(admitted({ query }, 'legal', ['*'])).toBe('COST_LIMIT');
    return performance.now() - from;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});

it('refuses variables that are nested without end', () => {
  let filter: object = {};
  for (let i = 0; i < 5_000; i++) filter = { not: filter };
  expect(admitted({ query: worklist, variables: { filter } }, 'legal', ['*'])).toBe('COST_LIMIT');
});

describe('what a user may spend', () => {
  let clock = 0;
  const budget = () => ((clock = 0), createBudget(20, 100, () => clock));
  const codeOf = (spend: () => unknown): unknown => {
    try {
      return spend();
    } catch (error) {
      const { code, retryable, retryAfterMs, http } = (error as { extensions: Record<string, unknown> }).extensions;
      return { code, retryable, retryAfterMs, http };
    }
  };
  it('is a bucket, which fills again with time and never overflows', () => {
    const { spend } = budget();
    expect(spend('ana', 150)).toEqual({ capacity: 200, available: 50, restorePerSecond: 20 });
    expect(codeOf(() => spend('ana', 60))).toEqual({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 500, http: { status: 429 } });
    clock = 500;
    expect(spend('ana', 60)).toMatchObject({ available: 0 });
    clock = 1e9;
    expect(spend('ana', 1)).toMatchObject({ available: 199 });
  });
  it('gets back what was not needed, and owes what it took more', () => {
    const { spend, settle } = budget();
    spend('ana', 150);
    expect(settle('ana', 120)).toEqual({ capacity: 200, available: 170, restorePerSecond: 20 });
    expect(settle('ana', 1_000)).toMatchObject({ available: 200 });
    expect(settle('ana', -230)).toMatchObject({ available: 0 });
    clock = 1_000;
    expect(codeOf(() => spend('ana', 1))).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 550 });
  });
  it('is each user’s own', () => {
    const { spend } = budget();
    spend('ana', 200);
    expect(spend('ben', 200)).toMatchObject({ available: 0 });
  });
  it('holds at least the dearest operation', () =>
    expect(createBudget(1, 100, () => 0).spend('ana', 100)).toMatchObject({ capacity: 100, available: 0 }));
});
