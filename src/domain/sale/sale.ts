// The life of a portfolio sale as a table, from the pool to the settled price.

export const saleStates = [
  'POOLED',
  'MARKETED',
  'BID',
  'AWARDED',
  'SIGNED',
  'ASSIGNED',
  'NOTIFIED',
  'SETTLED',
  'REFUSED',
  'CANCELLED',
] as const;
export type SaleState = (typeof saleStates)[number];
export const saleStepNames = [
  'PUBLISH',
  'BID',
  'AWARD',
  'AWARD_REFUSED',
  'SIGN',
  'ACCEPTED',
  'REFUSED',
  'NOTIFY',
  'SETTLED',
  'CANCEL',
] as const;
export type SaleStepName = (typeof saleStepNames)[number];

/** What a buyer says in its own order may skip what it said before: a sale that is settled was accepted. */
export const saleSteps: Record<SaleState, Partial<Record<SaleStepName, SaleState>>> = {
  POOLED: { PUBLISH: 'MARKETED', CANCEL: 'CANCELLED' },
  MARKETED: { BID: 'BID', CANCEL: 'CANCELLED' },
  BID: { BID: 'BID', AWARD: 'AWARDED', CANCEL: 'CANCELLED' },
  AWARDED: { AWARD_REFUSED: 'BID', SIGN: 'SIGNED', CANCEL: 'CANCELLED' },
  SIGNED: { ACCEPTED: 'ASSIGNED', REFUSED: 'REFUSED', SETTLED: 'SETTLED' },
  ASSIGNED: { NOTIFY: 'NOTIFIED', SETTLED: 'SETTLED' },
  NOTIFIED: { SETTLED: 'SETTLED' },
  SETTLED: {},
  REFUSED: {},
  CANCELLED: {},
};

/** The claims are the buyer's. */
export const isTransferred = (state: string): boolean => ['ASSIGNED', 'NOTIFIED', 'SETTLED'].includes(state);

/** News about the assignment itself; bids and put-backs are followed by themselves. */
export const saleCallbacks: Readonly<Record<string, SaleStepName>> = {
  'assignment.accepted': 'ACCEPTED',
  'assignment.refused': 'REFUSED',
  'assignment.settled': 'SETTLED',
};

/** How a sale that was pooled here may be awarded. HIGHEST_PRICE names its winner by itself; any other choice says why. */
export const awardRules = ['HIGHEST_PRICE', 'CHOSEN'] as const;
export type AwardRule = (typeof awardRules)[number];

export const bidStates = ['INVITED', 'SUBMITTED', 'LATE', 'DECLINED', 'WON', 'LOST'] as const;
export type BidState = (typeof bidStates)[number];

export interface Bid {
  id: string;
  priceMinor: bigint;
  submittedAt: Date;
}
/** Highest price first; of equal ones the earlier, then by id. */
export const ranked = <B extends Bid>(bids: readonly B[]): B[] =>
  bids.toSorted((a, b) =>
    a.priceMinor !== b.priceMinor ? (a.priceMinor > b.priceMinor ? -1 : 1) : +a.submittedAt - +b.submittedAt || (a.id < b.id ? -1 : 1),
  );
