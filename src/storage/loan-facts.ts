// A loan's facts as they stand in the log.
import type { LocalDate } from '../domain/fact.js';
import { dataOf } from '../domain/loan/kept-position.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import type { Tx } from './store.js';

export interface LoggedRow {
  source: string;
  fact_id: string;
  type: string;
  tenant: string;
  aggregate_id: string;
  sequence: string;
  effective_on: string;
  business_on: string;
  occurred_at: string;
  recorded_at: string;
  arrival: string;
  data: unknown;
}

export const factColumns =
  'source, fact_id, type, tenant, aggregate_id, sequence, effective_on::text, business_on::text, occurred_at::text, recorded_at::text, arrival, data';

export const factOf = (row: LoggedRow) => ({
  source: row.source,
  id: row.fact_id,
  type: row.type,
  tenant: row.tenant,
  aggregateId: row.aggregate_id,
  sequence: BigInt(row.sequence),
  effectiveOn: row.effective_on,
  businessOn: row.business_on,
  occurredAt: new Date(row.occurred_at),
  recordedAt: new Date(row.recorded_at),
  data: dataOf(row.type, row.data),
});

/** The facts of a loan that are effective before a date, whenever they were learned. */
export async function loanFactsBefore(tx: Tx, aggregateId: string, before: LocalDate): Promise<LoanFact[]> {
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from event_log where aggregate_id = $1 and effective_on < $2::date order by arrival`,
    [aggregateId, before],
  );
  return rows.map((row) => factOf(row) as LoanFact);
}
