// What a loan's delinquency is on a business date, and the dates on which that changes if nothing more happens.
import { isoWeekday, plusDays, toDate, toDay } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { Policy } from '../policy.js';
import { noParts, totalOf, type Parts } from './components.js';
import { countDefault, notCounted, type DefaultCounter } from './default-counter.js';
import type { Restructured } from './loan-facts.js';
import { isOpen, outstandingOf, owed, sum, type OwedLine } from './owed.js';
import * as pauses from './pauses.js';
import { type Position } from './position.js';
import { doubtsOf } from './reconcile.js';
import { chargebacksOf, reinstated } from './reinstated.js';

/** How a loan stands on a day; what a later day shows differs only on `nextStepOn` and the steps after it. */
export interface Standing {
  /** NONE: not a live loan. WITHIN_TOLERANCE: something is late, too little to count. */
  result: 'AWAITING_SNAPSHOT' | 'NONE' | 'CURRENT' | 'WITHIN_TOLERANCE' | 'PAST_DUE';
  overdueSince: LocalDate | null;
  /** The components of the lines past due; what chargebacks reinstated is in the total alone. */
  overdue: Parts;
  overdueTotal: bigint;
  bucket: string;
  /** By days past due, people's judgement and the watch after easier terms: the worst of the three. */
  qualityClass: number;
  nextDueOn: LocalDate | null;
}

export interface Assessment extends Standing, Omit<DefaultCounter, 'changesOn'> {
  asOf: LocalDate;
  /** `asOf` minus `overdueSince`, no grace and no pause. */
  daysPastDue: number;
  /** The day from which days count for treatments: `overdueSince` and the grace. */
  delinquentSince: LocalDate | null;
  pausedDays: number;
  /** A pause holds on this day, both ends included: for display, not for counting. */
  paused: boolean;
  /** Merged, from `delinquentSince` on; while nothing is past due, from where that will be when the next due date is missed. */
  pauses: pauses.Range[];
  /** `daysPastDue` less grace and paused days: what treatments count. */
  delinquentDays: number;
  /** What the regulator's classes count by the policy. */
  regulatoryDays: number;
  /** What each rule alone makes of the quality class. */
  drivers: { days: number; judgemental: number; restructured: number };
  watchUntil: LocalDate | null;
  outstanding: Parts;
  lines: OwedLine[];
  /** Strictly after `asOf`, at most `stepsAhead` of them. */
  steps: { on: LocalDate; is: Standing }[];
  nextStepOn: LocalDate | null;
  /** The first day after `asOf` on which a case may be entered or a threshold crossed, or beyond which the steps say nothing. */
  decidesOn: LocalDate | null;
  /** What in the source's facts does not fit together. */
  doubts: string[];
}

export const stepsAhead = 4;

/** Grace and pauses are counted from the first unpaid due date; pauses are half-open and may overlap. Source: reference algorithm of Apache Fineract's ageing, with the policy's ranges. */
export function assess(position: Position, asOf: LocalDate, policy: Policy): Assessment {
  const { account } = position;
  const lines = linesOf(position, policy);
  const outstanding = outstandingOf(lines);
  const doubts = doubtsOf(position, lines, policy);
  const live = account && (account.status === 'ACTIVE' || (account.status === 'CHARGED_OFF' && policy.ageChargedOff === true));
  if (!live || !lines.length) {
    const result = account && !live ? 'NONE' : 'AWAITING_SNAPSHOT';
    return {
      ...quiet(result, classOf(policy, 0)),
      asOf,
      daysPastDue: 0,
      delinquentSince: null,
      pausedDays: 0,
      paused: false,
      pauses: [],
      delinquentDays: 0,
      regulatoryDays: 0,
      materialSince: null,
      defaultSince: null,
      drivers: { days: 1, judgemental: 1, restructured: 1 },
      watchUntil: null,
      outstanding,
      lines,
      steps: [],
      nextStepOn: null,
      decidesOn: null,
      doubts,
    };
  }

  const course = courseOf(position, lines, policy);
  const today = toDay(asOf);
  const is = course.on(today);
  const { since } = is;
  const start = since === null ? null : since + account.graceDays;
  const counting = start ?? (course.firstDue === null ? null : course.firstDue + account.graceDays);
  const ahead = [...course.days].filter((day) => day > today).sort((a, b) => a - b);
  const steps = ahead.slice(0, stepsAhead).map((day) => ({ on: toDate(day), is: course.on(day).standing }));
  const rule = policy.defaultCounter?.currency === account.currency ? policy.defaultCounter : null;
  const { changesOn, ...counter } = rule
    ? countDefault(position, lines, (each) => linesOf(each, policy), asOf, easedOf(position), rule)
    : notCounted;
  const decides = [
    ...course.decides.filter((day) => day > today),
    ...ahead.slice(stepsAhead, stepsAhead + 1),
    ...(changesOn ? [toDay(changesOn)] : []),
  ];
  return {
    ...is.standing,
    asOf,
    daysPastDue: since === null ? 0 : today - since,
    delinquentSince: start === null ? null : toDate(start),
    pausedDays: is.pausedDays,
    paused: position.pauses.some(({ from, until }) => from <= asOf && asOf <= until),
    pauses: counting === null ? [] : pauses.from(pauses.merged(position.pauses), counting),
    delinquentDays: is.delinquentDays,
    regulatoryDays: is.regulatoryDays,
    ...counter,
    drivers: is.drivers,
    watchUntil: course.watchUntil === null ? null : toDate(course.watchUntil),
    outstanding,
    lines,
    steps,
    nextStepOn: steps[0]?.on ?? null,
    decidesOn: decides.length ? toDate(Math.min(...decides)) : null,
    doubts,
  };
}

