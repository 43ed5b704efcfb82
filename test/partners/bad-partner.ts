// One partner fails in every way for minutes: the other does not notice, the failing one is not asked more than it was offered, and nothing is lost or doubled.
import type { BreakerLimits, Connector } from '../../connectors/contract.js';
import { defaultBudget } from '../../src/delivery/retry-budget.js';
import { until } from '../support/partner-world.js';
import { quantile, wrongOf, type Check } from './check.js';
import { owe } from './owed.js';

const [bad, good] = ['harbor-legal', 'merdeka-law'];
const limits: BreakerLimits = {
  concurrency: 8,
  volumeThreshold: 10,
  errorThresholdPercent: 50,
  rollingWindowMs: 20_000,
  resetMs: 5_000,
  slowMs: 1_000,
};
const retries = { baseMs: 200, capMs: 5_000, mostAttempts: 1_000, callMs: 3_000 };
const faults = [
  { status: 503, rate: 0.5 },
  { latencyMs: 10_000 },
  { halfOpen: true },
  { status: 500, rate: 0.5 },
  { status: 500, rate: 0.5, latencyMs: 10_000 },
  { halfOpen: true, rate: 0.5 },
];
/** Nobody listens to their news here, and what waits to be told again is memory of theirs. */
const quiet = { noRetry: true };
const sizes = {
  full: { calmMs: 60_000, badMs: 300_000, perSecond: 10, turnMs: 10_000 },
  quick: { calmMs: 15_000, badMs: 40_000, perSecond: 10, turnMs: 4_000 },
  short: { calmMs: 1_000, badMs: 2_400, perSecond: 30, turnMs: 400 },
};
/** A tail of a few seconds is the chance of a few polls; within the tests of every day it is no measure at all. */
const allowed = { full: 1.2, quick: 1.5, short: Infinity };

export const badPartner: Check = {
  name: 'bad-partner',
  promise: 'a partner at 50 % 5xx, 10 s latency and half-open sockets leaves the others alone',
  async run(size, say, open) {
    const { calmMs, badMs, perSecond, turnMs } = sizes[size];
    const world = await open();
    try {
      const cases: string[] = [];
      for (let i = 0; i < 50; i++) cases.push(await world.newCase());
      let calls = 0;
      const counted = (connector: Connector): Connector =>
        connector.id === bad
          ? {
              ...connector,
              operations: Object.fromEntries(
                Object.entries(connector.operations).map(([name, operation]) => [name, (order, call) => (calls++, operation(order, call))]),
              ),
              lookUp: (operation, call) => (calls++, connector.lookUp(operation, call)),
            }
          : connector;
      const resetMs = size === 'short' ? 500 : limits.resetMs;
      // With its budget spent and nothing new offered, a partner that is healed waits for the window to pass.
      const budget = size === 'short' ? { ...defaultBudget, windowMs: 3_000 } : defaultBudget;
      const delivery = await world.deliver({ limits: { ...limits, resetMs }, retries, around: counted, budget });
      const offered = { [bad]: [] as string[], [good]: [] as string[] };
      /** Both are owed in step, as many a second. */
      async function offer(ms: number, during?: (elapsedMs: number) => Promise<void>): Promise<void> {
        const from = performance.now();
        for (let n = 0; performance.now() - from < ms; n++) {
          await during?.(performance.now() - from);
          for (const id of [bad, good] as const) offered[id]!.push(...(await owe(world.store, cases, [[id, 'placeClaim']])));
          const dueMs = ((n + 1) * 1000) / perSecond - (performance.now() - from);
          if (dueMs > 0) await new Promise((next) => setTimeout(next, dueMs));
        }
      }
      const settled = (ids: readonly string[]) =>
        until(
          async () => (await world.rows(`select 1 from handoff where id = any($1) and state <> 'ACCEPTED' limit 1`, ids)).length === 0,
          `${ids.length} are accepted`,
          180_000,
        );
      const p99Of = async (ids: readonly string[]) =>
        quantile(
          (await world.rows(`select extract(epoch from answered_at - created_at) * 1000 as ms from handoff where id = any($1)`, ids)).map(
            ({ ms }) => Number(ms),
          ),
          0.99,
        );
      const heap = () => (globalThis.gc?.(), process.memoryUsage().heapUsed / 1_000_000);

      for (const id of [bad, good]) await world.fault(id, quiet);
      say(`both are well for ${calmMs / 1000} s`);
      await offer(calmMs);
      await settled([...offered[bad]!, ...offered[good]!]);
      const before = await p99Of(offered[good]!);
      const calm = { [bad]: offered[bad]!.length, [good]: offered[good]!.length };
      const heapBefore = heap();
      calls = 0;
      say(`${bad} fails for ${badMs / 1000} s`);
      let turn = -1;
      await offer(badMs, async (elapsed) => {
        const now = Math.floor(elapsed / turnMs);
        if (now === turn) return;
        turn = now;
        await world.fault(bad, { ...faults[turn % faults.length]!, ...quiet });
      });
      const offeredBad = offered[bad]!.length - calm[bad]!;
      const callsWhileBad = calls;
      const heapAfter = heap();
      await settled(offered[good]!.slice(calm[good]));
      const during = await p99Of(offered[good]!.slice(calm[good]));
      await world.fault(bad, quiet);
      const healed = performance.now();
      await settled(offered[bad]!);
      const secondsToHeal = Math.round((performance.now() - healed) / 100) / 10;
      await delivery.stop();
      const wanted = new Set(offered[bad]);
      const ledger = (await world.ledger(bad)).map(({ deliveryId }) => deliveryId).filter((id) => wanted.has(id));
      const missing = [...wanted].filter((id) => !ledger.includes(id)).length;
      const doubled = ledger.length - new Set(ledger).size;
      const ratio = during / before;
      return {
        figures: {
          offered: offeredBad,
          calls: callsWhileBad,
          callsPerOffered: Number((callsWhileBad / offeredBad).toFixed(3)),
          othersP99CalmMs: Math.round(before),
          othersP99Ms: Math.round(during),
          othersP99Ratio: Number(ratio.toFixed(3)),
          heapGrowthMB: Number((heapAfter - heapBefore).toFixed(1)),
          missing,
          doubled,
          secondsToHeal,
        },
        wrong: wrongOf(
          [callsWhileBad > 1.1 * offeredBad, `${bad} was called ${callsWhileBad} times for ${offeredBad} that were offered`],
          [ratio > allowed[size], `the p99 of ${good} is ${ratio.toFixed(2)} times what it was`],
          [!!globalThis.gc && heapAfter - heapBefore > 30, `the heap grew by ${(heapAfter - heapBefore).toFixed(1)} MB`],
          [missing > 0, `${missing} never reached ${bad}`],
          [doubled > 0, `${doubled} reached ${bad} twice`],
        ),
      };
    } finally {
      await world.stop();
    }
  },
};
