// What is owed to partners: commands are added in the transaction that decided them and sent later by delivery.
import { idOf, sha256 } from '../domain/ids.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { Tx } from './store.js';

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
}

export const handoffIdOf = (deliveryKey: string): string => idOf('handoff', deliveryKey);

/** Of what is sent, in hex. */
export const payloadSha256 = (payload: Record<string, unknown>): string => sha256(JSON.stringify(payload));

const insert = `insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, created_at)
  select id, "deliveryKey", "caseId", "connectorId", operation, 'QUEUED', payload, sha256, lane, "laneSequence", 0, now(), 0, now()
  from json_to_recordset($1::json) as h(id text, "deliveryKey" text, "caseId" text, "connectorId" text, operation text, payload jsonb, sha256 text, lane text, "laneSequence" bigint)
  on conflict (delivery_key) do nothing`;

export async function oweHandoffs(tx: Tx, owed: readonly OwedHandoff[]): Promise<void> {
  if (!owed.length) return;
  const rows = owed.map((each) => ({ ...each, id: handoffIdOf(each.deliveryKey), sha256: payloadSha256(each.payload) }));
  await tx.bulk(insert, [toJson(rows)]);
}
