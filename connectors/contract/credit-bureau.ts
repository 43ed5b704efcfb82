// What a credit bureau is told flag by flag, and what it shows of us.
import type { Connector, Money, Operation } from '../contract.js';

export interface CreditBureau extends Connector {
  kind: 'CREDIT_BUREAU';
  operations: {
    reportOverdue: Operation<OverdueReport>;
    /** The same flag with the figures of a later date. */
    updateReport: Operation<OverdueReport>;
    /** The same flag with other figures of the same date. */
    correctReport: Operation<OverdueReport>;
    withdrawReport: Operation<ReportWithdrawal>;
    /** As if it had never been reported. */
    deleteReport: Operation<ReportDeletion>;
    changeIdentifier: Operation<IdentifierChange>;
    markDispute: Operation<DisputeMark>;
    respondDispute: Operation<DisputeResponse>;
    /** The report comes as a callback `inquiry.completed`. */
    requestInquiry: Operation<InquiryOrder>;
  };
  /** What the bureau holds of us, a page at a time; null is the first. @throws PartnerFault */
  readLedger(page: string | null, signal: AbortSignal): Promise<LedgerPage>;
}

/**
 * `reportKey` names one flag. `version` rises with everything that is said of an account to a bureau, whichever flag it is about:
 * the bureau refuses what is not newer than what it took (STALE_VERSION). `replacesVersion` is the version of this flag that is replaced.
 */
export interface OverdueReport {
  reportKey: string;
  version: number;
  replacesVersion?: number;
  accountRef: string;
  borrowerRef: string;
  asOf: string;
  overdueSince: string;
  daysPastDue: number;
  overdue: Money;
  outstanding: Money;
  qualityClass: number;
}

export interface ReportWithdrawal {
  reportKey: string;
  version: number;
  replacesVersion: number;
  accountRef: string;
  asOf: string;
  reason: 'CURED' | 'ERROR';
}

export interface ReportDeletion {
  reportKey: string;
  version: number;
  replacesVersion: number;
  accountRef: string;
  asOf: string;
  reason: 'ERROR' | 'FRAUD' | 'DISPUTE_UPHELD';
}

export interface IdentifierChange {
  version: number;
  accountRef: string;
  formerAccountRef: string;
  asOf: string;
}

export interface DisputeMark {
  reportKey: string;
  version: number;
  accountRef: string;
  disputeRef: string;
  asOf: string;
  mark: 'SET' | 'CLEARED';
}

export interface DisputeResponse {
  accountRef: string;
  /** The bureau's own number where it sent the dispute, else ours. */
  disputeRef: string;
  outcome: 'VERIFIED' | 'MODIFIED' | 'DELETED';
  /** The version of the account's reports that says so. */
  version: number;
  asOf: string;
  words: string;
}

/** `consentRef` names the borrower's consent where that is the basis. */
export interface InquiryOrder {
  inquiryRef: string;
  borrowerRef: string;
  name: string;
  nationalId: string;
  purpose: string;
  legalBasis: string;
  consentRef?: string;
  asOf: string;
}

/** One account at one lender, as the bureau knows it; `ours` where we furnished it. */
export interface Tradeline {
  lender: string;
  accountRef: string;
  ours: boolean;
  kind: string;
  openedOn: string;
  outstanding: Money;
  overdue: Money;
  daysPastDue: number;
  qualityClass: number;
  reportedOn: string;
}

/** What the bureau holds of one account that we furnished. */
export interface LedgerEntry {
  accountRef: string;
  reportKey: string | null;
  /** The newest version that it took. */
  version: number;
  state: 'OVERDUE' | 'CURED' | 'DELETED';
  asOf: string;
  overdueSince: string | null;
  daysPastDue: number | null;
  overdue: Money | null;
  qualityClass: number | null;
  disputed: boolean;
}

export interface LedgerPage {
  entries: LedgerEntry[];
  /** To ask for the next; null after the last. */
  next: string | null;
}
