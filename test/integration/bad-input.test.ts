// Whatever comes over Kafka, the intake goes on: what cannot be believed is parked with a reason that names the field, and the good messages between are applied.
import kafkajs from 'kafkajs';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { redriveParked } from '../../src/actions/redrive-parked.js';
import { readAlone } from '../../src/events/read-batch.js';
import { markOf } from '../../src/sandbox/book/play.js';
import type { Store } from '../../src/storage/store.js';
import { intakeOf, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';

const { Kafka, logLevel, ConfigResourceTypes } = kafkajs;
const day = '2026-01-05';
const secret = 'geheim';
type Json = Record<string, unknown>;
let count = 0;

const event = (type: string, loan: string, data: Json, over: Json = {}): Json => ({
  specversion: '1.0',
  id: `event-${++count}`,
  source: '/test',
  type,
  time: `${day}T02:00:00Z`,
  tenantid: 'demo',
  aggregateid: `demo/core/${loan}`,
  sequence: String(count),
  businessdate: day,
  effectivedate: day,
  data,
  ...over,
});
const loan = (id: string, over: Json = {}, envelope: Json = {}) =>
  event(
    'LoanAccountSnapshotted',
    id,
    {
      loanAccountId: id,
      accountNo: id,
      borrowerId: 'B1',
      productId: 'PL',
      productClass: 'CONSUMER',
      jurisdiction: 'ID',
      currency: 'USD',
      status: 'ACTIVE',
      principal: '100.00',
      disbursedOn: '2025-12-01',
      installments: [{ installmentNumber: 1, dueDate: '2026-02-01', principal: { due: '100.00' } }],
      ...over,
    },
    envelope,
  );
const payment = (id: string, over: Json = {}, envelope: Json = {}) =>
  event(
    'LoanTransactionPosted',
    id,
    { transactionId: `T${count}`, kind: 'REPAYMENT', valueDate: day, postedDate: day, amount: '10.00', currency: 'USD', ...over },
    envelope,
  );
const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

/** What is sent, and what its reason begins with. */
const bad: [string, () => Json | Buffer | null, string][] = [
  ['a message of 20 MB', () => Buffer.alloc(20_000_000, 'x'), 'TOO_LARGE'],
  ['an empty message', () => Buffer.alloc(0), 'EMPTY'],
  ['a null value', () => null, 'EMPTY'],
  ['bytes that are no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'NOT_JSON'],
  ['JSON that is nested without end', () => Buffer.from(deep), 'ENVELOPE|NOT_JSON'],
  [
    'JSON that is nested without end in its data',
    () => Buffer.from(JSON.stringify(payment('G', {})).replace('"data":{', `"data":{"x":${deep},`)),
    'DATA|NOT_JSON',
  ],
  ['NaN for an amount', () => Buffer.from(JSON.stringify(payment('G')).replace('"10.00"', 'NaN')), 'NOT_JSON'],
  ['"NaN" for an amount', () => payment('G', { amount: 'NaN' }), 'DATA /amount'],
  ['a negative amount', () => payment('G', { amount: '-10.00' }), 'DATA /amount'],
  ['a number for an amount', () => payment('G', { amount: 10 }), 'DATA /amount'],
  ['an amount of 40 digits', () => payment('G', { amount: '9'.repeat(40) }), 'DATA /amount'],
  ['more decimals than the currency has', () => payment('G', { amount: '1.005' }), 'DATA /amount'],
  ['the value date 0000-00-00', () => payment('G', { valueDate: '0000-00-00' }), 'DATA /valueDate'],
  ['the value date 0000-01-01', () => payment('G', { valueDate: '0000-01-01' }), 'DATA /valueDate'],
  ['the value date 9999-12-31', () => payment('G', { valueDate: '9999-12-31' }), 'DATA /valueDate'],
  [
    'the due date 9999-12-31',
    () => loan('G', { installments: [{ installmentNumber: 1, dueDate: '9999-12-31', principal: { due: '1' } }] }),
    'DATA /installments/0/dueDate',
  ],
  ['the disbursal date 0000-01-01', () => loan('G', { disbursedOn: '0000-01-01' }), 'DATA /disbursedOn'],
  ['the effective date 9999-12-31', () => payment('G', {}, { effectivedate: '9999-12-31' }), 'DATA /effectivedate'],
  ['a sequence beyond 18 digits', () => payment('G', {}, { sequence: '9'.repeat(19) }), 'ENVELOPE /sequence'],
  ['a type that nobody knows', () => payment('G', {}, { type: secret }), 'UNKNOWN_TYPE'],
  ['a business date far ahead', () => payment('G', {}, { businessdate: '2031-01-01' }), 'BUSINESS_DATE_TOO_FAR'],
  ['a list where an object should be', () => loan('G', { installments: [[]] }), 'DATA /installments/0'],
  ['text with a zero character', () => loan('G', { accountNo: `${secret}\u0000` }), 'DATA /accountNo'],
  ['half a surrogate pair', () => loan('G', { accountNo: `${secret}\ud800` }), 'DATA /accountNo'],
];

let world: KafkaWorld;
let store: Store;
const rows = <Row extends object>(text: string, values: unknown[] = []) => store.transaction((tx) => tx.query<Row>(text, values));
let parked: { id: string; reason: string; offset: string }[];
const offsets = new Map<string, string>();

beforeAll(async () => {
  world = await openKafkaWorld();
  ({ store } = await world.database());
  const publisher = await world.publisher('bad', 1);
  const kafka = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: 'bad', configEntries: [{ name: 'max.message.bytes', value: '40000000' }] }],
  });
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const send = async (value: Json | Buffer | null): Promise<string> => {
    const bytes = value === null || Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
    const [sent] = await producer.send({ topic: 'bad', messages: [{ key: 'k', value: bytes, partition: 0 }] });
    return sent!.baseOffset!;
  };
  await send(markOf('demo', day, 0) as Json);
  await send(loan('G'));
  for (const [name, make] of bad) {
    offsets.set(name, await send(make()));
    await send(payment('G', { amount: '1.00' }));
  }
  await send(loan('CURRENCY'));
  await send(payment('CURRENCY', { currency: 'IDR', amount: '100.00' }));
  await send(loan('SUM', { principal: '120.00' }));
  await send(payment('WAITS'));
  await send(markOf('demo', '2026-01-06', 0) as Json);
  await producer.disconnect();
  await publisher.partitions();
  const intake = intakeOf(world, store, 'bad');
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  parked = await rows('select id, reason, message_offset::text as offset from parked_message');
}, 240_000);
afterAll(() => world?.stop(), 60_000);

