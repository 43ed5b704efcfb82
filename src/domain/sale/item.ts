// One loan in a sale: region G of the loan, how it comes back, and what that makes of the case as a whole.

export const itemStates = [
  'LEFT_OUT',
  'SALE_CANDIDATE',
  'SALE_PENDING',
  'TRANSFERRED',
  'BUYBACK_PENDING',
  'PUT_BACK',
  'RECALLED',
  'BOUGHT_BACK',
  'RELEASED',
] as const;
export type ItemState = (typeof itemStates)[number];
export const itemStepNames = ['LEAVE_OUT', 'SIGN', 'TRANSFER', 'RELEASE', 'ASK_BACK', 'KEEP', 'PUT_BACK', 'RECALL', 'BUY_BACK'] as const;
export type ItemStepName = (typeof itemStepNames)[number];

export const itemSteps: Record<ItemState, Partial<Record<ItemStepName, ItemState>>> = {
  LEFT_OUT: {},
  SALE_CANDIDATE: { LEAVE_OUT: 'LEFT_OUT', SIGN: 'SALE_PENDING', RELEASE: 'RELEASED' },
  SALE_PENDING: { TRANSFER: 'TRANSFERRED', RELEASE: 'RELEASED' },
  TRANSFERRED: { ASK_BACK: 'BUYBACK_PENDING' },
  // The buyer may refuse to give a loan back: then it stays the buyer's.
  BUYBACK_PENDING: { KEEP: 'TRANSFERRED', PUT_BACK: 'PUT_BACK', RECALL: 'RECALLED', BUY_BACK: 'BOUGHT_BACK' },
  PUT_BACK: {},
  RECALLED: {},
  BOUGHT_BACK: {},
  RELEASED: {},
};

export const loanOwnerships = ['BANK', 'SALE_CANDIDATE', 'SALE_PENDING', 'TRANSFERRED', 'BUYBACK_PENDING'] as const;
export type LoanOwnership = (typeof loanOwnerships)[number];

/** Region G of a loan whose newest place in a sale is this. */
export const loanOwnershipOf = (state: ItemState): LoanOwnership =>
  (loanOwnerships as readonly string[]).includes(state) ? (state as LoanOwnership) : 'BANK';

/** In the sale still: it cannot be in another. */
export const isLiveItem = (state: string): boolean => loanOwnershipOf(state as ItemState) !== 'BANK';

/** Not the bank's to work on: from the signature, since from the cut-off it is the buyer's. */
export const isAway = (state: string): boolean => isLiveItem(state) && state !== 'SALE_CANDIDATE';

/** Region G of a case: some of its loans may be sold and others kept, and the bank goes on with those. */
export function caseOwnershipOf(loans: readonly LoanOwnership[]): string {
  if (!loans.length || !loans.every(isAway)) return 'OWNED';
  if (loans.every((each) => each === 'TRANSFERRED')) return 'TRANSFERRED';
  return loans.some((each) => each === 'SALE_PENDING') ? 'SALE_PENDING' : 'BUYBACK_PENDING';
}

/** On which ground a loan comes back: the buyer puts it back, or the bank recalls it or buys it back. */
export const returnGrounds = ['PUT_BACK', 'RECALL', 'BUY_BACK'] as const;
export type ReturnGround = (typeof returnGrounds)[number];

export const putBackReasons = [
  'BANKRUPT',
  'DECEASED',
  'FRAUD',
  'DISPUTED',
  'WRONG_BALANCE',
  'ALREADY_PAID',
  'TIME_BARRED',
  'WARRANTY',
] as const;
export type PutBackReason = (typeof putBackReasons)[number];
export const putBackStates = ['REQUESTED', 'ACCEPTED', 'REFUSED', 'RETURNED'] as const;
export type PutBackState = (typeof putBackStates)[number];
