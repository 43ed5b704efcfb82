// The facts of a loan as core banking tells them, with money in minor units.
import type { Fact, LocalDate } from '../fact.js';
import type { Component, Parts } from './components.js';

/** One instalment of a schedule; `paid`, `waived` and `writtenOff` are as of the snapshot. */
export interface ScheduledLine {
  number: number;
  /** First day of its period; where it is not told, the due date before it. */
  fromOn: LocalDate | null;
  dueOn: LocalDate;
  due: Parts;
  paid: Parts;
  waived: Parts;
  writtenOff: Parts;
}

export interface Pause {
  from: LocalDate;
  /** The first day that counts again. */
  until: LocalDate;
}

export type LoanStatus = 'ACTIVE' | 'CLOSED_OBLIGATIONS_MET' | 'WRITTEN_OFF' | 'CHARGED_OFF' | 'OVERPAID' | 'TRANSFERRED';

/** Terms that were eased for a borrower in difficulty. */
export interface Restructured {
  on: LocalDate;
  wasNonPerforming: boolean;
}

/** What bureaus ask of an account beside its figures; each only where the source tells it. */
export interface AccountDetails {
  kind?: 'INSTALMENT' | 'MORTGAGE' | 'REVOLVING' | 'LINE_OF_CREDIT' | 'OPEN';
  branch?: string;
  /** Percent a year, decimal text. */
  interestRate?: string;
  interestFixed?: boolean;
  /** In minor units. */
  creditLimit?: bigint;
  /** The bureaus' own codes, by the names that their formats give them. */
  codes?: Record<string, string>;
  originalCreditor?: { name: string; code?: string; classification?: string };
}

export interface Guarantor {
  guarantorId: string;
  name: string;
  phone?: string;
  idNumber?: string;
  /** From 0 to 100; not told, all of it. */
  percent?: number;
  address?: string;
}

export interface AccountSnapshot {
  borrowerId: string;
  accountNo: string;
  productId: string;
  productClass: string;
  jurisdiction: string;
  currency: string;
  status: LoanStatus;
  principal: bigint;
  disbursedOn: LocalDate;
  graceDays: number;
  tolerance: bigint;
  /** Null where the source tells the lines apart from the account. */
  lines: ScheduledLine[] | null;
  pauses: Pause[];
  guarantors: Guarantor[];
  /** Due dates on rest days have still to be moved. */
  rollDueDates?: boolean;
  restructured?: Restructured | null;
  /** The class that people gave it, beside its days. */
  judgementalClass?: number | null;
  /** What the source says is owed in total, compared with the lines. */
  sourceOutstanding?: bigint | null;
  /** Days past due by the source's own count, and the date that it counted for. */
  sourceDays?: { on: LocalDate; days: number } | null;
  details?: AccountDetails;
}

export interface Posting {
  transactionId: string;
  kind: string;
  valueOn: LocalDate;
  postedOn: LocalDate;
  amount: bigint;
  /** ISO 4217; one that is not the loan's own counts for nothing and is reported. */
  currency?: string;
  /** Where the source says how it was spread; otherwise the policy's order decides. */
  portions: Partial<Record<Component, bigint>> | null;
  /** Schedules of the source contain it from the day on which it was booked, whatever their place in its order; set only where that is so. */
  contained?: true;
}

export interface Charge {
  chargeId: string;
  dueOn: LocalDate;
  amount: bigint;
  penalty: boolean;
  /** The source's schedule says what is owed for it: it does not count beside the schedule. */
  contained?: boolean;
}

export type LoanFact =
  | Fact<'LoanAccountSnapshotted', AccountSnapshot>
  | Fact<'RepaymentScheduleReplaced', { reason: string; lines: ScheduledLine[]; wasNonPerforming?: boolean }>
  | Fact<'InstallmentChanged', { number: number; line: ScheduledLine | null }>
  | Fact<'LoanTransactionPosted', Posting>
  | Fact<'LoanTransactionReversed', { transactionId: string; reversedOn: LocalDate }>
  | Fact<'ChargeApplied' | 'ChargeWaived' | 'ChargeRemoved', Charge>
  | Fact<'DelinquencyPaused' | 'DelinquencyResumed', { startOn: LocalDate; endOn: LocalDate | null }>
  | Fact<'DelinquencyObserved', { days: number | null }>
  | Fact<'LoanAccountStale', { reason: string }>
  | Fact<'LoanOwnershipTransferred', Record<string, unknown>>;
