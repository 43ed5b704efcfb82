// Looks after the files of a partner again and again: one round at a time in a process, and one process at a time.
import type { Store } from './store.js';

export interface FileRoundSettings {
  store: Store;
  /** What only one process looks after at a time, e.g. a partner's id. */
  key: string;
  everyMs: number;
  round(): Promise<void>;
  failed(problem: string): void;
}

export interface FileRounds {
  /** One round, at once; the one that is under way where there is one. */
  now(): Promise<void>;
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
}

export function startFileRounds({ store, key, everyMs, round, failed }: FileRoundSettings): FileRounds {
  let running: Promise<void> | null = null;
  const now = (): Promise<void> =>
    (running ??= alone(store, key, round)
      .catch((error: Error) => failed(error.message))
      .finally(() => (running = null)));
  const timer = setInterval(() => void now(), everyMs);
  return {
    now,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Does nothing while another process is at it. */
const alone = (store: Store, key: string, work: () => Promise<void>): Promise<void> =>
  store.transaction(async (tx) => {
    const [got] = await tx.query<{ got: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as got', [`files ${key}`]);
    if (got!.got) await work();
  });
