// Subscription documents, parsed and validated once for all who send the same text, within the limits of every operation.
import { getOperationAST, GraphQLError, OperationTypeNode, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { problem } from '../reader/problem.js';
import type { Asked } from '../server/admission.js';
import { parseWithinLimits } from '../server/limits.js';

export interface Operation {
  document: DocumentNode;
  operationName: string | undefined;
  variableValues: Record<string, unknown>;
}

const mostKept = 1_000;

/** @returns a reader of what is asked; it throws the list of what is wrong with it */
export function createDocuments(schema: GraphQLSchema): (asked: Asked) => Operation {
  const known = new Map<string, DocumentNode>();

  function documentOf(text: string): DocumentNode {
    const document = known.get(text) ?? read(schema, text);
    known.delete(text); // the newest is last
    known.set(text, document);
    if (known.size > mostKept) known.delete(known.keys().next().value!);
    return document;
  }

  return ({ query, operationName, variables }) => {
    if (typeof query !== 'string') throw [problem('BAD_USER_INPUT', 'query must be the text of a subscription')];
    if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
      throw [problem('BAD_USER_INPUT', 'variables must be an object')];
    const document = documentOf(query);
    const name = typeof operationName === 'string' ? operationName : undefined;
    if (getOperationAST(document, name)?.operation !== OperationTypeNode.SUBSCRIPTION)
      throw [problem('BAD_USER_INPUT', 'Only a subscription is served here; queries and mutations are asked by POST at /graphql')];
    return { document, operationName: name, variableValues: (variables ?? {}) as Record<string, unknown> };
  };
}

function read(schema: GraphQLSchema, text: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parseWithinLimits(text);
  } catch (error) {
    throw error instanceof GraphQLError ? [error] : error;
  }
  const faults = validate(schema, document);
  if (faults.length)
    throw faults.map(
      ({ message, locations }) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', retryable: false, locations } }),
    );
  return document;
}
