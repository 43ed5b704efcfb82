// Which of Fineract's events mean what here. Pure: an event and its decoded data become canonical events.
import { chargeEvents } from './charge.js';
import { clientEvents } from './client.js';
import type { FineractEvent } from './event.js';
import { accountEvents } from './loan-account.js';
import { lockedEvents, ownershipEvents, rangeEvents } from './loan-news.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';
import { adjustmentEvents, transactionEvents, undoneEvents } from './transaction.js';

export type Mapping = (data: any, from: Occurrence, settings: FineractSettings) => FineractEvent[];

const posted =
  (word: string | null): Mapping =>
  (data, from, settings) =>
    transactionEvents(data, word, from, settings);
const undone =
  (word: string): Mapping =>
  (data, from, settings) =>
    undoneEvents(data, word, from, settings);
const charge =
  (type: 'ChargeApplied' | 'ChargeWaived'): Mapping =>
  (data, from, settings) =>
    chargeEvents(data, type, from, settings);

/** By event type without `BusinessEvent` at its end. Those with the whole account are told by their data. */
const mappings: Readonly<Record<string, Mapping>> = {
  LoanTransactionMakeRepaymentPost: posted('repayment'),
  LoanTransactionRecoveryPaymentPost: posted('recoveryRepayment'),
  LoanTransactionGoodwillCreditPost: posted('goodwillCredit'),
  LoanTransactionMerchantIssuedRefundPost: posted('merchantIssuedRefund'),
  LoanTransactionPayoutRefundPost: posted('payoutRefund'),
  LoanTransactionDownPaymentPost: posted('downPayment'),
  LoanTransactionInterestPaymentWaiverPost: posted('interestPaymentWaiver'),
  LoanTransactionInterestRefundPost: posted('interestRefund'),
  LoanChargePaymentPost: posted('chargePayment'),
  LoanChargeRefund: posted('chargeRefund'),
  LoanChargeAdjustmentPost: posted('chargeAdjustment'),
  LoanRefundPost: posted('refundForActiveLoans'),
  LoanCreditBalanceRefundPost: posted('creditBalanceRefund'),
  LoanWaiveInterest: posted('waiveInterest'),
  LoanChargebackTransaction: posted('chargeback'),
  LoanDisbursalTransaction: posted('disbursement'),
  LoanForeClosurePost: posted('repayment'),
  LoanChargeOffPost: posted('chargeOff'),
  LoanUndoChargeOff: undone('chargeOff'),
  LoanWrittenOffPost: posted('writeOff'),
  LoanUndoWrittenOff: undone('writeOff'),
  LoanAdjustTransaction: adjustmentEvents,
  LoanAddCharge: charge('ChargeApplied'),
  LoanUpdateCharge: charge('ChargeApplied'),
  LoanWaiveCharge: charge('ChargeWaived'),
  LoanWaiveChargeUndo: charge('ChargeWaived'),
  LoanDelinquencyRangeChange: rangeEvents,
  LoanOwnershipTransfer: ownershipEvents,
  LoanAccountsStayedLocked: lockedEvents,
  ClientCreate: clientEvents,
  ClientActivate: clientEvents,
  ClientReject: clientEvents,
};

const account = 'org.apache.fineract.avro.loan.v1.LoanAccountDataV1';

/**
 * Null for what means nothing here, whose data need not be read: hints that the source loses on a skipped day, bookings, savings, the many types to come, and what is
 * told before it is done. LoanDeleteCharge names neither the loan nor the amount; the snapshot that follows it does.
 */
export function mappingOf({ type, category, dataschema }: Occurrence): Mapping | null {
  if (type.endsWith('PreBusinessEvent')) return null;
  if (dataschema === account) return category.startsWith('Loan') ? accountEvents : null;
  const name = type.replace(/BusinessEvent$/, '');
  return Object.hasOwn(mappings, name) ? mappings[name]! : null;
}
