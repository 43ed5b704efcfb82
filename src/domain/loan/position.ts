// A loan's position: the newest snapshot and every fact beside it. The order and the number of arrivals do not matter.
import type { LocalDate } from '../fact.js';
import type { AccountSnapshot, Charge, Guarantor, LoanFact, Pause, Posting, Restructured, ScheduledLine } from './loan-facts.js';

/** Where something stands in the source's order: sequence, and the fact's id where sequences are equal. */
export type At = [sequence: bigint, id: string];

export interface PostedEntry extends Posting {
  /** -1 while only its reversal has been seen. */
  sequence: bigint;
  /** What the source said of it before, oldest first: a snapshot may contain that. */
  older?: Older[];
  reversal: { sequence: bigint; on: LocalDate } | null;
}

/** A transaction or charge as it was told before it was told again. */
export interface Older {
  sequence: bigint;
  amount: bigint;
}

export interface ChargeEntry extends Charge {
  /** -1 while only its waiver or removal has been seen. */
  applied: bigint;
  older?: Older[];
  /** What was waived, and when in the source's order. */
  waived: (Older & { older?: Older[] }) | null;
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

export type AccountEntry = { at: At } & Omit<AccountSnapshot, 'lines' | 'pauses' | 'details' | 'guarantors'> & {
    guarantors: Pick<Guarantor, 'guarantorId' | 'name' | 'phone'>[];
  };

export interface Position {
  /** The newest account snapshot without its schedule, and without what only files for bureaus need: that stays in the log. */
  account: AccountEntry | null;
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

const reachable = ({ guarantorId, name, phone }: Guarantor) => ({ guarantorId, name, ...(phone === undefined ? {} : { phone }) });

/** New schedules of these reasons ease the terms; the others follow from the contract. */
export const easing: readonly string[] = ['RESCHEDULE', 'RE_AGE'];

/** Total and pure: a fact that adds nothing returns the position as it was. */
export function fold(position: Position, fact: LoanFact): Position {
  const at: At = [fact.sequence, fact.id];
  switch (fact.type) {
    case 'LoanAccountSnapshotted': {
      const { lines, pauses, details: _inTheLog, guarantors, ...account } = fact.data;
      let next = position;
      if (later(at, position.account?.at)) next = { ...next, account: { at, ...account, guarantors: guarantors.map(reachable) } };
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
      const { transactionId } = fact.data;
      const known = position.postings.find((each) => each.transactionId === transactionId);
      const changed = posted(known, fact.data, fact.sequence);
      return changed === known ? position : { ...position, postings: put(position.postings, changed, (each) => each.transactionId) };
    }
    case 'LoanTransactionReversed': {
      const { transactionId, reversedOn } = fact.data;
      const known = position.postings.find((each) => each.transactionId === transactionId) ?? unknownPosting(transactionId, reversedOn);
      const reversal = { sequence: fact.sequence, on: reversedOn };
      // Told again, it is no other reversal: the first one says which snapshots know of it.
      if (known.reversal && !newer(known.reversal.sequence, reversal.sequence, known.reversal, reversal)) return position;
      return {
        ...position,
        postings: put(
          position.postings,
          { ...(known.sequence < 0n ? unknownPosting(transactionId, reversedOn) : known), reversal },
          (each) => each.transactionId,
        ),
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

/** Whether what was told at `a` stands before what was told at `b`; where the sequences are equal their contents decide, so that arrival never does. */
function newer(a: bigint, b: bigint, content: object, known: object): boolean {
  return a > b || (a === b && textOf(content) > textOf(known));
}

const textOf = (content: object): string =>
  JSON.stringify(
    Object.entries(content)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each),
  );

function withOlder(older: Older[] | undefined, told: Older): Older[] {
  if (told.sequence < 0n || older?.some(({ sequence, amount }) => sequence === told.sequence && amount === told.amount)) return older ?? [];
  return [...(older ?? []), told].sort((a, b) =>
    a.sequence !== b.sequence ? (a.sequence < b.sequence ? -1 : 1) : a.amount < b.amount ? -1 : 1,
  );
}

function posted(known: PostedEntry | undefined, posting: Posting, sequence: bigint): PostedEntry {
  if (!known) return { ...posting, sequence, reversal: null };
  const { sequence: knownAt, reversal, older, ...was } = known;
  if (knownAt === sequence && textOf(was) === textOf(posting)) return known;
  const next = newer(sequence, knownAt, posting, was);
  const all = withOlder(older, next ? { sequence: knownAt, amount: was.amount } : { sequence, amount: posting.amount });
  if (!next && all.length === (older?.length ?? 0)) return known;
  return { ...(next ? { ...posting, sequence } : { ...was, sequence: knownAt }), ...(all.length ? { older: all } : {}), reversal };
}

/** By the source's own order. */
export const newest = <F extends { sequence: bigint; id: string }>(facts: readonly F[]): F | undefined =>
  facts.reduce<F | undefined>((last, each) => (later([each.sequence, each.id], last && [last.sequence, last.id]) ? each : last), undefined);

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
  sequence: -1n,
  reversal: null,
});

function withCharge(position: Position, type: string, charge: Charge, sequence: bigint): Position {
  const found = position.charges.find((each) => each.chargeId === charge.chargeId);
  const known: ChargeEntry = found ?? { ...charge, applied: -1n, waived: null, removed: null };
  const changed = charged(known, type, charge, sequence);
  return changed === found ? position : { ...position, charges: put(position.charges, changed, (each) => each.chargeId) };
}

function charged(entry: ChargeEntry, type: string, charge: Charge, sequence: bigint): ChargeEntry {
  const { applied, older, waived, removed, ...was } = entry;
  if (type === 'ChargeApplied') {
    if (applied === sequence && textOf(was) === textOf(charge)) return entry;
    const next = newer(sequence, applied, charge, was);
    const all = withOlder(older, next ? { sequence: applied, amount: was.amount } : { sequence, amount: charge.amount });
    if (!next && all.length === (older?.length ?? 0)) return entry;
    return { ...(next ? charge : was), applied: next ? sequence : applied, ...(all.length ? { older: all } : {}), waived, removed };
  }
  // What only its waiver or removal has told of it is the same whichever of them came first.
  const known = applied < 0n && textOf(charge) > textOf(was) ? { ...entry, ...charge } : entry;
  if (type === 'ChargeRemoved') return removed !== null && removed <= sequence ? known : { ...known, removed: sequence };
  const told = { sequence, amount: charge.amount };
  if (!waived) return { ...known, waived: told };
  const { older: before, ...newest } = waived;
  if (textOf(newest) === textOf(told)) return known;
  const next = newer(sequence, waived.sequence, told, newest);
  const all = withOlder(before, next ? newest : told);
  return !next && all.length === before?.length ? known : { ...known, waived: { ...(next ? told : newest), older: all } };
}

function withPause(position: Position, pause: PauseEntry): Position {
  const known = position.pauses.find((each) => each.from === pause.from);
  if (known && !newer(pause.sequence, known.sequence, pause, known)) return position;
  return { ...position, pauses: put(position.pauses, pause, (each) => each.from) };
}
