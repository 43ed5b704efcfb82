// What core banking tells of borrowers and collateral.
import type { Fact, LocalDate } from './fact.js';

/** What bureaus ask of a person or company beside the name; each only where the source tells it. */
export interface BorrowerDetails {
  kind?: 'PERSON' | 'COMPANY';
  familyName?: string;
  givenName?: string;
  idKind?: 'NATIONAL' | 'PASSPORT' | 'COMPANY';
  taxNumber?: string;
  bornOn?: LocalDate;
  birthPlace?: string;
  gender?: 'F' | 'M';
  mothersName?: string;
  /** In parts; `address` stays the whole as text. */
  postal?: { lines: string[]; city?: string; cityCode?: string; region?: string; postalCode?: string; country?: string };
  /** The bureaus' own codes of this party, by the names that their formats give them. */
  codes?: Record<string, string>;
}

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
  details?: BorrowerDetails;
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
  /** What bureaus ask of it, where the source tells it. */
  details?: { owner?: string; evidence?: string; bindingCode?: string; boundOn?: LocalDate; codes?: Record<string, string> };
}

export type BorrowerFact = Fact<'BorrowerUpdated', BorrowerUpdate>;
export type CollateralFact = Fact<'CollateralUpdated', CollateralUpdate>;

/** `{tenant}/{system}/{account}` and the borrower's number make `{tenant}/{system}/borrower/{number}`. */
export const borrowerRefOf = (aggregateId: string, number: string): string =>
  `${aggregateId.slice(0, aggregateId.lastIndexOf('/'))}/borrower/${number}`;
