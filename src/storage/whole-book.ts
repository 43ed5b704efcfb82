// The whole book, for those who go through it loan by loan.
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

/** The next loans in the order of their ids, byte by byte, whatever the collation of the database. */
export async function loansAfter(tx: Tx, last: string, most: number): Promise<string[]> {
  const rows = await tx.query<{ aggregate_id: string }>(
    `select aggregate_id from loan where aggregate_id collate "C" > $1 order by aggregate_id collate "C" limit $2`,
    [last, most],
  );
  return rows.map(({ aggregate_id }) => aggregate_id);
}

/** The business date that the book of every tenant has reached at least; null before the first. */
export async function leastBusinessDate(tx: Tx): Promise<LocalDate | null> {
  const [row] = await tx.query<{ least: string | null }>('select min(business_date)::text as least from business_day');
  return row?.least ?? null;
}
