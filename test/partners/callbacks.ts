// Callbacks: told again and out of order they have no more effect, spoilt in any part they have none, and no partner reaches another's deliveries.
import { instructLawFirm } from '../../src/actions/instruct-law-firm.js';
import { randomOf } from '../../src/sandbox/book/random.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { counsel, secret, type World } from '../support/partner-world.js';
import { inParallel, wrongOf, type Check, type Outcome } from './check.js';
import { firstOrders, owe } from './owed.js';
import { hangUp, newsOf, signed, tell, type Told } from './tell.js';

const firm = 'harbor-legal';
const types = ['matter.accepted', 'matter.demandSent', 'matter.filed', 'matter.hearingScheduled', 'matter.judgmentGiven'];

async function inWorld(open: () => Promise<World>, work: (world: World) => Promise<Outcome>): Promise<Outcome> {
  const world = await open();
  try {
    return await work(world);
  } finally {
    hangUp();
    await world.stop();
  }
}

/** All that callbacks change, as one text. */
async function standOf(world: World): Promise<string> {
  const [row] = await world.rows(
    `select (select count(*) from event_log) as facts, (select count(*) from callback_receipt) as receipts, (select count(*) from timeline_entry) as entries, (select count(*) from matter_step) as steps,
       (select coalesce(sum(version), 0) from recovery_case) as versions, (select md5(coalesce(string_agg(id || state, ',' order by id), '')) from handoff) as handoffs,
       (select md5(coalesce(string_agg(id || state, ',' order by id), '')) from legal_matter) as matters`,
  );
  return JSON.stringify(row);
}

async function instruct(world: World): Promise<string> {
  const caseId = await world.newCase();
  const outcome = await instructLawFirm(world.store, { actor: counsel, caseId, idempotencyKey: caseId, lawFirmId: firm });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.done['handoffId']!;
}

