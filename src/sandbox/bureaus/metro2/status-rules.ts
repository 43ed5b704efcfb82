// What an account status demands of the other fields of its record: M1, M2, M4, M5, M8 and M16.
import type { Note } from './problems.js';
import type { Base, Metro2Record } from './record.js';

const dayMs = 86_400_000;
const rated = /^(05|13|65|88|89|94|95)$/;
const paid = /^(13|6[1-5])$/;
const delinquent = /^(6[1-5]|71|78|8[023489]|9[34567])$/;
const deleted = /^D[AF]$/;
const chargedOff = /^(64|97)$/;
const bankrupt = /^[A-HZ]$/;
/** Statuses that tell how late the oldest instalment is: least days. */
const leastDays: Readonly<Record<string, number>> = { '71': 30, '78': 60, '80': 90, '82': 120, '83': 150, '84': 180 };

export interface Period {
  /** The header's: until when the file tells of accounts, and when it was made. */
  activity: string;
  created: string;
}

export const statusRules: readonly ((record: Metro2Record, note: Note, period: Period) => void)[] = [
  function m1({ base }, note) {
    const status = base.text('Account status');
    const rating = base.text('Payment rating');
    if (rated.test(status) && !rating) note('Payment rating', 'M1', `status ${status} has one`);
    if (!rated.test(status) && rating) note('Payment rating', 'M1', `status ${status} has none`);
  },
  function m2({ base }, note, { activity }) {
    const field = 'Date of first delinquency';
    const status = base.text('Account status');
    const date = base.date(field);
    const need = needOfDelinquency(base);
    if (need === 'always' && !date) note(field, 'M2', `status ${status} needs it`);
    if (need === 'never' && date) note(field, 'M2', `status ${status} has none`);
    if (!date) return;
    if (date > activity) note(field, 'M2', `${date} is later than ${activity}`);
    const least = leastDays[status];
    if (least && daysBetween(date, activity) < least - 30) note(field, 'M2', `${date} is too late to have led to status ${status}`);
  },
  function m4({ base }, note) {
    const status = base.text('Account status');
    const amount = base.number('Original charge-off amount');
    if (chargedOff.test(status) && amount === 0) note('Original charge-off amount', 'M4', `status ${status} needs it`);
    if (!chargedOff.test(status) && !deleted.test(status) && amount > 0)
      note('Original charge-off amount', 'M4', `status ${status} has none`);
  },
  function m5({ base }, note, { activity, created }) {
    const field = 'Date of account information';
    const date = base.date(field);
    const opened = base.date('Date opened');
    if (opened && opened > created) note('Date opened', 'M5', `${opened} is in the future`);
    for (const each of ['Date closed', 'Date of last payment'] as const) {
      const on = base.date(each);
      if (on && on > activity) note(each, 'M5', `${on} is later than the period`);
    }
    if (!date) return;
    if (date > activity || date > created) note(field, 'M5', `${date} is later than the period`);
    if (!paid.test(base.text('Account status'))) {
      if (date.slice(0, 7) !== activity.slice(0, 7)) note(field, 'M5', `${date} is not in the period that ends on ${activity}`);
    } else if (date !== base.date('Date closed')) note(field, 'M5', 'of a paid account it is the day on which it was paid and closed');
  },
  function m8({ base }, note) {
    if (base.text('Account status') === '11' && base.number('Amount past due') > 0)
      note('Amount past due', 'M8', 'an account that is current has none');
  },
  function m16({ base }, note) {
    const status = base.text('Account status');
    if (paid.test(status)) zero(base, note, 'M16', `status ${status} says that it is paid`);
  },
];

/** Balance, past due and scheduled payment of what is owed to nobody any more, or to another. */
export function zero(base: Base, note: Note, code: string, words: string): void {
  for (const field of ['Current balance', 'Amount past due', 'Scheduled monthly payment amount'] as const)
    if (base.number(field) > 0) note(field, code, words);
}

function needOfDelinquency(base: Base): 'always' | 'never' | 'at will' {
  const status = base.text('Account status');
  if (delinquent.test(status)) return 'always';
  if (deleted.test(status)) return 'never';
  const late = /^[1-6GL]$/.test(base.text('Payment rating'));
  if ((status === '05' || status === '13') && late) return 'always';
  if (!bankrupt.test(base.text('Consumer information indicator'))) return 'never';
  return status === '11' ? 'always' : 'at will';
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / dayMs;
