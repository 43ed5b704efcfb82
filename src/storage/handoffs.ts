// What is owed to partners: commands are added in the transaction that decided them and sent later by delivery.
import { idOf, sha256 } from '../domain/ids.js';
import type { LocalDate } from '../domain/fact.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { Store, Tx } from './store.js';

export interface OwedHandoff {
  /** What is owed, the same after a replay; the same key is owed once. */
  deliveryKey: string;
  caseId: string;
  connectorId: string;
  operation: string;
  /** The partner's order as connectors/contract.ts has it, money already as decimal text. */
  payload: Record<string, unknown>;
  /** Deliveries of one lane go one after another, by `laneSequence`. */
  lane: string;
  laneSequence: bigint;
  /** `YYYY-MM-DD`: the law wants it with the partner by then. Near it, a person is called. */
  deadlineOn?: string | null;
}

export const handoffIdOf = (deliveryKey: string): string => idOf('handoff', deliveryKey);

/** Of what is sent, in hex. */
export const payloadSha256 = (payload: Record<string, unknown>): string => sha256(JSON.stringify(payload));

const insert = `insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, created_at, deadline_on)
  select id, "deliveryKey", "caseId", "connectorId", operation, 'QUEUED', payload, sha256, lane, "laneSequence", 0, now(), 0, now(), "deadlineOn"
  from json_to_recordset($1::json) as h(id text, "deliveryKey" text, "caseId" text, "connectorId" text, operation text, payload jsonb, sha256 text, lane text, "laneSequence" bigint, "deadlineOn" date)
  on conflict (delivery_key) do nothing`;

export async function oweHandoffs(tx: Tx, owed: readonly OwedHandoff[]): Promise<void> {
  if (!owed.length) return;
  const rows = owed.map((each) => ({ ...each, id: handoffIdOf(each.deliveryKey), sha256: payloadSha256(each.payload) }));
  await tx.bulk(insert, [toJson(rows)]);
}

export interface LateHandoff {
  id: string;
  caseId: string;
  connectorId: string;
  operation: string;
  is: 'AGED' | 'ESCALATED';
  /** The business date of its case's tenant. */
  businessOn: LocalDate;
  deadlineOn: LocalDate | null;
}

/** What waits for longer than `ageMs`, and what is not delivered `deadlineDays` before its deadline; each until it was raised. @param id only this one */
export function lateHandoffs(
  tx: Tx,
  ageMs: number,
  deadlineDays: number,
  id: string | null = null,
  is: LateHandoff['is'] | null = null,
): Promise<LateHandoff[]> {
  const columns = `h.id, h.case_id as "caseId", h.connector_id as "connectorId", h.operation, business_date(c.tenant)::text as "businessOn", h.deadline_on::text as "deadlineOn"`;
  return tx.query<LateHandoff>(
    `select * from (
       select 'ESCALATED' as is, ${columns} from handoff h join recovery_case c on c.id = h.case_id
       where h.escalated_at is null and h.deadline_on is not null and h.state not in ('ACCEPTED', 'REFUSED', 'CANCELLED') and h.deadline_on <= business_date(c.tenant) + $2::int
       union all
       select 'AGED' as is, ${columns} from handoff h join recovery_case c on c.id = h.case_id
       where h.age_alarm_at is null and h.state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN') and h.created_at < now() - $1 * interval '1 millisecond') late
     where ($3::text is null or late.id = $3) and ($4::text is null or late.is = $4) order by late.is desc, late."deadlineOn", late.id limit 200`,
    [ageMs, deadlineDays, id, is],
  );
}

/** Whether a later one of its lane is with the partner, or on its way. */
export async function isOvertaken(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select from handoff h join handoff later on later.lane = h.lane and later.lane_sequence > h.lane_sequence and later.state in ('ACCEPTED', 'SENDING', 'UNKNOWN') where h.id = $1 limit 1`,
    [id],
  );
  return rows.length > 0;
}

/** Where a hand-over stands, whoever asks: rights are the caller's concern. */
export async function handoffAt(store: Store, id: string): Promise<{ caseId: string; state: string } | null> {
  const [found] = await store.alone<{ caseId: string; state: string }>('select case_id as "caseId", state from handoff where id = $1', [
    id,
  ]);
  return found ?? null;
}

/** The cases of a partner's deliveries, each once, in the order of their ids. */
export async function casesOfHandoffs(tx: Tx, connectorId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select distinct case_id as id from handoff where connector_id = $1 and id = any($2) order by 1',
    [connectorId, ids],
  );
  return rows.map(({ id }) => id);
}
