// What a partner earns of a payment: the one place that reads the rate that was pinned at placement.
import { divideHalfUp } from '../decimal.js';
import { plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';

/** What the policy says of partners' money. */
export interface RemittanceRules {
  citation: string;
  verified: boolean;
  /** Whether payments that the debtor made to the bank while the case was placed earn commission. */
  directPaymentsEarn: boolean;
}

export interface PinnedPlacement {
  commissionRate: string;
  placedOn: LocalDate;
  /** From the final recall or close on; null while it lasts. */
  closedOn: LocalDate | null;
  /** Of the rule that was agreed with the rate; without one the policy says so. */
  directPaymentsEarn?: boolean;
  /** For so many days after the end what was paid still earns. */
  tailDays?: number;
}

export interface CollectedPayment {
  amountMinor: bigint;
  paidOn: LocalDate;
  via: 'PARTNER' | 'BANK';
}

export interface Commission {
  /** Decimal text. */
  rate: string;
  minor: bigint;
  why: 'AGREED' | 'DIRECT_EARNS_NOTHING' | 'AFTER_FINAL_RECALL';
}

const million = 1_000_000n;

/** `"0.18"` → `180000n`, six places. */
export function toMillionths(rate: string): bigint {
  const [, whole = '0', fraction = ''] = /^(\d+)(?:\.(\d{1,6}))?0*$/.exec(rate) ?? [];
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** Halves of a minor unit are rounded up. What was paid before the final recall and its tail, whenever it is reported, earns by contract; what came later earns nothing. */
export function commissionOn(placement: PinnedPlacement, payment: CollectedPayment, rules: RemittanceRules): Commission {
  const { commissionRate: rate, closedOn, tailDays = 0, directPaymentsEarn = rules.directPaymentsEarn } = placement;
  if (closedOn !== null && payment.paidOn > plusDays(closedOn, tailDays)) return { rate: '0', minor: 0n, why: 'AFTER_FINAL_RECALL' };
  if (payment.via === 'BANK' && !directPaymentsEarn) return { rate: '0', minor: 0n, why: 'DIRECT_EARNS_NOTHING' };
  return { rate, minor: commissionAt(payment.amountMinor, rate), why: 'AGREED' };
}

export const commissionAt = (amountMinor: bigint, rate: string): bigint => divideHalfUp(amountMinor * toMillionths(rate), million);

/** What a reversal takes back: what is left of the payment keeps its commission, so that all reversals of a payment together take back all of it. @param before reversed of it already */
export const clawback = (amountMinor: bigint, rate: string, before: bigint, reversal: bigint): bigint =>
  commissionAt(amountMinor - before, rate) - commissionAt(amountMinor - before - reversal, rate);
