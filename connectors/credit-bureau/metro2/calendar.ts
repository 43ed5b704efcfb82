// Calendar dates as text, `YYYY-MM-DD`, and as a file writes them.
import type { DateText } from '../../bureau-file.js';

const dayMs = 86_400_000;
const msOf = (date: DateText) => Date.parse(`${date}T00:00:00Z`);
const textOf = (ms: number): DateText => new Date(ms).toISOString().slice(0, 10);

export const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(msOf(text)) && textOf(msOf(text)) === text;
export const addDays = (date: DateText, days: number) => textOf(msOf(date) + days * dayMs);
/** Full months from one date to another. */
export function monthsBetween(from: DateText, to: DateText): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}
/** MMDDYYYY */
export const asWritten = (date: DateText) => date.slice(5, 7) + date.slice(8, 10) + date.slice(0, 4);
