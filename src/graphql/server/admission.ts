// What is let in: documents within the limits and the cost, and of unregistered ones only those of callers who may ask freely.
import { Kind, type GraphQLSchema, type OperationTypeNode } from 'graphql';
import { sha256 } from '../../domain/ids.js';
import type { Caller } from '../../storage/reader/shape.js';
import { problem } from '../reader/problem.js';
import type { Spending } from '../reader/context.js';
import { createBudget } from './budget.js';
import { costOf, type Cost } from './cost.js';
import type { Documents } from './documents.js';
import { measureVariables, parseWithinLimits } from './limits.js';
import { spend } from './spend.js';

export interface AdmissionSettings {
  schema: GraphQLSchema;
  documents: Documents;
  /** Who may send documents that are not registered; `*` is everybody. */
  adHocRoles: readonly string[];
  /** The most that one operation may cost. */
  costLimit: number;
  /** What a user may spend in the long run; 0 when nobody is held to it. */
  costPerSecond: number;
}

/** A request as it came, nothing of it checked. */
export interface Asked {
  query?: unknown;
  documentId?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}
export interface Admitted {
  query: string;
  operationName?: string;
  variables: Record<string, unknown>;
  cost: Spending;
  kind?: OperationTypeNode | undefined;
}
export interface Admission {
  /** @throws COST_LIMIT, RATE_LIMITED, PERSISTED_DOCUMENT_REQUIRED, BAD_USER_INPUT */
  admit(asked: Asked, caller: Caller): Admitted;
}

interface Known {
  /** Nothing but the schema is asked for. */
  introspects: boolean;
  /** By name; the only one is found without. */
  operations: Map<string | undefined, { kind: OperationTypeNode; cost: Cost }>;
}
const mostKnown = 2_000;

export function createAdmission({ schema, documents, adHocRoles, costLimit, costPerSecond }: AdmissionSettings): Admission {
  const budget = costPerSecond ? createBudget(costPerSecond, costLimit) : null;
  const known = new Map<string, Known>();

  function examine(hash: string, text: string): Known {
    const before = known.get(hash);
    if (before) return before;
    const document = parseWithinLimits(text);
    const all = document.definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? [each] : []));
    const operations = new Map(all.map((each) => [each.name?.value, { kind: each.operation, cost: costOf(schema, document, each) }]));
    if (all.length === 1) operations.set(undefined, operations.get(all[0]!.name?.value)!);
    const introspects = all.every(({ selectionSet }) =>
      selectionSet.selections.every((each) => each.kind === Kind.FIELD && /^__|^_service$/.test(each.name.value)),
    );
    const examined = { introspects, operations };
    if (known.size >= mostKnown) known.delete(known.keys().next().value!);
    known.set(hash, examined);
    return examined;
  }

  return {
    admit(asked, { roles, user }) {
      const hash = hashOf(asked);
      const registered = documents.textOf(hash);
      const query = registered ?? asked.query;
      if (typeof query !== 'string' || !query)
        throw hash
          ? problem('PERSISTED_DOCUMENT_REQUIRED', 'No document of this documentId is registered and active here')
          : problem('BAD_USER_INPUT', 'A request has a query, or the documentId of a registered document');
      const free = registered !== undefined || adHocRoles.some((role) => role === '*' || roles.includes(role));
      const examined = free || roles.includes('platform') ? examine(hash, query) : undefined;
      if (!examined || (!free && !examined.introspects))
        throw problem('PERSISTED_DOCUMENT_REQUIRED', 'Only registered documents are run here: send the documentId of one');
      const { operationName = null, variables = null } = asked;
      if (operationName !== null && typeof operationName !== 'string') throw problem('BAD_USER_INPUT', 'operationName must be a string');
      if (typeof variables !== 'object' || Array.isArray(variables)) throw problem('BAD_USER_INPUT', 'variables must be an object');
      measureVariables(variables);
      const given = (variables ?? {}) as Record<string, unknown>;
      const operation = examined.operations.get(operationName ?? undefined); // one that is not there is told by the server
      const requested = operation?.cost(given) ?? 0;
      const cost = spend(requested, costLimit, budget, user);
      return {
        query,
        ...(operationName === null ? {} : { operationName }),
        variables: given,
        cost,
        kind: operation?.kind,
      };
    },
  };
}

/** The SHA-256 by which a document is registered: the one that was given, which has to be that of the text where both are. */
function hashOf({ query, documentId, extensions }: Asked): string {
  const given = documentId ?? (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery?.sha256Hash;
  if (given != null && typeof given !== 'string') throw problem('BAD_USER_INPUT', 'documentId must be a string');
  const id = given?.replace(/^sha256:/, '');
  const own = typeof query === 'string' && query ? sha256(query) : undefined;
  if (id && own && id !== own) throw problem('BAD_USER_INPUT', 'documentId is not the SHA-256 of the query beside it');
  return id ?? own ?? '';
}
