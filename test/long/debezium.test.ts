// The real thing: a bank's tables in Postgres, Debezium's connector in Kafka Connect, Kafka, the intake with its mapping, and the case graph that is asked in the end.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { sourceFormats } from '../../connectors/index.js';
import { createIntake, type Intake } from '../../src/events/intake.js';
import { createPublisher } from '../../src/events/publisher.js';
import { launchKafka, type LocalKafka } from '../../src/sandbox/launch/kafka.js';
import { launchPostgres, type LocalPostgres } from '../../src/sandbox/launch/postgres.js';
import { openStore, type Store } from '../../src/storage/store.js';
import { launchWorker, type Connector, type ConnectWorker } from '../support/connect/worker.js';
import { exampleMapping } from '../support/golden-debezium.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';

const tables = ['core.customer', 'core.loan', 'core.installment', 'core.payment', 'core.business_day'];
const schema = `
create schema core;
create type core.loan_status as enum ('pending', 'active', 'arrears', 'closed', 'written_off');
create table core.customer (id bigint primary key, external_ref uuid not null, full_name varchar(120) not null, segment text, notes text);
alter table core.customer alter notes set storage external;
create table core.loan (id bigint primary key, customer_id bigint not null references core.customer, status core.loan_status not null, principal numeric(18,4) not null, opened_on date not null);
alter table core.loan replica identity full;
create table core.installment (loan_id bigint not null references core.loan, seq int not null, due_date date not null, amount numeric(18,4) not null, paid numeric(18,4) not null default 0, primary key (loan_id, seq));
create table core.payment (id uuid primary key, loan_id bigint not null, amount numeric(18,4) not null, value_date date not null, received_at timestamptz not null);
alter table core.payment replica identity full;
create table core.business_day (only_one boolean primary key default true, today date not null);
insert into core.customer values (1, gen_random_uuid(), 'Ada Adeyemi', 'retail', repeat('n', 9000)), (2, gen_random_uuid(), 'Bo O''Brien "B" 日本', null, null);
insert into core.loan values (9007199254740993, 1, 'active', 12000, '2026-01-10'), (200, 2, 'active', 600.50, '2026-01-15');
insert into core.installment select 9007199254740993, s, '2026-01-10'::date + s * 30, 1000, 0 from generate_series(1, 12) s;
insert into core.installment select 200, s, '2026-01-15'::date + s * 30, 100.10, 0 from generate_series(1, 6) s;
insert into core.business_day (today) values ('2026-02-01');
create publication dbz_pub for tables in schema core;`;

/** Three ways in which a bank may have set it up; each is read into a database of its own and has to say the same. */
const ways: Record<string, Record<string, string>> = {
  plain: { 'decimal.handling.mode': 'string', 'value.converter.schemas.enable': 'false', 'key.converter.schemas.enable': 'false' },
  precise: { 'decimal.handling.mode': 'precise', 'value.converter.schemas.enable': 'true', 'key.converter.schemas.enable': 'true' },
  flat: {
    'decimal.handling.mode': 'string',
    'value.converter.schemas.enable': 'false',
    'key.converter.schemas.enable': 'false',
    transforms: 'unwrap',
    'transforms.unwrap.type': 'io.debezium.transforms.ExtractNewRecordState',
    'transforms.unwrap.delete.tombstone.handling.mode': 'rewrite-with-tombstone',
    'transforms.unwrap.add.fields': 'op,schema,table,lsn,source.ts_ms,source.snapshot,txId',
  },
};

let folder: string;
let bank: LocalPostgres;
let kafka: LocalKafka;
let world: GraphWorld;
let worker: ConnectWorker;
let client: pg.Client;
const stores = new Map<string, Store>();
const intakes: Intake[] = [];
/** Transactions that were taken before they were whole. */
const warned: object[] = [];

function connectorOf(name: string): Connector {
  const { hostname, port, password, username } = new URL(bank.url);
  return {
    name,
    'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
    'tasks.max': '1',
    'database.hostname': hostname,
    'database.port': port,
    'database.user': username,
    'database.password': password,
    'database.dbname': 'postgres',
    'topic.prefix': name,
    'plugin.name': 'pgoutput',
    'slot.name': `dbz_${name}`,
    'publication.name': 'dbz_pub',
    'publication.autocreate.mode': 'disabled',
    'table.include.list': 'core[.].*',
    'provide.transaction.metadata': 'true',
    'skipped.operations': 'none',
    'poll.interval.ms': '50',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    ...ways[name],
  };
}

