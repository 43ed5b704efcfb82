// How old every loan was on past business dates by all that is known now: each is folded once, and assessed on every date on the way.
import { plusDays, toDate } from '../domain/day.js';
import type { LocalDate } from '../domain/fact.js';
import { assess } from '../domain/loan/assess.js';
import { totalOf } from '../domain/loan/components.js';
import { minorToDecimal } from '../domain/money.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { fold, unseen } from '../domain/loan/position.js';
import { policyFor } from '../policies/index.js';
import { loanFactsBefore } from '../storage/loan-facts.js';
import { loansAfter } from '../storage/whole-book.js';
import type { Store } from '../storage/store.js';

export interface AgedLoan {
  /** `{tenant}/{system}/{loan account}` */
  loan: string;
  as_of: LocalDate;
  /** `as_of` minus the oldest unpaid due date, no grace and no pause. */
  days_past_due: number;
  /** Decimals of `currency`. */
  overdue: string;
  outstanding: string;
  currency: string;
  /** As the case graph says it: NONE, CURRENT, WITHIN_TOLERANCE or PAST_DUE. */
  result: string;
  bucket: string;
}

const loansAtOnce = 500;

/**
 * By the facts that are effective on a date or before it, at its end; loans whose account was not there yet have no row for it.
 * @param dates in their order
 * @returns rows by loan, in the order of their ids, and then by date
 */
export async function* reportBook(store: Store, dates: readonly LocalDate[]): AsyncGenerator<AgedLoan[]> {
  const until = dates.at(-1);
  if (until === undefined) return;
  for (let last = ''; ;) {
    const { loans, facts } = await store.transaction(async (tx) => {
      const loans = await loansAfter(tx, last, loansAtOnce);
      return { loans, facts: await loanFactsBefore(tx, loans, plusDays(until, 1), null) };
    });
    if (!loans.length) return;
    yield loans.flatMap((loan) => agesOf(loan, facts.get(loan) ?? [], dates));
    last = loans.at(-1)!;
  }
}

function agesOf(loan: string, told: readonly LoanFact[], dates: readonly LocalDate[]): AgedLoan[] {
  const facts = told.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
  const rows: AgedLoan[] = [];
  let position = unseen;
  let next = 0;
  for (const date of dates) {
    for (; next < facts.length && facts[next]!.effectiveOn <= date; next++) position = fold(position, facts[next]!);
    const { account } = position;
    if (!account) continue;
    const is = assess(position, date, policyFor(account.jurisdiction, date));
    if (is.result === 'AWAITING_SNAPSHOT') continue; // its schedule was not there yet
    rows.push({
      loan,
      as_of: date,
      days_past_due: is.daysPastDue,
      overdue: minorToDecimal(is.overdueTotal, account.currency),
      outstanding: minorToDecimal(totalOf(is.outstanding), account.currency),
      currency: account.currency,
      result: is.result,
      bucket: is.bucket,
    });
  }
  return rows;
}

/** The last days of months from one date to another, both included. */
export function monthEnds(from: LocalDate, until: LocalDate): LocalDate[] {
  const ends: LocalDate[] = [];
  let year = Number(from.slice(0, 4));
  for (let month = Number(from.slice(5, 7)); ; month++) {
    if (month > 12) [year, month] = [year + 1, 1];
    const end = plusDays(toDate(Date.UTC(year, month, 1) / 86_400_000), -1);
    if (end > until) return ends;
    ends.push(end);
  }
}
