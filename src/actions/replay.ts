// Folds the whole log again, from the first fact to the last, with the same functions as it was folded live.
import { factColumns, factOf, type LoggedRow } from '../storage/loan-facts.js';
import type { Store, Tx } from '../storage/store.js';
import { appliers } from './appliers.js';
import { applySourceFacts, type SourceFact } from './record-loan-facts.js';

const chunk = 2_000;

/**
 * @param log what is read: one snapshot for the whole replay, so that what is recorded meanwhile does not count
 * @param store empty tables
 * @param onProgress how many facts were folded, now and then
 * @returns how many facts the log holds
 */
export async function replay(log: Tx, store: Store, onProgress: (facts: number) => void): Promise<number> {
  let last = '0';
  let count = 0;
  for (;;) {
    const rows = await log.query<LoggedRow>(`select ${factColumns} from event_log where arrival > $1 order by arrival limit ${chunk}`, [
      last,
    ]);
    if (!rows.length) return count;
    for (let i = 0; i < rows.length;) {
      const apply = appliers[rows[i]!.type];
      let end = i + 1;
      // Facts of core banking go together, as they did live: nothing between them asks for a decision.
      if (!apply) while (end < rows.length && !appliers[rows[end]!.type]) end++;
      const facts = rows.slice(i, end).map(factOf);
      await store.transaction(async (tx) => {
        if (apply) await apply(tx, facts[0]!);
        else await applySourceFacts(tx, facts as SourceFact[]);
      });
      i = end;
    }
    count += rows.length;
    last = rows.at(-1)!.arrival;
    onProgress(count);
  }
}
