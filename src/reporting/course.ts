// The course of one loan's arrears as it is known: for each stretch of days between two facts, since when something is owed too long.
import { plusDays, toDay } from '../domain/day.js';
import type { LocalDate } from '../domain/fact.js';
import { assess, classOf, easedOf, floorOf, linesOf } from '../domain/loan/assess.js';
import { noParts, totalOf } from '../domain/loan/components.js';
import type { LoanFact, LoanStatus } from '../domain/loan/loan-facts.js';
import { isOpen, type OwedLine } from '../domain/loan/owed.js';
import { fold, unseen, type Position } from '../domain/loan/position.js';
import { chargebacksOf } from '../domain/loan/reinstated.js';
import type { Policy } from '../domain/policy.js';

type Account = NonNullable<Position['account']>;

/** Days on which nothing was told: what is owed stays, and only grows older. */
export interface Stretch {
  from: LocalDate;
  /** The last of its days. */
  until: LocalDate;
  position: Position & { account: Account };
  lines: readonly OwedLine[];
  policy: Policy;
  /** The oldest due date that is not paid, and the first day on which the loan is late for it: later than the day after where little is tolerated. */
  late: { since: LocalDate; from: LocalDate } | null;
}

/**
 * @param told facts as they arrived; those that are effective after `until` do not count
 * @returns none while the account or its schedule is not told
 */
export function courseOf(
  told: readonly LoanFact[],
  until: LocalDate,
  policyFor: (jurisdiction: string, on: LocalDate) => Policy,
): Stretch[] {
  const facts = told
    .filter(({ effectiveOn }) => effectiveOn <= until)
    .sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
  const course: Stretch[] = [];
  let position = unseen;
  for (let i = 0; i < facts.length;) {
    const from = facts[i]!.effectiveOn;
    while (i < facts.length && facts[i]!.effectiveOn === from) position = fold(position, facts[i++]!);
    const last = i < facts.length ? plusDays(facts[i]!.effectiveOn, -1) : until;
    const { account } = position;
    if (!account) continue;
    const owing = { ...asOwed(position), account };
    const policy = policyFor(account.jurisdiction, last);
    const lines = linesOf(owing, policy);
    if (!lines.length) continue;
    course.push({ from, until: last, position: owing, lines, policy, late: latenessOf(owing, lines, policy, last) });
  }
  return course;
}

/** What was written off is off the books, and still owed: bureaus are told of it. */
function asOwed(position: Position): Position {
  if (!writtenOff.includes(position.account?.status ?? 'ACTIVE')) return position;
  return {
    ...position,
    postings: position.postings.filter(({ kind }) => kind !== 'WRITE_OFF'),
    schedule: position.schedule && {
      ...position.schedule,
      lines: position.schedule.lines.map((line) => ({ ...line, writtenOff: noParts() })),
    },
  };
}

export const writtenOff: readonly LoanStatus[] = ['WRITTEN_OFF', 'CHARGED_OFF'];
const closed: readonly LoanStatus[] = ['CLOSED_OBLIGATIONS_MET', 'TRANSFERRED'];
export const isClosed = (status: LoanStatus): boolean => closed.includes(status);

function latenessOf(position: Position & { account: Account }, lines: readonly OwedLine[], policy: Policy, until: LocalDate) {
  if (isClosed(position.account.status)) return null;
  if (chargebacksOf(position).length) {
    const { overdueSince: since } = assess(position, until, policy);
    return since === null ? null : { since, from: plusDays(since, 1) };
  }
  const open = lines.filter(isOpen).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  let overdue = 0n;
  for (const { dueOn, outstanding } of open) {
    overdue += totalOf(outstanding);
    if (overdue > position.account.tolerance) return { since: open[0]!.dueOn, from: plusDays(dueOn, 1) };
  }
  return null;
}

/** Days since the oldest due date that was not paid on a day of the stretch; no grace and no pause. */
export const daysPastDueOn = ({ late }: Stretch, on: LocalDate): number => (late && on >= late.from ? toDay(on) - toDay(late.since) : 0);

/** The loan's own class on a day of the stretch: by its days, people's judgement and easier terms. */
export function classOn(stretch: Stretch, on: LocalDate): number {
  const { position, policy } = stretch;
  if (policy.regulatoryCounter === 'DELINQUENT') return assess(position, on, policy).qualityClass;
  return Math.max(
    classOf(policy, daysPastDueOn(stretch, on)),
    position.account.judgementalClass ?? 1,
    floorOf(policy, easedOf(position), on),
  );
}

/** The stretch that a day is in; undefined before the first. */
export const stretchOn = (course: readonly Stretch[], on: LocalDate): Stretch | undefined => course.findLast(({ from }) => from <= on);

/** Since when the class of the last day holds without a break. */
export function classSince(course: readonly Stretch[]): LocalDate {
  const last = course.at(-1)!;
  const now = classOn(last, last.until);
  let since = last.until;
  for (const stretch of course.toReversed()) {
    if (classOn(stretch, stretch.until) !== now) return since;
    if (classOn(stretch, stretch.from) !== now) return firstDay(stretch, now);
    since = stretch.from;
  }
  return since;
}

/** A loan in a stretch only grows older, so the days of a class are in one piece. */
function firstDay(stretch: Stretch, wanted: number): LocalDate {
  let [other, same] = [0, toDay(stretch.until) - toDay(stretch.from)];
  while (same - other > 1) {
    const middle = (other + same) >> 1;
    if (classOn(stretch, plusDays(stretch.from, middle)) === wanted) same = middle;
    else other = middle;
  }
  return plusDays(stretch.from, same);
}

/**
 * The due date after which the present arrears were first thirty days late, never later while they last; for an account that is closed, of the arrears
 * that lasted until it was. Source: reference rule M3 of Metro 2.
 */
export function firstDelinquency(course: readonly Stretch[]): LocalDate | null {
  let first: LocalDate | null = null;
  let ended: LocalDate | null = null;
  for (const { from, until, late, lines, position } of course) {
    // Arrears end with a day on which nothing is late; those that a payment of all ended are told of the closed account still.
    if (!late || late.from > from) {
      ended = first ?? ended;
      first = null;
    }
    if (late && !first && late.from <= until && toDay(until) - toDay(late.since) >= 30) first = late.since;
    if (!isClosed(position.account.status) && lines.some(isOpen)) ended = null;
  }
  return first ?? (isClosed(course.at(-1)!.position.account.status) ? ended : null);
}
