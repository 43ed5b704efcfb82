// The recorded life of a loan database, over real Kafka into real positions: in any order of its topics, and no row before its transaction is whole.
import { debeziumFormat } from '../../connectors/core-banking/debezium/format.js';
import { createIntake, type Intake } from '../../src/events/intake.js';
import type { Publisher } from '../../src/events/publisher.js';
import type { Digest } from '../../src/storage/digest.js';
import type { Store } from '../../src/storage/store.js';
import { goldenOf, mappingWith, ofTable, type Golden } from '../support/golden-debezium.js';
import { digest, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';

const tables = ['core.customer', 'core.loan', 'core.installment', 'core.payment', 'transaction'];
const life = goldenOf('off').filter(({ topic }) => tables.some((table) => topic.endsWith(`.${table}`)));

let world: KafkaWorld;
const rows = <Row extends object>(store: Store, text: string) => store.transaction((tx) => tx.query<Row>(text));
const count = async (store: Store, what: string) => Number((await rows<{ n: string }>(store, `select count(*) as n from ${what}`))[0]!.n);

interface Bank {
  store: Store;
  /** Transactions that were taken before they were whole. */
  warned: { fields: object; text: string }[];
  say(messages: readonly Golden[]): Promise<void>;
  intake(patienceMs?: number): Intake;
}

/** Topics of a bank's own, a database, and intakes that read the one into the other. */
async function openBank(name: string, partitions = 2): Promise<Bank> {
  const { store } = await world.database();
  const topicOf = (table: string) => `${name}.${table}`;
  const publishers = new Map<string, Publisher>();
  for (const table of tables) publishers.set(table, await world.publisher(topicOf(table), table === 'transaction' ? 1 : partitions));
  const warned: Bank['warned'] = [];
  const log = {
    info() {},
    error() {},
    warn: (fields: object, text: string) => void (/transaction/.test(text) && warned.push({ fields, text })),
  };
  return {
    store,
    warned,
    async say(messages) {
      const tableOf = ({ topic }: Golden) => tables.find((table) => topic.endsWith(`.${table}`))!;
      for (let i = 0, to = 0; i < messages.length; i = to) {
        while (to < messages.length && to - i < 2_000 && tableOf(messages[to]!) === tableOf(messages[i]!)) to++;
        await publishers
          .get(tableOf(messages[i]!))!
          .send(messages.slice(i, to).map(({ key, value, headers }) => ({ key, value, headers })));
      }
    },
    intake: (patienceMs) =>
      createIntake({
        store,
        brokers: world.brokers,
        topics: tables.map(topicOf),
        groupId: `test-${name}`,
        format: debeziumFormat(mappingWith(), tables.map(topicOf), patienceMs),
        dayPatienceMs: 1_000,
        log,
        onFatal(error) {
          throw error;
        },
      }),
  };
}

async function live(bank: Bank, messages: readonly Golden[]): Promise<Digest> {
  const intake = bank.intake();
  await bank.say(messages);
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  return digest(bank.store);
}

let first: { bank: Bank; digest: Digest };

beforeAll(async () => {
  world = await openKafkaWorld();
  const bank = await openBank('recorded');
  first = { bank, digest: await live(bank, life) };
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it('makes the loans, lines, payments and borrowers that the tables of the bank hold in the end', async () => {
  const { store } = first.bank;
  expect(
    await rows(store, `select aggregate_id, account_no, currency, status, principal_minor, outstanding_minor, result from loan order by 1`),
  ).toEqual([
    {
      aggregate_id: 'bank/core/100',
      account_no: '100',
      currency: 'EUR',
      status: 'ACTIVE',
      principal_minor: '1375000',
      outstanding_minor: '375100',
      result: 'PAST_DUE',
    },
    expect.objectContaining({ aggregate_id: 'bank/core/1010', account_no: null, result: 'AWAITING_SNAPSHOT' }),
  ]);
  expect(await rows(store, `select number, due_on::text, due_minor, outstanding_minor from instalment i order by number`)).toEqual(
    [
      { number: 2, due_on: '2026-03-12', due_minor: '125000', outstanding_minor: '125000' },
      { number: 3, due_on: '2026-04-11', due_minor: '125000', outstanding_minor: '125000' },
      { number: 4, due_on: '2026-05-11', due_minor: '125000', outstanding_minor: '125000' },
      { number: 1, due_on: '2026-06-01', due_minor: '100', outstanding_minor: '100' },
    ].sort((a, b) => a.number - b.number),
  );
  // Its line holds the payment already: it is shown, and pays nothing a second time.
  expect(await rows(store, 'select transaction_ref, kind, value_on::text, posted_on::text, amount_minor from repayment')).toEqual([
    {
      transaction_ref: '10000000-0000-4000-8000-000000000001',
      kind: 'REPAYMENT',
      value_on: '2026-02-10',
      posted_on: '2026-02-11',
      amount_minor: '125000',
    },
  ]);
  expect(await count(store, 'borrower where name is not null')).toBe(4); // 1, 2, 3 and what became of 3
});

it('parks what cannot be told, each with the table and what is wrong', async () => {
  const parked = await rows<{ reason: string }>(first.bank.store, 'select reason from parked_message order by reason');
  expect(parked.map(({ reason }) => reason)).toEqual([
    'COLUMN core.payment.amount has more than 4 decimals',
    'DATA /principal has more decimals than EUR',
    'DATA /principal has more decimals than EUR',
    expect.stringMatching(/^TRUNCATE core\.installment/),
    expect.stringMatching(/^TRUNCATE core\.payment/),
  ]);
  expect(first.bank.warned).toEqual([]);
});

it('comes to the same digest with topic after topic, the last first', async () => {
  const bank = await openBank('by_topic', 3);
  const turned = [...tables].reverse().flatMap((table) => ofTable(life, table));
  expect(turned).toHaveLength(life.length);
  expect((await live(bank, turned)).whole).toBe(first.digest.whole);
  expect(bank.warned).toEqual([]);
}, 120_000);

it('comes to the same digest with everything twice, as a connector sends it that was killed', async () => {
  const bank = await openBank('twice', 1);
  expect((await live(bank, [...life, ...life])).whole).toBe(first.digest.whole);
}, 120_000);

it('records no row of a transaction before its end is there', async () => {
  const bank = await openBank('open', 1);
  const of =
    (transaction: string) =>
    ({ value }: Golden) =>
      value !== null && new RegExp(`"id":"${transaction}:`).test(value);
  const isEnd = ({ value }: Golden) => /"status":"END"/.test(value ?? '');
  const [before, opened] = [life.filter(of('823')), life.filter(of('830'))];
  expect(opened.filter((message) => !isEnd(message)).length).toBe(9); // BEGIN and eight rows of three tables
  await bank.say([...before, ...opened.filter((message) => !isEnd(message))]);
  const intake = bank.intake();
  await intake.start();
  try {
    await until('what comes before is recorded', async () => (await count(bank.store, 'event_log')) === 1);
    // A row behind the open transaction, and one beside it in another table, show that the others were there to be taken.
    await bank.say(life.filter(of('846')));
    await bank.say(ofTable(life, 'transaction').filter(of('846')));
    await until('what stands beside it is recorded', async () => (await count(bank.store, 'event_log')) === 2);
    expect((await intake.health()).lag).toBeGreaterThanOrEqual(8);
    expect(await rows(bank.store, 'select type from event_log order by 1')).toEqual([
      { type: 'BorrowerUpdated' },
      { type: 'BorrowerUpdated' },
    ]);
    await bank.say(opened.filter(isEnd));
    await readWhole(intake);
    expect(await count(bank.store, 'event_log')).toBe(10);
    expect(bank.warned).toEqual([]);
  } finally {
    await intake.stop();
  }
}, 120_000);

it('is read by one process; another stands by, and goes on where the first one stopped', async () => {
  const bank = await openBank('pair', 3);
  // Up to a transaction and from it on, since a half of one would be waited for.
  const isEarly = ({ value, key }: Golden) => Number(/"(?:transaction":\{"id|id)":"(\d+):/.exec(`${value}${key}`)?.[1] ?? 0) < 837;
  const [eldest, other] = [bank.intake(), bank.intake()];
  await eldest.start();
  await until('the first is at it', async () => eldest.joined());
  await other.start();
  await until('the second stands by', async () => other.joined());
  await bank.say(life.filter(isEarly));
  await readWhole(eldest);
  await eldest.stop();
  await bank.say(life.filter((message) => !isEarly(message)));
  await readWhole(other);
  await other.stop();
  // Rows in two processes would have waited for one another in vain, and been warned of.
  expect(bank.warned).toEqual([]);
  expect((await digest(bank.store)).whole).toBe(first.digest.whole);
}, 120_000);

it('comes to the same digest when it is stopped in the middle again and again', async () => {
  const bank = await openBank('interrupted', 3);
  await bank.say(life);
  for (let stops = 0; stops < 4; stops++) {
    const before = await count(bank.store, 'event_log');
    const intake = bank.intake(300);
    await intake.start();
    await until(
      'something more is recorded',
      async () => (await count(bank.store, 'event_log')) > before || (await intake.health()).lag === 0,
    );
    await intake.stop();
  }
  const intake = bank.intake(300);
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  expect((await digest(bank.store)).whole).toBe(first.digest.whole);
}, 120_000);

it('takes a transaction of more rows than may wait, whole or in pieces', async () => {
  const bank = await openBank('large', 1);
  const [line] = ofTable(life, 'core.installment');
  const most = 21_000;
  const lines = Array.from({ length: most }, (_, i): Golden => {
    const change = JSON.parse(line!.value!);
    Object.assign(change.after, { loan_id: 1_000 + i });
    Object.assign(change.source, { lsn: 90_000_000 + i });
    change.transaction = { id: `900:${90_000_000 + i}`, total_order: i + 1, data_collection_order: i + 1 };
    return { ...line!, key: JSON.stringify({ loan_id: 1_000 + i, seq: 1 }), value: JSON.stringify(change) };
  });
  const end = {
    status: 'END',
    id: '900:99000000',
    event_count: most,
    data_collections: [{ data_collection: 'core.installment', event_count: most }],
  };
  const intake = bank.intake(3_600_000); // so that patience is not what lets it go
  await intake.start();
  await bank.say([...lines, { ...line!, topic: 'bank.transaction', key: null, value: JSON.stringify(end) }]);
  await readWhole(intake);
  await intake.stop();
  expect(await count(bank.store, 'event_log')).toBe(most);
  for (const { fields } of bank.warned) expect(fields).toMatchObject({ transaction: '900' });
}, 120_000);
