// `npm start`: a whole world on this machine, from nothing to a case that can be queried; stopped in order, or swept by the next start.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createPublisher } from '../events/publisher.js';
import { exampleQueries } from '../graphql/server/explorer.js';
import { demoBook, generateBook } from '../sandbox/book/generate.js';
import { playBook } from '../sandbox/book/play.js';
import { fetchKafka, launchKafka } from '../sandbox/launch/kafka.js';
import { freePort } from '../sandbox/launch/ports.js';
import { launchPostgres } from '../sandbox/launch/postgres.js';
import { startPartners } from '../sandbox/partners/start.js';
import { openRecords } from '../sandbox/processes.js';
import { createProgress } from '../sandbox/progress.js';
import { keepSecrets } from '../sandbox/secrets.js';
import { registerDemoAgencies } from './demo-agencies.js';
import { commandLineEnv, settingsOf, tokensOf, type Environment } from './sandbox-settings.js';

export interface SandboxOptions {
  fresh: boolean;
  folder: string;
  book: { borrowers: number; loans: number };
  play: boolean;
  port: number;
}

/** Resolves with the exit code when it was stopped. */
export async function runSandbox(options: SandboxOptions, environment: Environment): Promise<number> {
  const folder = resolve(options.folder);
  const progress = createProgress(process.stdout);
  const closers: [what: string, close: () => Promise<unknown>][] = [];
  const records = openRecords(join(folder, 'run'));
  records.claim();
  let stopping = false;
  let stop: (code: number) => void = () => {};
  const stopped = new Promise<number>((done) => (stop = done));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (!stopping) progress.say(`\n${signal}: stopping in order`);
      stopping = true;
      stop(0);
    });

  try {
    const swept = await records.sweep(['gateway', 'kafka', 'postgres']);
    if (swept.length) progress.say(`✓ ended what an earlier start had left: ${swept.join(', ')}`);
    if (options.fresh)
      for (const each of ['postgres', 'kafka/data', 'partners', 'files', 'played.json'])
        rmSync(join(folder, each), { recursive: true, force: true });
    const secrets = keepSecrets(join(folder, 'secrets.json'));

    const given = { database: environment['DATABASE_URL'], brokers: environment['KAFKA_BROKERS'] };
    const [database, brokers] = await Promise.all([
      given.database ??
        progress
          .step(
            'Postgres',
            () => launchPostgres({ folder: join(folder, 'postgres') }),
            ({ url }) => `Postgres on ${new URL(url).host}`,
          )
          .then((postgres) => {
            records.add(postgres.pid, 'postgres');
            closers.unshift(['postgres', postgres.stop]);
            return postgres.url;
          }),
      given.brokers ??
        (async () => {
          const libs = join(folder, 'kafka', 'libs');
          if (!existsSync(join(libs, 'whole'))) await progress.step('Kafka jars from Maven Central (once)', () => fetchKafka(libs));
          const kafka = await progress.step(
            'Kafka',
            () => launchKafka({ folder: join(folder, 'kafka'), libs }),
            ({ brokers }) => `Kafka on ${brokers[0]}`,
          );
          records.add(kafka.pid, 'kafka');
          closers.push(['kafka', kafka.stop]);
          return kafka.brokers.join(',');
        })(),
    ]);
    // Whatever was ready first: the gateway goes before Kafka, Kafka before Postgres.
    closers.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    if (stopping) return await stopped;

    const topic = environment['KAFKA_TOPIC'] ?? 'loan-events';
    const publisher = await createPublisher({ brokers: brokers.split(','), topic });
    closers.unshift(['publisher', publisher.disconnect]);
    const partitions = await publisher.ensureTopic(6);

    let gatewayUrl: string | null = null;
    const simulators = await progress.step(
      'partners',
      () => startPartners({ credentialsOf: secrets.credentialsOf, gatewayUrl: () => gatewayUrl, stateFolder: join(folder, 'partners') }),
      (all) => `${all.length} simulated partners on ${all.map(({ url }) => new URL(url).port).join(', ')}`,
    );
    closers.unshift(['partners', () => Promise.all(simulators.map((each) => each.stop()))]);

    const port = await freePort(options.port);
    const tokens = await tokensOf(secrets);
    const files = join(folder, 'files');
    for (const { id } of simulators) for (const side of ['in', 'out']) mkdirSync(join(files, id, side), { recursive: true });
    const settings = settingsOf(secrets, { environment, database, brokers, topic, port, partners: simulators, files, tokens });
    const env = join(folder, 'env');
    writeFileSync(env, commandLineEnv(settings), { mode: 0o600 });

    let gateway: ChildProcess;
    const launch = () => {
      gateway = spawn(process.execPath, [...process.execArgv, process.argv[1]!, 'start', '--migrate'], {
        env: settings,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        detached: true,
      });
      records.add(gateway.pid!, 'gateway');
      const mine = gateway;
      gateway.once('exit', (code, signal) => {
        if (stopping || mine !== gateway) return;
        progress.say(`✗ the gateway ended (${signal ?? `code ${code}`}); it is started again`);
        setTimeout(() => !stopping && launch(), 1_000);
      });
    };
    closers.unshift([
      'gateway',
      async () => {
        const ended = gateway.exitCode !== null || gateway.signalCode !== null ? null : new Promise((done) => gateway.once('exit', done));
        gateway.kill('SIGTERM');
        await ended;
      },
    ]);
    launch();
    gatewayUrl = `http://127.0.0.1:${port}`;
    const { auditor, legal, supervisor } = tokens;
    await progress.step(
      'gateway',
      () => answers(`${gatewayUrl}/healthz`, () => stopping),
      () => `gateway on ${gatewayUrl}`,
    );
    if (stopping) return await stopped;

    sayHow(progress.say, gatewayUrl, tokens, simulators);
    progress.say(`After \`. ${relative(process.cwd(), env)}\` the command line speaks to these servers: npx casegraph --help\n`);
    const url = gatewayUrl;
    const firstCase = waitForCase(url, auditor!, () => stopping).then(async (ref) => {
      if (!ref) return;
      progress.say(`✓ first case after ${progress.seconds()}: ${ref}`);
      await registerDemoAgencies(url, supervisor!).catch((error: Error) => progress.say(`✗ ${error.message}`));
    });
    await Promise.all([firstCase, play(options, folder, progress, publisher.send, partitions, () => stopping)]);
    if (!stopping) progress.say(`\nReady. Explorer: ${gatewayUrl}/#token=${legal}\nCtrl-C stops everything.`);
    return await stopped;
  } finally {
    stopping = true;
    for (const [what, close] of closers) {
      await close().catch((error: Error) => progress.say(`✗ ${what}: ${error.message}`));
      records.remove(what);
    }
    records.remove('sandbox');
    progress.say('Stopped.');
  }
}

