// What is told of a loan apart from its account: how the source counts it, who owns it, and that its figures are out of date.
import { amount, eventOf, needed, said, type FineractEvent } from './event.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

/** LoanAccountDelinquencyRangeDataV1: without a range the loan has left its bucket. */
export function rangeEvents(told: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  const data = said({
    currency: needed(told.currency?.code, 'currency.code'),
    delinquentDate: told.delinquentDate,
    minimumAgeDays: told.delinquencyRange?.minimumAgeDays,
    maximumAgeDays: told.delinquencyRange?.maximumAgeDays,
    amount: amount(told.amount?.totalAmount, 'amount.totalAmount'),
  });
  return [eventOf({ type: 'DelinquencyObserved', about: needed(told.loanId, 'loanId'), data }, from, settings)];
}

/** LoanOwnershipTransferDataV1: of those that were carried out. A loan that is bought back is the bank's again. */
export function ownershipEvents(told: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  if (told.transferStatus !== 'EXECUTED') return [];
  const boughtBack = told.type === 'BUYBACK';
  return [
    eventOf(
      {
        type: 'LoanOwnershipTransferred',
        about: needed(told.loanId, 'loanId'),
        effectiveDate: told.settlementDate,
        data: {
          transferId: needed(told.transferExternalId, 'transferExternalId'),
          newOwnerId: boughtBack ? from.tenant : needed(told.assetOwnerExternalId, 'assetOwnerExternalId'),
          settlementDate: needed(told.settlementDate, 'settlementDate'),
          purchasePriceRatio: told.purchasePriceRatio,
        },
      },
      from,
      settings,
    ),
  ];
}

/** LoanAccountsStayedLockedDataV1: the close of business failed for these loans. */
export function lockedEvents({ loanAccounts }: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  return (loanAccounts ?? []).map((account: any, i: number) => {
    const about = needed(account.id, `loanAccounts[${i}].id`);
    return eventOf({ type: 'LoanAccountStale', part: `loan/${about}`, about, data: { reason: 'COB_LOCKED' } }, from, settings);
  });
}
