// The payment history profile: a character for each of 24 past months, the newest first (M6).
import { FileFault, type FileRecord, type FileStanding } from '../../bureau-file.js';

const months = 24;
const letters: Readonly<Record<Exclude<FileStanding['history'][number], number>, string>> = {
  NO_HISTORY: 'B',
  NOT_REPORTED: 'D',
  WRITTEN_OFF: 'L',
  IN_COLLECTION: 'G',
  ZERO_BALANCE: 'E',
};

/** 0 for less than thirty days late, 1 from 30, … 6 from 180 on. */
export const lateness = (days: number) => Math.min(6, Math.max(0, Math.floor(days / 30)));

export function profileOf({ key, standing: { history } }: FileRecord): string {
  const fault = (words: string) => new FileFault(key, 'paymentHistory', 'M6', words);
  if (history.length > months) throw fault(`${history.length} months are more than ${months}`);
  const said = history.map((month) => {
    if (typeof month !== 'number') return letters[month];
    if (!Number.isInteger(month) || month < 0) throw fault(`${month} is not a number of days`);
    return String(lateness(month));
  });
  const profile = said.join('').padEnd(months, 'B');
  if (/B[^B]/.test(profile)) throw fault('a month without history cannot be newer than one with');
  return profile;
}
