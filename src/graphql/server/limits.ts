// How large a document may be: what is too large is refused before it is validated, since validating compares each selection with each other.
import { GraphQLError, Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';
import { problem } from '../reader/problem.js';

export const limits = {
  tokens: 15_000,
  depth: 12,
  roots: 20,
  aliases: 30,
  fields: 2_000,
  /** Of one response key within one selection. */
  repeats: 20,
  spreads: 200,
  directives: 100,
  /** Lists and objects within one another in an argument or a variable. */
  nesting: 16,
  bodyBytes: 100_000,
};

const tooMuch = (message: string): GraphQLError => problem('COST_LIMIT', message);

/** @throws COST_LIMIT, or BAD_USER_INPUT where it is no document */
export function parseWithinLimits(text: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof RangeError) throw tooMuch(`A document may be ${limits.depth} fields deep`); // the parser ran out of stack
    if (!(error instanceof GraphQLError)) throw error;
    if (/tokens\. Parsing aborted/.test(error.message)) throw tooMuch(`A document may have ${limits.tokens} tokens`);
    const { source, positions } = error;
    throw problem('BAD_USER_INPUT', error.message, { source, positions });
  }
  measure(document);
  return document;
}

/** @throws COST_LIMIT, or BAD_USER_INPUT for a text that no database keeps */
export function measureVariables(variables: unknown, depth = 0): void {
  if (typeof variables === 'string') storable(variables);
  if (typeof variables !== 'object' || variables === null) return;
  if (depth > limits.nesting) throw tooMuch(`A variable may be nested ${limits.nesting} deep`);
  for (const each of Object.values(variables)) measureVariables(each, depth + 1);
}

/** Fragments count wherever they are spread. Introspection is not held to the depth: its shape is not the caller's, and validation knows its limit. */
function measure(document: DocumentNode): void {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as [string, FragmentDefinitionNode]] : [],
    ),
  );
  const spread = new Set<string>();
  const counted = { aliases: 0, fields: 0, spreads: 0, directives: 0 };
  const count = (what: keyof typeof counted, by = 1): void => {
    if ((counted[what] += by) > limits[what]) throw tooMuch(`A document may have ${limits[what]} ${what}`);
  };
  const visit = (set: SelectionSetNode, depth: number, open: ReadonlySet<string>, keys: Map<string, number>): void => {
    for (const each of set.selections) {
      count('directives', each.directives?.length);
      if (each.kind === Kind.FIELD) {
        count('fields');
        if (each.alias) count('aliases');
        const key = (each.alias ?? each.name).value;
        const times = (keys.get(key) ?? 0) + 1;
        if (times > limits.repeats) throw tooMuch(`A selection may have ${limits.repeats} times the same key`);
        keys.set(key, times);
        if (depth > limits.depth) throw tooMuch(`A document may be ${limits.depth} fields deep`);
        for (const { value } of each.arguments ?? []) measureValue(value);
        const introspects = depth === 0 || each.name.value.startsWith('__');
        if (each.selectionSet) visit(each.selectionSet, introspects ? 0 : depth + 1, open, new Map());
        continue;
      }
      count('spreads');
      if (each.kind === Kind.INLINE_FRAGMENT) visit(each.selectionSet, depth, open, keys);
      else if (!open.has(each.name.value)) {
        const name = each.name.value;
        const fragment = fragments.get(name);
        spread.add(name);
        if (fragment) visit(fragment.selectionSet, depth, new Set(open).add(name), keys);
      }
    }
  };
  for (const each of document.definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION) continue;
    count('directives', each.directives?.length);
    if (each.selectionSet.selections.length > limits.roots) throw tooMuch(`An operation may have ${limits.roots} root fields`);
    for (const { defaultValue } of each.variableDefinitions ?? []) if (defaultValue) measureValue(defaultValue);
    visit(each.selectionSet, 1, new Set(), new Map());
  }
  // What no operation spreads is validated as well.
  for (const [name, { selectionSet }] of fragments) if (!spread.has(name)) visit(selectionSet, 1, new Set([name]), new Map());
}

function measureValue(value: ValueNode, depth = 0): void {
  if (depth > limits.nesting) throw tooMuch(`An argument may be nested ${limits.nesting} deep`);
  if (value.kind === Kind.STRING) storable(value.value);
  if (value.kind === Kind.LIST) for (const each of value.values) measureValue(each, depth + 1);
  if (value.kind === Kind.OBJECT) for (const each of value.fields) measureValue(each.value, depth + 1);
}

function storable(text: string): void {
  if (text.includes('\0')) throw problem('BAD_USER_INPUT', 'A text may not hold U+0000');
}
