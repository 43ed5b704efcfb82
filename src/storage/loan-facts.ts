// A loan's facts as they stand in the log.
import type { Fact, LocalDate } from '../domain/fact.js';
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
  data: unknown;
}

export const factColumns =
  'source, fact_id, type, tenant, aggregate_id, sequence, effective_on::text, business_on::text, occurred_at::text, recorded_at::text, data';

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

/** The facts of each aggregate in the order of the rows. */
export function byAggregate<F>(rows: readonly LoggedRow[]): Map<string, F[]> {
  const facts = new Map<string, F[]>();
  for (const row of rows) {
    const known = facts.get(row.aggregate_id);
    if (known) known.push(factOf(row) as F);
    else facts.set(row.aggregate_id, [factOf(row) as F]);
  }
  return facts;
}

/** Where a fact stands in the log. */
export type Place = Pick<Fact, 'source' | 'id' | 'businessOn'>;

/** The condition that a row of the log came before a fact, whose place is bound from `$first` on. */
export const cameBefore = (first: number): string =>
  `arrival < (select arrival from event_log where source = $${first} and fact_id = $${first + 1} and business_on = $${first + 2}::date)`;
export const boundPlace = ({ source, id, businessOn }: Place): string[] => [source, id, businessOn];

/**
 * The facts of these loans that are effective before a date; by aggregate, as they arrived.
 * @param known only what was learned before this fact: a replay has the whole log at hand, and must not know more than was known then. Null is all.
 */
export async function loanFactsBefore(
  tx: Tx,
  aggregateIds: readonly string[],
  before: LocalDate,
  known: Place | null,
): Promise<Map<string, LoanFact[]>> {
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from event_log where aggregate_id = any($1) and effective_on < $2::date ${known ? `and ${cameBefore(3)}` : ''} order by arrival`,
    [aggregateIds, before, ...(known ? boundPlace(known) : [])],
  );
  return byAggregate<LoanFact>(rows);
}
