// Whose money it is: what comes for a sold loan from the cut-off instant on is the buyer's, and is passed on once; what is undone is asked back once.
import type { LocalDate } from '../fact.js';

/** From when on a loan is the buyer's, and until when where it came back: the first instant counts, the last does not. */
export interface Term {
  cutOffAt: Date;
  /** IANA: the clock by which the sale reads its cut-off, and days of payment. */
  zone: string;
  returnedAt: Date | null;
}

/** A payment as core banking tells it last. */
export interface Payment {
  kind: string;
  valueOn: LocalDate;
  amount: bigint;
  reversed: boolean;
}

/** Waivers, write-offs and gifts bring no money; refunds and chargebacks name no payment that could be asked back. */
const moneyIn: readonly string[] = ['REPAYMENT', 'RECOVERY'];

const calendars = new Map<string, Intl.DateTimeFormat>();
/** @throws RangeError for a zone that there is not */
function calendarOf(zone: string): Intl.DateTimeFormat {
  const known =
    calendars.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  calendars.set(zone, known);
  return known;
}
export const dayIn = (zone: string, at: Date): LocalDate => calendarOf(zone).format(at);

export function isZone(zone: string): boolean {
  try {
    return Boolean(calendarOf(zone));
  } catch {
    return false;
  }
}

/**
 * Whether the payment belongs to the buyer. Its instant is known where it was told on the day for which it counts; all that is known of another is that day,
 * and it counts as received at the day's end. So what was told late and counts for a day before the cut-off stays the bank's.
 * @param toldAt when core banking first told of it for this value date
 */
export function isBuyers({ cutOffAt, zone, returnedAt }: Term, valueOn: LocalDate, toldAt: Date): boolean {
  const known = dayIn(zone, toldAt) === valueOn;
  const from = (instant: Date) => (known ? toldAt >= instant : valueOn >= dayIn(zone, instant));
  return from(cutOffAt) && !(returnedAt && from(returnedAt));
}

export interface PassedOn {
  kind: 'PAYMENT' | 'REVERSAL' | 'CORRECTION';
  /** Below zero is asked back. */
  amount: bigint;
}

/**
 * What is owed to the buyer now beside what was passed on of this payment before; null when nothing is.
 * @param passed the sum of what was passed on of it so far
 */
export function passOn(term: Term, payment: Payment, toldAt: Date, passed: bigint): PassedOn | null {
  const theirs = !payment.reversed && moneyIn.includes(payment.kind) && isBuyers(term, payment.valueOn, toldAt) ? payment.amount : 0n;
  const amount = theirs - passed;
  if (amount === 0n) return null;
  return { kind: passed === 0n ? 'PAYMENT' : theirs === 0n ? 'REVERSAL' : 'CORRECTION', amount };
}
