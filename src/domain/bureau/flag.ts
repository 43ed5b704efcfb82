// What a credit bureau has to be told of one loan: overdue flags that are raised, updated, corrected, withdrawn and deleted under one rising line of versions.
import { plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';

/** HELD and PRE_NOTICE are owed and not said; DROPPED was never said; the others are what the bureau was told last. */
export const flagStates = ['HELD', 'PRE_NOTICE', 'RAISED', 'UPDATED', 'CORRECTED', 'WITHDRAWN', 'DELETED', 'DROPPED'] as const;
export type FlagState = (typeof flagStates)[number];
export const reportKinds = [
  'OVERDUE',
  'UPDATE',
  'CORRECTION',
  'WITHDRAWAL',
  'DELETION',
  'IDENTIFIER_CHANGE',
  'DISPUTE_MARK_SET',
  'DISPUTE_MARK_CLEARED',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What is reported of a loan on a business date. Amounts in minor units. */
export interface Figures {
  asOf: LocalDate;
  overdueSince: LocalDate | null;
  daysPastDue: number;
  overdueMinor: bigint;
  outstandingMinor: bigint;
  qualityClass: number;
}
/** With the delinquent days, by which thresholds are counted. */
export type Seen = Figures & { days: number };

export interface Flag extends Figures {
  reportKey: string;
  episode: number;
  state: FlagState;
  /** Of the last report of its figures; 0 while nothing was said. */
  version: number;
  raisedOn: LocalDate;
  /** The highest threshold of an update that the reported figures had reached; 0 when none. */
  step: number;
  /** What it waits for: the end of a hold, or the days after the notice to the person. */
  waitsFor: 'HOLD' | 'NOTICE' | null;
  /** Set once the person was told: not raised before then. */
  waitsUntil: LocalDate | null;
  withdrawnOn: LocalDate | null;
  /** CURED or ERROR; of a deletion FRAUD or DISPUTE_UPHELD; DISPUTE_UPHELD too where a flag that was owed is dropped for the deletion of another. */
  withdrawReason: string | null;
}

/** One loan at one bureau. */
export interface Account {
  /** `{bureau}/{loan}`. */
  key: string;
  /** Of the last thing that was said of it. */
  version: number;
  /** The account number under which it was said; null when nothing was. */
  accountRef: string | null;
  flags: readonly Flag[];
}

/** How the loan stands on a business date, and what the policy asks for. */
export interface Day {
  accountRef: string;
  episode: number;
  /** In arrears, and not only by a tolerance. */
  late: boolean;
  cures: boolean;
  seen: Seen;
  /** What it was on the date of the open flag by what is known now, where a fact that came later puts that in doubt; `least` are the days that flag was raised by. */
  revised: (Seen & { least: number }) | null;
  /** Days from which it is flagged; null where this bureau is told nothing new. */
  from: number | null;
  /** Days at which a flag is updated, ascending. */
  steps: readonly number[];
  /** Days between the notice to the person and the first report; null where none is asked for. */
  noticeDays: number | null;
  /** A hold stops new flags, and updates to the worse. */
  held: boolean;
}

/** One step: the flag as it is now, and what is said of it. */
export interface Act {
  does: ReportKind | 'HOLD' | 'NOTICE' | 'DROP' | 'REST';
  flag: Flag;
  /** By which rule. */
  rule: string;
  /** Of a report: its version, and that of the report of the same flag whose figures it replaces. */
  version?: number;
  replaces?: number;
}

export const isLive = ({ state }: Pick<Flag, 'state'>): boolean => state === 'RAISED' || state === 'UPDATED' || state === 'CORRECTED';
export const isOpen = (flag: Pick<Flag, 'state'>): boolean => isLive(flag) || flag.state === 'HELD' || flag.state === 'PRE_NOTICE';

const aboutFigures: readonly ReportKind[] = ['OVERDUE', 'UPDATE', 'CORRECTION', 'WITHDRAWAL', 'DELETION'];

/** Numbers what is said, from where the account stands. */
export function tell(account: Account) {
  const acts: Act[] = [];
  let { version } = account;
  return {
    acts,
    say(flag: Flag, does: ReportKind, rule: string, changes: Partial<Flag> = {}): Flag {
      version++;
      const now = { ...flag, ...changes, ...(aboutFigures.includes(does) ? { version } : {}) };
      acts.push({ does, flag: now, rule, version, ...(flag.version > 0 ? { replaces: flag.version } : {}) });
      return now;
    },
    wait: (flag: Flag, does: 'HOLD' | 'NOTICE' | 'DROP' | 'REST', rule: string) => void acts.push({ does, flag, rule }),
  };
}

export const stepOf = (days: number, steps: readonly number[]): number => steps.findLast((step) => days >= step) ?? 0;

const figuresOf = ({ asOf, overdueSince, daysPastDue, overdueMinor, outstandingMinor, qualityClass }: Figures): Figures => ({
  asOf,
  overdueSince,
  daysPastDue,
  overdueMinor,
  outstandingMinor,
  qualityClass,
});
const differs = (a: Figures, b: Figures): boolean =>
  a.overdueSince !== b.overdueSince || a.overdueMinor !== b.overdueMinor || a.outstandingMinor !== b.outstandingMinor;

export type Telling = ReturnType<typeof tell>;

/** What is known now of the day of the figures: others, or that there was nothing to report. */
export const corrected = (
  telling: Telling,
  flag: Flag,
  revised: Seen & { least: number },
  on: LocalDate,
  steps: readonly number[],
  rule: string,
) =>
  revised.days < revised.least
    ? telling.say(flag, 'WITHDRAWAL', rule, { state: 'WITHDRAWN', withdrawnOn: on, withdrawReason: 'ERROR', waitsFor: null })
    : telling.say(flag, 'CORRECTION', rule, { ...figuresOf(revised), state: 'CORRECTED', step: stepOf(revised.days, steps) });

/** What a business date asks to be said, in its order. */
export function decide(account: Account, day: Day): Act[] {
  const telling = tell(account);
  const { seen, revised, from, steps } = day;
  const on = seen.asOf;
  const known = account.flags.findLast(({ version, state }) => version > 0 && state !== 'DELETED');
  if (known && account.accountRef !== null && account.accountRef !== day.accountRef) telling.say(known, 'IDENTIFIER_CHANGE', 'identifier');
  // What was deleted for one flag is owed for none.
  const barred = account.flags.some(
    ({ state, withdrawReason, episode }) => state === 'DELETED' && (withdrawReason === 'FRAUD' || episode === day.episode),
  );
  let open = account.flags.find(isOpen);
  if (open && isLive(open)) {
    if (revised && revised.days < revised.least) open = corrected(telling, open, revised, on, steps, 'known-later');
    else if (day.cures)
      open = telling.say(open, 'WITHDRAWAL', 'cure', { state: 'WITHDRAWN', withdrawnOn: on, withdrawReason: 'CURED', waitsFor: null });
    else {
      if (revised && differs(open, revised)) open = corrected(telling, open, revised, on, steps, 'known-later');
      open = updated(telling, open, day);
    }
  } else if (open && (day.cures || barred))
    telling.wait(
      (open = { ...open, state: 'DROPPED', withdrawnOn: on, withdrawReason: day.cures ? 'CURED' : 'DISPUTE_UPHELD', waitsFor: null }),
      'DROP',
      day.cures ? 'cure' : 'dispute',
    );
  else if (open) raiseOrWait(telling, open, day);
  if (!(open && isOpen(open)) && !barred && day.late && from !== null && seen.days >= from)
    raiseOrWait(telling, newFlag(account, day), day);
  return telling.acts;
}

function updated(telling: Telling, flag: Flag, { seen, steps, from, late, held }: Day): Flag {
  const step = stepOf(seen.days, steps);
  const owed = late && from !== null && step !== flag.step && seen.asOf > flag.asOf;
  if (owed && !(held && step > flag.step))
    return telling.say(flag, 'UPDATE', `threshold-${step || from}`, { ...figuresOf(seen), state: 'UPDATED', step, waitsFor: null });
  const waitsFor = owed ? 'HOLD' : null;
  if (waitsFor === flag.waitsFor) return flag;
  const now = { ...flag, waitsFor } as Flag;
  telling.wait(now, waitsFor ? 'HOLD' : 'REST', `threshold-${step}`);
  return now;
}

function newFlag({ key, flags }: Account, { seen, episode }: Day): Flag {
  const before = flags.filter((each) => each.episode === episode).length;
  return {
    ...figuresOf(seen),
    reportKey: `${key}/${episode}${before ? `.${before + 1}` : ''}`,
    episode,
    state: 'HELD',
    version: 0,
    raisedOn: seen.asOf,
    step: 0,
    waitsFor: null,
    waitsUntil: null,
    withdrawnOn: null,
    withdrawReason: null,
  };
}

/** A notice that the law asks for is no contact that a hold of scope CONTACT stops. */
function raiseOrWait(telling: Telling, flag: Flag, { seen, late, from, steps, held, noticeDays }: Day): void {
  const on = seen.asOf;
  const rule = `threshold-${from}`;
  if (!late || from === null || seen.days < from) {
    // It is judged again on the day on which it reaches the threshold.
    if (flag.waitsFor && !(flag.waitsFor === 'NOTICE' && flag.waitsUntil! > on)) telling.wait({ ...flag, waitsFor: null }, 'REST', rule);
  } else if (held) {
    if (flag.waitsFor !== 'HOLD') telling.wait({ ...flag, state: 'HELD', waitsFor: 'HOLD' }, 'HOLD', rule);
  } else if (noticeDays !== null && flag.waitsUntil === null)
    telling.wait({ ...flag, state: 'PRE_NOTICE', waitsFor: 'NOTICE', waitsUntil: plusDays(on, noticeDays) }, 'NOTICE', rule);
  else if (flag.waitsUntil !== null && flag.waitsUntil > on) {
    if (flag.waitsFor !== 'NOTICE') telling.wait({ ...flag, state: 'PRE_NOTICE', waitsFor: 'NOTICE' }, 'REST', rule);
  } else {
    const step = stepOf(seen.days, steps);
    telling.say(flag, 'OVERDUE', rule, { ...figuresOf(seen), state: 'RAISED', raisedOn: on, step, waitsFor: null });
  }
}
