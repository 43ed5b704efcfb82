// `casegraph book-report`: the days past due of every loan, as CSV, on one date or on every month end up to it.
import { stringify } from 'csv-stringify';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { monthEnds, reportBook } from '../actions/report-book.js';
import { leastBusinessDate } from '../storage/whole-book.js';
import { CannotStart, mustBeMigrated, openDatabase } from './open.js';

export interface BookReportOptions {
  asOf: string;
  /** Every month end from then on; without it only `asOf`. */
  from?: string;
}

const columns = ['loan', 'as_of', 'days_past_due', 'overdue', 'outstanding', 'currency', 'result', 'bucket'];

/** @returns how many rows were written. @throws CannotStart naming the option that cannot be met */
export async function reportAges(url: string, { asOf, from }: BookReportOptions, out: Writable): Promise<number> {
  const dates = from === undefined ? [asOf] : monthEnds(from, asOf);
  if (!dates.length) throw new CannotStart(`--from: there is no month end from ${from} to ${asOf} (--as-of)`);
  const store = await openDatabase(url);
  try {
    await mustBeMigrated(store);
    const reached = await store.transaction(leastBusinessDate);
    if (reached === null) throw new CannotStart('DATABASE_URL: no business date was opened yet, there is nothing to report');
    if (asOf > reached) throw new CannotStart(`--as-of: the books have reached ${reached} only`);
    const csv = stringify({ header: true, columns });
    csv.pipe(out, { end: false });
    let count = 0;
    for await (const rows of reportBook(store, dates))
      for (const row of rows) {
        count++;
        if (!csv.write(row)) await once(csv, 'drain');
      }
    const ended = once(csv, 'end');
    csv.end();
    await ended;
    return count;
  } finally {
    await store.close();
  }
}
