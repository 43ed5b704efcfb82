// An action's outcome becomes a payload: ids for what the reader reads, refusals as user errors.
import type { CaseRequest, Outcome } from '../../actions/request.js';
import { visibleSequence } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import type { CaseInput, CasePayload, RequestInput } from './inputs.js';

/** In a dry run what would have been made is not there to be read. */
export function payloadOf(
  outcome: Outcome,
  input: RequestInput,
  caseId: string | undefined,
  names: Readonly<Record<string, string>> = {},
): CasePayload {
  const { decision } = outcome;
  const common = {
    dryRun: input.dryRun,
    ...(input.clientMutationId === undefined ? {} : { clientMutationId: input.clientMutationId }),
    ...(decision ? { decision: { ...decision, inputs: JSON.stringify(decision.inputs) } } : {}),
  };
  if ('refused' in outcome) return { ...common, case: caseId, userErrors: outcome.refused as never };
  const made = outcome.dryRun ? {} : Object.fromEntries(Object.entries(names).map(([field, id]) => [field, outcome.done[id]]));
  return { ...common, case: outcome.done['caseId'] ?? caseId, ...made, userErrors: [] };
}

export const actorOf = ({ caller }: GraphContext): CaseRequest['actor'] => ({
  user: caller.user,
  roles: caller.roles,
  ...(caller.purpose ? { purpose: caller.purpose } : {}),
});

/** What a caller may not see they may not change, and they do not learn that it exists. */
export async function onCase(
  context: GraphContext,
  input: CaseInput,
  act: (request: CaseRequest) => Promise<Outcome>,
  names: Readonly<Record<string, string>> = {},
): Promise<CasePayload> {
  if ((await visibleSequence(context.run, context.caller, input.caseId)) === null)
    return payloadOf({ refused: [{ code: 'NOT_FOUND', message: 'There is no such case', path: ['input', 'caseId'] }] }, input, undefined);
  const { caseId, idempotencyKey, expectedVersion, dryRun } = input;
  const outcome = await act({
    actor: actorOf(context),
    caseId,
    idempotencyKey,
    dryRun,
    ...(expectedVersion == null ? {} : { expectedVersion }),
  });
  return payloadOf(outcome, input, caseId, names);
}