const order = ['gateway', 'partners', 'publisher', 'kafka', 'postgres'];

async function play(
  options: SandboxOptions,
  folder: string,
  progress: ReturnType<typeof createProgress>,
  send: (messages: never) => Promise<void>,
  partitions: number,
  stopping: () => boolean,
): Promise<void> {
  if (!options.play) return;
  const book = { ...demoBook, ...options.book };
  const mark = join(folder, 'played.json');
  const said = JSON.stringify(book);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === said)
    return progress.say('✓ the demo book was played before; --fresh starts over');
  await progress.step(
    'demo book',
    () =>
      playBook({
        days: until(generateBook(book), stopping),
        tenant: book.tenant,
        partitions,
        send: send as never,
        onDay: (date, sent) => progress.during(`… playing the demo book: ${date || book.until}, ${sent} messages`),
      }),
    (sent) => `the demo book is in Kafka: ${sent} messages, a year of ${book.borrowers} borrowers; the gateway goes on reading it`,
  );
  if (!stopping()) writeFileSync(mark, said);
}

function* until<T>(all: Iterable<T>, stopping: () => boolean): Generator<T> {
  for (const each of all) {
    if (stopping()) return;
    yield each;
  }
}

async function answers(url: string, stopping: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !stopping(); tries++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping()) throw new Error(`${url} does not answer`);
}

async function waitForCase(url: string, token: string, stopping: () => boolean): Promise<string | null> {
  while (!stopping()) {
    const body = JSON.stringify({ query: '{ cases(first: 1) { nodes { ref } } }' });
    const answer = (await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    }).then(
      (response) => response.json(),
      () => null,
    )) as { data?: { cases?: { nodes: { ref: string }[] } } } | null;
    const ref = answer?.data?.cases?.nodes[0]?.ref;
    if (ref) return ref;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return null;
}

function sayHow(
  say: (line: string) => void,
  url: string,
  tokens: Record<string, string>,
  simulators: readonly { id: string; url: string }[],
): void {
  say(`\nGraphQL   ${url}/graphql   (WebSocket on the same path, SSE on ${url}/graphql/stream)`);
  say(`Explorer  ${url}/`);
  say(`Health    ${url}/readyz   metrics ${url}/metrics`);
  say('\nSimulated partners, each with a page that makes it fail:');
  for (const { id, url: at } of simulators) say(`  ${id.padEnd(15)} ${at}/control`);
  say('\nTokens for 7 days, one a role:');
  for (const [role, token] of Object.entries(tokens)) say(`  ${role.padEnd(15)} ${token}`);
  say('\nThree queries to paste (they are in the explorer too):');
  for (const name of ['Worklist', 'One case', 'Partners']) say(`\n# ${name}\n${exampleQueries[name]}`);
  say('');
}
