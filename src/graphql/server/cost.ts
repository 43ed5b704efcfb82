// What an operation costs, told before it runs: a row is 1, a page costs its rows as often as it holds them, and a field may name a cost of its own.
import {
  getNamedType,
  isCompositeType,
  isListType,
  getNullableType,
  isObjectType,
  isInterfaceType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ownCost } from '../reader/weights.js';

/** By the variables of a request; without coercion, since a cost has to be known of what is wrong, too. */
export type Cost = (variables: Readonly<Record<string, unknown>>) => number;

/** Rows that a list without pages is taken to have. */
const usualRows = 5;
const mostRows = 100;

export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as [string, FragmentDefinitionNode]] : [],
    ),
  );
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );

  /** The size that a page is asked for, or how many ids are given. */
  const sizeOf = (node: FieldNode): Cost => {
    const given = node.arguments?.find(({ name }) => ['first', 'last', 'ids', 'representations'].includes(name.value))?.value;
    const rows = (asked: unknown): number =>
      Array.isArray(asked) ? asked.length : typeof asked === 'number' ? Math.min(Math.max(asked, 0), mostRows) : mostRows;
    if (given?.kind === Kind.INT) return () => rows(Number(given.value));
    if (given?.kind === Kind.LIST) return () => given.values.length;
    if (given?.kind === Kind.VARIABLE) return (variables) => rows(variables[given.name.value] ?? defaults.get(given.name.value));
    return () => mostRows;
  };

  const under = (type: GraphQLNamedType, set: SelectionSetNode, size: Cost, open: ReadonlySet<string>): Cost => {
    const parts = set.selections.map((each): Cost => {
      if (each.kind === Kind.FIELD) {
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[each.name.value] : undefined;
        return field ? fieldCost(type, field, each, size, open) : () => 0;
      }
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : each;
      const name = each.kind === Kind.FRAGMENT_SPREAD ? each.name.value : '';
      if (!fragment || open.has(name)) return () => 0;
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      return on ? under(on, fragment.selectionSet, size, name ? new Set(open).add(name) : open) : () => 0;
    });
    return (variables) => parts.reduce((sum, part) => sum + part(variables), 0);
  };

  const fieldCost = (
    on: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    size: Cost,
    open: ReadonlySet<string>,
  ): Cost => {
    const type = getNamedType(field.type);
    const listed = isListType(getNullableType(field.type));
    const paged = type.name.endsWith('Connection');
    const inner = node.selectionSet && isCompositeType(type) ? under(type, node.selectionSet, sizeOf(node), open) : () => 0;
    const own = ownCost(schema, on, field);
    if (paged || !listed || !isCompositeType(type)) return (variables) => own + inner(variables);
    const times: Cost = on.name.endsWith('Connection')
      ? size
      : field.args.some(({ name }) => name === 'ids' || name === 'representations')
        ? sizeOf(node)
        : () => usualRows;
    return (variables) => times(variables) * (own + inner(variables));
  };
  return under(schema.getRootType(operation.operation)!, operation.selectionSet, () => 1, new Set());
}
