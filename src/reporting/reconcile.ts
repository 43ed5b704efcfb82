// What a bureau that is told in files holds, against what it took of us: each difference with what mends it.
import type { Difference } from '../domain/bureau/reconcile.js';
import { decimalToMinor } from '../domain/money.js';
import { newestItems, type NewestItem } from '../storage/bureau-items.js';
import type { Store } from '../storage/store.js';

/** The bureau's own account of one account; what it does not say is not compared. Sums in whole units of the currency. */
export interface Holding {
  daysPastDue?: number;
  qualityClass?: number;
  overdue?: number;
  outstanding?: number;
}

export type FileDifference = Difference<'MISSING_AT_BUREAU' | 'MISSING_HERE' | 'FIGURES_DIFFER' | 'PENDING'>;

/** @param holdings by account number in the bureau's files */
export function compareHoldings(ours: readonly NewestItem[], holdings: ReadonlyMap<string, Holding>): FileDifference[] {
  const found: FileDifference[] = [];
  const met = new Set<string>();
  for (const item of ours) {
    met.add(item.accountRef);
    const held = holdings.get(item.accountRef);
    const differs = held ? differencesOf(item, held) : item.ended ? [] : [`${item.accountRef} of ${item.periodTo.slice(0, 7)}`];
    if (!differs.length) continue;
    const about = {
      accountRef: item.accountRef,
      loanId: item.loanId,
      theirs: held ? wordsOf(held, item) : 'nothing',
      ours: ourWords(item),
    };
    if (item.state === 'PENDING') found.push({ ...about, kind: 'PENDING', mend: 'wait for the answer to the file' });
    else if (held) found.push({ ...about, kind: 'FIGURES_DIFFER', mend: `correct ${item.periodTo.slice(0, 7)}, or have the bureau look` });
    else found.push({ ...about, kind: 'MISSING_AT_BUREAU', mend: 'have the bureau look: it said that it took the account' });
  }
  for (const [accountRef, held] of holdings)
    if (!met.has(accountRef))
      found.push({
        kind: 'MISSING_HERE',
        accountRef,
        loanId: null,
        theirs: wordsOf(held),
        ours: 'nothing',
        mend: 'delete it at the bureau',
      });
  return found.sort((a, b) => (a.accountRef < b.accountRef ? -1 : a.accountRef > b.accountRef ? 1 : 0));
}

function differencesOf(item: NewestItem, held: Holding): string[] {
  // Bureaus take whole units, each of several parts rounded by itself.
  const near = (whole: number | undefined, minor: bigint) => {
    const unit = Number(decimalToMinor('1', item.currency));
    return whole === undefined || Math.abs(whole * unit - Number(minor)) < 2 * unit;
  };
  return [
    ...(held.daysPastDue === undefined || held.daysPastDue === item.daysPastDue ? [] : ['daysPastDue']),
    ...(held.qualityClass === undefined || held.qualityClass === item.qualityClass ? [] : ['qualityClass']),
    ...(near(held.overdue, item.daysPastDue ? item.overdueMinor : 0n) ? [] : ['overdue']),
    ...(near(held.outstanding, item.outstandingMinor) ? [] : ['outstanding']),
  ];
}

const wordsOf = (held: Holding, item?: NewestItem): string =>
  [
    ...(item
      ? differencesOf(item, held)
      : (['daysPastDue', 'qualityClass', 'overdue', 'outstanding'] as const).filter((name) => held[name] !== undefined)),
  ]
    .map((name) => `${name} ${held[name as keyof Holding]}`)
    .join(', ') || 'the account';
const ourWords = ({ daysPastDue, qualityClass, overdueMinor, outstandingMinor, currency, periodTo }: NewestItem): string =>
  `${daysPastDue} days, class ${qualityClass}, overdue ${overdueMinor} and outstanding ${outstandingMinor} minor units of ${currency} (${periodTo})`;

export async function reconcileFiles(
  store: Store,
  bureauId: string,
  holdings: ReadonlyMap<string, Holding>,
): Promise<{ accounts: number; differences: FileDifference[] }> {
  const ours = await store.snapshot((tx) => newestItems(tx, bureauId));
  return { accounts: ours.length, differences: compareHoldings(ours, holdings) };
}
