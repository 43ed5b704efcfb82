// A local Apache Kafka in KRaft mode: jars from Maven Central, kept between starts; one node, only on loopback.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MissingTool } from './missing-tool.js';
import { freePort } from './ports.js';

const run = promisify(execFile);

export interface LocalKafka {
  brokers: string[];
  pid: number;
  stop(): Promise<void>;
  /** Ends it at once, as an accident would; it can be launched again on the same folder and port. */
  kill(): Promise<void>;
}

/** Java 17 or newer, or a clear sentence. */
async function mustHaveJava(): Promise<void> {
  const { stderr, stdout } = await run('java', ['-version']).catch(() => {
    throw new MissingTool('Java is not installed: a local Kafka needs Java 17 or newer.');
  });
  const version = Number(/version "(\d+)/.exec(stderr + stdout)?.[1]);
  if (version < 17) throw new MissingTool(`Java ${version} is too old: a local Kafka needs Java 17 or newer.`);
}

/** The jars, fetched once; an interrupted fetch is done again. */
export async function fetchKafka(libs: string): Promise<void> {
  await mustHaveJava();
  const whole = join(libs, 'whole');
  if (existsSync(whole)) return;
  await run('mvn', ['-version']).catch(() => {
    throw new MissingTool('Maven is not installed: it fetches the jars of a local Kafka.');
  });
  // Fetched beside and then moved, so that an interrupted fetch leaves nothing and two at once do not meet.
  const fetched = `${libs}.${process.pid}`;
  rmSync(fetched, { recursive: true, force: true });
  mkdirSync(fetched, { recursive: true });
  try {
    await run('mvn', ['-q', '-B', '-f', pom(), 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`], { maxBuffer: 1 << 26 });
    writeFileSync(join(fetched, 'whole'), '');
    if (!existsSync(whole)) {
      rmSync(libs, { recursive: true, force: true });
      renameSync(fetched, libs);
    }
  } catch (error) {
    if (existsSync(whole)) return; // another process has moved its own meanwhile
    const { stdout, message } = error as { stdout?: string; message: string };
    throw new MissingTool(
      `Maven could not fetch Kafka: ${(stdout || message).split('\n').find((line) => line.includes('ERROR')) ?? message}`,
    );
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}

/** Beside this file in the source, whose folder the built product stands in. */
function pom(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'src', 'sandbox', 'kafka', 'pom.xml');
    if (existsSync(found)) return found;
  }
  throw new Error('src/sandbox/kafka/pom.xml was not found');
}

export async function launchKafka({ folder, libs, port = 9092 }: { folder: string; libs: string; port?: number }): Promise<LocalKafka> {
  await fetchKafka(resolve(libs));
  const data = resolve(folder, 'data');
  mkdirSync(data, { recursive: true });
  const [client, controller] = [await freePort(port), await freePort(0)];
  const properties = resolve(folder, 'server.properties');
  writeFileSync(properties, settings(data, client, controller));
  const java = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', `${resolve(libs)}/*`];
  if (!existsSync(join(data, 'meta.properties'))) {
    const { stdout } = await run('java', [...java, 'kafka.tools.StorageTool', 'random-uuid']);
    await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', stdout.trim().split('\n').at(-1)!, '-c', properties]);
  }
  const log = resolve(folder, 'kafka.log');
  const child = spawn(
    'java',
    [
      '-Xmx512m',
      '-Xms256m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=4',
      '-Dorg.slf4j.simpleLogger.log.kafka.server=info',
      ...java,
      'kafka.Kafka',
      properties,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const file = createWriteStream(log);
  child.stdout.pipe(file);
  child.stderr.pipe(file);
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
  await new Promise<void>((ready, failed) => {
    const seen = (chunk: Buffer) => {
      if (/Kafka Server started/.test(chunk.toString())) ready();
    };
    child.stdout.on('data', seen);
    child.stderr.on('data', seen);
    void ended.then((code) =>
      failed(
        new Error(
          `Kafka ended with code ${code}; its last words are in ${log}: ${existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-2).join(' ') : ''}`,
        ),
      ),
    );
  });
  return {
    brokers: [`127.0.0.1:${client}`],
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
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
}

const settings = (data: string, client: number, controller: number): string => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${client}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
log.retention.hours=-1
`;
