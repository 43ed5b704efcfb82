// What a bureau remembers of an account from one period to the next: M3, the first character of M6, and M13.
import type { Note } from './problems.js';
import type { Base, Metro2Record } from './record.js';

export interface Remembered {
  status: string;
  /** Characters that may tell of this period in the history of the next; null: any. */
  history: string | null;
  /** `YYYY-MM-DD`; null for an account without delinquency. */
  firstDelinquency: string | null;
}

export interface Metro2Ledger {
  /** Until when it was told. */
  activity: string;
  /** By account number. */
  accounts: ReadonlyMap<string, Remembered>;
  /** Numbers that were given up for others. */
  retired: ReadonlySet<string>;
}

const dayMs = 86_400_000;
const historyOf: Readonly<Record<string, string>> = {
  '71': '1',
  '78': '2',
  '80': '3',
  '82': '4',
  '83': '5',
  '84': '6',
  '93': 'G',
  '97': 'L',
  '61': 'EJ',
  '62': 'EG',
  '63': 'EK',
  '64': 'EL',
};
/** Nothing is current again after them. */
const never = /^(6[1-5]|97)$/;
/** How their months are told later is not public: as late as they were, or by the letter of what became of the collateral. */
const collateral = /^(65|88|89|94|95|96)$/;

export function remembered({ base }: Metro2Record): Remembered {
  return { status: base.text('Account status'), history: nextHistory(base), firstDelinquency: base.date('Date of first delinquency') };
}

function nextHistory(base: Base): string | null {
  const status = base.text('Account status');
  const rating = base.text('Payment rating');
  if (status === '11') return base.number('Current balance') === 0 ? '0E' : '0';
  if (status === '05' || status === '13') return `${rating}E`;
  if (collateral.test(status)) return '0123456EHJK';
  return historyOf[status] ?? null;
}

/** @param previous of the period before, whose end is `previous.activity` */
export function compare({ base }: Metro2Record, previous: Metro2Ledger, note: Note): void {
  const account = base.text('Consumer account number');
  if (previous.retired.has(account)) note('Consumer account number', 'M13', 'this number was given up for another');
  const before = previous.accounts.get(account);
  if (!before) return;
  const first = base.text('Payment history profile').slice(0, 1);
  if (before.history && !before.history.includes(first))
    note('Payment history profile', 'M6', `it begins with ${first}, but the period before had status ${before.status}`);
  const date = base.date('Date of first delinquency');
  if (!date || !before.firstDelinquency || date <= before.firstDelinquency) return;
  // Arrears that ended may begin anew within a month, but only from a due date after the last period.
  const due = Date.parse(date) - 30 * dayMs;
  if (never.test(before.status) || due <= Date.parse(previous.activity))
    note('Date of first delinquency', 'M3', `it was ${before.firstDelinquency} in the period before, and moved to ${date}`);
}
