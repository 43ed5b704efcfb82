// What a partner says of a hand-over, at once or later, as those who follow it get it.
import type { CaseRow } from '../storage/cases.js';
import type { Handoff } from '../storage/definitions/handoffs.js';
import type { InferEntity } from '../storage/store.js';

export interface News {
  handoff: InferEntity<typeof Handoff>;
  theCase: CaseRow;
  partnerRef: string | null;
  /** The partner's own order; 0 for its immediate answer. */
  sequence: bigint;
  occurredAt: Date;
  data: Record<string, unknown>;
}

/** Orders of a kind: an older one may be told again, and a newer one may have been told before. */
export const isNews = (known: bigint, told: bigint): boolean => told === 0n || told > known;

/** An explicit answer of connectors/contract.ts, or the end of trying. */
export type FinalAnswer =
  | { is: 'accepted'; partnerRef: string }
  | { is: 'refused'; code: string; reason: string }
  /** `maybeSent`: nobody knows whether the partner has it. */
  | { is: 'parked'; reason: string; maybeSent?: boolean };
