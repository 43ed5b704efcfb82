// Tables that are kept by month: a month is made when its first row comes, and old months can be detached.
import type { Tx } from './store.js';

export type MonthlyTable = 'event_log' | 'timeline_entry' | 'audit_entry';

/** Months that are there: by what the database is called by here. */
const known = new Set<string>();

/** Sees to it that these tables have these months, `YYYY-MM`. Once they are known to be there, this costs nothing. */
export async function ensureMonths(tx: Tx, tables: readonly MonthlyTable[], months: Iterable<string>): Promise<void> {
  const wanted = [...new Set(months)].toSorted();
  // Table by table, since each has a lock of its own: whoever makes months of several waits in the same order.
  const parts = tables.flatMap((table) => wanted.map((month) => ({ table, month, key: `${tx.database} ${table} ${month}` })));
  const missing = parts.filter(({ key }) => !known.has(key));
  if (missing.length)
    await tx.query(`select make_month(t, (m || '-01')::date) from unnest($1::text[], $2::text[]) as p(t, m)`, [
      missing.map(({ table }) => table),
      missing.map(({ month }) => month),
    ]);
  // Known only once they are committed: the next batch asks again until then, which costs one look-up.
  tx.afterCommit(() => missing.forEach(({ key }) => known.add(key)));
  // A month may have been detached since: whoever tries again makes sure of it.
  tx.afterRollback(() => parts.forEach(({ key }) => known.delete(key)));
}

/** Months of a table that were detached, `YYYY-MM`: whatever is told without them is not whole. */
export async function detachedMonths(tx: Tx, table: MonthlyTable): Promise<string[]> {
  const rows = await tx.query<{ month: string }>(
    `select to_char(first, 'YYYY-MM') as month from public.month_made where of_table = $1
       and not exists (select from pg_inherits where inhparent = ('public.' || $1)::regclass and inhrelid = to_regclass('public.' || $1 || '_' || to_char(first, 'YYYY_MM'))) order by 1`,
    [table],
  );
  return rows.map(({ month }) => month);
}
