// Kafka's note of the offset is only a hint: ahead of the database, behind it or gone, every message is recorded once, and the intake never stands still.
import { Kafka, logLevel } from 'kafkajs';
import { PartitionQueue } from '../../src/events/partition-queue.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { intakeOf, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';
import type { Store } from '../../src/storage/store.js';

let world: KafkaWorld;
const events = [...generateBook({ ...demoBook, borrowers: 30, loans: 40, months: 3, until: '2025-11-30' })]
  .flatMap((day) => day.events)
  .map(({ key, event }) => ({ key, value: JSON.stringify({ ...event, businessdate: '2025-11-30' }), partition: 0 }));
const recorded = async (store: Store) =>
  Number(
    (await store.transaction((tx) => tx.query<{ count: string }>(`select count(*) from event_log where type not like 'BusinessDate%'`)))[0]!
      .count,
  );

beforeAll(async () => {
  world = await openKafkaWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it('records what a database lacks that was restored from before what Kafka notes as read', async () => {
  const { store } = await world.database();
  const publisher = await world.publisher('restored', 1);
  await publisher.send(events);
  const admin = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.setOffsets({ groupId: 'test-restored', topic: 'restored', partitions: [{ partition: 0, offset: '25' }] });
  await admin.disconnect();
  const intake = intakeOf(world, store, 'restored');
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  expect(await recorded(store)).toBe(events.length);
}, 90_000);

it('goes on behind more known messages than may wait, when Kafka has forgotten the group', async () => {
  const { store } = await world.database();
  const publisher = await world.publisher('forgotten', 1);
  const known = 45_000;
  for (let sent = 0; sent < known; sent += 15_000)
    await publisher.send(Array.from({ length: 15_000 }, () => ({ key: null, value: 'known', partition: 0 })));
  await store.transaction((tx) =>
    tx.query(`insert into progress (topic, partition, next_offset) values ('forgotten', 0, $1)`, [String(known)]),
  );
  const intake = intakeOf(world, store, 'forgotten');
  await intake.start();
  await until('the group is joined', async () => intake.joined());
  await publisher.send(events);
  await until('what came after is recorded', async () => (await recorded(store)) === events.length, 20_000); // sooner than a rebalance would help
  await intake.stop();
}, 90_000);

it('takes no request into a queue that would leave a gap, and nothing twice', () => {
  const queue = new PartitionQueue({ topic: 'loans', partition: 0 });
  const from = (first: number, count: number) => ({
    fetchedOffset: String(first),
    messages: Array.from({ length: count }, (_, i) => ({ offset: String(first + i) })) as never[],
  });
  expect(queue.push(from(10, 5))).toHaveLength(5);
  expect(queue.push(from(20, 5))).toEqual({ missing: 15n });
  expect(queue.push(from(12, 5))).toEqual([{ offset: '15' }, { offset: '16' }]);
  expect(queue.from).toBe(10n);
  expect(queue.size).toBe(7);
});
