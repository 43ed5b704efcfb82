// Forgets, once an hour, the ids of callbacks that no partner sends again. A stale timestamp refuses what comes later, and the log knows what it has.
import { forgetReceipts } from '../storage/callback-receipts.js';
import type { Store } from '../storage/store.js';

const everyMs = 3_600_000;

export function startPruning(
  store: Store,
  keepDays: number,
  log: { error(fields: object, text: string): void },
): { stop(): Promise<void> } {
  let round: Promise<unknown> = Promise.resolve();
  const prune = () =>
    (round = forgetReceipts(store, keepDays).catch((error: Error) =>
      log.error({ error: error.message }, 'old receipts were not forgotten'),
    ));
  void prune();
  const timer = setInterval(() => void prune(), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
