// LoanChargeDataV1: a fee or penalty that was put on a loan, changed, waived, or un-waived.
import { amount, eventOf, needed, type FineractEvent } from './event.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

/** Where the snapshots say what is owed, the charge is in their schedule and is told for the record. */
export function chargeEvents(
  charge: any,
  type: 'ChargeApplied' | 'ChargeWaived',
  from: Occurrence,
  settings: FineractSettings,
): FineractEvent[] {
  const told = type === 'ChargeApplied' ? amount(charge.amount, 'amount') : (amount(charge.amountWaived, 'amountWaived') ?? '0');
  return [
    eventOf(
      {
        type,
        about: needed(charge.loanId, 'loanId'),
        data: {
          chargeId: needed(charge.id, 'id'),
          dueDate: charge.dueDate ?? charge.submittedOnDate ?? from.businessDate,
          amount: needed(told, 'amount'),
          currency: needed(charge.currency?.code, 'currency.code'),
          penalty: charge.penalty,
          contained: settings.transactions === 'contained' ? true : null,
        },
      },
      from,
      settings,
    ),
  ];
}
