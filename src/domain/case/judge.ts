// What an assessment means for a loan's place in recovery: it enters a case, crosses thresholds, or is cured. Judged on facts, so a jump crosses each threshold once.
import type { Assessment } from '../loan/assess.js';
import type { LoanStatus } from '../loan/loan-facts.js';
import type { Policy, Threshold } from '../policy.js';

export interface Standing {
  inArrears: boolean;
  /** The thresholds that this arrears episode has crossed, in days. */
  crossed: readonly number[];
}

export interface Verdict {
  enters: boolean;
  cures: boolean;
  crosses: readonly Threshold[];
}

/** Written off or charged off is not cured: the claim lives on. */
const endings: readonly LoanStatus[] = ['CLOSED_OBLIGATIONS_MET', 'OVERPAID', 'TRANSFERRED'];

export function judge(was: Standing, is: Assessment, status: LoanStatus, policy: Policy): Verdict {
  const late = is.result === 'PAST_DUE';
  const enters = !was.inArrears && late && is.delinquentDays >= policy.cases.openFrom;
  const cures = was.inArrears && !late && (is.result !== 'NONE' || endings.includes(status));
  const crosses =
    (was.inArrears || enters) && late
      ? policy.thresholds.filter(({ days }) => is.delinquentDays >= days && !(was.inArrears && was.crossed.includes(days)))
      : [];
  return { enters, cures, crosses };
}