/** The lines that are owed under a policy: its order of allocation for the product, and due dates moved off rest days where the source left that to us. */
export function linesOf(position: Position, policy: Policy): OwedLine[] {
  const { account } = position;
  const order = (account && (policy.allocationOf?.[account.productId] ?? policy.allocationOf?.[account.productClass])) || policy.allocation;
  return owed(position, order, account?.rollDueDates ? (date) => rolled(date, policy) : undefined);
}

/** The next day that is neither a rest day nor a holiday of the policy's calendar. */
function rolled(date: LocalDate, { calendar }: Policy): LocalDate {
  if (!calendar) return date;
  let day = date;
  while (calendar.restDays.includes(isoWeekday(day)) || calendar.holidays.includes(day)) day = plusDays(day, 1);
  return day;
}

const quiet = (result: Standing['result'], qualityClass: number): Standing => ({
  result,
  overdueSince: null,
  overdue: noParts(),
  overdueTotal: 0n,
  bucket: 'CURRENT',
  qualityClass,
  nextDueOn: null,
});

/** A live loan's standing as a function of the day. */
function courseOf(position: Position, lines: readonly OwedLine[], policy: Policy) {
  const account = position.account!;
  const open = lines.map((line, k) => ({ line, k, due: toDay(line.dueOn) })).filter(({ line }) => isOpen(line));
  open.sort((a, b) => a.due - b.due || a.line.number - b.line.number);
  /** What is overdue once the first n open lines are. */
  const overdueAfter = [noParts()];
  for (const { line } of open) overdueAfter.push(sum([overdueAfter.at(-1)!, line.outstanding]));
  const ranges = pauses.merged(position.pauses);
  const chargebacks = chargebacksOf(position);
  const eased = easedOf(position);
  const watchUntil = eased && policy.restructured ? toDay(eased.on) + policy.restructured[watchOf(eased)].watchDays : null;

  function sinceOn(day: number, late: number): { since: number | null; extra: bigint } {
    if (!chargebacks.length) return { since: late ? open[0]!.due : null, extra: 0n };
    const { since, extra } = reinstated(position, lines, toDate(day));
    const days = open.slice(0, late).map(({ k, due }) => (since.has(k) ? toDay(since.get(k)!) : due));
    if (extra > 0n) for (const date of since.values()) days.push(toDay(date));
    return { since: days.length ? Math.min(...days) : null, extra };
  }

  function on(day: number) {
    let late = 0;
    while (late < open.length && open[late]!.due < day) late++;
    const overdue = overdueAfter[late]!;
    const { since, extra } = sinceOn(day, late);
    const overdueTotal = totalOf(overdue) + extra;
    const overdueSince = since !== null && overdueTotal > account.tolerance ? since : null;
    const daysPastDue = overdueSince === null ? 0 : day - overdueSince;
    const pausedDays = overdueSince === null ? 0 : pauses.daysBefore(pauses.from(ranges, overdueSince + account.graceDays), day);
    const delinquentDays = overdueSince === null ? 0 : Math.max(0, daysPastDue - account.graceDays - pausedDays);
    const regulatoryDays = policy.regulatoryCounter === 'DELINQUENT' ? delinquentDays : daysPastDue;
    const drivers = {
      days: classOf(policy, regulatoryDays),
      judgemental: account.judgementalClass ?? 1,
      restructured: floorOf(policy, eased, toDate(day)),
    };
    const standing: Standing = {
      result: overdueSince !== null ? 'PAST_DUE' : since !== null ? 'WITHIN_TOLERANCE' : 'CURRENT',
      overdueSince: overdueSince === null ? null : toDate(overdueSince),
      overdue,
      overdueTotal,
      bucket: bucketOf(policy, delinquentDays),
      qualityClass: Math.max(drivers.days, drivers.judgemental, drivers.restructured),
      nextDueOn: open[late]?.line.dueOn ?? null,
    };
    return { standing, since: overdueSince, pausedDays, delinquentDays, regulatoryDays, drivers };
  }

  const falls = [...new Set([...open.map(({ due }) => due + 1), ...chargebacks.map(({ valueOn }) => toDay(valueOn) + 1)])];
  falls.sort((a, b) => a - b);
  const days = new Set(falls);
  const decides: number[] = [];
  const material = falls.find((day) => on(day).since !== null);
  if (material !== undefined) {
    // A chargeback may move the day from which the loan counts as late; without one that day stays.
    const turns = chargebacks.length ? falls.filter((day) => day >= material) : [material];
    const { delinquent, regulatory, deciding } = stepsOf(policy);
    for (const turn of turns) {
      const start = on(turn).since! + account.graceDays;
      const counted = pauses.from(ranges, start);
      const reaching = (count: number) => Math.max(material, pauses.dayReaching(start, count, counted));
      for (const count of delinquent) days.add(reaching(count));
      for (const count of regulatory)
        days.add(policy.regulatoryCounter === 'DELINQUENT' ? reaching(count) : Math.max(material, on(turn).since! + count));
      for (const count of deciding) decides.push(reaching(count));
    }
    if (chargebacks.length) decides.push(...turns);
  }
  if (watchUntil !== null) days.add(toDay(eased!.on)).add(watchUntil);
  return { on, days, decides, watchUntil, firstDue: open[0]?.due ?? null };
}

