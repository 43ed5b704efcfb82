// Asks the guards of a case on behalf of a request, and says what was decided.
import { guard, type CaseActionName, type CaseSituation } from '../domain/case/guards.js';
import { decisionOn, type RequestDecision } from '../domain/case/request-decision.js';
import type { DealActionName } from '../domain/sale/deal.js';
import { policyFor } from '../policies/index.js';
import type { CaseRow } from '../storage/cases.js';
import { holdsOn } from '../storage/holds.js';
import { legalSituationOf } from '../storage/legal-situation.js';
import type { Tx } from '../storage/store.js';
import type { Decided, Refusal, Wanted } from './request.js';

export interface Judging {
  /** What stands against it; the action adds what it has against it itself. */
  refused: Refusal[];
  decision(): RequestDecision;
  /** The fact to record, unless something stands against it. */
  decided<Data>(wanted?: Wanted<Data>): Decided<Data>;
}

/** What is judged by more than the case itself. */
const ofPursuit: readonly string[] = ['INSTRUCT_LAW_FIRM', 'APPROVE_FILING'];

type Asset = Pick<CaseSituation, 'assetStates' | 'figures'>;

/** @param stands what the rules of one row say, where it is not the case as a whole that is asked about; `asset` its state, where it is one asset's */
export function judge(tx: Tx, action: CaseActionName, theCase: CaseRow, today: string, stands?: Refusal[], asset?: Asset): Promise<Judging>;
export function judge(tx: Tx, action: DealActionName, theCase: CaseRow, today: string, stands: Refusal[]): Promise<Judging>;
export async function judge(
  tx: Tx,
  action: CaseActionName | DealActionName,
  theCase: CaseRow,
  today: string,
  stands?: Refusal[],
  asset: Asset = {},
): Promise<Judging> {
  const situation: CaseSituation = {
    ...theCase,
    heldScopes: (await holdsOn(tx, [theCase.id])).flatMap(({ scopes }) => scopes),
    ...asset,
    ...(ofPursuit.includes(action)
      ? { ...(await legalSituationOf(tx, theCase, today)), pursuit: policyFor(theCase.jurisdiction, today).pursuit }
      : {}),
  };
  const guarded = (): Refusal[] => guard(action as CaseActionName, situation).against.map((each) => ({ code: 'GUARD_REJECTED', ...each }));
  const refused = stands ?? guarded();
  const decision = (): RequestDecision => {
    const policyVersion = policyFor(theCase.jurisdiction, today).version;
    return decisionOn({ action, situation, against: refused.flatMap(ruleOf), policyVersion, on: today });
  };
  return {
    refused,
    decision,
    decided(wanted) {
      const decisions = { [theCase.id]: decision() };
      if (wanted && !refused.length) return { ...wanted, decisions };
      // An input that does not fit is no matter of rules: nothing was decided.
      return { refused, ...(refused.flatMap(ruleOf).length ? { decisions } : {}) };
    },
  };
}

function ruleOf(refusal: Refusal): { ruleId: string; message: string; citation?: string; earliestAllowedAt?: string }[] {
  if (refusal.code === 'GUARD_REJECTED') {
    const { code: _, path: __, ...rule } = refusal;
    return [rule];
  }
  return refusal.code === 'MANDATE_EXCEEDED' ? [{ ruleId: 'mandate', message: refusal.message }] : [];
}

export const notAConnector = (id: string, kind: string): Refusal => ({
  code: 'INVALID_INPUT',
  message: `${id} is not a connected partner of kind ${kind}`,
});
