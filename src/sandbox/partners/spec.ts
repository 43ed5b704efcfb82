// What a simulated partner speaks: its routes, its words, its checks by its own reading of the published API.
import type { OpenDesk } from './desk.js';

export interface PartnerOperation {
  name: string;
  method: 'POST' | 'PUT';
  /** Its first group is what the order is about, for partners that have a desk. */
  path: RegExp;
  /** Fields without which the partner refuses, as dotted paths. */
  requires: readonly string[];
}

export interface PartnerSpec {
  id: string;
  name: string;
  kind: string;
  port: number;
  operations: readonly PartnerOperation[];
  lookUp: RegExp;
  words: { status: string; yes: string; no: string; unknown: string; ref: string; code: string; reason: string };
  callback: { type: string; deliveryId: string; partnerRef: string; sequence: string; occurredAt: string; data: string };
  refPrefix: string;
  /** What it says by itself after it took an order of an operation. */
  says: Readonly<Record<string, string>>;
  /** Where it judges by more than the fields that are there. */
  desk?: OpenDesk;
  /** What may be made to happen on the control page, in its usual order. */
  steps: readonly string[];
}

/** Words that most partners share. */
export const plainCallback = {
  type: 'type',
  deliveryId: 'deliveryId',
  partnerRef: 'partnerRef',
  sequence: 'sequence',
  occurredAt: 'occurredAt',
  data: 'data',
};
export const plainWords = { status: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND', code: 'code', reason: 'reason' };
