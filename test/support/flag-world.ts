// Loans that are flagged at a bureau, one of a tenant, on the real store: told fact by fact and day by day.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { openGraphWorld, type GraphWorld } from './graph-world.js';

export interface FlagWorld extends GraphWorld {
  /** Tells facts of the one account of a tenant. */
  tell(tenant: string, ...facts: LoanFact[]): Promise<unknown>;
  /** And of another aggregate of its source. */
  tellOf(tenant: string, aggregate: string, ...facts: LoanFact[]): Promise<unknown>;
  to(tenant: string, date: string): Promise<string>;
  /** What the bureau is owed, in its order. */
  payloads(tenant: string): Promise<{ id: string; operation: string; lane: string; payload: Record<string, any> }[]>;
  caseOf(tenant: string): Promise<string>;
  loanOf(tenant: string): Promise<string>;
}

export async function openFlagWorld(): Promise<FlagWorld> {
  const world = await openGraphWorld(false);
  const one = async (query: string, tenant: string) => (await world.rows<{ id: string }>(query, tenant))[0]!.id;
  const tellOf: FlagWorld['tellOf'] = (tenant, aggregate, ...facts) =>
    world.store.transaction((tx) =>
      recordLateFacts(
        tx,
        facts.map((fact) => {
          const data = fact.type === 'LoanAccountSnapshotted' ? { ...fact.data, borrowerId: `B-${tenant}` } : fact.data;
          return { ...fact, id: `${tenant}/${fact.id}`, tenant, aggregateId: `${tenant}/core/${aggregate}`, data } as LoanFact;
        }),
      ),
    );
  return {
    ...world,
    tellOf,
    tell: (tenant, ...facts) => tellOf(tenant, 'L1', ...facts),
    to: (tenant, date) => advanceBusinessDate(world.store, tenant, date),
    payloads: (tenant) =>
      world.rows(
        `select h.id, h.operation, h.lane, h.payload from handoff h join recovery_case c on c.id = h.case_id where c.tenant = $1 and h.connector_id = 'nusa-bureau' order by h.lane, h.lane_sequence`,
        tenant,
      ),
    caseOf: (tenant) => one('select id from recovery_case where tenant = $1', tenant),
    loanOf: (tenant) => one('select id from loan where tenant = $1', tenant),
  };
}
