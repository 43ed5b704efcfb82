// A real gateway process is killed again and again while it hands over: every partner has each delivery exactly once.
import { randomOf } from '../../src/sandbox/book/random.js';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { gatewaySettings, supervise } from '../chaos/supervised.js';
import { secret, until } from '../support/partner-world.js';
import { wrongOf, type Check } from './check.js';
import { firstOrders, owe } from './owed.js';

const sizes = { full: { handoffs: 5_000, kills: 50 }, quick: { handoffs: 600, kills: 8 }, short: { handoffs: 60, kills: 1 } };
const callMs = 700; // a lease lasts four times as long: what a killed process held is looked up then

export const killed: Check = {
  name: 'killed',
  promise: 'a gateway that is killed while it hands over loses nothing and does nothing twice',
  async run(size, say, open) {
    const { handoffs, kills } = sizes[size];
    const world = await open();
    const port = await freePort(0);
    const partners = Object.fromEntries(
      [...new Set(firstOrders.map(([id]) => id))].flatMap((id) => {
        const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
        return Object.entries({ URL: world.partnerUrl(id), CLIENT_ID: 'casegraph', CLIENT_SECRET: 'pretend', WEBHOOK_SECRETS: secret }).map(
          ([name, value]) => [`${prefix}_${name}`, value],
        );
      }),
    );
    const settings = gatewaySettings({ url: world.url, brokers: ['127.0.0.1:1'], topic: 'none', group: 'none', port, logLevel: 'silent' });
    const gateway = supervise({
      ...settings,
      ...partners,
      RETRY_CALL_MS: String(callMs),
      RETRY_BASE_MS: '100',
      RETRY_CAP_MS: '1000',
      BREAKER_RESET_MS: '500',
      BREAKER_WINDOW_MS: '5000',
    });
    try {
      const random = randomOf(handoffs, 'killed');
      const cases: string[] = [];
      for (let i = 0; i < 50; i++) cases.push(await world.newCase());
      const ids: string[] = [];
      const oweSome = async (count: number) =>
        ids.push(
          ...(await owe(
            world.store,
            cases,
            Array.from({ length: count }, (_, i) => firstOrders[(ids.length + i) % firstOrders.length]!),
          )),
        );
      const countOf = async (condition: string) =>
        Number((await world.rows(`select count(*) from handoff where id = any($1) and ${condition}`, ids))[0].count);
      const settled = () => countOf(`state in ('ACCEPTED', 'REFUSED')`);
      let killedSending = 0;
      const slow = kills === 1 ? { latencyMs: 250 } : null;
      for (const [id] of firstOrders) await world.fault(id, slow);
      for (let kill = 0; kill < kills; kill++) {
        const before = await settled();
        await oweSome(Math.floor(handoffs / (kills + 1)));
        await until(async () => (await settled()) > before, `something was handed over before kill ${kill + 1}`, 60_000);
        // Somewhere in a batch, not always after one; where there is one kill alone, it has to hit.
        if (kills === 1) await until(async () => (await countOf(`state = 'SENDING'`)) > 0, 'something is being handed over', 60_000);
        else await new Promise((next) => setTimeout(next, random.int(0, 150)));
        await gateway.kill('SIGKILL');
        killedSending += await countOf(`state in ('SENDING', 'UNKNOWN') and lease_until > now()`);
        if (kill % 10 === 9) say(`${kill + 1} of ${kills} kills`);
      }
      for (const [id] of firstOrders) await world.fault(id, null);
      await oweSome(handoffs - ids.length);
      await until(async () => (await settled()) === handoffs, `all ${handoffs} are answered`, 300_000);
      const ledgers = await Promise.all([...new Set(firstOrders.map(([id]) => id))].map((id) => world.ledger(id)));
      const mine = new Set(ids);
      const effects = ledgers.flatMap((each) => each.map(({ deliveryId }) => deliveryId)).filter((id) => mine.has(id));
      const there = new Set(effects);
      const missing = ids.filter((id) => !there.has(id)).length;
      const refused = await countOf(`state = 'REFUSED'`);
      return {
        figures: { handoffs, kills, killedSending, effects: effects.length, missing, doubled: effects.length - there.size, refused },
        wrong: wrongOf(
          [missing > 0, `${missing} are in no ledger`],
          [effects.length !== handoffs, `the ledgers hold ${effects.length} effects of ${handoffs} hand-overs`],
          [effects.length !== there.size, `${effects.length - there.size} are there twice`],
          [refused > 0, `${refused} were refused`],
          [killedSending === 0, 'no kill hit a hand-over under way: the check shows nothing'],
          [gateway.unasked.length > 0, `the gateway ended by itself: ${gateway.unasked[0]?.words ?? ''}`],
        ),
      };
    } finally {
      await gateway.stop();
      await world.stop();
    }
  },
};
