// Answers that are lost after the work is done: each outcome is found out by look-up, and nothing is sent twice.
import type { Connector } from '../../connectors/contract.js';
import { defaultBudget } from '../../src/delivery/retry-budget.js';
import { eager, until } from '../support/partner-world.js';
import { wrongOf, type Check } from './check.js';
import { owe } from './owed.js';

const sizes = { full: 1_000, quick: 300, short: 40 };
const partner = 'lotus-recovery';

export const unknownOutcomes: Check = {
  name: 'unknown-outcomes',
  promise: 'an outcome that nobody knows is looked up, never sent again blindly',
  async run(size, _, open) {
    const count = sizes[size];
    const world = await open();
    try {
      const caseIds = [await world.newCase(), await world.newCase()];
      const sends = new Map<string, number>();
      let lookUps = 0;
      const counted = (connector: Connector): Connector => ({
        ...connector,
        operations: Object.fromEntries(
          Object.entries(connector.operations).map(([name, operation]) => [
            name,
            (order, call) => {
              sends.set(call.deliveryId, (sends.get(call.deliveryId) ?? 0) + 1);
              return operation(order, call);
            },
          ]),
        ),
        lookUp: (operation, call) => (lookUps++, connector.lookUp(operation, call)),
      });
      await world.fault(partner, { dropAnswers: true });
      const limits = { concurrency: 8, volumeThreshold: 20, errorThresholdPercent: 50, rollingWindowMs: 5_000, resetMs: 200 };
      const delivery = await world.deliver({
        only: partner,
        limits,
        retries: eager,
        around: counted,
        budget: { ...defaultBudget, windowMs: 1_000 },
      });
      const half = Math.floor(count / 2);
      const ids = await owe(
        world.store,
        caseIds,
        Array.from({ length: half }, () => [partner, 'placeCase'] as const),
      );
      await until(async () => (await world.ledger(partner)).length >= Math.min(half, 10), 'work was done whose answer was lost');
      await world.fault(partner, { dropAfterEffect: true, rate: 0.4 }); // look-ups are answered again; further answers are lost
      ids.push(
        ...(await owe(
          world.store,
          caseIds,
          Array.from({ length: count - half }, () => [partner, 'placeCase'] as const),
        )),
      );
      await until(
        async () => (await world.rows(`select 1 from handoff where id = any($1) and state <> 'ACCEPTED' limit 1`, ids)).length === 0,
        'all are accepted',
        120_000,
      );
      await delivery.stop();
      await world.fault(partner, null);
      const mine = new Set(ids);
      const ledger = (await world.ledger(partner)).filter(({ deliveryId }) => mine.has(deliveryId));
      const missing = ids.filter((id) => !ledger.some(({ deliveryId }) => deliveryId === id)).length;
      const twice = [...sends.values()].filter((times) => times > 1).length;
      return {
        figures: { deliveries: count, effects: ledger.length, lookUps, sentTwice: twice, missing },
        wrong: wrongOf(
          [twice > 0, `${twice} were sent twice`],
          [ledger.length !== count, `there are ${ledger.length} effects of ${count} deliveries`],
          [missing > 0, `${missing} are missing`],
          [lookUps < count / 4, `only ${lookUps} look-ups were made: the fault did not bite`],
        ),
      };
    } finally {
      await world.stop();
    }
  },
};
