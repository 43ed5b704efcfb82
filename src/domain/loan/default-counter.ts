// Default by material days in a row: a counter of its own, never derived from days past due.
import { toDate, toDay } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { DefaultRule } from '../policy.js';
import { totalOf } from './components.js';
import type { Restructured } from './loan-facts.js';
import type { OwedLine } from './owed.js';
import type { Range } from './pauses.js';
import type { Position } from './position.js';
import { chargebacksOf, reinstated } from './reinstated.js';

/** Both dates may be ahead: then they come if nothing more happens. */
export interface DefaultCounter {
  /** The first of the material days in a row. */
  materialSince: LocalDate | null;
  defaultSince: LocalDate | null;
  /** The day from which one of them is another. */
  changesOn: LocalDate | null;
}

export const notCounted: DefaultCounter = { materialSince: null, defaultSince: null, changesOn: null };

/** In minor units of the rule's currency. */
interface Exposed {
  pastDue: bigint;
  /** What is on the balance sheet: the principal, and all that is past due. */
  exposure: bigint;
}

/** Past due is material when it is above the absolute threshold and above the share of the exposure, both "more than". */
function isMaterial({ pastDue, exposure }: Exposed, { absolute, relative }: DefaultRule): boolean {
  if (pastDue <= absolute) return false;
  const [whole = '0', fraction = ''] = relative.split('.');
  return pastDue * 10n ** BigInt(fraction.length) > BigInt(whole + fraction) * exposure;
}

/**
 * One loan, which is what the rule allows for retail: thresholds, days and default are the loan's own, and other loans of the borrower do not count.
 * Each past day is told by all that is known now: money counts from its value date, what was reversed never, and what only the newest schedule tells
 * (its due dates, and what it has as paid without a transaction) on all days. So days that a new schedule took away do not count any more; a loan that
 * was non-performing when its terms were eased is in default from then on. Other signs that the borrower is unlikely to pay are not judged.
 * @param lines what is owed by all of the position, and `linesOf` by another one
 * Source: CRR art. 178, Delegated Regulation (EU) 2018/171, EBA/GL/2016/07.
 */
export function countDefault(
  position: Position,
  lines: readonly OwedLine[],
  linesOf: (position: Position) => readonly OwedLine[],
  asOf: LocalDate,
  eased: Restructured | null,
  rule: DefaultRule,
): DefaultCounter {
  const today = toDay(asOf);
  const material = materialRuns(position, lines, linesOf, today, eased, rule);
  const running = ([, until]: Range) => until > today;
  const [streak, inDefault] = [material.find(running), defaults(material, eased, rule).find(running)];
  const ends = [streak, inDefault].flatMap((range) => (range && range[1] < Infinity ? range[1] : []));
  return {
    materialSince: streak ? toDate(streak[0]) : null,
    defaultSince: inDefault ? toDate(inDefault[0]) : null,
    changesOn: ends.length ? toDate(Math.min(...ends)) : null,
  };
}

/** The material days, as far back as they matter to `today` and later. */
function materialRuns(
  position: Position,
  lines: readonly OwedLine[],
  linesOf: (position: Position) => readonly OwedLine[],
  today: number,
  eased: Restructured | null,
  rule: DefaultRule,
): Range[] {
  const moves = position.postings.flatMap(({ reversal, valueOn }) => (reversal ? [] : toDay(valueOn)));
  const chargebacks = chargebacksOf(position).map(({ valueOn }) => toDay(valueOn) + 1);
  const turns = inOrder([...lines.map(({ dueOn }) => toDay(dueOn) + 1), ...moves, ...chargebacks]);

  const valued = inOrder(moves);
  const known = new Map<number | undefined, readonly OwedLine[]>([[undefined, lines]]);
  const materialOn = (day: number): boolean => {
    const next = valued.find((each) => each > day);
    const then = known.get(next) ?? linesOf(knownBefore(position, toDate(next!)));
    known.set(next, then);
    return isMaterial(exposedOn(position, then, toDate(day)), rule);
  };

  // Backwards to where it was quiet for so long that no default can have lasted, then forwards.
  const longest = eased ? Math.max(rule.probationDays, rule.forborneProbationDays) : rule.probationDays;
  const easedOn = eased ? toDay(eased.on) : -Infinity;
  let quietUntil = today + 1;
  let first = turns.findLastIndex((day) => day <= today);
  for (; first > 0; first--) {
    const day = turns[first]!;
    if (materialOn(day)) quietUntil = day;
    else if ((easedOn < day ? quietUntil : Math.min(quietUntil, easedOn)) - day >= longest) break;
  }
  // Once all money has moved, what falls due only adds to it; a chargeback may count for less after its line's due date.
  const settledOn = chargebacks.length ? Infinity : (valued.at(-1) ?? -Infinity);
  const runs: Range[] = [];
  let since: number | null = null;
  for (const day of turns.slice(Math.max(0, first))) {
    const material = materialOn(day);
    if (material) since ??= day;
    else if (since !== null) runs.push([since, day]);
    if (!material) since = null;
    else if (day >= settledOn) break;
  }
  return since === null ? runs : [...runs, [since, Infinity]];
}

const inOrder = (days: readonly number[]): number[] => [...new Set(days)].sort((a, b) => a - b);

/** What is valued later is as if it were taken back later: schedules that contain it are without it. */
const knownBefore = (position: Position, next: LocalDate): Position => ({
  ...position,
  postings: position.postings.map((each) => (each.reversal || each.valueOn < next ? each : { ...each, reversal: notYet })),
});
const notYet = { sequence: 2n ** 63n - 1n, on: '9999-12-31' };

function exposedOn(position: Position, lines: readonly OwedLine[], day: LocalDate): Exposed {
  let pastDue = reinstated(position, lines, day).extra;
  let principal = 0n;
  for (const { dueOn, outstanding } of lines)
    if (dueOn < day) pastDue += totalOf(outstanding);
    else principal += outstanding.principal;
  return { pastDue, exposure: pastDue + principal };
}

/**
 * From the day after `rule.days` material days, or from when a non-performing loan's terms were eased, until so many days without materiality are over;
 * after easier terms these are more, and are counted from then on.
 */
function defaults(material: readonly Range[], eased: Restructured | null, rule: DefaultRule): Range[] {
  const easedOn = eased ? toDay(eased.on) : Infinity;
  const begins = material.flatMap(([from, until]) => (until - from > rule.days ? from + rule.days : []));
  const unquiet = eased ? [...material, [easedOn, easedOn + 1] satisfies Range].sort((a, b) => a[0] - b[0]) : material;
  const found: Range[] = [];
  for (const begin of inOrder(eased?.wasNonPerforming ? [...begins, easedOn] : begins)) {
    if (begin < (found.at(-1)?.[1] ?? -Infinity)) continue;
    let end = -Infinity;
    for (const [from, until] of unquiet) {
      if (until <= begin) continue;
      if (from > end && end > -Infinity) break;
      end = Math.max(end, lastOf(until));
    }
    found.push([begin, end]);
  }
  return found;

  /** The day on which enough days are quiet, counted from one of them on. */
  function lastOf(quietFrom: number): number {
    const end = quietFrom + rule.probationDays - 1;
    return easedOn <= end ? quietFrom + rule.forborneProbationDays - 1 : end;
  }
}
