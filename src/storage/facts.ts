// The event log: facts are added once and never changed. It is kept by month of the business date, so that old months can be detached.
import type { Fact } from '../domain/fact.js';
import { keptData, toJson } from '../domain/loan/kept-position.js';
import { ensureMonths } from './months.js';
import type { Tx } from './store.js';

const insert = `insert into event_log (source, fact_id, type, tenant, aggregate_id, sequence, effective_on, business_on, occurred_at, data)
  select a, b, c, d, e, f, g, h, i, j from json_to_recordset($1::json) as f(a text, b text, c text, d text, e text, f bigint, g date, h date, i timestamptz, j json)
  on conflict do nothing returning source, fact_id, recorded_at::text`;

/** Adds facts in their order. @returns those that are new, with the instant at which they were learned; the others change nothing. */
export async function logFacts<F extends Fact>(tx: Tx, facts: readonly F[]): Promise<F[]> {
  if (!facts.length) return [];
  // What a fact causes in the timelines of cases is kept under its month too.
  await ensureMonths(
    tx,
    ['event_log', 'timeline_entry'],
    facts.map(({ businessOn }) => businessOn.slice(0, 7)),
  );
  const rows = await tx.query<{ source: string; fact_id: string; recorded_at: string }>(insert, [
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
