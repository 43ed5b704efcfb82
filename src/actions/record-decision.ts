// A rule's answer about a loan that has crossed a threshold, kept with what it was based on.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { CaseRow } from '../storage/cases.js';
import { Decision } from '../storage/definitions/cases.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';

export function recordDecision(
  tx: Tx,
  theCase: CaseRow,
  { is, policy, loan }: JudgedLoan,
  fact: Fact,
  days: number,
  outcome: string,
  reasons: string[],
  /** What tells it from the same decision in the same episode, where it may be made again. */
  ...again: string[]
): void {
  changeCase(tx, theCase, fact, [
    {
      type: outcome,
      summary: reasons.join('; ') || outcome,
      actor: fact.source,
      effectiveOn: fact.businessOn,
      data: { loanId: loan.id, rule: `threshold-${days}` },
    },
  ]);
  tx.append(Decision, {
    id: idOf('decision', theCase.id, outcome, loan.id, loan.episode, days, ...again),
    caseId: theCase.id,
    sequence: theCase.sequence,
    ruleId: `threshold-${days}`,
    policyVersion: policy.version,
    outcome,
    reasons,
    inputs: {
      loanId: loan.id,
      episode: loan.episode,
      delinquentDays: is.delinquentDays,
      overdueMinor: is.overdueTotal.toString(),
      currency: loan.position.account!.currency,
    },
    decidedOn: fact.businessOn,
  });
}