it.each(bad)('parks %s with a reason that names the field and not its value', (name, _, reason) => {
  const found = parked.find(({ offset }) => offset === offsets.get(name));
  expect(found?.reason).toMatch(new RegExp(`^(${reason})`));
  expect(found?.reason).not.toContain(secret);
});

it('parks nothing else, and applies every good message between', async () => {
  expect(parked).toHaveLength(bad.length);
  const [found] = await rows<{ count: number }>(
    `select count(*)::int as count from event_log where aggregate_id = 'demo/core/G' and type = 'LoanTransactionPosted'`,
  );
  expect(found!.count).toBe(bad.length);
});

it('counts a transaction in another currency for nothing, doubts a schedule that does not sum, and keeps a transaction for its loan', async () => {
  const found = await rows<{ aggregate_id: string; result: string; doubts: string[] }>(
    `select aggregate_id, result, doubts from loan where aggregate_id <> 'demo/core/G' order by 1`,
  );
  expect(
    found.map(({ aggregate_id, result, doubts }) => [aggregate_id.split('/')[2], result, doubts.map((each) => each.split(' ')[0])]),
  ).toEqual([
    ['CURRENCY', 'CURRENT', ['CURRENCY_DIFFERS']],
    ['SUM', 'CURRENT', ['SCHEDULE_DOES_NOT_SUM']],
    ['WAITS', 'AWAITING_SNAPSHOT', []],
  ]);
});

it('reads a parked message again once it is mended', async () => {
  const offset = offsets.get('a negative amount');
  const { id } = parked.find((each) => each.offset === offset)!;
  const format = createCanonicalFormat();
  const mended = new Map([[id, Buffer.from(JSON.stringify(payment('G', { amount: '10.00' })))]]);
  expect(await redriveParked(store, (message) => readAlone(message, format), [id], mended)).toEqual({ redriven: 1, stillParked: 0 });
});
