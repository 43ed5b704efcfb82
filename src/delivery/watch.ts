// Looks again and again for hand-overs that wait for too long or near their deadline, and tells the log what was raised.
import { watchHandoffs, type AlarmLimits } from '../actions/watch-handoffs.js';
import type { Store } from '../storage/store.js';

export interface WatchSettings {
  store: Store;
  limits: AlarmLimits;
  everyMs: number;
  log: { warn(fields: object, text: string): void; error(fields: object, text: string): void };
  onRaised?(connectorId: string, is: string): void;
}

export interface Watch {
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
}

const words = { AGED: 'a hand-over waits for too long', ESCALATED: 'a hand-over is not delivered, and its deadline is near' } as const;

export function startWatch({ store, limits, everyMs, log, onRaised }: WatchSettings): Watch {
  let round: Promise<void> = Promise.resolve();
  const look = async () => {
    for (const { id, connectorId, operation, is, deadlineOn } of await watchHandoffs(store, limits)) {
      log.warn({ handoffId: id, connectorId, operation, ...(deadlineOn ? { deadlineOn } : {}) }, words[is]);
      onRaised?.(connectorId, is);
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    round = look()
      .catch((error: Error) => log.error({ error: error.message }, 'hand-overs could not be watched'))
      .finally(() => (busy = false));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
