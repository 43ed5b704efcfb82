// Reads topics from their beginning to where they end now, for those who restore a log: it commits no offset and joins no group of the gateway.
import { Kafka, logLevel } from 'kafkajs';
import type { SourceFact } from '../actions/record-loan-facts.js';
import { knowCodecs } from './codecs.js';
import { readAlone, type Format } from './read-batch.js';

interface Settings {
  brokers: string[];
  topics: readonly string[];
  format: Format;
  /** In the order of each partition. */
  onFacts(facts: SourceFact[], unreadable: number): Promise<void>;
}

/** @returns how many messages were read */
export async function readWhole({ brokers, topics, format, onFacts }: Settings): Promise<number> {
  knowCodecs();
  const kafka = new Kafka({ clientId: 'casegraph-restore', brokers, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const left = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
      if (BigInt(high) > BigInt(low)) left.set(`${topic} ${partition}`, BigInt(high));
  const groupId = `casegraph-restore-${process.pid}-${Date.now()}`;
  const consumer = kafka.consumer({ groupId });
  let count = 0;
  try {
    if (!left.size) return 0;
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await new Promise<void>((done, failed) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch: { topic, partition, messages } }) => {
            const end = left.get(`${topic} ${partition}`);
            const wanted = messages.filter(({ offset }) => end !== undefined && BigInt(offset) < end);
            const facts: SourceFact[] = [];
            let unreadable = 0;
            for (const { offset, key, value, headers = {} } of wanted) {
              const read = readAlone(
                {
                  topic,
                  partition,
                  offset,
                  key,
                  value,
                  headers: Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, String(each)])),
                },
                format,
              );
              if ('unreadable' in read) unreadable++;
              else facts.push(...read.facts);
            }
            if (wanted.length) await onFacts(facts, unreadable);
            count += wanted.length;
            const last = messages.at(-1);
            if (last && BigInt(last.offset) + 1n >= (end ?? 0n)) left.delete(`${topic} ${partition}`);
            if (!left.size) done();
          },
        })
        .catch(failed);
    });
    return count;
  } finally {
    await consumer.disconnect().catch(() => {});
    await admin.deleteGroups([groupId]).catch(() => {});
    await admin.disconnect();
  }
}
