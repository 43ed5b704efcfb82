// `casegraph restore-log`: what Kafka still holds and the log does not is recorded late.
import { recordLateFacts } from '../actions/record-loan-facts.js';
import { readWhole } from '../events/read-whole.js';
import { mustBeMigrated, openDatabase } from './open.js';
import type { Source } from './sources.js';

const atOnce = 2_000;

export async function restoreLog(url: string, brokers: string[], sources: readonly Source[], say: (line: string) => void): Promise<void> {
  const store = await openDatabase(url);
  await mustBeMigrated(store);
  try {
    for (const { format, topics } of sources) {
      let restored = 0;
      let known = 0;
      let unreadable = 0;
      const messages = await readWhole({
        brokers,
        topics,
        format,
        async onFacts(facts, bad) {
          unreadable += bad;
          for (let i = 0; i < facts.length; i += atOnce) {
            const some = facts.slice(i, i + atOnce);
            const fresh = await store.transaction((tx) => recordLateFacts(tx, some));
            restored += fresh;
            known += some.length - fresh;
          }
          process.stderr.write(`… ${restored + known} facts\n`);
        },
      });
      say(
        `${format.id} from ${topics.join(', ')}: ${messages} messages, ${restored} facts restored, ${known} were in the log, ${unreadable} unreadable`,
      );
    }
  } finally {
    await store.close();
  }
}
