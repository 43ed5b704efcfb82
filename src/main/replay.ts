// `casegraph replay`: the whole log folded again beside the live tables, while the gateway serves.
import { replay } from '../actions/replay.js';
import { differing, digestOf, firstDifference } from '../storage/digest.js';
import { detachedMonths } from '../storage/months.js';
import { openScratchStore } from '../storage/scratch.js';
import { mustBeMigrated, openDatabase } from './open.js';
import { createRate } from './rate.js';

/** @returns whether the live tables are what the log makes them; true when that was not asked */
export async function replayLog(url: string, check: boolean, say: (line: string) => void): Promise<boolean> {
  const live = await openDatabase(url);
  await mustBeMigrated(live);
  const detached = await live.transaction((tx) => detachedMonths(tx, 'event_log'));
  if (detached.length) say(`the log is without ${detached.join(', ')}: what only these months told is not replayed`);
  const cut = await live.transaction((tx) => detachedMonths(tx, 'timeline_entry'));
  if (cut.length) say(`the live timelines are without ${cut.join(', ')}: they differ from what is replayed`);
  const scratch = await openScratchStore(url, `replay_${process.pid}`);
  try {
    return await live.snapshot(async (now) => {
      const [log] = await now.query<{ facts: number }>('select count(*)::int as facts from event_log');
      const rate = createRate(log!.facts, 'facts');
      const facts = await replay(now, scratch, rate.reached);
      const again = await scratch.transaction(digestOf);
      say(`replayed ${facts} facts at ${rate.aSecond(facts)} a second: ${again.whole}`);
      if (!check) return true;
      const was = await digestOf(now);
      say(`live tables as they were at its start: ${was.whole}`);
      const tables = differing(was, again);
      for (const table of tables) {
        say(`✗ ${table}: ${was.tables[table]!.rows} rows live, ${again.tables[table]!.rows} replayed`);
        const first = await scratch.transaction((tx) => firstDifference(now, tx, table));
        if (first) say(`  the first row that differs is ${first.only === 'first' ? 'live' : 'replayed'} only: ${first.row}`);
      }
      say(tables.length ? 'DIFFERENT' : 'equal');
      return !tables.length;
    });
  } finally {
    await scratch.close();
    await live.close();
  }
}
