// The variables of an operation, coerced. Screens ask again with the same ones, and what was worked out of them hangs on the coerced object.
import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { problem } from './problem.js';
import { remembered } from './selection.js';

type Coerced = Record<string, unknown>;
const mostKept = 50; // of one operation
const longest = 1_000; // characters of their JSON

const keptOf = remembered<OperationDefinitionNode, Map<string, Coerced>>(() => new Map());

export function variablesOf(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Record<string, unknown> = {}): Coerced {
  const kept = keptOf(operation);
  const key = JSON.stringify(given);
  const known = kept.get(key);
  if (known) return known;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (errors) throw problem('BAD_USER_INPUT', errors[0]!.message);
  if (key.length <= longest) kept.set(key, coerced);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  return coerced;
}
