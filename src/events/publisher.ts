// Kafka out, for those who play a book: messages with keys and chosen partitions, acknowledged by all replicas.
import { CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs';
import { knowCodecs } from './codecs.js';

export interface Message {
  key: string | Buffer | null;
  /** Null is a tombstone. */
  value: string | Buffer | null;
  headers?: Record<string, string>;
  partition?: number;
}

export interface Publisher {
  /** Makes the topic when it is not there. @returns how many partitions it has */
  ensureTopic(partitions: number): Promise<number>;
  /** How many partitions the topic has; 0 when it is not there. */
  partitions(): Promise<number>;
  send(messages: Message[]): Promise<void>;
  disconnect(): Promise<void>;
}

export async function createPublisher({ brokers, topic }: { brokers: string[]; topic: string }): Promise<Publisher> {
  knowCodecs();
  const kafka = new Kafka({ clientId: 'casegraph-publisher', brokers, logLevel: logLevel.NOTHING, retry: { retries: 10 } });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  async function asAdmin<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
  const count = async (admin: ReturnType<Kafka['admin']>): Promise<number> =>
    (await admin.listTopics()).includes(topic) ? (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]!.partitions.length : 0;
  return {
    ensureTopic: (partitions) =>
      asAdmin(async (admin) => {
        await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }], waitForLeaders: true });
        return count(admin);
      }),
    partitions: () => asAdmin(count),
    async send(messages) {
      await producer.send({ topic, messages, compression: CompressionTypes.GZIP, acks: -1 });
    },
    disconnect: () => producer.disconnect(),
  };
}
