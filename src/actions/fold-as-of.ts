// Folds the log again for some borrowers up to a moment, with the same functions as it was folded live: what the graph said then.
import type { Fact } from '../domain/fact.js';
import { changingOn } from '../policies/index.js';
import { factsOf, nextEventfulDate, setBusinessDate, type Moment } from '../storage/as-of.js';
import { detachedMonths } from '../storage/months.js';
import type { Tx } from '../storage/store.js';
import { appliers } from './appliers.js';
import { applySourceFacts, type SourceFact } from './record-loan-facts.js';

type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Months of the log were detached: without them the past cannot be told. */
export class LogIncomplete extends Error {
  constructor(months: readonly string[]) {
    super(`The log is without ${months.join(', ')}: attach these months again to look back`);
  }
}

/**
 * @param inTx runs in tables that are empty at first, in one transaction or in one after another
 * @param onProgress how many of the facts are folded
 * @throws LogIncomplete
 */
export async function foldAsOf(
  inTx: InTx,
  borrowerIds: readonly string[],
  moment: Moment,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<void> {
  const missing = await inTx((tx) => detachedMonths(tx, 'event_log'));
  if (missing.length) throw new LogIncomplete(missing);
  const facts = await inTx((tx) => factsOf(tx, borrowerIds, moment));
  /** Business dates that passed without anything falling due; the last of them is written before anything else is. */
  const passed = new Map<string, Fact>();
  const next = new Map<string, string | null>();
  for (let i = 0; i < facts.length;) {
    const fact = facts[i] as Fact;
    let end = i + 1;
    if (fact.type === 'BusinessDateAdvanced') {
      if (!next.has(fact.tenant)) next.set(fact.tenant, await inTx((tx) => nextEventfulDate(tx, fact.tenant)));
      const eventful = next.get(fact.tenant)!;
      if ((eventful === null || eventful > fact.businessOn) && !changingOn(fact.businessOn).length) {
        passed.set(fact.tenant, fact);
        i = end;
        continue;
      }
    }
    const apply = appliers[fact.type];
    if (!apply) while (end < facts.length && !appliers[facts[end]!.type]) end++;
    await inTx(async (tx) => {
      await pass(tx, passed);
      if (apply) await apply(tx, fact);
      else await applySourceFacts(tx, facts.slice(i, end) as SourceFact[]);
      await tx.flush();
      tx.em.clear(); // each was a unit of work of its own
    });
    next.clear();
    i = end;
    onProgress(i, facts.length);
  }
  await inTx((tx) => pass(tx, passed));
}

async function pass(tx: Tx, passed: Map<string, Fact>): Promise<void> {
  for (const [tenant, { businessOn, recordedAt }] of passed) await setBusinessDate(tx, tenant, businessOn, recordedAt);
  passed.clear();
}
