// What a bureau holds of us, read from its ledger, against what we last said to it.
import type { CreditBureau, LedgerEntry } from '../../connectors/contract/credit-bureau.js';
import { compareLedger, linesOf, type Difference, type Theirs } from '../domain/bureau/reconcile.js';
import { decimalToMinor } from '../domain/money.js';
import { saidTo } from '../storage/bureau-ledger.js';
import type { Store } from '../storage/store.js';

const pageMs = 60_000;

/** All pages of the ledger, one after another. @throws when the pages come round again */
async function readWholeLedger(bureau: Pick<CreditBureau, 'id' | 'readLedger'>): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const seen = new Set<string>();
  for (let page: string | null = null; ;) {
    const read = await bureau.readLedger(page, AbortSignal.timeout(pageMs));
    entries.push(...read.entries);
    if (read.next === null) return entries;
    if (seen.has(read.next)) throw new Error(`${bureau.id}: the ledger names the page ${read.next} twice`);
    seen.add((page = read.next));
  }
}

const theirsOf = ({
  accountRef,
  reportKey,
  version,
  state,
  overdueSince,
  daysPastDue,
  overdue,
  qualityClass,
  disputed,
}: LedgerEntry): Theirs => ({
  accountRef,
  reportKey,
  version,
  state,
  overdueSince,
  daysPastDue,
  overdueMinor: overdue && decimalToMinor(overdue.amount, overdue.currency),
  currency: overdue?.currency ?? null,
  qualityClass,
  disputed,
});

/** What we said is read before the ledger and after it: whatever moved meanwhile is on its way, and no difference. */
export async function reconcileBureau(
  store: Store,
  bureau: Pick<CreditBureau, 'id' | 'readLedger'>,
): Promise<{ accounts: number; differences: Difference[] }> {
  const said = () => store.snapshot((tx) => saidTo(tx, bureau.id));
  const before = new Map((await said()).map((each) => [each.loanId, each]));
  const theirs = (await readWholeLedger(bureau)).map(theirsOf);
  const ours = (await said()).map((each) => {
    const was = before.get(each.loanId);
    return { ...each, pending: each.pending || was?.pending !== false || was.acceptedVersion !== each.acceptedVersion };
  });
  return { accounts: ours.length, differences: compareLedger(ours, theirs) };
}

/** The differences in lines, or as one JSON. @returns whether there are none */
export async function sayDifferences(
  store: Store,
  bureau: Pick<CreditBureau, 'id' | 'readLedger'>,
  json: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  const { accounts, differences } = await reconcileBureau(store, bureau);
  if (json) say(JSON.stringify({ bureau: bureau.id, accounts, differences }, null, 2));
  else linesOf(accounts, differences).forEach(say);
  return !differences.length;
}
