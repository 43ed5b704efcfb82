// What a webhook is told: its document, run for the case that has changed with the rights that it was registered with. All of it or nothing.
import { execute, GraphQLError, Kind, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { Webhook, WebhookNews } from '../../domain/webhook.js';
import { profileOf } from '../../storage/profiles.js';
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';
import { visibleSequence } from '../../storage/timeline.js';
import { createDocuments } from '../subscriptions/documents.js';
import type { LiveChanges, LiveContext } from '../subscriptions/live-changes.js';

export interface Renderer {
  /** @returns what is wrong with a document, or null */
  check(document: string, variables: Record<string, unknown>): string | null;
  render(webhook: Webhook, news: WebhookNews): Promise<{ data: unknown } | { code: string; reason: string }>;
}

export function createRenderer(schema: GraphQLSchema, run: Run, live: LiveChanges): Renderer {
  const read = createDocuments(schema);
  const callerOf = ({ name, roles }: Webhook): Caller => ({
    profile: profileOf(roles),
    user: `webhook/${name}`,
    roles,
  });
  return {
    check(query, variables) {
      try {
        return notOfCases(read({ query, variables }).document);
      } catch (errors) {
        return (errors as GraphQLError[])[0]!.message;
      }
    },
    async render(webhook, { entryId, caseId, ...news }) {
      const caller = callerOf(webhook);
      if ((await visibleSequence(run, caller, caseId)) === null) return { code: 'NOT_VISIBLE', reason: 'its roles may not see the case' };
      let operation;
      try {
        operation = read({ query: webhook.document, variables: { ...webhook.variables, id: caseId } });
      } catch (errors) {
        return { code: 'DOCUMENT', reason: (errors as GraphQLError[])[0]!.message };
      }
      const contextValue: LiveContext = { caller, traceId: randomUUID(), run, live };
      const { data, errors } = await execute({ ...operation, schema, rootValue: { id: entryId, caseId, ...news }, contextValue });
      const fault = errors?.[0];
      if (!fault) return { data };
      if (!fault.extensions['code']) throw fault.originalError ?? fault; // a fault of ours: tried again
      return { code: 'DOCUMENT', reason: fault.message };
    },
  };
}

/** One operation with one field, `caseChanged(id: $id)`: what is told of is in the envelope, in one shape for all. */
function notOfCases({ definitions }: DocumentNode): string | null {
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const [field, ...more] = operation!.selectionSet.selections;
  const id = field?.kind === Kind.FIELD ? field.arguments?.find(({ name }) => name.value === 'id')?.value : undefined;
  const right =
    operations.length === 1 &&
    operation!.operation === OperationTypeNode.SUBSCRIPTION &&
    !more.length &&
    field?.kind === Kind.FIELD &&
    field.name.value === 'caseChanged' &&
    field.arguments!.length === 1 &&
    id?.kind === Kind.VARIABLE &&
    id.name.value === 'id';
  return right ? null : 'must be one subscription to caseChanged(id: $id) and nothing else';
}
