// A dispute about a flag: which steps it takes, and what an outcome asks for.

export const disputeOutcomes = ['VERIFIED', 'MODIFIED', 'DELETED'] as const;
export type DisputeOutcomeName = (typeof disputeOutcomes)[number];
/** RESPONDED: the bureau that sent it has taken the answer. */
export const disputeStates = ['OPEN', 'INVESTIGATING', ...disputeOutcomes, 'RESPONDED'] as const;
export type DisputeState = (typeof disputeStates)[number];

export const disputeCodes = ['NOT_MINE', 'AMOUNT', 'DATES', 'PAID', 'FRAUD', 'IDENTITY_THEFT', 'OTHER'] as const;
export type DisputeCode = (typeof disputeCodes)[number];

/** It waits for its answer. */
export const isUnresolved = (state: string): boolean => state === 'OPEN' || state === 'INVESTIGATING';

/** Why the bureau is asked to delete: a person who is no debtor is never flagged for this loan again. */
export const deletionReason = (code: string): 'FRAUD' | 'DISPUTE_UPHELD' =>
  code === 'FRAUD' || code === 'IDENTITY_THEFT' ? 'FRAUD' : 'DISPUTE_UPHELD';
