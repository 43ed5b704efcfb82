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

/** What may be taken now, by key: `{connector} {operation}`, or `{connector} lookUp` for what has to be looked up. */
export interface Room {
  /** How long a lease lasts; longer than any call. */
  leaseMs: number;
  /** Deliveries of one key that may be taken at once. */
  ofKey: number;
  /** Keys of which fewer may be taken, and how many. */
  left: Readonly<Record<string, number>>;
  /** Keys whose circuit is open: what was put on record as waiting for it stays. */
  open: readonly string[];
  /** Keys of which only first tries may be taken. */
  firstOnly: readonly string[];
}

const wide: Room = { leaseMs: 60_000, ofKey: 1_000, left: {}, open: [], firstOnly: [] };

const waits = "('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')";
/** Why a delivery was put back whose circuit was open. */
export const circuitIsOpen = 'the circuit is open';

// Each operation has a share of its own: one that has thousands waiting would else keep the others from their turn.
const take = (outbox: Outbox) => `with recursive keys as (
    (select connector_id, operation from ${outbox} where state in ${waits} order by connector_id, operation limit 1)
    union all
    select n.connector_id, n.operation from keys k cross join lateral (
      select connector_id, operation from ${outbox} where state in ${waits} and (connector_id, operation) > (k.connector_id, k.operation)
      order by connector_id, operation limit 1) n),
  due as (
    select d.id from keys k cross join lateral (
      select h.id, h.next_attempt_at from ${outbox} h
      cross join lateral (select h.connector_id || ' ' || case when h.state in ('SENDING', 'UNKNOWN') then 'lookUp' else h.operation end as key) t
      where h.connector_id = k.connector_id and h.operation = k.operation and h.state in ${waits} and h.next_attempt_at <= now()
        and (h.lease_until is null or h.lease_until < now())
        and h.transaction < pg_snapshot_xmin(pg_current_snapshot())
        and not (t.key = any($6) and h.last_problem is not distinct from '${circuitIsOpen}')
        and not (t.key = any($7) and (h.attempts > 0 or h.state in ('SENDING', 'UNKNOWN')))
        and coalesce(($4::jsonb ->> t.key)::int, 1) > 0
        and not exists (select from ${outbox} e where e.lane = h.lane and e.lane_sequence < h.lane_sequence and e.state in ${waits})
      order by h.next_attempt_at, h.id limit greatest(0, coalesce(($4::jsonb ->> (k.connector_id || ' ' || k.operation))::int, $5)) for update of h skip locked) d
    where k.connector_id = any($1) order by d.next_attempt_at, d.id limit $2)
  update ${outbox} h set state = case when h.state in ('SENDING', 'UNKNOWN') then 'UNKNOWN' else 'SENDING' end,
    lease_owner = $3, lease_until = now() + $8 * interval '1 millisecond', fence = h.fence + 1
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
  room: Partial<Room> = {},
): Promise<Lease[]> {
  const { leaseMs, ofKey, left, open, firstOnly } = { ...wide, ...room };
  const roomOf = JSON.stringify({ ...left, ...Object.fromEntries(busy.map((key) => [key, 0])) });
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
    }>(take(outbox), [connectorIds, most, owner, roomOf, ofKey, open, firstOnly, leaseMs]),
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

/**
 * What waits for an operation is seen to wait for its breaker, and again for its turn once that is closed; a half-open one gets a few to probe with.
 */
export async function markCircuit(
  tx: Tx,
  connectorId: string,
  operation: string,
  state: 'OPEN' | 'HALF_OPEN' | 'CLOSED',
  outbox: Outbox = 'handoff',
): Promise<void> {
  const lookUps = operation === 'lookUp';
  const which = lookUps
    ? "connector_id = $1 and $2 = 'lookUp' and state = 'UNKNOWN'"
    : "connector_id = $1 and operation = $2 and state = 'QUEUED_CIRCUIT_OPEN'";
  if (state === 'OPEN') {
    if (!lookUps)
      await tx.query(`update ${outbox} set state = 'QUEUED_CIRCUIT_OPEN' where connector_id = $1 and operation = $2 and state = 'QUEUED'`, [
        connectorId,
        operation,
      ]);
    return;
  }
  if (state === 'HALF_OPEN') {
    await tx.query(
      `update ${outbox} set next_attempt_at = now() where id in (select id from ${outbox} where ${which} and next_attempt_at > now() order by next_attempt_at limit 8 for update skip locked)`,
      [connectorId, operation],
    );
    return;
  }
  await tx.query(
    lookUps
      ? `update ${outbox} set next_attempt_at = now() where ${which} and last_problem = '${circuitIsOpen}' and next_attempt_at > now()`
      : `update ${outbox} set state = 'QUEUED', next_attempt_at = now() where ${which}`,
    [connectorId, operation],
  );
}
