// A real small book of microfinance loans as a book of files, where its rows are at hand: each loan once by each of its two calendars.
import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export type Row = Record<string, string>;

export const calendars = ['local', 'scheduled'] as const;

export interface Kiva {
  loans: Row[];
  schedule: Row[];
  payments: Row[];
}

/** Where KIVA_BOOK says, or in shared/data/kiva beside the repository or above it; null when it is nowhere. */
export function kivaFolder(): string | null {
  const told = process.env['KIVA_BOOK'];
  if (told) return told;
  for (let folder = resolve('.'); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'shared', 'data', 'kiva');
    if (existsSync(join(found, 'loans.csv'))) return found;
  }
  return null;
}

/** @param every 1 for all loans, 3 for every third */
export function readKiva(folder: string, every = 1): Kiva {
  const read = (name: string) => parse(readFileSync(join(folder, name)), { columns: true, bom: true }) as Row[];
  const loans = read('loans.csv').filter((_, i) => i % every === 0);
  const taken = new Set(loans.map(({ loan }) => loan));
  const ofThese = (name: string) => read(name).filter(({ loan }) => taken.has(loan));
  return { loans, schedule: ofThese('schedule.csv'), payments: ofThese('payments.csv') };
}

/** Loans without a calendar are left out; the lenders' calendar and their payments are in USD, the borrower's in the loan's currency. */
export function writeBook({ loans, schedule, payments }: Kiva, folder: string): void {
  const write = (name: string, header: string, lines: string[]) => writeFileSync(join(folder, name), `${[header, ...lines].join('\n')}\n`);
  const planned = new Set(schedule.map(({ loan, kind }) => `${loan}-${kind}`));
  const each = (loan: string) => calendars.filter((calendar) => planned.has(`${loan}-${calendar}`));
  write(
    'loans.csv',
    'loan_id,currency,principal,disbursed_on,jurisdiction',
    loans.flatMap(({ loan, currency, loan_amount, disbursal_amount, disbursal_date }) =>
      each(loan!).map((calendar) =>
        calendar === 'local'
          ? `${loan}-local,${currency || 'USD'},${disbursal_amount},${disbursal_date},US`
          : `${loan}-scheduled,USD,${loan_amount},${disbursal_date},US`,
      ),
    ),
  );
  write(
    'instalments.csv',
    'loan_id,number,due_on,principal',
    schedule.map(({ loan, kind, seq, due_date, amount }) => `${loan}-${kind},${seq},${due_date},${amount}`),
  );
  write(
    'payments.csv',
    'loan_id,payment_id,value_date,amount',
    payments.flatMap(({ loan, payment_id, processed_date, amount, local_amount }) =>
      each(loan!).map((calendar) => `${loan}-${calendar},${payment_id},${processed_date},${calendar === 'local' ? local_amount : amount}`),
    ),
  );
}
