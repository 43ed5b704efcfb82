// Which account status tells how an account stands, the rating it had before, and when it first fell thirty days behind.
import { FileFault, type DateText, type FileRecord, type FileStanding } from '../../bureau-file.js';
import { addDays } from './calendar.js';
import { lateness } from './history.js';
import { codeOf, type Metro2Settings } from './settings.js';

/** Statuses for 0, 30, … 180 days and more. */
const byLateness = ['11', '71', '78', '80', '82', '83', '84'] as const;
const paidAfter: Readonly<Record<string, string>> = { '95': '61', '96': '63', '65': '65' };
const collateralStatuses = ['65', '88', '89', '94', '95', '96'];
/** The only statuses that have a rating (M1). */
const rated = new Set(['05', '13', '65', '88', '89', '94', '95']);
const lateOnlyByRating = new Set(['05', '13']);
/** A status that says nothing of the debt: deleted, or without arrears. */
const neverDelinquent = new Set(['DA', 'DF', '11']);
export const paidStatuses = new Set(['13', '61', '62', '63', '64', '65']);
const bankrupt = /^[A-HZ]$/;

/** The words of a base segment on how the account stands. */
export interface Said {
  accountStatus: string;
  paymentRating?: string;
  dateOfFirstDelinquency?: DateText;
}

/** @param asOf last day of the period */
export function saidOf(record: FileRecord, asOf: DateText, settings: Metro2Settings): Said {
  const accountStatus = statusOf(record, settings);
  const paymentRating = rated.has(accountStatus) ? ratingOf(record.standing) : undefined;
  const dateOfFirstDelinquency = firstDelinquency(record, accountStatus, paymentRating, asOf);
  return { accountStatus, ...(paymentRating && { paymentRating }), ...(dateOfFirstDelinquency && { dateOfFirstDelinquency }) };
}

function statusOf(record: FileRecord, settings: Metro2Settings): string {
  const { action, key, standing } = record;
  if (action === 'DELETE') return 'DA';
  if (action === 'DELETE_FRAUD') return 'DF';
  const collateral = codeOf(record, 'collateralStatus');
  if (collateral && !collateralStatuses.includes(collateral))
    throw new FileFault(key, 'accountStatus', 'M7', `${collateral} says nothing of a collateral; ${collateralStatuses.join(', ')} do`);
  switch (standing.state) {
    case 'ACTIVE':
      if (collateral === '65') throw new FileFault(key, 'accountStatus', 'M16', '65 is said of a paid account');
      return collateral ?? byLateness[lateness(standing.daysPastDue)] ?? '11';
    case 'IN_COLLECTION':
      return '93';
    case 'WRITTEN_OFF':
      return '97';
    case 'SOLD':
      return standing.writtenOff ? '97' : (settings.transferredAs ?? '05');
    case 'CANCELLED':
      return '13';
    case 'PAID':
      if (standing.writtenOff) return '64';
      return (collateral && paidAfter[collateral]) ?? (before(standing) === 'IN_COLLECTION' ? '62' : '13');
  }
}

/** The newest month of which something is known, before the account had a zero balance. */
const before = ({ history }: Pick<FileStanding, 'history'>) =>
  history.find((month) => !['NO_HISTORY', 'NOT_REPORTED', 'ZERO_BALANCE'].includes(String(month)));

/** M1. A paid account is as late as at the end of the period before, if the arrears lasted until it was paid; current otherwise. */
function ratingOf({ daysPastDue, firstDelinquencyOn, state, stateSince, ...standing }: FileStanding): string {
  const month = before(standing);
  if (month === 'WRITTEN_OFF') return 'L';
  if (month === 'IN_COLLECTION') return 'G';
  if (state !== 'PAID' && state !== 'CANCELLED') return String(lateness(daysPastDue));
  if (!firstDelinquencyOn || addDays(firstDelinquencyOn, 30) > stateSince) return '0';
  return String(Math.max(1, typeof month === 'number' ? lateness(month) : 0));
}

/** M2, M3. Thirty days after the due date with which the arrears began; the petition's day for a bankrupt who is not behind. */
function firstDelinquency({ key, borrower, standing }: FileRecord, status: string, rating: string | undefined, asOf: DateText) {
  const field = 'dateOfFirstDelinquency';
  if (status === 'DA' || status === 'DF') return undefined;
  if (neverDelinquent.has(status) || (lateOnlyByRating.has(status) && rating === '0')) {
    if (!bankrupt.test(borrower.insolvency ?? '')) return undefined;
    if (!borrower.insolvencySince) throw new FileFault(key, field, 'M2', 'the day of the petition is missing');
    return borrower.insolvencySince;
  }
  const due = standing.firstDelinquencyOn;
  if (!due) throw new FileFault(key, field, 'M2', `status ${status} needs it`);
  if (standing.daysPastDue > 0 && due > addDays(asOf, -standing.daysPastDue))
    throw new FileFault(key, field, 'M3', `${due} is later than the oldest due date that is not paid`);
  const on = addDays(due, 30);
  if (on > asOf) throw new FileFault(key, field, 'M2', `thirty days after ${due} is later than ${asOf}`);
  return on;
}
