// The life of a portfolio sale as a table, and who owns the claims meanwhile.

export const saleStates = ['SIGNED', 'ASSIGNED', 'REFUSED', 'SETTLED'] as const;
export type SaleState = (typeof saleStates)[number];
export const saleStepNames = ['ACCEPTED', 'REFUSED', 'SETTLED'] as const;
export type SaleStepName = (typeof saleStepNames)[number];

export const saleSteps: Record<SaleState, Partial<Record<SaleStepName, SaleState>>> = {
  SIGNED: { ACCEPTED: 'ASSIGNED', REFUSED: 'REFUSED', SETTLED: 'SETTLED' },
  ASSIGNED: { SETTLED: 'SETTLED' },
  REFUSED: {},
  SETTLED: {},
};

/** Region G of each case that is sold. */
export const ownershipOf = (state: SaleState): string =>
  ({ SIGNED: 'SALE_PENDING', ASSIGNED: 'TRANSFERRED', SETTLED: 'TRANSFERRED', REFUSED: 'OWNED' })[state];

export const saleCallbacks: Readonly<Record<string, SaleStepName>> = {
  'assignment.accepted': 'ACCEPTED',
  'assignment.refused': 'REFUSED',
  'assignment.settled': 'SETTLED',
};
