// What core banking tells of borrowers and collateral.
import type { Fact, LocalDate } from './fact.js';

export interface BorrowerUpdate {
  borrowerId: string;
  name: string;
  jurisdiction: string;
  nationalId: string | null;
  language: string;
  timeZone: string;
  segment: string | null;
  /** Not in facts that were logged before these were known of. */
  branch?: string | null;
  portfolio?: string | null;
  address: string | null;
  contactPoints: { channel: string; value: string; preferred: boolean; consent: boolean }[];
}

export interface CollateralUpdate {
  collateralId: string;
  /** The borrower's aggregate: `{tenant}/{system}/borrower/{number}`. */
  borrowerRef: string;
  loanRef: string | null;
  kind: string;
  description: string;
  currency: string;
  value: bigint;
  valuedOn: LocalDate;
}

export type BorrowerFact = Fact<'BorrowerUpdated', BorrowerUpdate>;
export type CollateralFact = Fact<'CollateralUpdated', CollateralUpdate>;