/** The best class that a loan may have on a day after its terms were eased; 1 once it is no longer watched. */
export function floorOf(policy: Policy, eased: Restructured | null, on: LocalDate): number {
  const rule = eased && policy.restructured?.[watchOf(eased)];
  return rule && eased.on <= on && on < plusDays(eased.on, rule.watchDays) ? rule.floorTier : 1;
}

const watchOf = ({ wasNonPerforming }: Restructured) => (wasNonPerforming ? 'nonPerforming' : 'performing');

/** When terms were eased last, by the account or with a new schedule. */
export function easedOf({ account, restructured }: Position): Restructured | null {
  const told = account?.restructured ?? null;
  return !told || (restructured && restructured.on >= told.on) ? restructured : told;
}

export const bucketOf = (policy: Policy, days: number): string =>
  policy.buckets.find(({ min, max }) => days >= min && (max === null || days <= max))?.id ?? 'CURRENT';

export const classOf = (policy: Policy, regulatoryDays: number): number =>
  policy.classes.reduce((tier, each) => (regulatoryDays >= each.minDays ? Math.max(tier, each.tier) : tier), 1);

const known = new WeakMap<Policy, { delinquent: number[]; regulatory: number[]; deciding: number[] }>();
function stepsOf(policy: Policy) {
  let made = known.get(policy);
  if (!made) {
    const deciding = [...new Set([...policy.thresholds.map(({ days }) => days), policy.cases.openFrom])];
    const ends = policy.buckets.flatMap(({ min, max }) => (max === null ? [min] : [min, max + 1]));
    made = { delinquent: [...new Set([...ends, ...deciding])], regulatory: policy.classes.map(({ minDays }) => minDays), deciding };
    known.set(policy, made);
  }
  return made;
}
