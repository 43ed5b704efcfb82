// Debezium's JDBC sink in a Kafka Connect worker of its own, tuned; jars from Maven Central, kept below .casegraph/bench.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { createRows } from './contenders.js';
import type { Row } from './stream.js';

const run = promisify(execFile);
const jars = resolve('.casegraph/bench');
const pom = resolve('test/bench/connect/pom.xml');

/** @throws when Maven or its repository cannot be had */
export async function fetchSink(): Promise<void> {
  for (const profile of ['worker', 'sink'] as const) {
    const folder = join(jars, profile === 'sink' ? 'plugins/jdbc' : 'worker');
    if (existsSync(folder)) continue;
    const fetched = `${folder}.${process.pid}`;
    try {
      await run('mvn', ['-q', '-B', '-f', pom, '-P', profile, 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`]);
      // The worker's own Jackson has to be used: another copy in the plugin's folder makes the task fail.
      for (const jar of readdirSync(fetched))
        if (profile === 'sink' && /^jackson-(core|databind|annotations)-/.test(jar)) rmSync(join(fetched, jar));
      renameSync(fetched, folder);
    } finally {
      rmSync(fetched, { recursive: true, force: true });
    }
  }
}

const columnOf = (name: string, value: { type: string; name?: string }) => ({ field: name, optional: name !== 'id', ...value });
const text = { type: 'string' };
const day = { type: 'int32', name: 'io.debezium.time.Date' };
const fields: Record<keyof Row, { type: string; name?: string }> = {
  id: text,
  aggregate_id: text,
  type: text,
  tenant: text,
  sequence: { type: 'int64' },
  effective_on: day,
  business_on: day,
  occurred_at: { type: 'string', name: 'io.debezium.time.ZonedTimestamp' },
  transaction_id: text,
  kind: text,
  value_on: day,
  posted_on: day,
  amount_minor: { type: 'int64' },
  currency: text,
  document: text,
};
const schema = { type: 'struct', optional: false, name: 'row', fields: Object.entries(fields).map(([name, type]) => columnOf(name, type)) };
const keySchema = { type: 'struct', optional: false, name: 'key', fields: [columnOf('id', text)] };
const dayOf = (date: string | null): number | null => (date === null ? null : Date.parse(`${date}T00:00:00Z`) / 86_400_000);

/** A row as Connect JSON with its schema. */
export const connectMessageOf = (row: Row): { key: string; value: string } => ({
  key: JSON.stringify({ schema: keySchema, payload: { id: row.id } }),
  value: JSON.stringify({
    schema,
    payload: {
      ...row,
      effective_on: dayOf(row.effective_on),
      business_on: dayOf(row.business_on),
      value_on: dayOf(row.value_on),
      posted_on: dayOf(row.posted_on),
    },
  }),
});

const properties = (all: Record<string, string | number>): string =>
  Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

interface SinkRun {
  brokers: string[];
  topic: string;
  /** Different rows that will be there in the end. */
  rows: number;
  url: string;
  folder: string;
  timeoutMs: number;
}

/**
 * Rows a second from the first commit that is seen to the last: the start of the worker does not count, nor what the first commit held.
 * @throws when the worker ends or the rows do not come
 */
export async function runSink({ brokers, topic, rows, url, folder, timeoutMs }: SinkRun): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // an interrupted bench ends its server first
  await client.connect();
  await client.query(`drop table if exists sink_row; ${createRows('sink_row')}`);
  mkdirSync(folder, { recursive: true });
  const at = new URL(url);
  const [worker, sink] = [join(folder, 'worker.properties'), join(folder, 'sink.properties')];
  rmSync(join(folder, 'offsets.dat'), { force: true });
  writeFileSync(
    worker,
    properties({
      'bootstrap.servers': brokers.join(),
      listeners: `http://127.0.0.1:${await freePort(0)}`,
      'plugin.path': join(jars, 'plugins'),
      'plugin.discovery': 'service_load',
      'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'offset.storage.file.filename': join(folder, 'offsets.dat'),
      'offset.flush.interval.ms': 1000,
      'connector.client.config.override.policy': 'All',
    }),
  );
  writeFileSync(
    sink,
    properties({
      name: `sink-${Date.now()}`,
      'connector.class': 'io.debezium.connector.jdbc.JdbcSinkConnector',
      'tasks.max': 1,
      topics: topic,
      'connection.url': `jdbc:postgresql://${at.host}${at.pathname}`,
      'connection.username': at.username,
      'connection.password': at.password,
      'insert.mode': 'upsert',
      'delete.enabled': 'true',
      'primary.key.mode': 'record_key',
      'primary.key.fields': 'id',
      'schema.evolution': 'none',
      'collection.name.format': 'sink_row',
      'batch.size': 5000,
      'use.reduction.buffer': 'true',
      'consumer.override.max.poll.records': 5000,
      'consumer.override.fetch.min.bytes': 1048576,
      'consumer.override.fetch.max.bytes': 67108864,
      'consumer.override.max.partition.fetch.bytes': 16777216,
    }),
  );
  const child = spawn(
    'java',
    ['-Xmx1g', '-cp', `${join(jars, 'worker')}/*`, 'org.apache.kafka.connect.cli.ConnectStandalone', worker, sink],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const log = createWriteStream(join(folder, 'connect.txt'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  let ended = false;
  const end = new Promise<void>((resolve) => child.once('exit', () => resolve(void (ended = true))));
  const count = async () => Number((await client.query('select count(*) from sink_row')).rows[0].count);
  try {
    const deadline = performance.now() + timeoutMs;
    let first: { at: number; rows: number } | null = null;
    for (;;) {
      const have = await count();
      const now = performance.now();
      if (have && !first) first = { at: now, rows: have };
      if (have >= rows) return first!.rows < rows ? ((rows - first!.rows) * 1000) / (now - first!.at) : NaN;
      if (ended) throw new Error(`the Connect worker ended; its words are in ${join(folder, 'connect.txt')}`);
      if (now > deadline) throw new Error(`the sink wrote ${have} of ${rows} rows in ${timeoutMs} ms; see ${join(folder, 'connect.txt')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await end;
    clearTimeout(hard);
    log.end();
    await client.end();
  }
}
