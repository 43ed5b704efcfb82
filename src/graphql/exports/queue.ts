// Takes exports that are due and runs several beside one another, removes what is too old, and gives back what is under way when it stops.
import { randomUUID } from 'node:crypto';
import { mostAttempts } from '../../domain/bulk-export.js';
import { expireExports, failExport, takeExport } from '../../storage/exports.js';
import { runExport, type ExportSettings } from './run-export.js';

export interface Queue {
  start(): void;
  /** There may be something to take. */
  wake(): void;
  stop(): Promise<void>;
}

/** Of one process: each has a connection to Postgres. */
const mostAtOnce = 8;
const lookEveryMs = 1_000;
const sweepEveryMs = 60_000;

export function createQueue(settings: ExportSettings, sweepMs = sweepEveryMs): Queue {
  const { store, files, log } = settings;
  const owner = randomUUID();
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  let sweeping: NodeJS.Timeout | undefined;
  let woken = false;
  let wake = (): void => {};

  async function take(): Promise<boolean> {
    const lease = await takeExport(store, owner);
    if (!lease) return false;
    if (lease.attempts > mostAttempts) {
      await failExport(store, lease, `Its gateway ended ${mostAttempts} times while it was written`);
      return true;
    }
    const work: Promise<void> = runExport(settings, lease, stopping.signal)
      .catch((error: Error) => log.error({ exportId: lease.id, error: error.message }, 'an export was left'))
      .finally(() => {
        running.delete(work);
        awake();
      });
    running.add(work);
    return true;
  }

  function awake(): void {
    woken = true;
    wake();
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        while (!stopping.signal.aborted && running.size < mostAtOnce && (await take()));
      } catch (error) {
        log.error({ error: (error as Error).message }, 'exports could not be taken');
      }
      if (woken) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const sweep = () =>
    expireExports(store)
      .then(() => files.sweep(store))
      .catch((error: Error) => log.error({ error: error.message }, 'exports were not swept'));

  return {
    start() {
      loop = run();
      void sweep();
      sweeping = setInterval(() => void sweep(), sweepMs);
    },
    wake: awake,
    async stop() {
      clearInterval(sweeping);
      stopping.abort();
      awake();
      await loop;
      await Promise.allSettled(running);
    },
  };
}
