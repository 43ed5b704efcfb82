// The log is the truth: what it makes again, beside a gateway that goes on reading, is what the tables hold; where they do not, the row is named.
import { Kafka, logLevel } from 'kafkajs';
import { execFile } from 'node:child_process';
import type { Store } from '../../src/storage/store.js';
import { generateBook } from '../../src/sandbox/book/generate.js';
import { intakeOf, openKafkaWorld, play, readWhole, smallBook, type KafkaWorld } from '../support/kafka-world.js';
import { until } from '../support/until.js';

let world: KafkaWorld;
let store: Store;
let url: string;
const rows = <Row extends object>(text: string) => store.transaction((tx) => tx.query<Row>(text));
/** As an operator runs it. */
const replay = (...options: string[]) =>
  new Promise<{ code: number; said: string[] }>((done) => {
    const env = {
      ...process.env,
      DATABASE_URL: url,
      KAFKA_BROKERS: world.brokers.join(','),
      KAFKA_TOPIC: 'replayed',
      DAY_PATIENCE_MS: '3000',
      CURSOR_SECRET: 'x'.repeat(32),
      AUTH_DEVELOPMENT_KEY: 'x'.repeat(32),
    };
    execFile(process.execPath, ['dist/src/main.js', 'replay', '--check', ...options], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, said: [...stdout.trim().split('\n'), ...(error ? stderr.trim().split('\n') : [])] }),
    );
  });
const asAdmin = async <T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> => {
  const admin = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
};

beforeAll(async () => {
  world = await openKafkaWorld();
  ({ store, url } = await world.database());
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it('is equal at every moment while the gateway goes on reading', async () => {
  const publisher = await world.publisher('replayed', 3);
  await play(publisher, 3, { days: generateBook({ ...smallBook, months: 5 }) });
  const intake = intakeOf(world, store, 'replayed');
  await intake.start();
  const facts: number[] = [];
  await until('some of the book is recorded', async () => (await rows('select from event_log limit 1')).length);
  while ((await intake.health()).lag > 0 || !facts.length) {
    const { code, said } = await replay();
    expect({ code, said }).toEqual({ code: 0, said: expect.arrayContaining(['equal']) });
    facts.push(Number(/^replayed (\d+) facts at \d+ a second: [0-9a-f]{64}$/.exec(said[0]!)![1]));
  }
  await readWhole(intake);
  await intake.stop();
  const [log] = await rows<{ facts: number }>('select count(*)::int as facts from event_log');
  expect(facts[0]).toBeLessThan(log!.facts);
  expect((await replay()).said[0]).toContain(`replayed ${log!.facts} facts`);
}, 240_000);

it('makes the log itself again from Kafka, and leaves neither a database nor a group behind', async () => {
  const { code, said } = await replay('--from-kafka');
  expect({ code, said }).toEqual({ code: 0, said: expect.arrayContaining(['equal']) });
  expect(await rows(`select datname from pg_database where datname like 'casegraph_rebuild%'`)).toEqual([]);
  const { groups } = await asAdmin((admin) => admin.listGroups());
  expect(groups.filter(({ groupId }) => groupId.includes('rebuild'))).toEqual([]);
}, 120_000);

it('names the first row that somebody changed by hand', async () => {
  const [loan] = await rows<{ id: string }>('select id from loan order by id limit 1');
  await rows(`update loan set overdue_minor = overdue_minor + 1 where id = '${loan!.id}'`);
  const { code, said } = await replay();
  expect(code).toBe(1);
  expect(said).toContainEqual(expect.stringMatching(/^✗ loan: (\d+) rows live, \1 replayed$/));
  expect(said).toContainEqual(expect.stringMatching(new RegExp(`^  the first row that differs is (live|replayed) only: \\(${loan!.id},`)));
  expect(said).toContain('DIFFERENT');
  await rows(`update loan set overdue_minor = overdue_minor - 1 where id = '${loan!.id}'`);
}, 120_000);

it('names a row that is not there any more', async () => {
  const [gone] = await rows<{ id: string }>('delete from repayment where id = (select min(id) from repayment) returning id');
  const { code, said } = await replay();
  expect(code).toBe(1);
  expect(said).toContainEqual(expect.stringContaining(`the first row that differs is replayed only: (${gone!.id},`));
}, 120_000);

it('says what is missing where Kafka no longer holds the beginning', async () => {
  await asAdmin(async (admin) => {
    await admin.fetchTopicMetadata({ topics: ['replayed'] });
    await admin.deleteTopicRecords({ topic: 'replayed', partitions: [{ partition: 0, offset: '40' }] });
  });
  const { code, said } = await replay('--from-kafka');
  expect(code).toBe(1);
  expect(said).toContainEqual(expect.stringMatching(/^✗ loan: \d+ rows rebuilt$/));
}, 120_000);
