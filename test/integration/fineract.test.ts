// A small life of a Fineract over real Kafka, in its own bytes: with messages sent again, an older snapshot after a newer, and one that nobody can read.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFineractFormat } from '../../connectors/core-banking/fineract/format.js';
import { readSchemas } from '../../connectors/core-banking/fineract/schema-set.js';
import { redriveParked } from '../../src/actions/redrive-parked.js';
import { replay } from '../../src/actions/replay.js';
import { createIntake } from '../../src/events/intake.js';
import { readAlone } from '../../src/events/read-batch.js';
import type { Message } from '../../src/events/publisher.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import type { Store } from '../../src/storage/store.js';
import {
  bulk,
  framed,
  loanAccount,
  longKey,
  message,
  namespace,
  transaction,
  writers,
  type Line,
  type Told,
} from '../support/fineract-world.js';
import { digest, openKafkaWorld, readWhole, silent, type KafkaWorld } from '../support/kafka-world.js';

const topic = 'external-events';
const format = createFineractFormat({ JURISDICTION: 'ID' });
let world: KafkaWorld;
let store: Store;
let url: string;
const rows = <Row extends object>(text: string) => store.transaction((tx) => tx.query<Row>(text));

const two = (paid = '0'): Line[] => [
  { number: null, due: '2024-08-01' },
  { number: 1, from: '2024-08-01', due: '2024-09-01', principal: '100', paid },
  { number: 2, from: '2024-09-01', due: '2024-10-01', principal: '100' },
];
const account = (id: number, businessDate: string, type: string, paid = '0', more: object = {}): Told => ({
  id,
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanAccountDataV1',
  data: loanAccount(two(paid), more),
  businessDate,
});
const punctual = { id: '8', accountNo: '000000008', clientId: '4' };
const paid = (id: number, on: string, number: number, amount: string): Told => ({
  id,
  type: 'LoanTransactionMakeRepaymentPostBusinessEvent',
  record: 'loan.v1.LoanTransactionDataV1',
  data: transaction(number, on, amount),
  businessDate: on,
});
const client = (id: number, clientId: string, displayName: string): Told => ({
  id,
  type: 'ClientCreateBusinessEvent',
  category: 'Client',
  record: 'client.v1.ClientDataV1',
  data: { id: clientId, displayName, mobileNo: '+628110001' },
  businessDate: '2024-08-01',
});
const range = (id: number, on: string): Told => ({
  id,
  type: 'LoanDelinquencyRangeChangeBusinessEvent',
  record: 'loan.v1.LoanAccountDelinquencyRangeDataV1',
  data: {
    loanId: '7',
    loanAccountNo: '000000007',
    currency: { code: 'IDR' },
    amount: { totalAmount: '100' },
    delinquentDate: '2024-09-01',
  },
  businessDate: on,
});
const pause = {
  delinquent: {
    pastDueDays: 7,
    delinquentDays: 7,
    delinquencyPausePeriods: [{ active: true, pausePeriodStart: '2024-09-08', pausePeriodEnd: '2024-09-12' }],
  },
};
const old = { manuallyReversed: true, reversedOnDate: '2024-09-06' };

