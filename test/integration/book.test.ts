// The whole way in, over real Kafka: the same book makes the same world, however often, in whatever order and with whatever accidents it comes.
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { redriveParked } from '../../src/actions/redrive-parked.js';
import { replay } from '../../src/actions/replay.js';
import { readAlone } from '../../src/events/read-batch.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { differing, type Digest } from '../../src/storage/digest.js';
import type { Store } from '../../src/storage/store.js';
import { digest, intakeOf, lastDate, openKafkaWorld, play, readWhole, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';

let world: KafkaWorld;
let first: { store: Store; url: string; digest: Digest };
const rows = <Row extends object>(store: Store, text: string) => store.transaction((tx) => tx.query<Row>(text));

beforeAll(async () => {
  world = await openKafkaWorld();
  const { store, url } = await world.database();
  const publisher = await world.publisher('first', 3);
  const intake = intakeOf(world, store, 'first');
  await intake.start();
  await play(publisher, 3);
  await readWhole(intake);
  await intake.stop();
  first = { store, url, digest: await digest(store) };
}, 240_000);
afterAll(() => world?.stop(), 60_000);

it('makes cases, reminders, flags and eligibility out of a book', async () => {
  const [day] = await rows<{ business_date: string }>(first.store, 'select business_date::text from business_day');
  expect(day!.business_date).toBe(lastDate);
  const [counts] = await rows<Record<string, string>>(
    first.store,
    `select (select count(*) from loan) as loans, (select count(*) from recovery_case where status = 'OPEN') as open, (select count(*) from recovery_case where status = 'CLOSED') as closed,
       (select count(*) from handoff where operation = 'sendReminder') as reminders, (select count(*) from bureau_flag) as flags, (select count(*) from recovery_case where legal_eligible) as eligible`,
  );
  expect(Number(counts!['loans'])).toBe(90);
  expect(Object.entries(counts!).filter(([, count]) => Number(count) === 0)).toEqual([]);
});

it('crosses each threshold of an episode once', async () => {
  expect(await rows(first.store, 'select loan_id, episode, days from threshold_crossing group by 1, 2, 3 having count(*) > 1')).toEqual([]);
  expect(
    await rows(
      first.store,
      `select case_id, data->>'loanId' as loan, data->>'episode' as episode, data->>'days' as days from timeline_entry where type = 'THRESHOLD_CROSSED' group by 1, 2, 3, 4 having count(*) > 1`,
    ),
  ).toEqual([]);
});

it('has one open case a borrower at most', async () => {
  expect(await rows(first.store, `select borrower_id from recovery_case where status = 'OPEN' group by 1 having count(*) > 1`)).toEqual([]);
});

it('is folded again from its log to the same digest', async () => {
  const scratch = await openScratchStore(first.url, 'again');
  try {
    await first.store.snapshot((log) => replay(log, scratch, () => {}));
    expect(differing(first.digest, await digest(scratch))).toEqual([]);
  } finally {
    await scratch.close();
  }
}, 120_000);

it('changes nothing when the book is played a second time', async () => {
  const publisher = await world.publisher('first', 3);
  await play(publisher, 3);
  const intake = intakeOf(world, first.store, 'first');
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  expect(differing(first.digest, await digest(first.store))).toEqual([]);
}, 120_000);

it('scenario 18 (I-12): comes to the same digest with every message twice, spread over other partitions in another order', async () => {
  const { store } = await world.database();
  const publisher = await world.publisher('shuffled', 5);
  const intake = intakeOf(world, store, 'shuffled');
  await intake.start();
  await play(publisher, 5, { duplicate: true, shuffle: 7 });
  await readWhole(intake);
  await intake.stop();
  expect(differing(first.digest, await digest(store))).toEqual([]);
}, 180_000);

it('comes to the same digest when intakes are stopped and started in the middle of the book', async () => {
  const { store } = await world.database();
  const publisher = await world.publisher('interrupted', 3);
  await play(publisher, 3);
  const reached = async (date: string) =>
    ((await rows<{ business_date: string }>(store, 'select business_date::text from business_day'))[0]?.business_date ?? '') >= date;
  for (const date of ['2025-10-15', '2025-12-10', '2026-02-20']) {
    const intake = intakeOf(world, store, 'interrupted');
    await intake.start();
    await until(`the business date ${date}`, () => reached(date));
    await intake.stop();
  }
  const intake = intakeOf(world, store, 'interrupted');
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  expect(differing(first.digest, await digest(store))).toEqual([]);
}, 180_000);

it('parks what it cannot read with its reason, applies the rest, and reads it again when it is mended', async () => {
  const { store } = await world.database();
  const publisher = await world.publisher('malformed', 3);
  const intake = intakeOf(world, store, 'malformed');
  await intake.start();
  const spoilt = await play(publisher, 3, { malformed: 0.02 });
  await readWhole(intake);
  await intake.stop();
  expect(spoilt.length).toBeGreaterThan(3);
  const parked = await rows<{ id: string; reason: string; raw: Buffer; key: Buffer }>(
    store,
    'select id, reason, raw, key from parked_message',
  );
  expect(parked.length).toBe(spoilt.length);
  for (const { reason } of parked) expect(reason).toMatch(/^(NOT_JSON|ENVELOPE \/\w+ must)/);
  const [counts] = await rows<{ facts: string }>(store, `select count(*) as facts from event_log where type not like 'BusinessDate%'`);
  const [all] = await rows<{ facts: string }>(first.store, `select count(*) as facts from event_log where type not like 'BusinessDate%'`);
  expect(Number(counts!.facts)).toBe(Number(all!.facts) - spoilt.length);

  const format = createCanonicalFormat();
  const read = (message: Parameters<typeof readAlone>[0]) => readAlone(message, format);
  expect(await redriveParked(store, read, null)).toEqual({ redriven: 0, stillParked: spoilt.length });
  const good = new Map<string, Buffer>();
  for (const { id, raw } of parked) {
    const said = raw.toString();
    const same = spoilt.find(({ value }) => said.includes(/"id":"([^"]+)"/.exec(value)![1]!));
    good.set(id, Buffer.from(same!.value));
  }
  expect(await redriveParked(store, read, null, good)).toEqual({ redriven: spoilt.length, stillParked: 0 });
  const [after] = await rows<{ facts: string }>(store, `select count(*) as facts from event_log where type not like 'BusinessDate%'`);
  expect(after!.facts).toBe(all!.facts);
  // What is folded from facts alone is as if nothing had been amiss.
  const mended = await digest(store);
  for (const table of ['borrower', 'repayment', 'collateral', 'instalment'])
    expect([table, mended.tables[table]]).toEqual([table, first.digest.tables[table]]);
}, 180_000);
