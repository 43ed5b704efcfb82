// What a bureau holds against what we last said to it: each difference with what mends it.
import type { LocalDate } from '../fact.js';

export type HeldState = 'OVERDUE' | 'CURED' | 'DELETED';

/** Figures that both sides have; the amount in minor units. */
interface Held {
  accountRef: string;
  reportKey: string | null;
  state: HeldState;
  overdueSince: LocalDate | null;
  daysPastDue: number | null;
  overdueMinor: bigint | null;
  currency: string | null;
  qualityClass: number | null;
  disputed: boolean;
}
export interface Theirs extends Held {
  version: number;
}
/** By our newest report of a loan. */
export interface Ours extends Held {
  loanId: string;
  /** Of the newest report that was accepted; 0 when none was. */
  acceptedVersion: number;
  /** Something is still on its way. */
  pending: boolean;
}

export type DifferenceKind =
  'MISSING_AT_BUREAU' | 'MISSING_HERE' | 'IDENTIFIER_DIFFERS' | 'STATE_DIFFERS' | 'FIGURES_DIFFER' | 'MARK_DIFFERS' | 'PENDING';

export interface Difference<Kind extends string = DifferenceKind> {
  kind: Kind;
  accountRef: string;
  loanId: string | null;
  /** In words: what the bureau has, and what we have. */
  theirs: string;
  ours: string;
  mend: string;
}

const figures = (held: Held): string =>
  [
    held.overdueSince,
    held.daysPastDue,
    held.overdueMinor === null ? null : `${held.overdueMinor} ${held.currency}`,
    held.qualityClass,
  ].join(', ');

/** @param taken the newest version that the bureau took */
const wordsOf = ({ state, reportKey }: Held, taken: number): string => `${state} ${reportKey ?? ''} (version ${taken} was taken)`;

const sendAgain: Record<HeldState, string> = {
  OVERDUE: 'send the newest report again',
  CURED: 'withdraw the report again',
  DELETED: 'delete the report again',
};

/** @returns the differences in order of account; while something is on its way they are PENDING alone */
export function compareLedger(ours: readonly Ours[], theirs: readonly Theirs[]): Difference[] {
  const byRef = new Map(theirs.map((each) => [each.accountRef, each]));
  const byKey = new Map(theirs.flatMap((each) => (each.reportKey === null ? [] : [[each.reportKey, each] as const])));
  const met = new Set<Theirs>();
  const found = ours.flatMap((mine) => {
    const their = byRef.get(mine.accountRef) ?? (mine.reportKey === null ? undefined : byKey.get(mine.reportKey));
    if (their) met.add(their);
    const all = differencesOf(mine, their);
    return all.length && mine.pending ? [{ ...all[0]!, kind: 'PENDING' as const, mend: 'wait: a hand-over is on its way' }] : all;
  });
  for (const their of theirs)
    if (!met.has(their) && their.state !== 'DELETED')
      found.push({
        kind: 'MISSING_HERE',
        accountRef: their.accountRef,
        loanId: null,
        theirs: wordsOf(their, their.version),
        ours: 'nothing',
        mend: 'delete it at the bureau',
      });
  return found.sort((a, b) => (a.accountRef < b.accountRef ? -1 : a.accountRef > b.accountRef ? 1 : 0));
}

function differencesOf(mine: Ours, their: Theirs | undefined): Difference[] {
  const { accountRef, loanId } = mine;
  const difference = (kind: DifferenceKind, theirWords: string, ourWords: string, mend: string): Difference => ({
    kind,
    accountRef,
    loanId,
    theirs: theirWords,
    ours: ourWords,
    mend,
  });
  // What was withdrawn before the bureau ever took it need not be there.
  if (!their)
    return mine.state === 'DELETED' || (mine.state === 'CURED' && !mine.acceptedVersion)
      ? []
      : [difference('MISSING_AT_BUREAU', 'nothing', wordsOf(mine, mine.acceptedVersion), 'send it again from its first report')];
  const all: Difference[] = [];
  if (their.accountRef !== accountRef)
    all.push(difference('IDENTIFIER_DIFFERS', their.accountRef, accountRef, 'change the identifier again'));
  if (their.state !== mine.state || (their.reportKey !== mine.reportKey && mine.state === 'OVERDUE'))
    all.push(difference('STATE_DIFFERS', wordsOf(their, their.version), wordsOf(mine, mine.acceptedVersion), sendAgain[mine.state]));
  else if (mine.state === 'OVERDUE' && figures(their) !== figures(mine))
    all.push(difference('FIGURES_DIFFER', figures(their), figures(mine), 'correct the report'));
  if (their.disputed !== mine.disputed && mine.state !== 'DELETED' && their.state !== 'DELETED')
    all.push(
      difference(
        'MARK_DIFFERS',
        their.disputed ? 'disputed' : 'not disputed',
        mine.disputed ? 'disputed' : 'not disputed',
        mine.disputed ? 'set the mark of the dispute' : 'take the mark of the dispute away',
      ),
    );
  return all;
}

/** In lines for people, the sum last. */
export const linesOf = (accounts: number, differences: readonly Difference<string>[]): string[] => [
  ...differences.map(
    ({ kind, accountRef, loanId, theirs, ours, mend }) =>
      `✗ ${kind} ${accountRef}${loanId ? ` (${loanId})` : ''}: the bureau has ${theirs}; we have ${ours}; ${mend}`,
  ),
  `${accounts} accounts, ${differences.length} differences`,
];
