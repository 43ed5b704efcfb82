// A Kafka Connect worker in standalone mode with Debezium's Postgres connector: jars from Maven Central, kept between runs; only on loopback.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../src/sandbox/launch/ports.js';
import { until } from '../until.js';

const run = promisify(execFile);

export interface Connector {
  name: string;
  [property: string]: string;
}

export interface ConnectWorker {
  pid: number;
  /** The state of a connector's only task: RUNNING, FAILED, … */
  taskOf(name: string): Promise<string>;
  stop(): Promise<void>;
  /** As a machine that fails: nothing is flushed, and what was sent since is sent again. */
  kill(): Promise<void>;
}

/** Fetched beside and then moved, so that an interrupted fetch leaves nothing. */
async function fetchJars(pom: string, folder: string, without: string): Promise<void> {
  if (existsSync(folder)) return;
  const fetched = `${folder}.${process.pid}`;
  await run(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DexcludeGroupIds=${without}`,
      `-DoutputDirectory=${fetched}`,
    ],
    { maxBuffer: 1 << 26 },
  );
  try {
    renameSync(fetched, folder);
  } catch (error) {
    rmSync(fetched, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // another run has moved its own meanwhile
  }
}

/** @param folder of this run: offsets, settings and the log */
export async function launchWorker(brokers: readonly string[], folder: string, connectors: readonly Connector[]): Promise<ConnectWorker> {
  const jars = resolve('.casegraph/connect');
  mkdirSync(join(jars, 'plugins'), { recursive: true });
  mkdirSync(folder, { recursive: true });
  const poms = resolve('test/support/connect');
  await fetchJars(join(poms, 'worker.pom.xml'), join(jars, 'worker'), 'none');
  await fetchJars(
    join(poms, 'debezium-postgres.pom.xml'),
    join(jars, 'plugins', 'debezium-postgres'),
    'org.apache.kafka,org.slf4j,jakarta.ws.rs',
  );
  const port = await freePort(0);
  const written = (name: string, properties: Record<string, string>): string => {
    const path = join(folder, `${name}.properties`);
    writeFileSync(
      path,
      Object.entries(properties)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
    return path;
  };
  const worker = written('worker', {
    'bootstrap.servers': brokers.join(),
    listeners: `http://127.0.0.1:${port}`,
    'plugin.path': join(jars, 'plugins'),
    'plugin.discovery': 'service_load',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'offset.storage.file.filename': join(folder, 'offsets'),
    'offset.flush.interval.ms': '500',
  });
  const log = join(folder, 'connect.log');
  const child = spawn(
    'java',
    [
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
      '-cp',
      join(jars, 'worker', '*'),
      'org.apache.kafka.connect.cli.ConnectStandalone',
      worker,
      ...connectors.map((connector) => written(connector.name, connector)),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const file = createWriteStream(log);
  child.stdout.pipe(file);
  child.stderr.pipe(file);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const taskOf = async (name: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${port}/connectors/${name}/status`).catch(() => null);
    const status = answer?.ok ? ((await answer.json()) as { tasks: { state: string; trace?: string }[] }) : null;
    return status?.tasks[0]?.state ?? 'NOT_THERE';
  };
  const started: ConnectWorker = {
    pid: child.pid!,
    taskOf,
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(hard);
      file.end();
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      file.end();
    },
  };
  try {
    for (const { name } of connectors)
      await until(
        `the connector ${name} runs`,
        async () => {
          if (child.exitCode !== null || (await taskOf(name)) === 'FAILED') throw new Error(`Kafka Connect: ${lastWordsOf(log)}`);
          return (await taskOf(name)) === 'RUNNING';
        },
        180_000,
      );
  } catch (error) {
    await started.stop();
    throw error;
  }
  return started;
}

const lastWordsOf = (log: string): string => readFileSync(log, 'utf8').trim().split('\n').slice(-30).join('\n');
