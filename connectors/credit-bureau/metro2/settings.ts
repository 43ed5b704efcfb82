// What a tenant settles about its Metro 2 files, and the codes of an account that only the tenant can know.
import type { FileRecord } from '../../bureau-file.js';

export interface Metro2Settings {
  /** The reporter's program at each bureau, as the bureau gave it. */
  programs?: { innovis?: string; equifax?: string; experian?: string; transUnion?: string; prbc?: string };
  /** Two characters, only where accounts are reported in cycles. */
  cycle?: string;
  software?: { vendor: string; version: string };
  /** How an account is told that was sold before it was written off: some bureaus dropped 05. */
  transferredAs?: '05' | '13' | 'DA';
  /** The account number of an account: 1 to 30 of A–Z and 0–9, another for each, the same for ever. Absent: its ref as it is. */
  accountNumber?: (accountRef: string) => string;
}

/**
 * Names that `FileAccount.codes` may hold; others are not read. Dates are `YYYY-MM-DD`, sums decimal text.
 * `accountType` is required: two characters of the bureaus' list, 48 for a collection agency and 0C for a debt buyer.
 */
export type Metro2Code =
  | 'accountType'
  | 'cycleIdentifier'
  /** In place of the one that follows from the months between instalments: W, B, E, D and the like. */
  | 'termsFrequency'
  /** While nothing that happened asks for another one. */
  | 'specialComment'
  /** XA where the consumer had the account closed. */
  | 'complianceCondition'
  /** The borrower's, in place of the one that follows from the associates: T, X, Z and the like. */
  | 'ecoaCode'
  | 'addressIndicator'
  | 'residenceCode'
  /** What became of the collateral: 88, 89, 94, 95 or 96, or 65 where it was paid after foreclosure had begun. */
  | 'collateralStatus'
  /** The seller, where it is not the original creditor. */
  | 'purchasedFrom'
  /** The identification number before it changed. */
  | 'formerIdentification'
  | 'mortgageAgency'
  | 'mortgageAccountNumber'
  | 'mortgageIdentification'
  /** 01 balloon, 02 deferred. */
  | 'specializedPayment'
  | 'deferredStart'
  | 'balloonDue'
  | 'balloonAmount'
  | 'employer'
  | 'employerAddress'
  | 'employerCity'
  | 'employerState'
  | 'employerPostalCode'
  | 'occupation';

export const codeOf = (record: FileRecord, name: Metro2Code): string | undefined => record.account.codes[name] || undefined;
