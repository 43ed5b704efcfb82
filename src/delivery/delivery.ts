// Partners out: takes what is owed from the outbox at the gateway's own pace, each partner's operation beside the others.
import { randomUUID } from 'node:crypto';
import type { BreakerReport, Connector } from '../../connectors/contract.js';
import { writeBreaker, writeConnectors } from '../storage/breakers.js';
import { markCircuit, takeDue } from '../storage/outbox.js';
import type { Store } from '../storage/store.js';
import { deliver, handoffs, type Book, type RetryLimits } from './deliver.js';

export interface DeliverySettings {
  store: Store;
  connectors: readonly Connector[];
  /** How all breakers stand at the start. */
  reports: () => BreakerReport[];
  limits: RetryLimits;
  /** Hand-overs when left out. */
  book?: Book;
  /** Deliveries of one operation that may be under way at once. */
  concurrency: number;
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
  onDelivered?(connectorId: string, operation: string, outcome: string): void;
}

export interface Delivery {
  start(): Promise<void>;
  /** A breaker has changed: what waits for it is marked, and tried again once it lets calls through. */
  onBreaker(report: BreakerReport): void;
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

const idleMs = 250;

export function createDelivery({
  store,
  connectors,
  reports,
  limits,
  book = handoffs,
  concurrency,
  log,
  onDelivered,
}: DeliverySettings): Delivery {
  const owner = randomUUID();
  const byId = new Map(connectors.map((each) => [each.id, each]));
  const underWay = new Map<string, number>();
  const running = new Set<Promise<void>>();
  let stopping = false;
  let written: Promise<void> = Promise.resolve();
  let loop: Promise<void> = Promise.resolve();
  let wake: (() => void) | null = null;

  async function one(lease: Awaited<ReturnType<typeof takeDue>>[number]): Promise<void> {
    const key = `${lease.connectorId} ${lease.operation}`;
    underWay.set(key, (underWay.get(key) ?? 0) + 1);
    try {
      const outcome = await deliver(store, byId.get(lease.connectorId)!, lease, limits, book);
      onDelivered?.(lease.connectorId, lease.operation, outcome);
    } catch (error) {
      // The lease runs out by itself, and what was sent is then looked up.
      log.error(
        { handoffId: lease.id, connectorId: lease.connectorId, operation: lease.operation, error: (error as Error).message },
        'a delivery broke off',
      );
    } finally {
      underWay.set(key, underWay.get(key)! - 1);
      wake?.();
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const busy = [...underWay].filter(([, count]) => count >= concurrency).map(([key]) => key);
      const leases = await takeDue(store, [...byId.keys()], concurrency * 2, owner, busy, book.outbox).catch((error: Error) => {
        log.error({ error: error.message }, 'the outbox could not be read');
        return [];
      });
      for (const lease of leases) {
        const work: Promise<void> = one(lease).finally(() => running.delete(work));
        running.add(work);
      }
      if (leases.length && running.size < concurrency * 8) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = null;
    }
  }

  return {
    async start() {
      await store.transaction(async (tx) => {
        await writeConnectors(tx, connectors);
        for (const report of reports()) {
          await writeBreaker(tx, report);
          await markCircuit(tx, report.connectorId, report.operation, false, book.outbox); // breakers start closed in a new process
        }
      });
      loop = run();
    },
    onBreaker(report) {
      log.info({ ...report }, 'breaker changed');
      // One after the other: changes come within milliseconds, and the last one must be what stays.
      const done: Promise<void> = (written = written
        .then(() =>
          store.transaction(async (tx) => {
            await writeBreaker(tx, report);
            await markCircuit(tx, report.connectorId, report.operation, report.state === 'OPEN', book.outbox);
          }),
        )
        .catch((error: Error) => log.error({ error: error.message }, 'the breaker could not be written'))
        .finally(() => running.delete(done)));
      running.add(done);
      wake?.();
    },
    async stop() {
      stopping = true;
      wake?.();
      await loop;
      await Promise.allSettled(running);
    },
  };
}
