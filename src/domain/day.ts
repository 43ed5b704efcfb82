// Business dates as day numbers, so that they can be counted: whole days since 1970-01-01, no time and no zone.
import type { LocalDate } from './fact.js';

const dayOf = new Map<LocalDate, number>();
const dateOf = new Map<number, LocalDate>();

export function toDay(date: LocalDate): number {
  let day = dayOf.get(date);
  if (day === undefined) dayOf.set(date, (day = Date.parse(`${date}T00:00:00Z`) / 86_400_000));
  return day;
}

export function toDate(day: number): LocalDate {
  let date = dateOf.get(day);
  if (date === undefined) dateOf.set(day, (date = new Date(day * 86_400_000).toISOString().slice(0, 10)));
  return date;
}

/** 1 is Monday. */
export const isoWeekday = (date: LocalDate): number => ((toDay(date) + 3) % 7) + 1;

export const daysBetween = (from: LocalDate, to: LocalDate): number => toDay(to) - toDay(from);
const weekend: readonly number[] = [6, 7];

/** Counts days on which banks work: by a calendar of rest days and holidays, without one Monday to Friday. */
export function plusBusinessDays(
  from: LocalDate,
  days: number,
  calendar?: { restDays: readonly number[]; holidays: readonly LocalDate[] },
): LocalDate {
  const rest = (day: LocalDate) => (calendar?.restDays ?? weekend).includes(isoWeekday(day)) || (calendar?.holidays.includes(day) ?? false);
  let reached = from;
  for (let left = days; left > 0;) if (!rest((reached = plusDays(reached, 1)))) left--;
  return reached;
}
export const plusDays = (date: LocalDate, days: number): LocalDate => toDate(toDay(date) + days);