/** By key, in the order of their ids; each with a key of its own for ever. */
const life: { key: bigint; value: Buffer }[] = [
  { key: 3n, value: message(client(1, '3', 'Siti Rahma')) },
  { key: 4n, value: message(client(2, '4', 'Budi Santoso')) },
  { key: 7n, value: message(account(3, '2024-08-01', 'LoanDisbursal')) },
  { key: 8n, value: message(account(4, '2024-08-01', 'LoanDisbursal', '0', punctual)) },
  { key: 8n, value: message(account(5, '2024-08-30', 'LoanBalanceChanged', '100', punctual)) },
  // The close of business after the due date, as one bulk.
  { key: 7n, value: bulk([account(0, '', 'LoanAccountSnapshot'), range(0, '')], { id: 10, businessDate: '2024-09-02' }) },
  { key: 8n, value: message(account(11, '2024-09-02', 'LoanAccountSnapshot', '100', punctual)) },
  { key: 7n, value: message(account(20, '2024-09-03', 'LoanBalanceChanged', '40')) },
  { key: 7n, value: message(paid(21, '2024-09-03', 51, '40')) },
  { key: 7n, value: message(account(22, '2024-09-04', 'LoanBalanceChanged', '100')) },
  { key: 7n, value: message(paid(23, '2024-09-04', 52, '60')) },
  // The second payment comes back unpaid.
  {
    key: 7n,
    value: message({
      id: 30,
      type: 'LoanAdjustTransactionBusinessEvent',
      record: 'loan.v1.LoanTransactionAdjustmentDataV1',
      data: { transactionToAdjust: transaction(52, '2024-09-04', '60', old) },
      businessDate: '2024-09-06',
    }),
  },
  { key: 7n, value: message(account(31, '2024-09-06', 'LoanBalanceChanged', '40')) },
  { key: 7n, value: message(account(40, '2024-09-08', 'LoanAccountDelinquencyPauseChanged', '40', pause)) },
  { key: 7n, value: message(account(50, '2024-09-16', 'LoanAccountSnapshot', '40', pauseOver())) },
  { key: 8n, value: message(account(51, '2024-09-16', 'LoanAccountSnapshot', '100', punctual)) },
];
function pauseOver(): object {
  return { delinquent: { ...pause.delinquent, pastDueDays: 15, delinquentDays: 11 } };
}
const late = {
  again: life.slice(5, 13),
  // Older than what is known, and never sent before: as when a batch of Fineract's was not marked as sent.
  older: { key: 7n, value: message(account(24, '2024-09-04', 'LoanAccountSnapshot', '100')) },
};
let later: ReturnType<typeof laterRelease>;

/** An account as a release to come may write it, with one more field that is null here: and where its schemas are. */
function laterRelease(): { value: Buffer; schemas: string } {
  const schemas = mkdtempSync(join(tmpdir(), 'casegraph-fineract-'));
  for (const release of ['2024-10', '2030-01']) cpSync('schema/sources/fineract/2024-10', join(schemas, release), { recursive: true });
  const file = join(schemas, '2030-01/loan/v1/LoanAccountDataV1.avsc');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  schema.fields.push({ name: 'moonPhase', type: ['null', 'string'] });
  writeFileSync(file, JSON.stringify(schema));
  const record = `${namespace}.loan.v1.LoanAccountDataV1`;
  const known = writers.get(record)!.fingerprint;
  const [fingerprint] = [...readSchemas(schemas)].find(([each, found]) => found.record === record && each !== known)!;
  const told = account(52, '2024-09-16', 'LoanAccountSnapshot', '40', pauseOver());
  const data = Buffer.concat([framed(record, told.data), Buffer.from([0])]);
  Buffer.from(fingerprint, 'hex').copy(data, 2);
  return { value: message({ ...told, key: 'later' }, data), schemas };
}

beforeAll(async () => {
  world = await openKafkaWorld();
  ({ url, store } = await world.database());
  later = laterRelease();
  const publisher = await world.publisher(topic, 3);
  const sent = ({ key, value }: { key: bigint; value: Buffer }): Message => ({ key: longKey(key), value });
  await publisher.send(life.map(sent));
  await publisher.send([...late.again, late.older, { key: 7n, value: later.value }].map(sent));
  const intake = createIntake({
    store,
    brokers: world.brokers,
    topics: [topic],
    groupId: 'fineract',
    format,
    dayPatienceMs: 200,
    log: silent,
    onFatal(error) {
      throw error;
    },
  });
  await intake.start();
  await readWhole(intake);
  await intake.stop();
}, 180_000);
afterAll(async () => {
  await world?.stop();
  if (later) rmSync(later.schemas, { recursive: true });
}, 60_000);

