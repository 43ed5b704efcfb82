// The document of an export: one query of one connection, and what becomes of it, a query for each page.
import {
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Declared } from '../reader/nouns.js';
import { problem } from '../reader/problem.js';
import { parseWithinLimits } from '../server/limits.js';

export interface PageQuery {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}
export interface ExportDocument {
  connection: string;
  /** Whether it has a past. */
  hasPast: boolean;
  /** As it was asked. */
  operation: OperationDefinitionNode;
  /** Under `page`: `nodes` and `pageInfo`, the first with `totalCount` besides. */
  first: PageQuery;
  next: PageQuery;
  /** The variables of the pages, beside those of the query: how many rows, and from where on. */
  rows: string;
  from: string;
}

const no = (message: string) => problem('BAD_USER_INPUT', message);
const mayNotHave: Record<string, string> = {
  first: 'all of it is read: leave first out',
  last: 'all of it is read: leave last out',
  after: 'it is read from its beginning: leave after out',
  before: 'it is read to its end: leave before out',
  asOf: 'give asOf in the input, beside the query',
};

/** @throws BAD_USER_INPUT, COST_LIMIT */
export function readExportDocument(schema: GraphQLSchema, text: string): ExportDocument {
  const document = parseWithinLimits(text);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const [operation, another] = operations;
  if (!operation || another) throw no('An export is one query');
  if (operation.operation !== OperationTypeNode.QUERY) throw no(`An export is a query, not a ${operation.operation}`);
  const root = onlyField(operation.selectionSet, 'An export is a query of one connection, and of nothing else');
  const field = schema.getQueryType()!.getFields()[root.name.value];
  const declared = field?.extensions.reader as Declared | undefined;
  if (!field) throw no(`There is no connection ${root.name.value}`);
  if (declared?.is !== 'root' || declared.read !== 'page') throw no(`${root.name.value} is no connection`);
  for (const { name } of root.arguments ?? []) if (mayNotHave[name.value]) throw no(`${root.name.value}: ${mayNotHave[name.value]}`);
  const [fault] = validate(schema, document);
  if (fault) throw no(fault.message);
  const nodes = nodesOf(root);
  const own = operation.variableDefinitions ?? [];
  const unused = (name: string): string => (own.some(({ variable }) => variable.name.value === name) ? unused(`${name}_`) : name);
  const [rows, from] = [unused('rows'), unused('from')];
  const pageOf = (facts: string): PageQuery => {
    const asked = parse(
      `query ($${rows}: Int, $${from}: String) { page: ${root.name.value}(first: $${rows}, after: $${from}) { pageInfo { hasNextPage endCursor } ${facts} } }`,
      { noLocation: true },
    );
    const made = asked.definitions[0] as OperationDefinitionNode;
    const page = made.selectionSet.selections[0] as FieldNode;
    const each: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'nodes' }, selectionSet: nodes };
    const whole: OperationDefinitionNode = {
      ...made,
      variableDefinitions: [...own, ...made.variableDefinitions!],
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: [
          {
            ...page,
            arguments: [...(root.arguments ?? []), ...page.arguments!],
            selectionSet: { kind: Kind.SELECTION_SET, selections: [each, ...page.selectionSet!.selections] },
          },
        ],
      },
    };
    return { document: { kind: Kind.DOCUMENT, definitions: [whole, ...fragments] }, operation: whole };
  };
  return {
    connection: root.name.value,
    hasPast: field.args.some(({ name }) => name === 'asOf'),
    first: pageOf('totalCount totalCountIsEstimate'),
    next: pageOf(''),
    operation,
    rows,
    from,
  };
}

/** Either way of asking for the rows. */
function nodesOf(root: FieldNode): SelectionSetNode {
  const wanted = `Of ${root.name.value}, an export selects nodes { … } or edges { node { … } }, and nothing else`;
  const rows = onlyField(root.selectionSet!, wanted);
  if (rows.name.value === 'nodes') return rows.selectionSet!;
  if (rows.name.value !== 'edges') throw no(wanted);
  const node = onlyField(rows.selectionSet!, wanted);
  if (node.name.value !== 'node') throw no(wanted);
  return node.selectionSet!;
}

function onlyField({ selections }: SelectionSetNode, wanted: string): FieldNode {
  const [field, another] = selections;
  if (field?.kind !== Kind.FIELD || another || field.directives?.length) throw no(wanted);
  return field;
}