async function openWay(name: string, mapping: string): Promise<void> {
  const topics = [...tables, 'transaction'].map((table) => `${name}.${table}`);
  for (const topic of topics) {
    const publisher = await createPublisher({ brokers: kafka.brokers, topic });
    const partitions = topic.endsWith('.transaction') ? 1 : 3;
    // Many at once on a busy machine: a leader may take its time.
    await until(`the topic ${topic}`, () => publisher.ensureTopic(partitions).catch(() => 0));
    await publisher.disconnect();
  }
  let store = world.store;
  if (name !== 'plain') {
    await world.store.orm.em.getConnection().execute(`create database ${name}`);
    const at = new URL(world.databaseUrl);
    at.pathname = `/${name}`;
    store = await openStore(at.toString());
    await store.orm.migrator.up();
  }
  stores.set(name, store);
  const intake = createIntake({
    store,
    brokers: kafka.brokers,
    topics,
    groupId: `test-${name}`,
    format: sourceFormats['debezium']!({ MAPPING: mapping }, topics),
    dayPatienceMs: 1_000,
    log: { info() {}, error() {}, warn: (fields, text) => void (/source transaction/.test(text) && warned.push({ name, ...fields })) },
    onFatal(error) {
      throw error;
    },
  });
  intakes.push(intake);
  await intake.start();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casegraph-debezium-'));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  [bank, kafka, world] = await Promise.all([
    launchPostgres({ folder: join(folder, 'bank'), port: 0, throwaway: true, logical: true }),
    launchKafka({ folder: join(folder, 'kafka'), libs: resolve('.casegraph/kafka/libs'), port: 0 }),
    openGraphWorld(false),
  ]);
  client = new pg.Client({ connectionString: bank.url });
  await client.connect();
  await client.query(schema);
  const mapping = exampleMapping();
  mapping.tables['core.business_day'] = {
    onDelete: 'ignore',
    facts: [{ type: 'BusinessDateAdvanced', data: { businessDate: { column: 'today' } } }],
  };
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
  for (const name of Object.keys(ways)) await openWay(name, join(folder, 'mapping.json'));
  worker = await launchWorker(kafka.brokers, join(folder, 'connect'), Object.keys(ways).map(connectorOf));
}, 600_000);

afterAll(async () => {
  await worker?.stop();
  for (const intake of intakes) await intake.stop();
  for (const [name, store] of stores) if (name !== 'plain') await store.close();
  await client?.end();
  await world?.stop();
  await kafka?.stop();
  await bank?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
}, 300_000);

const said = async (name: string, text: string) => stores.get(name)!.transaction((tx) => tx.query<any>(text));
const positions = `select aggregate_id, status, principal_minor, outstanding_minor, overdue_minor, overdue_since::text from loan order by 1`;
const ask = async (query: string) => {
  const { data, text } = await world.ask('auditor', query);
  if (!data) throw new Error(text);
  return data;
};

/** Until each way has come to a state; then what they hold is compared. */
async function all(what: string, text: string, isThere: (rows: any[]) => boolean): Promise<any[]> {
  for (const name of Object.keys(ways)) await until(`${what} (${name})`, async () => isThere(await said(name, text)), 120_000);
  const [first, ...others] = await Promise.all(Object.keys(ways).map((name) => said(name, text)));
  for (const other of others) expect(other).toEqual(first);
  return first!;
}

async function businessDay(date: string): Promise<void> {
  await client.query('update core.business_day set today = $1', [date]);
  await all(`the business date ${date}`, 'select business_date::text from business_day', ([row]) => row?.business_date === date);
}

