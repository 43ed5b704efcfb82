// The event log: facts are added once and never changed.
import type { Fact } from '../domain/fact.js';
import { keptData, toJson } from '../domain/loan/kept-position.js';
import type { Tx } from './store.js';

const insert = `insert into event_log (source, fact_id, type, tenant, aggregate_id, sequence, effective_on, business_on, occurred_at, data)
  select source, id, type, tenant, "aggregateId", sequence, "effectiveOn", "businessOn", "occurredAt", data
  from json_to_recordset($1::json) as f(source text, id text, type text, tenant text, "aggregateId" text, sequence bigint,
    "effectiveOn" date, "businessOn" date, "occurredAt" timestamptz, data jsonb)
  on conflict do nothing returning source, fact_id, recorded_at`;

/** Adds facts in their order. @returns those that are new, with the instant at which they were learned; the others change nothing. */
export async function logFacts<F extends Fact>(tx: Tx, facts: readonly F[]): Promise<F[]> {
  if (!facts.length) return [];
  const rows = await tx.query<{ source: string; fact_id: string; recorded_at: string }>(insert, [
    toJson(facts.map((fact) => ({ ...fact, data: keptData(fact.data) }))),
  ]);
  const added = new Map(rows.map((row) => [`${row.source} ${row.fact_id}`, new Date(row.recorded_at)]));
  return facts.filter((fact) => {
    const key = `${fact.source} ${fact.id}`;
    const recordedAt = added.get(key);
    if (!recordedAt) return false;
    added.delete(key);
    fact.recordedAt = recordedAt;
    return true;
  });
}
