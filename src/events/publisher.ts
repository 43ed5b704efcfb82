// Kafka out, for those who play a book: messages with keys and chosen partitions, acknowledged by all replicas.
import { CompressionTypes, Kafka, logLevel, Partitioners } from 'kafkajs';

export interface Message {
  key: string | null;
  value: string | Buffer;
  partition?: number;
}

export interface Publisher {
  /** Makes the topic when it is not there. @returns how many partitions it has */
  ensureTopic(partitions: number): Promise<number>;
  send(messages: Message[]): Promise<void>;
  disconnect(): Promise<void>;
}

export async function createPublisher({ brokers, topic }: { brokers: string[]; topic: string }): Promise<Publisher> {
  const kafka = new Kafka({ clientId: 'casegraph-publisher', brokers, logLevel: logLevel.NOTHING, retry: { retries: 10 } });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  return {
    async ensureTopic(partitions) {
      const admin = kafka.admin();
      await admin.connect();
      try {
        await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }], waitForLeaders: true });
        return (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]!.partitions.length;
      } finally {
        await admin.disconnect();
      }
    },
    async send(messages) {
      await producer.send({ topic, messages, compression: CompressionTypes.GZIP, acks: -1 });
    },
    disconnect: () => producer.disconnect(),
  };
}
