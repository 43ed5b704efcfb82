// The case graph as a subgraph: composed with another that adds to its entities.
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { subgraphSdlOf } from '../../src/graphql/federation.js';
import { createSchema } from '../../src/graphql/schema.js';

const sdl = readFileSync('schema/case-graph.subgraph.graphql', 'utf8');
const compose = (notes: string) =>
  composeServices([
    { name: 'casegraph', typeDefs: parse(sdl), url: 'http://casegraph/graphql' },
    {
      name: 'notes',
      typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n${notes}`),
      url: 'http://notes/graphql',
    },
  ]);

it('is committed as it is (`npm run schema` writes it)', () => expect(sdl).toBe(subgraphSdlOf(createSchema())));

it.each(['RecoveryCase', 'Borrower', 'Loan', 'Collateral', 'AgencyPlacement'])('composes with a subgraph that extends %s', (entity) => {
  const { errors, supergraphSdl } = compose(
    `type ${entity} @key(fields: "id") { id: ID! notes: [String!]! } type Query { noted: [${entity}!]! }`,
  );
  expect(errors ?? []).toEqual([]);
  expect(supergraphSdl).toMatch(
    new RegExp(`type ${entity}[^{]+@join__type\\(graph: CASEGRAPH, key: "id"\\)[^{]+@join__type\\(graph: NOTES, key: "id"\\)`),
  );
});

it('does not compose with a subgraph that takes over a field', () =>
  expect(
    compose('type RecoveryCase @key(fields: "id") { id: ID! ref: String! }').errors?.map(({ extensions }) => extensions['code']),
  ).toContain('INVALID_FIELD_SHARING'));