it('has the exact position of each loan, whatever came twice or late', async () => {
  const loans = await rows(
    `select account_no, aggregate_id, status, result, outstanding_minor::int as outstanding, overdue_minor::int as overdue, overdue_since::text, paused::text, doubts from loan order by account_no`,
  );
  expect(loans).toEqual([
    {
      account_no: '000000007',
      aggregate_id: 'default/fineract/7',
      status: 'ACTIVE',
      result: 'PAST_DUE',
      outstanding: 16_000,
      overdue: 6_000,
      overdue_since: '2024-09-01',
      paused: '{[2024-09-08,2024-09-12)}',
      doubts: [],
    },
    {
      account_no: '000000008',
      aggregate_id: 'default/fineract/8',
      status: 'ACTIVE',
      result: 'CURRENT',
      outstanding: 10_000,
      overdue: 0,
      overdue_since: null,
      paused: '{}',
      doubts: [],
    },
  ]);
  const [day] = await rows('select tenant, business_date::text from business_day');
  expect(day).toEqual({ tenant: 'default', business_date: '2024-09-16' });
});

it('keeps the payments as history, with the one that came back', async () =>
  expect(await rows('select transaction_ref, amount_minor::int as amount, reversed_on::text from repayment order by 1')).toEqual([
    { transaction_ref: '51', amount: 4_000, reversed_on: null },
    { transaction_ref: '52', amount: 6_000, reversed_on: '2024-09-06' },
  ]));

it('opens one case for the late borrower, known by name, and opens it again after the payment came back', async () => {
  const cases = await rows(
    `select b.name, c.status, c.opened_on::text, c.overdue_since::text, c.reopened, c.highest_threshold from recovery_case c join borrower b on b.id = c.borrower_id`,
  );
  expect(cases).toEqual([
    { name: 'Siti Rahma', status: 'OPEN', opened_on: '2024-09-02', overdue_since: '2024-09-01', reopened: 1, highest_threshold: 7 },
  ]);
});

it('takes each event once, and each item of a bulk for itself', async () => {
  const log = await rows<{ id: string }>(`select fact_id as id from event_log where source = '/fineract' and fact_id <> 'later'`);
  // The bulk makes two, the pause two; the older snapshot is logged, and folded to nothing.
  expect(log).toHaveLength(life.length + 2 + 1);
  expect(log.flatMap(({ id }) => (id.includes('#') ? [id.slice(-2)] : [])).sort()).toEqual(['#1', '#2']);
});

it('parks what nobody can read with its fingerprint, and reads it when the schemas of its release are there', async () => {
  const parked = await rows<{ reason: string; key: Buffer }>('select reason, key from parked_message');
  const fingerprint = later.value.toString('hex', later.value.indexOf(Buffer.from([0xc3, 1]), 2) + 2).slice(0, 16);
  expect(parked).toEqual([
    { reason: `UNKNOWN_FINGERPRINT ${fingerprint} org.apache.fineract.avro.loan.v1.LoanAccountDataV1`, key: longKey(7) },
  ]);
  expect(await redriveParked(store, (each) => readAlone(each, format), null)).toEqual({ redriven: 0, stillParked: 1 });
  const knowing = createFineractFormat({ JURISDICTION: 'ID', SCHEMAS: later.schemas });
  expect(await redriveParked(store, (each) => readAlone(each, knowing), null)).toEqual({ redriven: 1, stillParked: 0 });
  expect(await rows(`select fact_id from event_log where fact_id = 'later'`)).toHaveLength(1);
});

it('is folded again from its log to the same', async () => {
  const live = await digest(store);
  const scratch = await openScratchStore(url, 'again');
  try {
    await store.snapshot((log) => replay(log, scratch, () => {}));
    const again = await digest(scratch);
    for (const table of Object.keys(live.tables)) expect([table, again.tables[table]]).toEqual([table, live.tables[table]]);
  } finally {
    await scratch.close();
  }
}, 60_000);
