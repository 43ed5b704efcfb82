// Partners out: takes what is owed from the outbox at the gateway's own pace, each partner's operation beside the others.
import { randomUUID } from 'node:crypto';
import type { BreakerReport, BreakerState, Connector } from '../../connectors/contract.js';
import { writeBreaker, writeConnectors } from '../storage/breakers.js';
import { markCircuit, takeDue, type Lease, type Room } from '../storage/outbox.js';
import type { Store } from '../storage/store.js';
import { deliver, handoffs, type Book, type RetryLimits } from './deliver.js';
import { createRetryBudget, type BudgetLimits } from './retry-budget.js';

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
  /** How often each partner is asked more than once; as often as it takes when left out. */
  budget?: BudgetLimits;
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
/** A lease outlives its call by far: whoever still has one is not answered for by another. */
const leasesOfACall = 4;

export function createDelivery({
  store,
  connectors,
  reports,
  limits,
  book = handoffs,
  concurrency,
  budget: budgetLimits,
  log,
  onDelivered,
}: DeliverySettings): Delivery {
  const owner = randomUUID();
  const byId = new Map(connectors.map((each) => [each.id, each]));
  const underWay = new Map<string, number>();
  const circuits = new Map<string, BreakerState>();
  const budget = budgetLimits ? createRetryBudget(budgetLimits) : null;
  const running = new Set<Promise<void>>();
  let stopping = false;
  let written: Promise<void> = Promise.resolve();
  let loop: Promise<void> = Promise.resolve();
  let wake: (() => void) | null = null;

  /** A look-up counts where its operation does, and among the look-ups of its partner. */
  const keysOf = ({ connectorId, operation, doing }: Lease) => [
    `${connectorId} ${operation}`,
    ...(doing === 'UNKNOWN' ? [`${connectorId} lookUp`] : []),
  ];
  const count = (keys: readonly string[], by: 1 | -1) => keys.forEach((key) => underWay.set(key, (underWay.get(key) ?? 0) + by));

  function room(): Room {
    const left: Record<string, number> = {};
    for (const [key, count] of underWay) left[key] = Math.max(0, concurrency - count);
    for (const [key, state] of circuits) if (state === 'HALF_OPEN') left[key] = Math.max(0, 1 - (underWay.get(key) ?? 0));
    return {
      leaseMs: limits.callMs * leasesOfACall,
      ofKey: concurrency,
      left,
      open: [...circuits].flatMap(([key, state]) => (state === 'OPEN' ? [key] : [])),
      firstOnly: budget
        ? connectors.flatMap(({ id, operations }) =>
            [...Object.keys(operations), 'lookUp'].filter((each) => budget.isSpent(id, each)).map((each) => `${id} ${each}`),
          )
        : [],
    };
  }

  async function one(lease: Lease): Promise<void> {
    const keys = keysOf(lease);
    count(keys, 1);
    try {
      const outcome = await deliver(store, byId.get(lease.connectorId)!, lease, limits, book, budget);
      onDelivered?.(lease.connectorId, lease.operation, outcome);
    } catch (error) {
      // The lease runs out by itself, and what was sent is then looked up.
      log.error(
        { handoffId: lease.id, connectorId: lease.connectorId, operation: lease.operation, error: (error as Error).message },
        'a delivery broke off',
      );
    } finally {
      count(keys, -1);
      wake?.();
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const leases = await takeDue(store, [...byId.keys()], concurrency * 2, owner, [], book.outbox, room()).catch((error: Error) => {
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
          await markCircuit(tx, report.connectorId, report.operation, 'CLOSED', book.outbox); // breakers start closed in a new process
        }
      });
      loop = run();
    },
    onBreaker(report) {
      log.info({ ...report }, 'breaker changed');
      circuits.set(`${report.connectorId} ${report.operation}`, report.state);
      budget?.circuit(report);
      // One after the other: changes come within milliseconds, and the last one must be what stays.
      const done: Promise<void> = (written = written
        .then(() =>
          store.transaction(async (tx) => {
            await writeBreaker(tx, report);
            await markCircuit(tx, report.connectorId, report.operation, report.state, book.outbox);
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
