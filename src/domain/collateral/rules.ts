// What a jurisdiction says of valuing and selling collateral, and the least prices that follow from it.
import { plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { ValuationMethod } from './asset.js';

/** Parts of a whole in hundredths of a percent: 8000 is 80 %. */
export type BasisPoints = number;

/** As `Basis` of src/domain/policy.ts, which is made of these. */
interface Sourced {
  citation: string;
  verified: boolean;
}

export interface CollateralRules {
  /** How long a valuation of each method is in date; CORE is what core banking tells. */
  validDays: Readonly<Record<ValuationMethod | 'CORE', number>>;
  reserve: {
    /** Least reserve of the first round, of the value; null is none. */
    firstOfValue: BasisPoints | null;
    /** Least reserve of each later round, of the one before; null is none. */
    laterOfPrevious: BasisPoints | null;
    /** Methods of valuation that a reserve may stand on; all when left out. */
    methods?: readonly ValuationMethod[];
  } & Sourced;
  /** Least price of a private sale, and least value of an asset that is taken in lieu, of the last reserve; null is none. */
  afterUnsold: { ofLastReserve: BasisPoints | null } & Sourced;
  /** Least value, of what is owed, for which taking an asset is worth its cost. */
  worth: { ofDebt: BasisPoints } & Sourced;
  /** How what comes to us is spread over the loans of the case; within each by the policy's order of allocation. */
  acrossLoans: 'PRO_RATA' | 'OLDEST_FIRST';
}

const whole = 10_000n;
/** Rounded up: a least amount is never undercut by a fraction of the minor unit. */
export const partOf = (amount: bigint, part: BasisPoints): bigint => (amount * BigInt(part) + whole - 1n) / whole;

/** In minor units; null when the rules set none. `previous` is the reserve of the round before, null for the first. */
export function leastReserve(rules: CollateralRules, value: bigint, previous: bigint | null): bigint | null {
  const { firstOfValue, laterOfPrevious } = rules.reserve;
  if (previous === null) return firstOfValue === null ? null : partOf(value, firstOfValue);
  return laterOfPrevious === null ? null : partOf(previous, laterOfPrevious);
}

export const leastAfterUnsold = (rules: CollateralRules, lastReserve: bigint): bigint | null => {
  const { ofLastReserve } = rules.afterUnsold;
  return ofLastReserve === null ? null : partOf(lastReserve, ofLastReserve);
};

export const worthItsCost = (rules: CollateralRules, value: bigint, debt: bigint): boolean => value >= partOf(debt, rules.worth.ofDebt);

/** The last day on which a valuation is in date. */
export const validUntil = (rules: CollateralRules, method: ValuationMethod | 'CORE', valuedOn: LocalDate): LocalDate =>
  plusDays(valuedOn, rules.validDays[method]);

/** What is wrong with rules, in words; empty when they can be used. */
export function faultsOfCollateral({ validDays, reserve, afterUnsold, worth }: CollateralRules): string[] {
  const faults: string[] = [];
  for (const [method, days] of Object.entries(validDays)) if (days < 1) faults.push(`a valuation ${method} is never in date`);
  for (const part of [reserve.firstOfValue, reserve.laterOfPrevious, afterUnsold.ofLastReserve, worth.ofDebt])
    if (part !== null && (part < 0 || part > Number(whole) || !Number.isInteger(part)))
      faults.push(`${part} is no part of a whole in hundredths of a percent`);
  return faults;
}
