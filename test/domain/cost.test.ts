// What operations cost: rows, pages as often as they hold them, by whatever way the size is given.
import { parse, type OperationDefinitionNode } from 'graphql';
import { createSchema } from '../../src/graphql/schema.js';
import { costOf } from '../../src/graphql/server/cost.js';

const schema = createSchema();
const cost = (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  return costOf(schema, document, document.definitions[0] as OperationDefinitionNode)(variables);
};

it.each([
  ['one row', '{ case(id: "x") { ref stage } }', 1],
  ['rows that a row points to', '{ case(id: "x") { borrower { name } lastEntry { type } } }', 3],
  ['a page', '{ cases(first: 10) { nodes { ref } } }', 11],
  ['a page by its edges', '{ cases(last: 10) { edges { cursor node { ref } } } }', 11],
  ['a page within a page', '{ cases(first: 10) { nodes { loans(first: 3) { nodes { id } } } } }', 1 + 10 * (1 + 1 + 3)],
  ['a list, taken to hold five', '{ case(id: "x") { exposures { overdue { amount } } } }', 6],
  ['a count', '{ cases(first: 1) { totalCount } }', 6],
  ['a mutation', 'mutation { assignCase(input: {}) { case { ref } userErrors { code } } }', 10 + 1 + 5],
  [
    'fragments where they are spread',
    '{ a: case(id: "x") { ...f } b: case(id: "y") { ...f } } fragment f on RecoveryCase { borrower { name } }',
    4,
  ],
  ['what is not there', '{ nothing { at { all } } }', 0],
])('is told for %s', (_, text, expected) => expect(cost(text)).toBe(expected));

it.each([
  ['a number', { n: 7 }, 8],
  ['nothing, which is the default', {}, 5],
  ['what is no number', { n: 'x' }, 101],
  ['more than a page holds', { n: 1e9 }, 101],
])('takes the size from a variable: %s', (_, variables, expected) =>
  expect(cost('query ($n: Int = 4) { cases(first: $n) { nodes { ref } } }', variables)).toBe(expected),
);
