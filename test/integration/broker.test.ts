// Kafka that is not there, and Kafka that goes away: the gateway says so, loses nothing, and goes on by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { createIntake } from '../../src/events/intake.js';
import { createPublisher } from '../../src/events/publisher.js';
import { startConsuming, type Consuming } from '../../src/events/consuming.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { launchKafka, type LocalKafka } from '../../src/sandbox/launch/kafka.js';
import { freePort } from '../../src/sandbox/launch/ports.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';
import { until } from '../support/until.js';

let folder: string;
let database: Database;
let kafka: LocalKafka | null = null;
let store: Store;
let consuming: Consuming;
let port: number;
const silent = { info() {}, warn() {}, error() {} };
const events = [...generateBook({ ...demoBook, borrowers: 20, loans: 30, months: 6, until: '2025-11-30' })]
  .flatMap((day) => day.events)
  .slice(0, 40);
const launch = async () => (kafka = await launchKafka({ folder: join(folder, 'kafka'), libs: resolve('.casegraph/kafka/libs'), port }));
/** Business dates are facts of the gateway beside the events that were sent. */
const recorded = async () =>
  (await store.transaction((tx) => tx.query<{ fact_id: string }>(`select fact_id from event_log where type not like 'BusinessDate%'`)))
    .map(({ fact_id }) => fact_id)
    .sort();
const idsOf = (to: number) =>
  events
    .slice(0, to)
    .map(({ event }) => event['id'])
    .sort();
async function send(from: number, to: number): Promise<void> {
  const publisher = await createPublisher({ brokers: [`127.0.0.1:${port}`], topic: 'loans' });
  await publisher.ensureTopic(1);
  await publisher.send(events.slice(from, to).map(({ key, event }) => ({ key, value: JSON.stringify(event), partition: 0 })));
  await publisher.disconnect();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casegraph-broker-'));
  port = await freePort(0);
  database = await openDatabase();
  ({ store } = database);
  consuming = startConsuming(
    (onFatal) =>
      createIntake({
        store,
        brokers: [`127.0.0.1:${port}`],
        topics: ['loans'],
        groupId: 'broker',
        format: createCanonicalFormat(),
        dayPatienceMs: 200,
        log: silent,
        onFatal,
      }),
    silent,
  );
}, 60_000);
afterAll(async () => {
  await consuming?.stop();
  await kafka?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('is waited for when it is not there at the start, and the state says why', async () => {
  expect(events).toHaveLength(40);
  await until('the state names the broker', async () => consuming.state().includes(`127.0.0.1:${port}`), 60_000);
  await launch();
  await send(0, 20);
  await until('the first events are recorded', async () => (await recorded()).length === 20 && consuming.state() === 'ok');
  expect(await recorded()).toEqual(idsOf(20));
}, 120_000);

it('is waited for when it goes away, and nothing that it took is lost', async () => {
  await kafka!.stop();
  await until('the state is not ok', async () => consuming.state() !== 'ok', 90_000);
  await launch();
  await send(20, 40);
  await until('the later events are recorded too', async () => (await recorded()).length === 40 && consuming.state() === 'ok', 90_000);
  expect(await recorded()).toEqual(idsOf(40));
}, 200_000);
