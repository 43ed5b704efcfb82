// Reads a bank's own book from its files, whole and checked, before anything of it is played.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from '../../domain/fact.js';
import { amountFault } from './columns.js';
import { Mistakes } from './mistakes.js';
import { readFile, type Row } from './read-file.js';

type Cells = Readonly<Record<string, string>>;

export interface FileLoan {
  id: string;
  cells: Cells;
  instalments: Cells[];
  payments: Cells[];
}

export interface FileBook {
  /** By loan id, in the order of loans.csv. */
  loans: Map<string, FileLoan>;
  borrowers: Cells[];
  /** Of the disbursals, payments and reversals. */
  firstDate: LocalDate;
  lastDate: LocalDate;
}

interface Settings {
  /** Where loans.csv and borrowers.csv do not say it. */
  jurisdiction?: string;
  /** How many mistakes are told. */
  mostMistakes?: number;
  onRows?(file: string, rows: number): void;
}

const mostInstalments = 600; // of the published LoanAccountSnapshotted
const amounts = ['principal', 'interest', 'fee', 'penalty', 'amount', 'arrears_tolerance', 'credit_limit'];

/** @throws BadBook with every mistake of every file, up to the limit */
export async function readBook(folder: string, { jurisdiction, mostMistakes = 100, onRows }: Settings = {}): Promise<FileBook> {
  const mistakes = new Mistakes(mostMistakes);
  const book: FileBook = { loans: new Map(), borrowers: [], firstDate: '9999-12-31', lastDate: '0000-01-01' };
  const seen = (date: string | undefined) => {
    if (date && date < book.firstDate) book.firstDate = date;
    if (date && date > book.lastDate) book.lastDate = date;
  };
  /** Loans with a mistake are known, so that their instalments and payments are not reported for it. */
  const known = new Map<string, FileLoan | null>();
  const lines = new Map<string, number>();
  const borrowerIds = existsSync(join(folder, 'borrowers.csv')) ? new Set<string>() : null;
  const counted = (file: string, onRow: (row: Row) => void) => {
    let rows = 0;
    return (row: Row) => {
      if (++rows % 10_000 === 0) onRows?.(file, rows);
      onRow(row);
    };
  };
  const moneyFits = (file: string, { cells, line }: Row, currency: string): boolean => {
    const faults = amounts.flatMap((column) => {
      const fault = cells[column] !== undefined && amountFault(cells[column], currency);
      return fault ? [[column, fault] as const] : [];
    });
    for (const [column, fault] of faults) mistakes.add(file, line, column, `${fault}, expected`);
    return !faults.length;
  };
  const inCountry = (file: string, { cells, line }: Row): boolean => {
    if (cells['jurisdiction'] ?? jurisdiction) return true;
    mistakes.add(file, line, 'jurisdiction', 'a country is expected here, or one for all with --jurisdiction');
    return false;
  };

  if (borrowerIds)
    await readFile(
      folder,
      'borrowers.csv',
      mistakes,
      counted('borrowers.csv', (row) => {
        const id = row.cells['borrower_id'];
        if (id !== undefined && borrowerIds.has(id)) mistakes.add('borrowers.csv', row.line, 'borrower_id', 'each borrower once expected');
        if (id !== undefined) borrowerIds.add(id);
        if (row.whole && inCountry('borrowers.csv', row)) book.borrowers.push(row.cells);
      }),
    );
  await readFile(
    folder,
    'loans.csv',
    mistakes,
    counted('loans.csv', (row) => {
      const { cells, line, whole } = row;
      const id = cells['loan_id'];
      if (id === undefined) return;
      if (known.has(id)) return mistakes.add('loans.csv', line, 'loan_id', 'each loan once expected');
      const borrower = cells['borrower_id'];
      const strange = borrowerIds && borrower !== undefined && !borrowerIds.has(borrower);
      if (strange) mistakes.add('loans.csv', line, 'borrower_id', 'a borrower of borrowers.csv expected');
      const fits = whole && inCountry('loans.csv', row) && moneyFits('loans.csv', row, cells['currency']!);
      const loan = fits ? { id, cells, instalments: [], payments: [] } : null;
      known.set(id, loan);
      lines.set(id, line);
      if (!loan) return;
      book.loans.set(id, loan);
      seen(cells['disbursed_on']);
    }),
  );
  const ofLoan = (file: 'instalments.csv' | 'payments.csv', onRow: (loan: FileLoan, row: Row) => void) =>
    readFile(
      folder,
      file,
      mistakes,
      counted(file, (row) => {
        const id = row.cells['loan_id'];
        if (id === undefined) return;
        if (!known.has(id)) return mistakes.add(file, row.line, 'loan_id', 'a loan of loans.csv expected');
        const loan = known.get(id);
        if (loan && row.whole && moneyFits(file, row, loan.cells['currency']!)) onRow(loan, row);
      }),
    );

  const scheduled = new Set<string>();
  await ofLoan('instalments.csv', (loan, { cells, line }) => {
    const key = JSON.stringify([loan.id, Number(cells['number'])]);
    if (cells['number'] === '0') mistakes.add('instalments.csv', line, 'number', 'a whole number from 1 on expected');
    if (scheduled.has(key)) mistakes.add('instalments.csv', line, 'number', 'each number of a loan once expected');
    scheduled.add(key);
    loan.instalments.push(cells);
    if (loan.instalments.length === mostInstalments + 1)
      mistakes.add('instalments.csv', line, 'number', `at most ${mostInstalments} instalments of a loan expected`);
  });
  scheduled.clear();
  for (const { id, instalments } of book.loans.values())
    if (!instalments.length) mistakes.add('loans.csv', lines.get(id)!, 'loan_id', 'instalments of this loan expected in instalments.csv');

  const paid = new Set<string>();
  await ofLoan('payments.csv', (loan, { cells, line }) => {
    const key = JSON.stringify([loan.id, cells['payment_id']]);
    if (paid.has(key)) mistakes.add('payments.csv', line, 'payment_id', 'each payment of a loan once expected');
    paid.add(key);
    const posted = cells['posted_date'] ?? cells['value_date']!;
    if (cells['reversed_on'] && cells['reversed_on'] < posted)
      mistakes.add('payments.csv', line, 'reversed_on', 'a day not before the payment was posted expected');
    loan.payments.push(cells);
    seen(posted);
    seen(cells['reversed_on']);
  });
  if (!book.loans.size && !known.size) mistakes.add('loans.csv', null, null, 'at least one loan expected');
  mistakes.throwAny();
  return book;
}
