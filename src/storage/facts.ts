// The event log: facts are added once and never changed. It is kept by month of the business date, so that old months can be detached.
import type { Fact } from '../domain/fact.js';
import { keptData, toJson } from '../domain/loan/kept-position.js';
import type { Tx } from './store.js';

const insert = `insert into event_log (source, fact_id, type, tenant, aggregate_id, sequence, effective_on, business_on, occurred_at, data)
  select a, b, c, d, e, f, g, h, i, j from json_to_recordset($1::json) as f(a text, b text, c text, d text, e text, f bigint, g date, h date, i timestamptz, j json)
  on conflict do nothing returning source, fact_id, recorded_at::text`;

/** Months that are there: by what the database is called by here. */
const months = new Set<string>();

/** Adds facts in their order. @returns those that are new, with the instant at which they were learned; the others change nothing. */
export async function logFacts<F extends Fact>(tx: Tx, facts: readonly F[]): Promise<F[]> {
  if (!facts.length) return [];
  const wanted = [...new Set(facts.map(({ businessOn }) => businessOn.slice(0, 7)))];
  const database = tx.database;
  const missing = wanted.filter((month) => !months.has(`${database} ${month}`));
  if (missing.length) await tx.query(`select log_month((m || '-01')::date) from unnest($1::text[]) m`, [missing]);
  const inserted = tx.query<{ source: string; fact_id: string; recorded_at: string }>(insert, [
    toJson(
      facts.map(({ source, id, type, tenant, aggregateId, sequence, effectiveOn, businessOn, occurredAt, data }) => ({
        a: source,
        b: id,
        c: type,
        d: tenant,
        e: aggregateId,
        f: String(sequence),
        g: effectiveOn,
        h: businessOn,
        i: occurredAt,
        j: keptData(data),
      })),
    ),
  ]);
  const rows = await inserted.catch((error: unknown) => {
    // A month may have been detached since: whoever tries again makes sure of it.
    wanted.forEach((month) => months.delete(`${database} ${month}`));
    throw error;
  });
  // Known only once they are committed: the next batch asks again until then, which costs one look-up.
  tx.afterCommit(() => missing.forEach((month) => months.add(`${database} ${month}`)));
  const added = new Map(rows.map((row) => [`${row.source} ${row.fact_id}`, row.recorded_at]));
  return facts.filter((fact) => {
    const key = `${fact.source} ${fact.id}`;
    const recordedAt = added.get(key);
    if (!recordedAt) return false;
    added.delete(key);
    fact.recordedAt = new Date(recordedAt);
    return true;
  });
}

/** Months of the log that were detached, `YYYY-MM`: whatever is folded without them is not what it was. */
export async function detachedMonths(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ month: string }>(
    `select to_char(first, 'YYYY-MM') as month from public.log_month_made
     where not exists (select from pg_inherits where inhparent = 'public.event_log'::regclass and inhrelid = to_regclass('public.event_log_' || to_char(first, 'YYYY_MM'))) order by 1`,
  );
  return rows.map(({ month }) => month);
}
