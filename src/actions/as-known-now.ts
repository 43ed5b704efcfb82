// What a loan was on a past business date by all that is known now.
import type { LocalDate } from '../domain/fact.js';
import { assess, type Assessment } from '../domain/loan/assess.js';
import { fold, unseen } from '../domain/loan/position.js';
import { policyFor } from '../policies/index.js';
import { loanFactsBefore } from '../storage/loan-facts.js';
import type { LoanRow } from '../storage/loans.js';
import type { Tx } from '../storage/store.js';

/** By the facts that are effective before that date, as they were counted then, whenever they were learned. */
export async function asKnownNow(tx: Tx, loan: LoanRow, on: LocalDate): Promise<Assessment> {
  const facts = await loanFactsBefore(tx, loan.aggregateId, on);
  return assess(facts.reduce(fold, unseen), on, policyFor(loan.position.account!.jurisdiction, on));
}