it('reads the rows that were there before it: a big account number whole, money exact, and no case by them', async () => {
  const rows = await all(
    'both loans',
    positions,
    // Snapshot reads of several tables come in any order: the account may be the last.
    (found) =>
      found.map(({ principal_minor, outstanding_minor }) => `${principal_minor} ${outstanding_minor}`).join() ===
      '60050 60060,1200000 1200000',
  );
  expect(rows.map((row) => [row.aggregate_id, row.principal_minor, row.outstanding_minor])).toEqual([
    ['bank/core/200', '60050', '60060'],
    ['bank/core/9007199254740993', '1200000', '1200000'],
  ]);
  await all('the first business date', 'select business_date::text from business_day', ([row]) => row?.business_date === '2026-02-01');
  expect((await ask('{ cases(first: 5) { nodes { id } } }')).cases.nodes).toEqual([]);
}, 300_000);

it('takes a payment and the line that it pays together, and opens a case for what is overdue', async () => {
  await client.query(`begin;
    insert into core.payment values ('10000000-0000-4000-8000-000000000001', 9007199254740993, 1000, '2026-02-09', '2026-02-09T12:00:00Z');
    update core.installment set paid = 1000 where loan_id = 9007199254740993 and seq = 1;
    update core.loan set principal = 11000 where id = 9007199254740993;
    commit`);
  await all('the payment', 'select value_on::text, amount_minor from repayment', (rows) => rows.length === 1);
  await businessDay('2026-03-25');
  const rows = await all('the new arrears', positions, (found) => found.every(({ overdue_minor }) => overdue_minor > 0));
  expect(rows.map((row) => [row.aggregate_id, row.overdue_minor, row.overdue_since])).toEqual([
    ['bank/core/200', '20020', '2026-02-14'],
    ['bank/core/9007199254740993', '100000', '2026-03-11'],
  ]);
  const { cases } = await ask(
    `{ cases(first: 5) { nodes { daysPastDue borrower { name } loans(first: 3) { nodes { accountNo daysPastDue overdue { amount currency } instalments { number dueOn outstanding { amount } } } } } } }`,
  );
  const found = cases.nodes.map((each: any) => [each.borrower.name, each.daysPastDue, each.loans.nodes[0].overdue]).sort();
  expect(found).toEqual([
    ['Ada Adeyemi', 14, { amount: '1000.00', currency: 'EUR' }],
    ['Bo O\'Brien "B" 日本', 39, { amount: '200.20', currency: 'EUR' }],
  ]);
}, 300_000);

it('follows a line that gets another number, a payment that is deleted, and a transaction that is rolled back', async () => {
  await client.query(`begin; update core.installment set paid = 100.10 where loan_id = 200; rollback`);
  await client.query(`update core.installment set seq = 60 where loan_id = 200 and seq = 6`);
  await client.query(`delete from core.payment`);
  await all('the payment is reversed', 'select reversed_on from repayment', ([row]) => row?.reversed_on !== null);
  const lines = await all(
    'the line has another number',
    `select i.number, i.outstanding_minor from instalment i join loan l on l.id = i.loan_id where aggregate_id = 'bank/core/200' order by 1`,
    (rows) => rows.some(({ number }) => number === 60),
  );
  expect(lines.map(({ number, outstanding_minor }) => [number, outstanding_minor])).toEqual(
    [1, 2, 3, 4, 5, 60].map((number) => [number, '10010']),
  );
}, 300_000);

it('closes the case when all is paid, after the connector was killed and started again on the way', async () => {
  await worker.kill();
  await client.query(`update core.installment set paid = amount where due_date < '2026-04-01' and loan_id = 200`);
  worker = await launchWorker(kafka.brokers, join(folder, 'connect'), Object.keys(ways).map(connectorOf));
  await all('nothing is overdue', positions, ([row]) => row.overdue_minor === '0');
  await businessDay('2026-03-26');
  await businessDay('2026-03-27'); // a day without arrears has passed
  const { cases } = await ask(`{ cases(first: 5, filter: { status: { eq: CLOSED } }) { nodes { status closeReason borrower { name } } } }`);
  expect(cases.nodes).toMatchObject([{ status: 'CLOSED', borrower: { name: 'Bo O\'Brien "B" 日本' } }]);
}, 300_000);

it('parks nothing of it, and never lost patience', async () => {
  await all('nothing is parked', 'select reason from parked_message', (rows) => rows.length === 0);
  expect(warned).toEqual([]);
  for (const name of Object.keys(ways)) expect(await worker.taskOf(name)).toBe('RUNNING');
}, 300_000);
