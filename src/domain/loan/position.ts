// A loan's position: the newest snapshot and every fact beside it. The order and the number of arrivals do not matter.
import type { LocalDate } from '../fact.js';
import type { AccountSnapshot, Charge, LoanFact, Pause, Posting, Restructured, ScheduledLine } from './loan-facts.js';

/** Where something stands in the source's order: sequence, and the fact's id where sequences are equal. */
export type At = [sequence: bigint, id: string];

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

/** A line that the source told by itself; null once it is gone. */
export interface LineEntry {
  number: number;
  at: At;
  /** The day on which the source made it so. */
  on: LocalDate;
  line: ScheduledLine | null;
}

export interface Position {
  /** The newest account snapshot without its schedule. */
  account: ({ at: At } & Omit<AccountSnapshot, 'lines' | 'pauses'>) | null;
  /** The newest whole schedule, and the business date on which it was told: postings and charges that its sequence already contains no longer count beside it. */
  schedule: { at: At; on: LocalDate; lines: ScheduledLine[] } | null;
  /** Lines told apart, by number: each replaces the one of an older schedule. */
  lines: LineEntry[];
  /** By transaction id. */
  postings: PostedEntry[];
  /** By charge id. */
  charges: ChargeEntry[];
  /** By first day. */
  pauses: PauseEntry[];
  /** The newest easing of terms that came with a new schedule. */
  restructured: ({ at: At } & Restructured) | null;
  /** The newest count of the source that came apart from the account. */
  observed: { at: At; on: LocalDate; days: number } | null;
  /** The source's last word that its own figures are out of date, until the next snapshot. */
  stale: { at: At; reason: string } | null;
}

export const unseen: Position = {
  account: null,
  schedule: null,
  lines: [],
  postings: [],
  charges: [],
  pauses: [],
  restructured: null,
  observed: null,
  stale: null,
};

/** New schedules of these reasons ease the terms; the others follow from the contract. */
const easing = ['RESCHEDULE', 'RE_AGE'];

/** Total and pure: a fact that adds nothing returns the position as it was. */
export function fold(position: Position, fact: LoanFact): Position {
  const at: At = [fact.sequence, fact.id];
  switch (fact.type) {
    case 'LoanAccountSnapshotted': {
      const { lines, pauses, ...account } = fact.data;
      let next = position;
      if (later(at, position.account?.at)) next = { ...next, account: { at, ...account } };
      if (lines && later(at, position.schedule?.at)) next = { ...next, schedule: { at, on: fact.businessOn, lines } };
      return pauses.reduce((paused, pause) => withPause(paused, { ...pause, sequence: fact.sequence }), next);
    }
    case 'RepaymentScheduleReplaced': {
      const { lines, reason, wasNonPerforming = true } = fact.data;
      let next = position;
      if (later(at, position.schedule?.at)) next = { ...next, schedule: { at, on: fact.businessOn, lines } };
      if (easing.includes(reason) && later(at, position.restructured?.at))
        next = { ...next, restructured: { at, on: fact.effectiveOn, wasNonPerforming } };
      return next;
    }
    case 'InstallmentChanged': {
      const { number, line } = fact.data;
      const known = position.lines.find((each) => each.number === number);
      return known && !later(at, known.at)
        ? position
        : { ...position, lines: put(position.lines, { number, at, on: fact.effectiveOn, line }, (each) => each.number) };
    }
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
      return withCharge(position, fact.type, fact.data, fact.sequence);
    case 'DelinquencyPaused':
      return withPause(position, { from: fact.data.startOn, until: fact.data.endOn ?? '9999-12-31', sequence: fact.sequence });
    case 'DelinquencyResumed':
      return withPause(position, { from: fact.data.startOn, until: fact.data.endOn ?? fact.effectiveOn, sequence: fact.sequence });
    case 'DelinquencyObserved':
      return fact.data.days !== null && later(at, position.observed?.at)
        ? { ...position, observed: { at, on: fact.businessOn, days: fact.data.days } }
        : position;
    case 'LoanAccountStale':
      return later(at, position.stale?.at) ? { ...position, stale: { at, reason: fact.data.reason } } : position;
    case 'LoanOwnershipTransferred':
      return position;
  }
}

export const later = (a: At, b: At | undefined): boolean => !b || a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

function put<Entry, Key extends string | number>(entries: readonly Entry[], changed: Entry, keyOf: (entry: Entry) => Key): Entry[] {
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

function withCharge(position: Position, type: string, charge: Charge, sequence: bigint): Position {
  const found = position.charges.find((each) => each.chargeId === charge.chargeId);
  const known: ChargeEntry = found ?? { ...charge, applied: 0n, waived: null, removed: null };
  const changed = charged(known, type, charge, sequence);
  return changed === found ? position : { ...position, charges: put(position.charges, changed, (each) => each.chargeId) };
}

function charged(known: ChargeEntry, type: string, charge: Charge, sequence: bigint): ChargeEntry {
  if (type === 'ChargeApplied') return known.applied >= sequence ? known : { ...known, ...charge, applied: sequence };
  if (type === 'ChargeRemoved') return known.removed !== null && known.removed >= sequence ? known : { ...known, removed: sequence };
  return known.waived && known.waived.sequence >= sequence ? known : { ...known, waived: { sequence, amount: charge.amount } };
}

function withPause(position: Position, pause: PauseEntry): Position {
  const known = position.pauses.find((each) => each.from === pause.from);
  if (known && known.sequence >= pause.sequence) return position;
  return { ...position, pauses: put(position.pauses, pause, (each) => each.from) };
}
