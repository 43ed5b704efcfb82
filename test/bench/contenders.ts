// Who runs in this process: bare consumption, the bare loop, and the gateway; each reads the same topic and says how long it took from its first message on.
import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { createIntake } from '../../src/events/intake.js';
import type { Store } from '../../src/storage/store.js';
import { rowOf, type Row } from './stream.js';

export interface Source {
  brokers: string[];
  topic: string;
  messages: number;
}

const batchSize = 5_000;

/** By column of the bare rows: its type. */
const types: Record<keyof Row, string> = {
  id: 'text',
  aggregate_id: 'text',
  type: 'text',
  tenant: 'text',
  sequence: 'bigint',
  effective_on: 'date',
  business_on: 'date',
  occurred_at: 'timestamptz',
  transaction_id: 'text',
  kind: 'text',
  value_on: 'date',
  posted_on: 'date',
  amount_minor: 'bigint',
  currency: 'text',
  document: 'text',
};
const names = Object.keys(types) as (keyof Row)[];
const declared = Object.entries(types)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');
export const createRows = (table: string): string => `create table ${table} (${declared}, primary key (id))`;
const upsert = (table: string): string =>
  `insert into ${table} select * from json_to_recordset($1::json) as r(${declared}) on conflict (id) do update set ${names
    .filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

type Fetched = { value: Buffer | null }[];

/** Reads a topic to its end, fetch after fetch. @returns milliseconds from the first fetch on */
async function consumeAll({ brokers, topic, messages }: Source, take: (fetched: Fetched) => Promise<void>): Promise<number> {
  const kafka = new Kafka({ clientId: 'bench', brokers, logLevel: logLevel.NOTHING });
  const groupId = `bench-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  let began = 0;
  let done!: () => void;
  let failed!: (error: unknown) => void;
  const all = new Promise<void>((resolve, reject) => ([done, failed] = [resolve, reject]));
  consumer.on(consumer.events.FETCH_START, () => (began ||= performance.now()));
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      seen += batch.messages.length;
      try {
        await take(batch.messages);
      } catch (error) {
        failed(error);
      }
      if (seen >= messages) done();
    },
  });
  try {
    await all;
    return performance.now() - began;
  } finally {
    await consumer.disconnect();
  }
}

export const consumeBare = (source: Source): Promise<number> => consumeAll(source, async () => {});

/** Parses each message and upserts one row for each, 5,000 at a time, one connection, each batch awaited. */
export async function runLoop(source: Source, url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // an interrupted bench ends its server first
  await client.connect();
  await client.query(`drop table if exists bare_row; ${createRows('bare_row')}`);
  let waiting = new Map<string, Row>();
  let seen = 0;
  const flush = async () => {
    if (waiting.size) await client.query({ name: 'bare', text: upsert('bare_row'), values: [JSON.stringify([...waiting.values()])] });
    waiting = new Map();
  };
  try {
    return await consumeAll(source, async (fetched) => {
      for (const { value } of fetched) {
        try {
          const row = rowOf(JSON.parse(value!.toString()));
          waiting.set(row.id, row); // a statement may touch a row once
        } catch {
          // unreadable: the bare loop does not keep it
        }
        if (waiting.size >= batchSize) await flush();
      }
      if ((seen += fetched.length) >= source.messages) await flush();
    });
  } finally {
    await client.end();
  }
}

export interface GatewayRun {
  ms: number;
  recorded: number;
  duplicates: number;
  parked: number;
}

/** The product's own intake, from the first message that it reads to the commit of the last. */
export async function runGateway({ brokers, topic, messages }: Source, store: Store): Promise<GatewayRun> {
  const format = createCanonicalFormat();
  const run: GatewayRun = { ms: 0, recorded: 0, duplicates: 0, parked: 0 };
  let began = 0;
  let done!: () => void;
  let failed!: (error: Error) => void;
  const all = new Promise<void>((resolve, reject) => ([done, failed] = [resolve, reject]));
  const intake = createIntake({
    store,
    brokers,
    topics: [topic],
    groupId: `bench-${randomUUID()}`,
    format: {
      ...format,
      read(message) {
        began ||= performance.now();
        return format.read(message);
      },
    },
    dayPatienceMs: 5_000,
    log: { info() {}, warn: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`), error() {} },
    onRecorded(recorded) {
      run.recorded += recorded.recorded;
      run.duplicates += recorded.duplicates;
      run.parked += recorded.parked;
      if (run.recorded + run.duplicates + run.parked < messages) return;
      run.ms = performance.now() - began;
      done();
    },
    onFatal: failed,
  });
  try {
    await intake.start();
    await all;
    return run;
  } finally {
    await intake.stop();
  }
}
