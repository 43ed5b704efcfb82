// What a partner earns of a payment: the one place that reads the rate that was pinned at placement.
import { divideHalfUp } from '../decimal.js';
import type { LocalDate } from '../fact.js';

/** What the policy says of partners' money. */
export interface RemittanceRules {
  citation: string;
  verified: boolean;
  /** Whether payments that the debtor made to the bank while the case was placed earn commission. */
  directPaymentsEarn: boolean;
}

/** As it was agreed at placement. */
export interface CommissionRule {
  /** Decimal text, a share of what is recovered; by days past due when the case was placed, the highest `fromDays` that was reached counts. */
  rates: readonly { fromDays: number; rate: string }[];
  directPaymentsEarn: boolean;
}

export interface PinnedPlacement {
  commissionRate: string;
  placedOn: LocalDate;
  /** From the final recall or close on; null while it lasts. */
  closedOn: LocalDate | null;
  /** Where the rate depends on age or level, in place of `commissionRate`. */
  rates?: CommissionRule['rates'];
  daysPastDueWhenPlaced?: number;
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

export const ruleOf = (placement: PinnedPlacement, { directPaymentsEarn }: RemittanceRules): CommissionRule => ({
  rates: placement.rates ?? [{ fromDays: 0, rate: placement.commissionRate }],
  directPaymentsEarn,
});

/** Halves of a minor unit are rounded up. What was paid before the final recall, whenever it is reported, earns by contract; what came later earns nothing. */
export function commissionOn(placement: PinnedPlacement, payment: CollectedPayment, rules: RemittanceRules): Commission {
  const { rates, directPaymentsEarn } = ruleOf(placement, rules);
  if (placement.closedOn !== null && payment.paidOn > placement.closedOn) return { rate: '0', minor: 0n, why: 'AFTER_FINAL_RECALL' };
  if (payment.via === 'BANK' && !directPaymentsEarn) return { rate: '0', minor: 0n, why: 'DIRECT_EARNS_NOTHING' };
  const age = placement.daysPastDueWhenPlaced ?? 0;
  const { rate } = [...rates].filter(({ fromDays }) => fromDays <= age).sort((a, b) => b.fromDays - a.fromDays)[0] ?? { rate: '0' };
  return { rate, minor: commissionAt(payment.amountMinor, rate), why: 'AGREED' };
}

export const commissionAt = (amountMinor: bigint, rate: string): bigint => divideHalfUp(amountMinor * toMillionths(rate), million);

/** What a reversal takes back: what is left of the payment keeps its commission, so that all reversals of a payment together take back all of it. @param before reversed of it already */
export const clawback = (amountMinor: bigint, rate: string, before: bigint, reversal: bigint): bigint =>
  commissionAt(amountMinor - before, rate) - commissionAt(amountMinor - before - reversal, rate);
