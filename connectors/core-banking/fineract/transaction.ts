// LoanTransactionDataV1 and its adjustment: money that moved, and what of it was undone or replaced.
import { amount, eventOf, needed, said, type FineractEvent } from './event.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

/** By the booleans of the type and, for kinds that have none, by the end of its code. What only moves between accounts of the bank has no kind. */
const kinds: Readonly<Record<string, string>> = {
  repayment: 'REPAYMENT',
  downPayment: 'REPAYMENT',
  chargePayment: 'REPAYMENT',
  repaymentAtDisbursement: 'REPAYMENT',
  recoveryRepayment: 'RECOVERY',
  merchantIssuedRefund: 'REFUND',
  payoutRefund: 'REFUND',
  chargeRefund: 'REFUND',
  interestRefund: 'REFUND',
  refund: 'REFUND',
  refundForActiveLoans: 'REFUND',
  creditBalanceRefund: 'REFUND',
  goodwillCredit: 'GOODWILL_CREDIT',
  chargeAdjustment: 'GOODWILL_CREDIT',
  waiveInterest: 'WAIVER',
  waiver: 'WAIVER',
  waiveCharges: 'WAIVER',
  interestPaymentWaiver: 'WAIVER',
  chargeback: 'CHARGEBACK',
  chargeOff: 'CHARGE_OFF',
  writeOff: 'WRITE_OFF',
  disbursement: 'DISBURSEMENT',
};

/** Money that goes to the borrower: it pays nothing, whatever is counted. */
const paidOut = ['refundForActiveLoans', 'creditBalanceRefund', 'refund'];

const wordOf = ({ type }: any): string | null => {
  const flag = Object.keys(kinds).find((name) => type?.[name] === true);
  const code = (type?.code ?? '').split('.').at(-1);
  return flag ?? (code in kinds ? code : null);
};

/** @param word what the event's name says, for a transaction that does not say it itself */
export function transactionEvents(transaction: any, word: string | null, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  const posted = postedOf(transaction, word, from, settings);
  // It was undone before it was written down.
  return transaction.manuallyReversed ? [...posted, ...reversedOf(transaction, word, from, settings, 'reversed')] : posted;
}

export const undoneEvents = (transaction: any, word: string | null, from: Occurrence, settings: FineractSettings): FineractEvent[] =>
  reversedOf(transaction, word, from, settings);

/** Without a new one, a reversal; with one, the old is replaced: adjusted, or replayed because something before it changed. */
export function adjustmentEvents(adjustment: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  const { newTransactionDetail: renewed } = adjustment;
  const old = needed(adjustment.transactionToAdjust, 'transactionToAdjust');
  if (renewed && renewed.id === old.id) return postedOf(renewed, null, from, settings);
  const reversed = reversedOf(old, null, from, settings);
  return renewed ? [...reversed, ...postedOf(renewed, null, from, settings, { part: 'posted', replacesId: old.id })] : reversed;
}

function postedOf(
  transaction: any,
  word: string | null,
  from: Occurrence,
  settings: FineractSettings,
  { part, replacesId }: { part?: string; replacesId?: string } = {},
): FineractEvent[] {
  const said = wordOf(transaction) ?? word;
  if (said === null) return [];
  const date = needed(transaction.date, 'date');
  return [
    eventOf(
      {
        type: 'LoanTransactionPosted',
        part,
        about: needed(transaction.loanId, 'loanId'),
        effectiveDate: date,
        data: {
          transactionId: needed(transaction.id, 'id'),
          kind: kinds[said],
          valueDate: date,
          postedDate: transaction.submittedOnDate ?? from.businessDate,
          amount: needed(amount(transaction.amount, 'amount'), 'amount'),
          currency: needed(transaction.currency?.code, 'currency.code'),
          portions: portionsOf(transaction, said),
          contained: settings.transactions === 'contained' ? true : null,
          replacesId,
        },
      },
      from,
      settings,
    ),
  ];
}

function portionsOf(transaction: any, word: string): Record<string, string> | null {
  if (paidOut.includes(word)) return { principal: '0' };
  const portions = said({
    principal: amount(transaction.principalPortion, 'principalPortion'),
    interest: amount(transaction.interestPortion, 'interestPortion'),
    fee: amount(transaction.feeChargesPortion, 'feeChargesPortion'),
    penalty: amount(transaction.penaltyChargesPortion, 'penaltyChargesPortion'),
  });
  return Object.keys(portions).length ? portions : null;
}

/** Effective from the transaction's own date: it is as if it had never been. */
function reversedOf(transaction: any, word: string | null, from: Occurrence, settings: FineractSettings, part?: string): FineractEvent[] {
  if ((wordOf(transaction) ?? word) === null) return [];
  return [
    eventOf(
      {
        type: 'LoanTransactionReversed',
        part,
        about: needed(transaction.loanId, 'loanId'),
        effectiveDate: transaction.date,
        data: { transactionId: needed(transaction.id, 'id'), reversedOn: transaction.reversedOnDate ?? from.businessDate },
      },
      from,
      settings,
    ),
  ];
}
