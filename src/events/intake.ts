// Kafka in: fetched messages queue up by partition, and one worker a partition records them, day by day; offsets are committed after the database has.
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { recordLoanFacts, type Recorded } from '../actions/record-loan-facts.js';
import type { LocalDate } from '../domain/fact.js';
import { Overtaken, type LoanCache } from '../storage/loans.js';
import { nextOffsetOf, openedDatesOf } from '../storage/progress.js';
import type { Store } from '../storage/store.js';
import { atOnce, createTurns } from './in-turn.js';
import { JoinedTransactions } from './joined-transactions.js';
import { oneOwner } from './one-owner.js';
import { knowCodecs } from './codecs.js';
import { createDayGate, nameOf, type DayGate, type TopicPartition } from './open-day.js';
import { PartitionQueue } from './partition-queue.js';
import { readBatch, type Format } from './read-batch.js';

export interface IntakeSettings {
  store: Store;
  brokers: string[];
  /** One source may keep its tables in topics of their own. */
  topics: readonly string[];
  /** Those of the other sources of this gateway, whose business dates are waited for as well. */
  otherTopics?: readonly string[];
  groupId: string;
  /** The group is forgotten at the end. */
  temporary?: boolean;
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

const most = 5_000; // messages a batch
const full = 20_000; // messages that may wait a partition
const backoffMs = [200, 1_000, 5_000];

export function createIntake(settings: IntakeSettings): Intake {
  const { store, topics, log } = settings;
  knowCodecs();
  const client = { clientId: 'casegraph', brokers: settings.brokers, logLevel: logLevel.NOTHING, connectionTimeout: 3_000 };
  const kafka = new Kafka({ ...client, retry: { retries: 8, initialRetryTime: 200, maxRetryTime: 5_000 } });
  const consumer: Consumer = kafka.consumer({
    groupId: settings.groupId,
    ...(settings.format.joined ? { partitionAssigners: [oneOwner()] } : {}),
    // A process that was killed holds its partitions this long. One that only seemed dead is fenced by the progress it expected.
    sessionTimeout: 10_000,
    heartbeatInterval: 2_000,
    maxBytesPerPartition: 1_048_576,
    maxWaitTimeInMs: 200,
  });
  // Says soon what is amiss; who starts the intake tries again.
  const admin = new Kafka({ ...client, retry: { retries: 1, initialRetryTime: 200 } }).admin();
  const queues = new Map<string, PartitionQueue>();
  const workers = new Set<Promise<void>>();
  const newTransactions = () => settings.format.joined && new JoinedTransactions({ joined: settings.format.joined, log });
  let transactions = newTransactions();
  // The rows of one loan come from several partitions there: their workers share what they know of it, and take turns.
  const [inTurn, sharedCache] = settings.format.joined ? [createTurns(), new Map() as LoanCache] : [atOnce, null];
  /** Partitions of which it was said that messages are missing. */
  const told = new Set<string>();
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
    const cache: LoanCache = sharedCache ?? new Map();
    let [expected, reached] = await store.transaction(
      async (tx) => [await nextOffsetOf(tx, topic, partition), await openedDatesOf(tx, topic, partition)] as const,
    );
    for (let failures = 0; ;) {
      const waiting = await queue.peek();
      if (!waiting) return;
      if (queue.from! > expected && (await askAgain(queue, expected))) continue;
      const behind = waiting.findIndex(({ offset }) => BigInt(offset) >= expected);
      const recordedBefore = behind < 0 ? waiting.length : behind; // when the process last ended
      transactions?.taken(waiting.slice(0, recordedBefore));
      drop(queue, recordedBefore);
      if (behind < 0) continue;
      const free = transactions
        ? await transactions.free(
            queue.at,
            waiting.slice(0, most),
            () => queue.size >= full,
            () => queue.hasEnded,
          )
        : waiting;
      const batch = readBatch(topic, partition, free, reached, settings.format, most);
      try {
        if (batch.taken) {
          const from = expected;
          const recorded = await inTurn(() => recordLoanFacts(store, { ...batch, topic, partition, expectedOffset: from, cache }));
          settings.onRecorded?.(recorded);
          expected = batch.nextOffset;
          transactions?.taken(free.slice(0, batch.taken));
          drop(queue, batch.taken);
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

  /** Whatever makes room lets more in: a partition that was paused with nothing but known messages would stay so for ever. */
  function drop(queue: PartitionQueue, count: number): void {
    queue.drop(count);
    if (!queue.hasEnded && queue.size < full / 2) resume(queue.at);
  }

  const resume = ({ topic, partition }: TopicPartition): void => consumer.resume([{ topic, partitions: [partition] }]);

  /** Kafka's own note of the offset may be ahead of a database that was restored: the database is right. @returns whether messages come again */
  async function askAgain(queue: PartitionQueue, expected: bigint): Promise<boolean> {
    const { topic, partition } = queue.at;
    const low = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition)?.low;
    const from = BigInt(low ?? 0) > expected ? BigInt(low!) : expected;
    if (from > expected && !told.has(nameOf(queue.at))) {
      told.add(nameOf(queue.at));
      log.error({ topic, partition, from: String(expected), to: String(from) }, 'Kafka has deleted messages before they were recorded');
    }
    if (queue.hasEnded || queue.from! <= from) return false;
    queue.restart();
    consumer.seek({ topic, partition, offset: String(from) });
    resume(queue.at);
    return true;
  }

  function endQueues(): void {
    for (const queue of queues.values()) queue.end();
    queues.clear();
    transactions = newTransactions();
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
        partitions: partitions.filter(({ topic }) => !settings.format.joined?.endsOnly(topic)),
        otherTopics: settings.otherTopics,
        patienceMs: settings.dayPatienceMs,
        highWaters,
        behind,
        onDay: (tenant, date) => settings.onDay?.(tenant, date),
        log,
      });
      consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        joined = true;
        log.info({ partitions: payload.memberAssignment }, 'partitions were assigned');
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
          const taken = queue.push(batch as typeof batch & { fetchedOffset: string }); // kafkajs has it and does not declare it
          if ('missing' in taken) consumer.seek({ topic: batch.topic, partition: batch.partition, offset: String(taken.missing) });
          else transactions?.saw(queue.at, taken);
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
      if (settings.temporary) await admin.deleteGroups([settings.groupId]).catch(() => {});
      await admin.disconnect().catch(() => {});
    },
    joined: () => joined,
    health: async () => ({ joined, lag: await behind(await highWaters()) }),
  };
}
