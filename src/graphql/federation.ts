// The case graph as a subgraph of a federated one (Apollo Federation 2): other subgraphs extend its entities by their ids.
import { extendSchema, parse, valueFromASTUntyped, type GraphQLScalarType, type GraphQLSchema } from 'graphql';
import type { Declared } from './reader/nouns.js';
import { problem } from './reader/problem.js';
import { sdlOf } from './schema.js';

const entities = ['RecoveryCase', 'Borrower', 'Loan', 'Collateral', 'AgencyPlacement'];
const directives = new Map([
  ...entities.map((name) => [name, '@key(fields: "id")'] as const),
  ['Money', '@shareable'], // values that other subgraphs may define alike
  ['PageInfo', '@shareable'],
]);

/** As it is published in schema/case-graph.subgraph.graphql, and told by `_service`. */
export function subgraphSdlOf(schema: GraphQLSchema): string {
  const marked = sdlOf(schema).replaceAll(/^(type (\w+).*) \{$/gm, (line, head: string, name: string) =>
    directives.has(name) ? `${head} ${directives.get(name)} {` : line,
  );
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n\n${marked}`;
}

/** The same schema with what a router asks for. What a representation names is read within the caller's rights like everything else. */
export function asSubgraph(schema: GraphQLSchema): GraphQLSchema {
  const sdl = subgraphSdlOf(schema);
  const extended = extendSchema(
    schema,
    parse(`scalar _Any
      union _Entity = ${entities.join(' | ')}
      type _Service { sdl: String! }
      extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }`),
  );
  const any = extended.getType('_Any') as GraphQLScalarType;
  any.parseValue = representation;
  any.parseLiteral = (node, variables) => representation(valueFromASTUntyped(node, variables));
  const { _entities, _service } = extended.getQueryType()!.getFields();
  _entities!.extensions = { reader: { is: 'root', read: 'entities' } satisfies Declared };
  _service!.resolve = () => ({ sdl });
  return extended;
}

function representation(value: unknown): unknown {
  const { __typename, id } = (typeof value === 'object' && value ? value : {}) as Record<string, unknown>;
  if (!entities.includes(__typename as string) || typeof id !== 'string')
    throw problem('BAD_USER_INPUT', `A representation has an id and as __typename one of ${entities.join(', ')}`);
  return { __typename, id };
}
