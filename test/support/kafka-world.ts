// A real Kafka and a real Postgres for a whole test file, and runs of a small book through the intake into a database of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { createIntake, type Intake } from '../../src/events/intake.js';
import { createPublisher, type Publisher } from '../../src/events/publisher.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { playBook, type Message, type PlaySettings } from '../../src/sandbox/book/play.js';
import { launchKafka } from '../../src/sandbox/launch/kafka.js';
import { digestOf, type Digest } from '../../src/storage/digest.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase } from './database.js';
import { until } from './until.js';

export const smallBook = { ...demoBook, borrowers: 60, loans: 90, months: 8, until: '2026-03-31' };
export const lastDate = '2026-04-01';

export interface KafkaWorld {
  brokers: string[];
  /** An empty, migrated database. */
  database(): Promise<{ url: string; store: Store }>;
  publisher(topic: string, partitions: number): Promise<Publisher>;
  stop(): Promise<void>;
}

export async function openKafkaWorld(): Promise<KafkaWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-kafka-'));
  const kafka = await launchKafka({ folder: join(folder, 'kafka'), libs: resolve('.casegraph/kafka/libs'), port: 0 });
  const open: (() => Promise<unknown>)[] = [];
  return {
    brokers: kafka.brokers,
    async database() {
      const { url, store, stop } = await openDatabase();
      open.push(stop);
      return { url, store };
    },
    async publisher(topic, partitions) {
      const publisher = await createPublisher({ brokers: kafka.brokers, topic });
      await publisher.ensureTopic(partitions);
      open.push(() => publisher.disconnect());
      return publisher;
    },
    async stop() {
      for (const close of open.reverse()) await close();
      await kafka.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const silent = { info() {}, warn() {}, error() {} };

export function intakeOf(world: KafkaWorld, store: Store, topic: string, onFatal: (error: Error) => void = () => {}): Intake {
  return createIntake({
    store,
    brokers: world.brokers,
    topics: [topic],
    groupId: `test-${topic}`,
    format: createCanonicalFormat(),
    dayPatienceMs: 3_000,
    log: silent,
    onFatal,
  });
}

export async function play(publisher: Publisher, partitions: number, how: Partial<PlaySettings> = {}): Promise<Message[]> {
  const spoilt: Message[] = [];
  await playBook({
    days: generateBook(smallBook),
    tenant: 'demo',
    partitions,
    send: publisher.send,
    daysAtOnce: 20,
    spoilt: (message) => spoilt.push(message),
    ...how,
  });
  return spoilt;
}

/** Until every message of the topic is recorded. */
export const readWhole = (intake: Intake, mostMs?: number) =>
  until(
    'the whole book is recorded',
    async () => {
      const { joined, lag } = await intake.health();
      return joined && lag === 0;
    },
    mostMs,
  );

export const digest = (store: Store): Promise<Digest> => store.transaction(digestOf);
