// What is owed to partners and to webhooks, taken in its order under leases that a killed process gives up by itself.
import type { Store, Tx } from './store.js';

/** The tables that are outboxes: hand-overs to partners, and what webhooks are told. */
export type Outbox = 'handoff' | 'webhook_delivery';

export interface Lease {
  outbox: Outbox;
  id: string;
  caseId: string;
  connectorId: string;
  operation: string;
  payload: any;
  attempts: number;
  ageMs: number;
  fence: bigint;
  /** SENDING: send it. UNKNOWN: look up what became of it. */
  doing: 'SENDING' | 'UNKNOWN';
}

const take = (outbox: Outbox) => `with due as (
    select h.id from ${outbox} h
    where h.connector_id = any($1) and h.state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN') and h.next_attempt_at <= now()
      and (h.lease_until is null or h.lease_until < now())
      and h.transaction < pg_snapshot_xmin(pg_current_snapshot())
      and not exists (select from ${outbox} e where e.lane = h.lane and e.lane_sequence < h.lane_sequence and e.state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN'))
      and not (h.connector_id || ' ' || h.operation = any($4))
    order by h.next_attempt_at, h.id limit $2 for update of h skip locked)
  update ${outbox} h set state = case when h.state in ('SENDING', 'UNKNOWN') then 'UNKNOWN' else 'SENDING' end,
    lease_owner = $3, lease_until = now() + interval '60 seconds', fence = h.fence + 1
  from due where h.id = due.id
  returning h.id, h.case_id, h.connector_id, h.operation, h.payload, h.attempts, h.fence::text, h.state, (extract(epoch from now() - h.created_at) * 1000)::float8 as age_ms`;

/**
 * Takes what is due. A row whose lease ran out while it was being sent comes back as UNKNOWN: nobody knows whether the partner has it.
 * Rows of transactions that are still running, and rows behind an unfinished one of their lane, stay.
 * @param busy `{connector} {operation}` that can take no more now
 */
export async function takeDue(
  store: Store,
  connectorIds: readonly string[],
  most: number,
  owner: string,
  busy: readonly string[],
  outbox: Outbox = 'handoff',
): Promise<Lease[]> {
  const rows = await store.transaction((tx) =>
    tx.query<{
      id: string;
      case_id: string;
      connector_id: string;
      operation: string;
      payload: unknown;
      attempts: number;
      fence: string;
      state: 'SENDING' | 'UNKNOWN';
      age_ms: number;
    }>(take(outbox), [connectorIds, most, owner, busy]),
  );
  return rows.map((row) => ({
    outbox,
    id: row.id,
    caseId: row.case_id,
    connectorId: row.connector_id,
    operation: row.operation,
    payload: row.payload,
    attempts: row.attempts,
    ageMs: Number(row.age_ms),
    fence: BigInt(row.fence),
    doing: row.state,
  }));
}

/** Puts a lease back. Nothing is written when another has taken it meanwhile. */
export async function putBack(
  tx: Tx,
  lease: Lease,
  state: 'QUEUED' | 'QUEUED_CIRCUIT_OPEN' | 'UNKNOWN',
  inMs: number,
  problem: string | null,
  attempted: boolean,
): Promise<boolean> {
  const rows = await tx.query(
    `update ${lease.outbox} set state = $3, next_attempt_at = now() + $4 * interval '1 millisecond', last_problem = coalesce($5, last_problem), attempts = attempts + $6, lease_owner = null, lease_until = null
     where id = $1 and fence = $2 returning 1`,
    [lease.id, lease.fence, state, Math.round(inMs), problem, attempted ? 1 : 0],
  );
  return rows.length > 0;
}

/** All that waits for an operation is seen to wait for its breaker, and again for its turn once that lets calls through. */
export async function markCircuit(
  tx: Tx,
  connectorId: string,
  operation: string,
  open: boolean,
  outbox: Outbox = 'handoff',
): Promise<void> {
  await tx.query(
    open
      ? `update ${outbox} set state = 'QUEUED_CIRCUIT_OPEN' where connector_id = $1 and operation = $2 and state = 'QUEUED'`
      : `update ${outbox} set state = 'QUEUED', next_attempt_at = now() where connector_id = $1 and operation = $2 and state = 'QUEUED_CIRCUIT_OPEN'`,
    [connectorId, operation],
  );
}
