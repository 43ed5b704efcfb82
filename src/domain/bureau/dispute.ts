// A dispute about a flag: which steps it takes, and what it asks to be said to the bureau.
import type { LocalDate } from '../fact.js';
import { corrected, isLive, tell, type Account, type Act, type Flag, type Seen } from './flag.js';

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

export function disputed(account: Account, flag: Flag): Act[] {
  const telling = tell(account);
  if (flag.state !== 'DELETED') telling.say(flag, 'DISPUTE_MARK_SET', 'dispute');
  return telling.acts;
}

export type DisputeOutcome =
  { is: 'VERIFIED' } | { is: 'MODIFIED'; revised: Seen & { least: number }; steps: readonly number[] } | { is: 'DELETED'; reason: string };

/**
 * A flag that is deleted is there until then: its mark goes first.
 * @param others whether another dispute about it waits, so that the mark stays
 */
export function settled(account: Account, flag: Flag, outcome: DisputeOutcome, on: LocalDate, others = false): Act[] {
  const telling = tell(account);
  if (flag.state === 'DELETED') return [];
  if (outcome.is === 'MODIFIED' && isLive(flag)) flag = corrected(telling, flag, outcome.revised, on, outcome.steps, 'dispute');
  if (!others) flag = telling.say(flag, 'DISPUTE_MARK_CLEARED', 'dispute');
  if (outcome.is === 'DELETED') {
    // Who is no debtor was not one in any other episode.
    const all = outcome.reason === 'FRAUD' ? account.flags.filter(({ version, state }) => version > 0 && state !== 'DELETED') : [flag];
    for (const each of all)
      telling.say(each, 'DELETION', 'dispute', { state: 'DELETED', withdrawnOn: on, withdrawReason: outcome.reason, waitsFor: null });
  }
  return telling.acts;
}
