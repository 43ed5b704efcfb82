// Two sources of one bank, each with a topic and a consumer of its own: their business dates are opened together, and the world is the same.
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { createIntake } from '../../src/events/intake.js';
import { generateBook } from '../../src/sandbox/book/generate.js';
import { differing } from '../../src/storage/digest.js';
import type { Store } from '../../src/storage/store.js';
import type { Message } from '../../src/sandbox/book/play.js';
import { digest, intakeOf, openKafkaWorld, play, readWhole, silent, smallBook, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';

let world: KafkaWorld;
beforeAll(async () => {
  world = await openKafkaWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const days = () => generateBook({ ...smallBook, months: 3 });
const topics = ['retail', 'wholesale'];
const sourceOf = (store: Store, topic: string) =>
  createIntake({
    store,
    brokers: world.brokers,
    topics: [topic],
    otherTopics: topics.filter((each) => each !== topic),
    groupId: `test-${topic}`,
    format: createCanonicalFormat(),
    dayPatienceMs: 30_000,
    log: silent,
    onFatal: () => {},
  });

it('comes to the same digest as one source that sends everything', async () => {
  const one = await world.database();
  const all = await world.publisher('everything', 2);
  await play(all, 2, { days: days() });
  const single = intakeOf(world, one.store, 'everything');
  await single.start();
  await readWhole(single);
  await single.stop();

  const two = await world.database();
  const [retail, wholesale] = [await world.publisher('retail', 2), await world.publisher('wholesale', 2)];
  const isRetail = ({ key }: Message) => key === null || Buffer.from(key).reduce((sum, byte) => sum + byte, 0) % 2 === 0;
  const send = async (messages: Message[]) => {
    await retail.send(messages.filter(isRetail));
    await wholesale.send(messages.filter((each) => each.key === null || !isRetail(each)));
  };
  await play({ ...retail, send: send as typeof retail.send }, 2, { days: days() });
  const [first, second] = [sourceOf(two.store, 'wholesale'), sourceOf(two.store, 'retail')];
  await first.start();
  await until(
    'one of them has announced a business date',
    async () => (await two.store.transaction((tx) => tx.query('select from partition_date where topic = $1', ['wholesale']))).length === 2,
  );
  await second.start();
  await Promise.all([readWhole(first), readWhole(second)]);
  await Promise.all([first.stop(), second.stop()]);

  const facts = (store: Store) => store.transaction((tx) => tx.query<{ topic: string }>('select distinct topic from progress order by 1'));
  expect((await facts(two.store)).map(({ topic }) => topic)).toEqual(topics);
  expect(differing(await digest(one.store), await digest(two.store))).toEqual([]);
}, 240_000);
