// `casegraph replay`: the whole log folded again beside the live tables, while the gateway serves.
import { replay } from '../actions/replay.js';
import { digestOf, firstDifference } from '../storage/digest.js';
import { openScratchStore } from '../storage/scratch.js';
import { mustBeMigrated, openDatabase } from './open.js';

/** @returns whether the live tables are what the log makes them; true when that was not asked */
export async function replayLog(url: string, check: boolean, say: (line: string) => void): Promise<boolean> {
  const live = await openDatabase(url);
  await mustBeMigrated(live);
  const [{ facts: all } = { facts: 0 }] = await live.transaction((tx) =>
    tx.query<{ facts: number }>('select count(*)::int as facts from event_log'),
  );
  const scratch = await openScratchStore(url, `replay_${process.pid}`);
  const since = performance.now();
  let told = 0;
  const rateOf = (facts: number) => Math.round(facts / ((performance.now() - since) / 1000));
  try {
    const facts = await replay(scratch, (count) => {
      if (performance.now() - told < 1_000) return;
      told = performance.now();
      process.stderr.write(`… ${count} of ${all} facts, ${rateOf(count)} a second\n`);
    });
    const again = await scratch.transaction(digestOf);
    say(`replayed ${facts} facts at ${rateOf(facts)} a second: ${again.whole}`);
    if (!check) return true;
    const now = await live.transaction(digestOf);
    say(`live tables: ${now.whole}`);
    const differing = Object.keys(now.tables).filter((table) => now.tables[table]!.sha256 !== again.tables[table]!.sha256);
    for (const table of differing) {
      say(`✗ ${table}: ${now.tables[table]!.rows} rows live, ${again.tables[table]!.rows} replayed`);
      const first = await scratch.transaction((tx) => firstDifference(tx, table));
      if (first) say(`  first ${first.where} only: ${first.row}`);
    }
    say(differing.length ? 'DIFFERENT' : 'equal');
    return !differing.length;
  } finally {
    await scratch.close();
    await live.close();
  }
}
