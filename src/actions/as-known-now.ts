// What loans were on past business dates by all that is known when a fact is applied.
import type { Fact, LocalDate } from '../domain/fact.js';
import { assess, type Assessment } from '../domain/loan/assess.js';
import { fold, unseen } from '../domain/loan/position.js';
import { policyFor } from '../policies/index.js';
import { loanFactsBefore } from '../storage/loan-facts.js';
import type { LoanRow } from '../storage/loans.js';
import type { Tx } from '../storage/store.js';

export interface Past {
  loan: LoanRow;
  on: LocalDate;
}

export type KnownNow = (loan: LoanRow, on: LocalDate) => Assessment;

const atOnce = 1_000; // loans whose histories are held in memory

/** By the facts that are effective before that date, as they were counted then, however late they were learned, and before `now`. Answers for what was asked for. */
export async function asKnownNow(tx: Tx, now: Fact, asked: readonly Past[]): Promise<KnownNow> {
  const known = new Map<string, Assessment>();
  const dates = new Map<LoanRow, Set<LocalDate>>();
  for (const { loan, on } of asked) dates.set(loan, (dates.get(loan) ?? new Set()).add(on));
  const loans = [...dates.keys()];
  for (let i = 0; i < loans.length; i += atOnce) {
    const some = loans.slice(i, i + atOnce);
    const last = some.flatMap((loan) => [...dates.get(loan)!]).reduce((a, b) => (a > b ? a : b));
    const facts = await loanFactsBefore(
      tx,
      some.map(({ aggregateId }) => aggregateId),
      last,
      now,
    );
    for (const loan of some)
      for (const on of dates.get(loan)!) {
        const position = (facts.get(loan.aggregateId) ?? []).filter(({ effectiveOn }) => effectiveOn < on).reduce(fold, unseen);
        known.set(`${loan.id} ${on}`, assess(position, on, policyFor(loan.position.account!.jurisdiction, on)));
      }
  }
  return (loan, on) => known.get(`${loan.id} ${on}`)!;
}
