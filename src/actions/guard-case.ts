// Asks the guards of a case on behalf of a request.
import { guard, type CaseActionName } from '../domain/case/guards.js';
import type { CaseRow } from '../storage/cases.js';
import { holdsOn } from '../storage/holds.js';
import type { Tx } from '../storage/store.js';
import type { Refusal } from './request.js';

/** @returns the refusals, none when the action is allowed */
export async function against(tx: Tx, action: CaseActionName, theCase: CaseRow): Promise<Refusal[]> {
  const heldScopes = (await holdsOn(tx, [theCase.id])).flatMap(({ scopes }) => scopes);
  return guard(action, { ...theCase, heldScopes }).against.map((each) => ({ code: 'GUARD_REJECTED', ...each }));
}

export const notAConnector = (id: string, kind: string): Refusal => ({
  code: 'INVALID_INPUT',
  message: `${id} is not a connected partner of kind ${kind}`,
});
