// Kafka in: fetched messages queue up by partition, and one worker a partition records them, day by day; offsets are committed after the database has.
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { recordLoanFacts, type Recorded } from '../actions/record-loan-facts.js';
import type { LocalDate } from '../domain/fact.js';
import { Overtaken, type LoanCache } from '../storage/loans.js';
import { nextOffsetOf, openedDatesOf } from '../storage/progress.js';
import type { Store } from '../storage/store.js';
import { knowCodecs } from './codecs.js';
import { createDayGate, nameOf, type DayGate, type TopicPartition } from './open-day.js';
import { PartitionQueue } from './partition-queue.js';
import { readBatch, type Format } from './read-batch.js';

export interface IntakeSettings {
  store: Store;
  brokers: string[];
  /** One source may keep its tables in topics of their own. */
  topics: readonly string[];
  groupId: string;
  format: Format;
  dayPatienceMs: number;
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void; error(fields: object, text: string): void };
  onRecorded?(recorded: Recorded): void;
  onDay?(tenant: string, businessDate: LocalDate): void;
  /** The consumer cannot go on: the process has to end, and be started again. */
  onFatal(error: Error): void;
}

export interface Intake {
  start(): Promise<void>;
  stop(): Promise<void>;
  joined(): boolean;
  /** Whether the group was joined, and how many messages are known and not yet recorded. */
  health(): Promise<{ joined: boolean; lag: number }>;
}

const most = 2_000; // messages a batch
const full = 20_000; // messages that may wait a partition
const backoffMs = [200, 1_000, 5_000];

