// What in a source's facts about a loan does not fit together: told, never mended silently.
import { daysBetween } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { Policy } from '../policy.js';
import { totalOf } from './components.js';
import { isOpen, outstandingOf, owed, sum, type OwedLine } from './owed.js';
import { later, type Position } from './position.js';
import { reinstated } from './reinstated.js';

const apart = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

/**
 * OUTSTANDING_DIFFERS: the source's own total and its lines are more than 1 minor unit apart. SOURCE_DAYS_DIFFER: its count of days is more than 1 off.
 * SCHEDULE_DOES_NOT_SUM: the principal of the lines is not what was lent. CURRENCY_DIFFERS: a transaction in another currency counts for nothing. STALE: the source says so.
 */
export function doubtsOf(position: Position, lines: readonly OwedLine[], policy: Policy): string[] {
  const { account, schedule, stale } = position;
  const doubts: string[] = [];
  if (stale && !(account && account.at[0] > stale.at[0])) doubts.push(`STALE ${stale.reason}`);
  if (!account) return doubts;
  for (const { transactionId, currency } of position.postings)
    if (currency && currency !== account.currency) doubts.push(`CURRENCY_DIFFERS ${transactionId}`);
  const asTold = schedule && schedule.at[0] === account.at[0] && !position.lines.length ? schedule.lines : null;
  if (!asTold) return doubts;
  if (account.principal > 0n && sum(asTold.map(({ due }) => due)).principal !== account.principal) doubts.push('SCHEDULE_DOES_NOT_SUM');
  const then = owed({ ...position, postings: [], charges: [] }, policy.allocation);
  if (account.sourceOutstanding != null && apart(totalOf(outstandingOf(then)), account.sourceOutstanding) > 1n)
    doubts.push('OUTSTANDING_DIFFERS');
  const said = [
    ...(account.sourceDays ? [{ ...account.sourceDays, at: account.at }] : []),
    ...(position.observed && later(position.observed.at, account.at) ? [position.observed] : []),
  ];
  if (said.some(({ on, days, at }) => !movedAfter(position, at[0]) && Math.abs(daysOn(position, lines, on) - days) > 1))
    doubts.push('SOURCE_DAYS_DIFFER');
  return doubts;
}

/** As a source counts: from the oldest open line, or from the chargeback that reinstated what was paid. */
function daysOn(position: Position, lines: readonly OwedLine[], on: LocalDate): number {
  const { since, extra } = reinstated(position, lines, on);
  const days = lines.flatMap((line, k) => (isOpen(line) && line.dueOn < on ? [since.get(k) ?? line.dueOn] : []));
  if (extra > 0n) days.push(...since.values());
  const oldest = days.sort()[0];
  return oldest ? daysBetween(oldest, on) : 0;
}

/** What came after the source counted: then its count is of another position. */
const movedAfter = ({ postings }: Position, counted: bigint): boolean =>
  postings.some(({ sequence, reversal }) => sequence > counted || (reversal !== null && reversal.sequence > counted));
