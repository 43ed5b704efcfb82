// What a loan's delinquency is on a business date, and the next date on which that changes if nothing more happens.
import { toDate, toDay } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { Policy } from '../policy.js';
import { noParts, totalOf, type Parts } from './components.js';
import type { Pause } from './loan-facts.js';
import { isOpen, outstandingOf, owed, sum, type OwedLine } from './owed.js';
import type { Position } from './position.js';

export interface Assessment {
  asOf: LocalDate;
  /** NONE: not a live loan. WITHIN_TOLERANCE: something is late, too little to count. */
  result: 'AWAITING_SNAPSHOT' | 'NONE' | 'CURRENT' | 'WITHIN_TOLERANCE' | 'PAST_DUE';
  overdueSince: LocalDate | null;
  /** `asOf` minus `overdueSince`: what regulators count. */
  daysPastDue: number;
  pausedDays: number;
  /** `daysPastDue` less grace and paused days: what treatments count. */
  delinquentDays: number;
  overdue: Parts;
  outstanding: Parts;
  bucket: string;
  qualityClass: number;
  nextDueOn: LocalDate | null;
  nextStepOn: LocalDate | null;
  lines: OwedLine[];
}

/** Grace and pauses are counted from the first unpaid due date; pauses are half-open and may overlap. Source: reference algorithm of Apache Fineract's ageing, with the policy's ranges. */
export function assess(position: Position, asOf: LocalDate, policy: Policy): Assessment {
  const lines = owed(position, policy.allocation);
  const outstanding = outstandingOf(lines);
  const none = (result: Assessment['result']): Assessment => ({
    asOf,
    result,
    lines,
    outstanding,
    overdueSince: null,
    daysPastDue: 0,
    pausedDays: 0,
    delinquentDays: 0,
    overdue: noParts(),
    bucket: 'CURRENT',
    qualityClass: classOf(policy, 0),
    nextDueOn: null,
    nextStepOn: null,
  });
  const { account } = position;
  if (!account || !position.schedule) return none('AWAITING_SNAPSHOT');
  if (account.status !== 'ACTIVE') return none('NONE');

  const open = lines.filter(isOpen).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number));
  const late = open.filter(({ dueOn }) => dueOn < asOf);
  const nextDueOn = open.find(({ dueOn }) => dueOn >= asOf)?.dueOn ?? null;
  const nextFall = nextDueOn === null ? null : toDay(nextDueOn) + 1;
  const overdue = sum(late.map((line) => line.outstanding));
  if (totalOf(overdue) <= account.tolerance) {
    return {
      ...none(late.length ? 'WITHIN_TOLERANCE' : 'CURRENT'),
      overdue,
      nextDueOn,
      nextStepOn: nextFall === null ? null : toDate(nextFall),
    };
  }

  const today = toDay(asOf);
  const since = toDay(late[0]!.dueOn);
  const start = since + account.graceDays;
  const paused = pausedBetween(position.pauses, start, today);
  const daysPastDue = today - since;
  const delinquentDays = Math.max(0, daysPastDue - account.graceDays - paused);
  const steps = [
    ...stepsOf(policy).delinquent.map((days) => dayReaching(start, days, position.pauses)),
    ...stepsOf(policy).pastDue.map((days) => since + days),
    ...(nextFall === null ? [] : [nextFall]),
  ].filter((day) => day > today);
  return {
    asOf,
    result: 'PAST_DUE',
    lines,
    outstanding,
    overdue,
    overdueSince: late[0]!.dueOn,
    daysPastDue,
    pausedDays: paused,
    delinquentDays,
    bucket: bucketOf(policy, delinquentDays),
    qualityClass: classOf(policy, daysPastDue),
    nextDueOn,
    nextStepOn: steps.length ? toDate(Math.min(...steps)) : null,
  };
}

export const bucketOf = (policy: Policy, days: number): string =>
  policy.buckets.find(({ min, max }) => days >= min && (max === null || days <= max))?.id ?? 'CURRENT';

export const classOf = (policy: Policy, daysPastDue: number): number =>
  policy.classes.reduce((tier, each) => (daysPastDue >= each.minDays ? Math.max(tier, each.tier) : tier), 1);

const known = new WeakMap<Policy, { delinquent: number[]; pastDue: number[] }>();
function stepsOf(policy: Policy) {
  const made = known.get(policy) ?? {
    delinquent: [
      ...new Set([...policy.buckets.map(({ min }) => min), ...policy.thresholds.map(({ days }) => days), policy.cases.openFrom]),
    ],
    pastDue: policy.classes.map(({ minDays }) => minDays),
  };
  known.set(policy, made);
  return made;
}

function merged(pauses: readonly Pause[]): [from: number, until: number][] {
  const all: [number, number][] = [];
  for (const [from, until] of pauses.map(({ from, until }): [number, number] => [toDay(from), toDay(until)]).sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else if (until > from) all.push([from, until]);
  }
  return all;
}

function pausedBetween(pauses: readonly Pause[], start: number, end: number): number {
  let days = 0;
  for (const [from, until] of merged(pauses)) days += Math.max(0, Math.min(until, end) - Math.max(from, start));
  return days;
}

/** The day on which `days` unpaused days have passed since `start`. */
function dayReaching(start: number, days: number, pauses: readonly Pause[]): number {
  let day = start + days;
  for (const [from, until] of merged(pauses)) {
    const begin = Math.max(from, start);
    if (begin < day && until > begin) day += until - begin;
  }
  return day;
}