export function createIntake(settings: IntakeSettings): Intake {
  const { store, topics, log } = settings;
  knowCodecs();
  const client = { clientId: 'casegraph', brokers: settings.brokers, logLevel: logLevel.NOTHING, connectionTimeout: 3_000 };
  const kafka = new Kafka({ ...client, retry: { retries: 8, initialRetryTime: 200, maxRetryTime: 5_000 } });
  const consumer: Consumer = kafka.consumer({
    groupId: settings.groupId,
    sessionTimeout: 30_000,
    heartbeatInterval: 3_000,
    maxBytesPerPartition: 1_048_576,
    maxWaitTimeInMs: 200,
  });
  // Says soon what is amiss; who starts the intake tries again.
  const admin = new Kafka({ ...client, retry: { retries: 1, initialRetryTime: 200 } }).admin();
  const queues = new Map<string, PartitionQueue>();
  const workers = new Set<Promise<void>>();
  let joined = false;
  let stopping = false;

  async function highWaters(): Promise<(TopicPartition & { high: bigint })[]> {
    const all = await Promise.all(topics.map(async (topic) => ({ topic, offsets: await admin.fetchTopicOffsets(topic) })));
    return all.flatMap(({ topic, offsets }) => offsets.map(({ partition, high }) => ({ topic, partition, high: BigInt(high) })));
  }

  /** How many messages of these partitions are not recorded. */
  async function behind(partitions: readonly (TopicPartition & { high: bigint })[]): Promise<number> {
    const next = await store.transaction((tx) => Promise.all(partitions.map(({ topic, partition }) => nextOffsetOf(tx, topic, partition))));
    return partitions.reduce((sum, { high }, i) => sum + Math.max(0, Number(high - next[i]!)), 0);
  }

  async function readToEnd(partitions: readonly TopicPartition[]): Promise<boolean> {
    const wanted = new Set(partitions.map(nameOf));
    return (await behind((await highWaters()).filter((each) => wanted.has(nameOf(each))))) === 0;
  }

  function queueOf(at: TopicPartition, gate: DayGate): PartitionQueue {
    const known = queues.get(nameOf(at));
    if (known) return known;
    const queue = new PartitionQueue(at);
    queues.set(nameOf(at), queue);
    const worker = work(queue, gate).catch((error: Error) => {
      if (!queue.hasEnded) settings.onFatal(error);
    });
    workers.add(worker);
    void worker.finally(() => workers.delete(worker));
    return queue;
  }

  async function work(queue: PartitionQueue, gate: DayGate): Promise<void> {
    const { topic, partition } = queue.at;
    const cache: LoanCache = new Map();
    let [expected, reached] = await store.transaction(
      async (tx) => [await nextOffsetOf(tx, topic, partition), await openedDatesOf(tx, topic, partition)] as const,
    );
    for (let failures = 0; ;) {
      const waiting = await queue.peek();
      if (!waiting) return;
      const behind = waiting.findIndex(({ offset }) => BigInt(offset) >= expected);
      queue.drop(behind < 0 ? waiting.length : behind); // recorded before the process last ended
      if (behind < 0) continue;
      const batch = readBatch(topic, partition, waiting, reached, settings.format, most);
      try {
        if (batch.taken) {
          const recorded = await recordLoanFacts(store, { ...batch, topic, partition, expectedOffset: expected, cache });
          settings.onRecorded?.(recorded);
          expected = batch.nextOffset;
          queue.drop(batch.taken);
          if (queue.size < full / 2) consumer.resume([{ topic, partitions: [partition] }]);
          await consumer
            .commitOffsets([{ topic, partition, offset: String(expected) }])
            .catch((error: Error) =>
              log.warn({ topic, partition, error: error.message }, 'the offset was not committed; the database knows it'),
            );
        }
        if (batch.reached) {
          await gate.pass(batch.reached.tenant, queue.at, batch.reached.businessDate, () => queue.hasEnded);
          reached = new Map(reached).set(batch.reached.tenant, batch.reached.businessDate);
          cache.clear(); // what the new date decided of these loans is not in it
        }
        failures = 0;
      } catch (error) {
        cache.clear();
        if (queue.hasEnded) return;
        const wait = backoffMs[Math.min(failures, backoffMs.length - 1)]!;
        log.warn({ topic, partition, failures, error: (error as Error).message }, `the batch was not recorded; again in ${wait} ms`);
        if (++failures > 60) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (error instanceof Overtaken) expected = await store.transaction((tx) => nextOffsetOf(tx, topic, partition));
      }
    }
  }

  function endQueues(): void {
    for (const queue of queues.values()) queue.end();
    queues.clear();
  }

  return {
    async start() {
      await admin.connect();
      await consumer.connect();
      const there = await admin.listTopics();
      const missing = topics.filter((topic) => !there.includes(topic));
      if (missing.length) throw new Error(`the topic ${missing.join(', ')} does not exist`);
      const partitions = await highWaters();
      for (const { topic, partition, high } of partitions) {
        const next = await store.transaction((tx) => nextOffsetOf(tx, topic, partition));
        if (next > high)
          throw new Error(
            `the topic ${topic} ends at ${high} in partition ${partition}, but this database has read up to ${next}: it is not the topic it was`,
          );
      }
      const gate = createDayGate({
        store,
        partitions,
        patienceMs: settings.dayPatienceMs,
        readToEnd,
        onDay: (tenant, date) => settings.onDay?.(tenant, date),
        log,
      });
      consumer.on(consumer.events.GROUP_JOIN, () => {
        joined = true;
        endQueues(); // what was fetched under the former assignment is fetched again from what the database has
        consumer.resume(consumer.paused());
      });
      consumer.on(consumer.events.REBALANCING, () => endQueues());
      consumer.on(consumer.events.DISCONNECT, () => (joined = false));
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        joined = false;
        if (!payload.restart && !stopping) settings.onFatal(payload.error);
        else log.warn({ error: payload.error.message }, 'the Kafka consumer starts again');
      });
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: true,
        eachBatch: async ({ batch, heartbeat, isStale }) => {
          if (isStale()) return;
          const queue = queueOf({ topic: batch.topic, partition: batch.partition }, gate);
          queue.push(batch.messages);
          if (queue.size >= full) consumer.pause([{ topic: batch.topic, partitions: [batch.partition] }]);
          await heartbeat();
        },
      });
    },
    async stop() {
      stopping = true;
      endQueues();
      await Promise.allSettled(workers);
      await consumer.disconnect().catch(() => {});
      await admin.disconnect().catch(() => {});
    },
    joined: () => joined,
    health: async () => ({ joined, lag: await behind(await highWaters()) }),
  };
}
