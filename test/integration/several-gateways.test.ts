// Three gateway processes share the partitions of one group: killed, stopped, started again and joined late, they come to the world of a single one.
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { randomOf } from '../../src/sandbox/book/random.js';
import { ask, businessDateIn, recordedIn } from '../chaos/look.js';
import { gatewaySettings, supervise, type Supervised } from '../chaos/supervised.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { digest, intakeOf, openKafkaWorld, play, readWhole, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';

let world: KafkaWorld;
const partitions = 6;
const gateways: Supervised[] = [];
const book = { ...demoBook, borrowers: 60, loans: 90, months: 3, until: '2026-03-31' };

/** What each assignment gave one process, by the lines of its log. */
const assignmentsOf = (gateway: Supervised): number[][] =>
  gateway
    .said()
    .split('\n')
    .filter((line) => line.includes('partitions were assigned'))
    .map((line) => Object.values((JSON.parse(line) as { partitions: Record<string, number[]> }).partitions).flat());

beforeAll(async () => {
  world = await openKafkaWorld();
}, 120_000);
afterAll(async () => {
  await Promise.all(gateways.map((each) => each.stop()));
  await world?.stop();
}, 90_000);

it('loses and doubles nothing while partitions go from one process to another', async () => {
  const alone = await world.database();
  const shared = await world.database();
  const publisher = await world.publisher('loans', partitions);
  await play(publisher, partitions, { days: generateBook(book) });
  const intake = intakeOf(world, alone.store, 'loans');
  await intake.start();
  await readWhole(intake);
  await until('the last day is opened', async () => (await businessDateIn(alone.url)) === '2026-04-01');
  await intake.stop();
  const whole = await recordedIn(alone.url);

  const start = async () => {
    const port = await freePort(0);
    const settings = { url: shared.url, brokers: world.brokers, topic: 'loans', group: 'shared', port, logLevel: 'info' };
    gateways.push(supervise(gatewaySettings(settings)));
  };
  await start();
  await start();
  const random = randomOf(3, 'kills');
  const recorded = (share: number) =>
    until(`${share * 100} % are recorded`, async () => ((await recordedIn(shared.url)) ?? 0) >= whole! * share, 90_000);
  await recorded(0.1);
  await start();
  await until('three processes have partitions', async () => gateways.every((each) => assignmentsOf(each).at(-1)?.length), 60_000);
  for (const [share, signal] of [
    [0.25, 'SIGKILL'],
    [0.45, 'SIGTERM'],
    [0.6, 'SIGKILL'],
    [0.75, 'SIGTERM'],
  ] as const) {
    await recorded(share);
    await gateways[random.int(0, 2)]!.kill(signal);
  }
  await until(
    'all is recorded and the last day opened',
    async () => (await recordedIn(shared.url)) === whole && (await businessDateIn(shared.url)) === '2026-04-01',
    120_000,
  );

  const [a, b] = [await digest(alone.store), await digest(shared.store)];
  expect(Object.keys(a.tables).filter((table) => a.tables[table]!.sha256 !== b.tables[table]!.sha256)).toEqual([]);
  expect(gateways.flatMap(({ unasked }) => unasked)).toEqual([]);
  expect(await ask(shared.url, 'select fact_id from event_log group by source, fact_id having count(*) > 1')).toEqual([]);
  // None of the three only stood by.
  for (const each of gateways) expect(assignmentsOf(each).some((own) => own.length > 0 && own.length < partitions)).toBe(true);
  const admin = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups(['shared']);
  await admin.disconnect();
  expect(groups[0]!.members.length).toBeGreaterThanOrEqual(2);
}, 400_000);
