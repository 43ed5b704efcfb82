// Compressed batches, as Kafka's own Java producer writes them and as the broker does, read by the intake.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import kafkajs from 'kafkajs';
import { generateBook } from '../../src/sandbox/book/generate.js';
import { playBook, type Message } from '../../src/sandbox/book/play.js';
import { lz4, snappy, zstd } from '../../src/events/codecs.js';
import { digest, intakeOf, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';

const { CompressionTypes, Kafka, logLevel } = kafkajs;
const types = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const classes = mkdtempSync(join(tmpdir(), 'casegraph-producer-'));
let world: KafkaWorld;
let messages: Message[];
let wanted: string;

beforeAll(async () => {
  const libs = resolve('.casegraph/kafka/libs/*');
  execFileSync('javac', ['-cp', libs, '-d', classes, resolve('test/support/Producer.java')]);
  world = await openKafkaWorld();
  messages = [];
  const book = { seed: 3, borrowers: 200, loans: 250, tenant: 'demo', until: '2026-02-28', months: 1 };
  await playBook({
    days: generateBook(book),
    tenant: 'demo',
    partitions: 2,
    send: async (some) => void messages.push(...some),
  });
  wanted = await readFrom('plain', async () => {
    const publisher = await world.publisher('plain', 2);
    await publisher.send(messages);
  });
}, 240_000);
afterAll(async () => {
  await world?.stop();
  rmSync(classes, { recursive: true, force: true });
}, 60_000);

/** @returns the digest of what the intake makes of a topic */
async function readFrom(topic: string, send: () => Promise<void>): Promise<string> {
  const { store } = await world.database();
  await world.publisher(topic, 2);
  await send();
  const intake = intakeOf(world, store, topic);
  await intake.start();
  await readWhole(intake);
  await intake.stop();
  const parked = await store.transaction((tx) => tx.query('select reason from parked_message'));
  expect(parked).toEqual([]);
  return (await digest(store)).whole;
}

const java = (topic: string, compression: string, batchBytes: number): Promise<void> =>
  new Promise((done, failed) => {
    const child = spawn('java', [
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      '-cp',
      `${classes}:${resolve('.casegraph/kafka/libs/*')}`,
      'Producer',
      world.brokers.join(','),
      topic,
      compression,
      String(batchBytes),
    ]);
    let said = '';
    let wrong = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (wrong += chunk));
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 && said.trim() === String(messages.length) ? done() : failed(new Error(`${code} ${said} ${wrong}`)),
    );
    child.stdin.end(messages.map(({ partition, key, value }) => `${partition}\t${key ?? ''}\t${value}\n`).join(''));
  });

it.each(types)(
  'reads what the Java producer compresses with %s, in small batches and in large ones',
  async (type) => {
    const read = [2_000, 800_000].map((bytes) => readFrom(`java-${type}-${bytes}`, () => java(`java-${type}-${bytes}`, type, bytes)));
    expect(await Promise.all(read)).toEqual([wanted, wanted]);
  },
  180_000,
);

it.each(types.slice(1))(
  'reads a topic whose broker compresses with %s',
  async (type) => {
    const topic = `topic-${type}`;
    const read = readFrom(topic, async () => {
      const admin = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name: 'compression.type', value: type }] }],
      });
      await admin.disconnect();
      await (await world.publisher(topic, 2)).send(messages);
    });
    expect(await read).toBe(wanted);
  },
  120_000,
);

it.each([
  ['snappy', CompressionTypes.Snappy],
  ['lz4', CompressionTypes.LZ4],
  ['zstd', CompressionTypes.ZSTD],
])(
  'writes %s that it reads again',
  async (name, compression) => {
    const read = readFrom(`own-${name}`, async () => {
      const producer = new Kafka({ brokers: world.brokers, logLevel: logLevel.NOTHING }).producer({
        createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      await producer.send({ topic: `own-${name}`, messages: messages.map((each) => ({ ...each })), compression });
      await producer.disconnect();
    });
    expect(await read).toBe(wanted);
  },
  120_000,
);

it('reads Snappy without the header of Java, as other producers write it', async () => {
  const { compress } = await import('snappy');
  const text = Buffer.from('a loan '.repeat(100_000));
  expect((await snappy.decompress(Buffer.from(await compress(text)))).equals(text)).toBe(true);
});

it.each([
  ['snappy', snappy],
  ['lz4', lz4],
  ['zstd', zstd],
])('refuses %s that is cut off', async (_, codec) => {
  const whole = await codec.compress({ buffer: Buffer.from('a loan '.repeat(100_000)) });
  await expect(codec.decompress(whole.subarray(0, whole.length - 20))).rejects.toThrow();
});
