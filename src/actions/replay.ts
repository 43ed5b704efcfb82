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
  const [{ last }] = (await log.query<{ last: string }>('select last_value as last from event_log_arrival_seq')) as [{ last: string }];
  let count = 0;
  // By ranges, since the index knows ranges; what was seen twice has left gaps in them.
  for (let from = 0; from < Number(last); from += chunk) {
    const rows = await log.query<LoggedRow>(`select ${factColumns} from event_log where arrival > $1 and arrival <= $2 order by arrival`, [
      from,
      from + chunk,
    ]);
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
    onProgress(count);
  }
  return count;
}
