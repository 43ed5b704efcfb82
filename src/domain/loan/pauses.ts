// Days that do not count: pauses, merged so that none is counted twice, and cut to the running arrears episode.
import { toDay } from '../day.js';
import type { Pause } from './loan-facts.js';

/** Half-open ranges of day numbers. */
export type Range = [from: number, until: number];

export function merged(pauses: readonly Pause[]): Range[] {
  const all: Range[] = [];
  for (const [from, until] of pauses.map(({ from, until }): Range => [toDay(from), toDay(until)]).sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else if (until > from) all.push([from, until]);
  }
  return all;
}

/** What of the ranges lies from `start` on. */
export const from = (ranges: readonly Range[], start: number): Range[] =>
  ranges.flatMap(([begin, end]): Range[] => (end > start ? [[Math.max(begin, start), end]] : []));

export function daysBefore(ranges: readonly Range[], end: number): number {
  let days = 0;
  for (const [begin, until] of ranges) days += Math.max(0, Math.min(until, end) - begin);
  return days;
}

/** The day on which `days` days outside the ranges, which begin at or after `start`, have passed since `start`. */
export function dayReaching(start: number, days: number, ranges: readonly Range[]): number {
  let day = start + days;
  for (const [begin, until] of ranges) if (begin < day) day += until - begin;
  return day;
}