export const replays: Check = {
  name: 'replays',
  promise: 'callbacks that are told again, in any order, have no more effect',
  run: (size, _, open) =>
    inWorld(open, async (world) => {
      const count = { full: 10_000, quick: 2_000, short: 200 }[size];
      const random = randomOf(1, 'replays');
      const deliveries: string[] = [];
      for (let i = 0; i < { full: 100, quick: 40, short: 6 }[size]; i++) deliveries.push(await instruct(world));
      const news = deliveries.flatMap((delivery) =>
        types.map((type, i) => ({ id: `msg_${delivery}_${i}`, body: newsOf(firm, type, delivery, i + 1), delivery })),
      );
      const shuffled = <T>(all: readonly T[]): T[] =>
        all
          .map((each) => ({ each, at: random.next() }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
      // Half of the deliveries are told in their order, the others in any: both have to come to the same.
      const inOrder = new Set(deliveries.filter((_, i) => i % 2));
      for (const each of news.filter(({ delivery }) => inOrder.has(delivery)))
        await tell(world.gatewayUrl, signed(firm, each.id, each.body));
      await inParallel(shuffled(news.filter(({ delivery }) => !inOrder.has(delivery))), 8, ({ id, body }) =>
        tell(world.gatewayUrl, signed(firm, id, body)),
      );
      const states = await world.rows<{ state: string }>(
        'select distinct state, preservation from legal_matter where handoff_id = any($1)',
        deliveries,
      );
      const before = await standOf(world);
      const outcomes: Record<string, number> = {};
      const again = Array.from({ length: count }, () => random.pick(news));
      await inParallel(again, 16, async ({ id, body }, i) => {
        // As a partner tries again: at once with the same headers, or later with a new timestamp.
        const at = i % 2 ? new Date() : new Date(Date.now() - random.int(0, 250) * 1000);
        const { status, said } = await tell(world.gatewayUrl, signed(firm, id, body, { at }));
        outcomes[`${status} ${said}`] = (outcomes[`${status} ${said}`] ?? 0) + 1;
      });
      const after = await standOf(world);
      return {
        figures: {
          replays: count,
          of: news.length,
          extraEffects: before === after ? 0 : 1,
          outcomes: JSON.stringify(outcomes),
          states: states.map(({ state }) => state).join(),
        },
        wrong: wrongOf(
          [before !== after, `replays had effects: ${before} became ${after}`],
          [states.length !== 1, `orders came to different states: ${states.map(({ state }) => state).join()}`],
          [outcomes['200 seenBefore'] !== count, `not each was known: ${JSON.stringify(outcomes)}`],
        ),
      };
    }),
};

export const tampered: Check = {
  name: 'tampered',
  promise: 'a callback that is changed in any bit, stale, or signed by another or a former key is refused',
  run: (size, _, open) =>
    inWorld(open, async (world) => {
      const count = { full: 10_000, quick: 2_000, short: 300 }[size];
      const random = randomOf(2, 'tampered');
      const delivery = await instruct(world);
      const former = `whsec_${Buffer.from('the secret of last year!').toString('base64')}`;
      const flip = (text: string): string => {
        const at = random.int(0, text.length - 1);
        const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.int(0, 6)));
        // What HTTP does not carry in a header, or takes away at its ends, is no change that could arrive.
        return /^[\x21-\x7e]$/.test(changed) ? text.slice(0, at) + changed + text.slice(at + 1) : flip(text);
      };
      const good = (n: number) => signed(firm, `msg_t${n}`, newsOf(firm, 'matter.accepted', delivery, 1));
      const spoil: readonly ((n: number) => Told)[] = [
        (n) => {
          const told = good(n);
          const body = Buffer.from(told.body);
          body[random.int(0, body.length - 1)]! ^= 1 << random.int(0, 7);
          return { ...told, body };
        },
        (n) => ({ ...good(n), body: Buffer.concat([good(n).body, Buffer.from(random.pick([' ', '\n', '\0', '}']))]) }),
        (n) => ({ ...good(n), id: flip(good(n).id) }),
        (n) => ({ ...good(n), timestamp: flip(good(n).timestamp) }),
        (n) => ({ ...good(n), timestamp: random.pick(['0', '+', '']) + good(n).timestamp + random.pick(['0', 'x', '.0', 'e0']) }),
        (n) => ({ ...good(n), signature: flip(good(n).signature) }),
        (n) => ({ ...good(n), signature: random.pick(['v1,', 'v1', 'v1a,AAAA', ',', 'v1,AAAA v1,BBBB']) }),
        (n) => signed(firm, `msg_t${n}`, good(n).body.toString(), { key: former }),
        (n) => signed(firm, `msg_t${n}`, good(n).body.toString(), { at: new Date(Date.now() - random.int(301, 90_000) * 1000) }),
        (n) => signed(firm, `msg_t${n}`, good(n).body.toString(), { at: new Date(Date.now() + random.int(310, 90_000) * 1000) }),
      ];
      const before = await standOf(world);
      const statuses: Record<string, number> = {};
      let accepted = 0;
      const all = Array.from({ length: count }, (_, n) => spoil[n % spoil.length]!(n));
      await inParallel(all, 16, async (told) => {
        const { status } = await tell(world.gatewayUrl, told);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status < 300) accepted++;
      });
      const after = await standOf(world);
      const control = await tell(world.gatewayUrl, signed(firm, 'msg_good', newsOf(firm, 'matter.accepted', delivery, 1), { key: secret }));
      return {
        figures: { tampered: count, accepted, statuses: JSON.stringify(statuses) },
        wrong: wrongOf(
          [accepted > 0, `${accepted} were accepted`],
          [before !== after, 'something was changed by what was refused'],
          [control.status !== 200, 'what was not changed is refused too: the check shows nothing'],
        ),
      };
    }),
};

export const matrix: Check = {
  name: 'matrix',
  promise: "no partner's callback reaches another partner's delivery",
  run: (size, _, open) =>
    inWorld(open, async (world) => {
      const rounds = { full: 20, quick: 5, short: 1 }[size];
      const cases = [await world.newCase(), await world.newCase()];
      let [pairs, crossed, own, n] = [0, 0, 0, 0];
      const wrong: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const deliveries = await owe(world.store, cases, firstOrders);
        const before = await standOf(world);
        for (const { id: partner, steps } of partnerSpecs)
          for (const [i, delivery] of deliveries.entries()) {
            if (firstOrders[i]![0] === partner) continue;
            for (const type of size === 'full' ? steps : steps.slice(0, 2)) {
              pairs++;
              const { status } = await tell(world.gatewayUrl, signed(partner, `msg_x${++n}`, newsOf(partner, type, delivery, 1)));
              if (status !== 404) {
                crossed++;
                wrong.push(`${partner} was answered ${status} to ${type} of a delivery of ${firstOrders[i]![0]}`);
              }
            }
          }
        if ((await standOf(world)) !== before) wrong.push('something was written by a partner whose it was not');
        for (const [i, delivery] of deliveries.entries()) {
          const [partner] = firstOrders[i]!;
          const { steps } = partnerSpecs.find(({ id }) => id === partner)!;
          const { status } = await tell(world.gatewayUrl, signed(partner, `msg_o${++n}`, newsOf(partner, steps[0]!, delivery, 1)));
          if (status === 200) own++;
          else wrong.push(`${partner} was answered ${status} to its own delivery`);
        }
      }
      return { figures: { pairs, crossWrites: crossed, own }, wrong: wrong.slice(0, 20) };
    }),
};
