// An export is let in as what it asks for would be: by its registration, and for what a page of it costs.
import { print } from 'graphql';
import { sha256 } from '../../src/domain/ids.js';
import { createExportCheck } from '../../src/graphql/exports/check-export.js';
import { readExportDocument } from '../../src/graphql/exports/export-document.js';
import { createSchema } from '../../src/graphql/schema.js';
import { createAdmission } from '../../src/graphql/server/admission.js';
import { profileOf } from '../../src/storage/profiles.js';

const schema = createSchema();
const query = 'query All { cases(filter: { status: { eq: OPEN } }) { nodes { ...Ref } } } fragment Ref on RecoveryCase { ref }';
const good = { connection: 'cases', variables: {} };
const caller = { profile: profileOf(['auditor']), user: 'a', roles: ['auditor'] };

function checking({ registered = [] as string[], adHocRoles = [] as string[], costLimit = 1_000, costPerSecond = 0 }) {
  const documents = { textOf: (hash: string) => registered.find((each) => sha256(each) === hash), close() {} };
  const admission = createAdmission({ schema, documents, adHocRoles, costLimit, costPerSecond });
  const check = createExportCheck(schema, admission, { check() {} } as never);
  return () => {
    try {
      return check({ query, variables: undefined, past: null }, caller);
    } catch (error) {
      return (error as { extensions: { code: string } }).extensions.code;
    }
  };
}

it('where only registered documents are run, only if it is one', () => {
  expect(checking({})()).toBe('PERSISTED_DOCUMENT_REQUIRED');
  expect(checking({ registered: [query] })()).toEqual(good);
  expect(checking({ adHocRoles: ['auditor'] })()).toEqual(good);
});

it('for the cost of a hundred rows, which is taken from the bucket of the caller', () => {
  expect(checking({ adHocRoles: ['*'], costLimit: 101 })()).toEqual(good);
  expect(checking({ adHocRoles: ['*'], costLimit: 100 })()).toEqual({
    refused: [
      { code: 'INVALID_INPUT', message: 'The operation costs 101, and 100 is the most: ask for smaller pages', path: ['input', 'query'] },
    ],
  });
  const check = checking({ adHocRoles: ['*'], costLimit: 150, costPerSecond: 1 });
  expect([check(), check()]).toEqual([good, 'RATE_LIMITED']);
});

it('becomes a query a page, with the filter that it had', () => {
  const { first, next } = readExportDocument(schema, query);
  const fragment = 'fragment Ref on RecoveryCase { ref }';
  const plain = (page: typeof first) => print(page.document).replaceAll(/\s+/g, ' ').trim();
  const asked = (facts: string) =>
    `query ($rows: Int, $from: String) { page: cases(filter: {status: {eq: OPEN}}, first: $rows, after: $from) { nodes { ...Ref } pageInfo { hasNextPage endCursor }${facts} } } ${fragment}`;
  expect(plain(first)).toBe(asked(' totalCount totalCountIsEstimate'));
  expect(plain(next)).toBe(asked(''));
});
