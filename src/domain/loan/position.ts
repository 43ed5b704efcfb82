// A loan's position: the newest snapshot and every fact beside it. The order and the number of arrivals do not matter.
import type { LocalDate } from '../fact.js';
import type { AccountSnapshot, Charge, LoanFact, Pause, Posting, ScheduledLine } from './loan-facts.js';

/** Where something stands in the source's order: sequence, and the fact's id where sequences are equal. */
type At = [sequence: bigint, id: string];

export interface PostedEntry extends Posting {
  /** 0 while only its reversal has been seen. */
  sequence: bigint;
  reversal: { sequence: bigint; on: LocalDate } | null;
}

export interface ChargeEntry extends Charge {
  applied: bigint;
  /** What was waived, and when in the source's order. */
  waived: { sequence: bigint; amount: bigint } | null;
  removed: bigint | null;
}

export interface PauseEntry extends Pause {
  sequence: bigint;
}

export interface Position {
  /** The newest account snapshot without its schedule. */
  account: ({ at: At } & Omit<AccountSnapshot, 'lines' | 'pauses'>) | null;
  /** The newest schedule: postings and charges that its sequence already contains no longer count beside it. */
  schedule: { at: At; lines: ScheduledLine[] } | null;
  /** By transaction id. */
  postings: PostedEntry[];
  /** By charge id. */
  charges: ChargeEntry[];
  /** By first day. */
  pauses: PauseEntry[];
}

export const unseen: Position = { account: null, schedule: null, postings: [], charges: [], pauses: [] };

/** Total and pure: a fact that adds nothing returns the position as it was. */
export function fold(position: Position, fact: LoanFact): Position {
  const at: At = [fact.sequence, fact.id];
  switch (fact.type) {
    case 'LoanAccountSnapshotted': {
      const { lines, pauses, ...account } = fact.data;
      let next = position;
      if (later(at, position.account?.at)) next = { ...next, account: { at, ...account } };
      if (later(at, position.schedule?.at)) next = { ...next, schedule: { at, lines } };
      return pauses.reduce((paused, pause) => withPause(paused, { ...pause, sequence: fact.sequence }), next);
    }
    case 'RepaymentScheduleReplaced':
      return later(at, position.schedule?.at) ? { ...position, schedule: { at, lines: fact.data.lines } } : position;
    case 'LoanTransactionPosted': {
      const known = position.postings.find((each) => each.transactionId === fact.data.transactionId);
      if (known && known.sequence >= fact.sequence) return position;
      return {
        ...position,
        postings: put(
          position.postings,
          { ...fact.data, sequence: fact.sequence, reversal: known?.reversal ?? null },
          (each) => each.transactionId,
        ),
      };
    }
    case 'LoanTransactionReversed': {
      const { transactionId, reversedOn } = fact.data;
      const known = position.postings.find((each) => each.transactionId === transactionId) ?? unknownPosting(transactionId, reversedOn);
      if (known.reversal && known.reversal.sequence >= fact.sequence) return position;
      return {
        ...position,
        postings: put(position.postings, { ...known, reversal: { sequence: fact.sequence, on: reversedOn } }, (each) => each.transactionId),
      };
    }
    case 'ChargeApplied':
    case 'ChargeWaived':
    case 'ChargeRemoved':
      return {
        ...position,
        charges: put(position.charges, charged(position, fact.type, fact.data, fact.sequence), (each) => each.chargeId),
      };
    case 'DelinquencyPaused':
      return withPause(position, { from: fact.data.startOn, until: fact.data.endOn ?? '9999-12-31', sequence: fact.sequence });
    case 'DelinquencyResumed': {
      const known = position.pauses.find((each) => each.from === fact.data.startOn);
      return withPause(position, {
        from: fact.data.startOn,
        until: fact.data.endOn ?? known?.until ?? fact.effectiveOn,
        sequence: fact.sequence,
      });
    }
    case 'LoanOwnershipTransferred':
    case 'LoanAccountStale':
      return position;
  }
}

const later = (a: At, b: At | undefined): boolean => !b || a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

function put<Entry>(entries: readonly Entry[], changed: Entry, keyOf: (entry: Entry) => string): Entry[] {
  const key = keyOf(changed);
  const index = entries.findIndex((each) => keyOf(each) >= key);
  if (index < 0) return [...entries, changed];
  return keyOf(entries[index]!) === key ? entries.with(index, changed) : entries.toSpliced(index, 0, changed);
}

const unknownPosting = (transactionId: string, on: LocalDate): PostedEntry => ({
  transactionId,
  kind: 'REPAYMENT',
  valueOn: on,
  postedOn: on,
  amount: 0n,
  portions: null,
  sequence: 0n,
  reversal: null,
});

function charged(position: Position, type: string, charge: Charge, sequence: bigint): ChargeEntry {
  const known = position.charges.find((each) => each.chargeId === charge.chargeId) ?? {
    ...charge,
    applied: 0n,
    waived: null,
    removed: null,
  };
  if (type === 'ChargeApplied') return known.applied >= sequence ? known : { ...known, ...charge, applied: sequence };
  if (type === 'ChargeRemoved') return { ...known, removed: known.removed !== null && known.removed > sequence ? known.removed : sequence };
  return known.waived && known.waived.sequence >= sequence ? known : { ...known, waived: { sequence, amount: charge.amount } };
}

function withPause(position: Position, pause: PauseEntry): Position {
  const known = position.pauses.find((each) => each.from === pause.from);
  if (known && known.sequence >= pause.sequence) return position;
  return { ...position, pauses: put(position.pauses, pause, (each) => each.from) };
}
