// The facts of many loans out of the log, loan by loan, for those who go through the whole book.
import type { LocalDate } from '../domain/fact.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { factColumns, factOf, type LoggedRow } from './loan-facts.js';
import type { Tx } from './store.js';

/** The next loans in the order of their ids, byte by byte, whatever the collation of the database. */
export async function loansAfter(tx: Tx, last: string, most: number): Promise<string[]> {
  const rows = await tx.query<{ aggregate_id: string }>(
    `select aggregate_id from loan where aggregate_id collate "C" > $1 order by aggregate_id collate "C" limit $2`,
    [last, most],
  );
  return rows.map(({ aggregate_id }) => aggregate_id);
}

/** By loan, oldest effective date first; those effective after `until` are left out. */
export async function factsOfLoans(tx: Tx, loans: readonly string[], until: LocalDate): Promise<Map<string, LoanFact[]>> {
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from event_log where aggregate_id = any($1) and effective_on <= $2::date order by effective_on, arrival`,
    [loans, until],
  );
  const facts = new Map<string, LoanFact[]>();
  for (const row of rows) {
    const fact = factOf(row) as LoanFact;
    const known = facts.get(row.aggregate_id);
    if (known) known.push(fact);
    else facts.set(row.aggregate_id, [fact]);
  }
  return facts;
}

/** The business date that the book of every tenant has reached at least; null before the first. */
export async function leastBusinessDate(tx: Tx): Promise<LocalDate | null> {
  const [row] = await tx.query<{ least: string | null }>('select min(business_date)::text as least from business_day');
  return row?.least ?? null;
}
