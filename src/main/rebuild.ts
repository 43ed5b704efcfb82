// `casegraph replay --from-kafka`: the log itself made again, in a database beside the live one, from what Kafka still holds.
import { createIntake } from '../events/intake.js';
import { differing, digestOf } from '../storage/digest.js';
import { createDatabaseBeside, dropDatabaseBeside } from '../storage/scratch.js';
import type { Store } from '../storage/store.js';
import { mustBeMigrated, openDatabase } from './open.js';
import { createRate } from './rate.js';
import type { Source } from './sources.js';

/** What is folded from the facts of core banking alone; the other tables also hold what people and partners said, which Kafka does not. */
const fromSources = ['borrower', 'contact_point', 'loan', 'instalment', 'repayment', 'guarantor', 'collateral'];

interface Settings {
  databaseUrl: string;
  brokers: string[];
  sources: readonly Source[];
  dayPatienceMs: number;
  check: boolean;
  /** The rebuilt database stays, and its name is said. */
  keep: boolean;
}

/** @returns whether the live tables of loans and borrowers are what Kafka makes them; true when that was not asked */
export async function rebuildFromKafka(settings: Settings, say: (line: string) => void): Promise<boolean> {
  const { databaseUrl, check, keep } = settings;
  const name = `casegraph_rebuild_${process.pid}`;
  const live = await openDatabase(databaseUrl);
  await mustBeMigrated(live);
  let rebuilt: Store | null = null;
  try {
    rebuilt = await openDatabase(await createDatabaseBeside(databaseUrl, name));
    const store = rebuilt;
    await Promise.all(settings.sources.map((source) => readToEnd(store, source, settings, say)));
    const again = await rebuilt.transaction(digestOf);
    say(`rebuilt: ${again.whole}`);
    if (keep) say(`kept as the database ${name}: people's and partners' facts are not in it`);
    if (!check) return true;
    const tables = differing(await live.snapshot(digestOf), again);
    for (const table of fromSources) say(`${tables.includes(table) ? '✗' : '✓'} ${table}: ${again.tables[table]!.rows} rows rebuilt`);
    const others = tables.filter((table) => !fromSources.includes(table));
    if (others.length) say(`other tables that differ, by what people and partners said or by when days were opened: ${others.join(', ')}`);
    const wrong = tables.filter((table) => fromSources.includes(table));
    say(wrong.length ? 'DIFFERENT' : 'equal');
    return !wrong.length;
  } finally {
    await rebuilt?.close();
    if (!keep) await dropDatabaseBeside(databaseUrl, name);
    await live.close();
  }
}

async function readToEnd(
  store: Store,
  { format, topics, otherTopics }: Source,
  settings: Settings,
  say: (line: string) => void,
): Promise<void> {
  let failed: (error: Error) => void = () => {};
  const fatal = new Promise<never>((_, reject) => (failed = reject));
  let recorded = 0;
  const intake = createIntake({
    store,
    brokers: settings.brokers,
    topics,
    otherTopics,
    groupId: `casegraph-rebuild-${process.pid}-${format.id}`,
    temporary: true,
    format,
    dayPatienceMs: settings.dayPatienceMs || 5_000,
    log: {
      info() {},
      warn: (fields, text) => say(`${text} ${JSON.stringify(fields)}`),
      error: (fields, text) => say(`${text} ${JSON.stringify(fields)}`),
    },
    onRecorded: (batch) => (recorded += batch.recorded),
    onFatal: (error) => failed(error),
  });
  try {
    await Promise.race([intake.start(), fatal]);
    const all = (await intake.health()).lag;
    const rate = createRate(all, 'messages');
    for (;;) {
      const { joined, lag } = await Promise.race([intake.health(), fatal]);
      rate.reached(all - lag);
      if (joined && lag === 0) break;
      await new Promise((next) => setTimeout(next, 200));
    }
    say(`${format.id} from ${topics.join(', ')}: ${all} messages, ${recorded} facts`);
  } finally {
    await intake.stop();
  }
}
