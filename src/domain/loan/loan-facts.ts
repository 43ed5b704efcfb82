// The facts of a loan as core banking tells them, with money in minor units.
import type { Fact, LocalDate } from '../fact.js';
import type { Component, Parts } from './components.js';

/** One instalment of a schedule; `paid`, `waived` and `writtenOff` are as of the snapshot. */
export interface ScheduledLine {
  number: number;
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
  lines: ScheduledLine[];
  pauses: Pause[];
  guarantors: { guarantorId: string; name: string; phone?: string }[];
}

export interface Posting {
  transactionId: string;
  kind: string;
  valueOn: LocalDate;
  postedOn: LocalDate;
  amount: bigint;
  /** Where the source says how it was spread; otherwise the policy's order decides. */
  portions: Partial<Record<Component, bigint>> | null;
}

export interface Charge {
  chargeId: string;
  dueOn: LocalDate;
  amount: bigint;
  penalty: boolean;
}

export type LoanFact =
  | Fact<'LoanAccountSnapshotted', AccountSnapshot>
  | Fact<'RepaymentScheduleReplaced', { reason: string; lines: ScheduledLine[] }>
  | Fact<'LoanTransactionPosted', Posting>
  | Fact<'LoanTransactionReversed', { transactionId: string; reversedOn: LocalDate }>
  | Fact<'ChargeApplied' | 'ChargeWaived' | 'ChargeRemoved', Charge>
  | Fact<'DelinquencyPaused' | 'DelinquencyResumed', { startOn: LocalDate; endOn: LocalDate | null }>
  | Fact<'LoanOwnershipTransferred' | 'LoanAccountStale', Record<string, unknown>>;
