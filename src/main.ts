#!/usr/bin/env node
// Casegraph's command line: it starts and stops everything, and is imported by nobody.
import { Command, InvalidArgumentError } from 'commander';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partners, sourceFormats } from '../connectors/index.js';
import { redriveParked } from './actions/redrive-parked.js';
import { BadSettings, readConfig, readSources, type Config } from './config.js';
import { readAlone } from './events/read-batch.js';
import { issueDevelopmentToken } from './graphql/auth/tokens.js';
import { errorCatalogue } from './graphql/error-catalogue.js';
import { subgraphSdlOf } from './graphql/federation.js';
import { createSchema, sdlOf } from './graphql/schema.js';
import { reportAges, type BookReportOptions } from './main/book-report.js';
import { addBureauCommands } from './main/bureau-commands.js';
import { addSaleCommands } from './main/sale-tape.js';
import { addConformanceCommand } from './main/conformance.js';
import { examine } from './main/doctor.js';
import { runGateway } from './main/gateway.js';
import { CannotStart, openDatabase } from './main/open.js';
import { playDemoBook, playFileBook, type FileBookOptions, type PlayOptions } from './main/play.js';
import { replayLog } from './main/replay.js';
import { rebuildFromKafka } from './main/rebuild.js';
import { runSandbox } from './main/sandbox.js';
import { formatOf, openSources } from './main/sources.js';
import { runSimulators } from './main/simulators.js';
import { roles } from './storage/profiles.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const config = (): Config => readConfig(process.env, Object.keys(partners), Object.keys(sourceFormats));
const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};
const date = (text: string): string => {
  const read = new Date(`${text}T00:00:00Z`);
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text) || Number.isNaN(read.getTime()) || !read.toISOString().startsWith(text))
    throw new InvalidArgumentError('It must be a date YYYY-MM-DD.');
  return text;
};
const tenant = (text: string): string => {
  if (!/^[\w.-]{1,60}$/.test(text)) throw new InvalidArgumentError('It must be up to 60 letters, digits, dots, hyphens and underscores.');
  return text;
};
const country = (text: string): string => {
  if (!/^[A-Z]{2}$/.test(text)) throw new InvalidArgumentError('It must be an ISO 3166-1 alpha-2 country such as ID.');
  return text;
};

const program = new Command('casegraph')
  .description('GraphQL integration gateway for loan recovery')
  .version('0.1.0')
  .showHelpAfterError('(casegraph --help tells more)');

program
  .command('start')
  .description('run the gateway on the servers that the settings name')
  .option('--migrate', 'bring the tables to this version first')
  .action(async ({ migrate }: { migrate?: boolean }) => {
    const running = await runGateway(config(), {
      migrate: migrate ?? false,
      explorerTokens: JSON.parse(process.env['EXPLORER_TOKENS'] ?? '{}') as Record<string, string>,
    });
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), 20_000).unref();
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.on('disconnect', stop); // whoever started us has gone
  });

program
  .command('sandbox')
  .description('run a whole world on this machine: Postgres, Kafka, simulated partners, the gateway and a demo book')
  .option('--fresh', 'start over: forget all data of earlier starts', false)
  .option('--folder <path>', 'where the data is kept', '.casegraph')
  .option('--port <number>', 'of the gateway; another is taken when it is in use', whole, 4000)
  .option('--borrowers <number>', 'in the demo book', whole, 2000)
  .option('--loans <number>', 'in the demo book', whole, 3000)
  .option('--no-play', 'do not play the demo book')
  .action(async (options: { fresh: boolean; folder: string; port: number; borrowers: number; loans: number; play: boolean }) => {
    const { borrowers, loans, ...rest } = options;
    process.exit(await runSandbox({ ...rest, book: { borrowers, loans } }, process.env));
  });

program
  .command('simulators')
  .description('run the simulated partners alone; they call back GATEWAY_URL')
  .action(async () => {
    const stop = await runSimulators(process.env, say);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)));
  });

program
  .command('play')
  .description('play the demo book, or a book of files, into KAFKA_TOPIC')
  .option('--book <folder>', 'of loans.csv, instalments.csv, payments.csv and perhaps borrowers.csv: see schema/book')
  .option('--until <date>', 'of a book of files: its last business date (default: the day after the last that the files speak of)', date)
  .option('--tenant <name>', 'of a book of files', tenant, 'book')
  .option('--jurisdiction <country>', 'of a book of files: where its rows do not say it', country)
  .option('--borrowers <number>', 'in the book', whole, 2000)
  .option('--loans <number>', 'in the book', whole, 3000)
  .option('--duplicate', 'send every message twice', false)
  .option('--shuffle <seed>', 'spread keys over partitions in another way, and mix their order within a day', whole, 0)
  .option('--malformed <share>', 'make this share of the messages unreadable', Number, 0)
  .option('--spoilt <file>', 'keep the good ones of those here: partition and text by line')
  .action(async (options: PlayOptions & Omit<FileBookOptions, 'folder'> & { book?: string }) => {
    const { book, ...rest } = options;
    const brokers = process.env['KAFKA_BROKERS'];
    if (!brokers) throw new CannotStart('KAFKA_BROKERS is not set');
    const topic = process.env['KAFKA_TOPIC'] ?? 'loan-events';
    if (book === undefined) await playDemoBook(brokers.split(','), topic, rest, say);
    else await playFileBook(brokers.split(','), topic, { ...rest, folder: book }, say);
  });

program
  .command('book-report')
  .description('print the days past due of every loan as CSV, by all that is known now')
  .requiredOption('--as-of <date>', 'the end of this business date', date)
  .option('--month-ends', 'every month end up to then, from the same month of the year before on')
  .option('--from <date>', 'every month end from here to then', date)
  .action(async ({ asOf, from, monthEnds }: BookReportOptions & { monthEnds?: boolean }) => {
    const since = from ?? (monthEnds ? `${Number(asOf.slice(0, 4)) - 1}${asOf.slice(4, 8)}01` : undefined);
    await reportAges(databaseUrl(), { asOf, ...(since === undefined ? {} : { from: since }) }, process.stdout);
  });

addBureauCommands(program, { say, config, databaseUrl });
addSaleCommands(program, { say, databaseUrl });
addConformanceCommand(program, say, whole);

program
  .command('migrate')
  .description('bring the tables of DATABASE_URL to this version')
  .action(async () => {
    const store = await openDatabase(databaseUrl());
    const done = await store.orm.migrator.up();
    say(done.length ? done.map(({ name }) => `✓ ${name}`).join('\n') : 'Nothing to do.');
    await store.close();
  });

program
  .command('token')
  .description('make a token with AUTH_DEVELOPMENT_KEY; it is accepted nowhere else')
  .requiredOption('--role <role...>', `out of ${roles.join(', ')}`)
  .option('--user <name>', 'who asks', 'somebody')
  .option('--ttl <seconds>', 'how long it lasts', whole, 3600)
  .option('--branch <name...>', 'narrowed to the borrowers of these')
  .option('--portfolio <name...>', 'narrowed to these')
  .option('--partner <id>', 'whose user it is, with the roles lawFirm and agency')
  .action(async ({ role, user, ttl, branch: branches, portfolio: portfolios, partner }: TokenOptions) => {
    const key = process.env['AUTH_DEVELOPMENT_KEY'];
    if (process.env['NODE_ENV'] === 'production') throw new CannotStart('Development tokens are not made in production');
    if (!key) throw new CannotStart('AUTH_DEVELOPMENT_KEY is not set');
    const unknown = role.find((each) => !(roles as readonly string[]).includes(each));
    if (unknown) throw new CannotStart(`There is no role "${unknown}"; there are ${roles.join(', ')}`);
    say(await issueDevelopmentToken({ key, user, roles: role, ttlSeconds: ttl, branches, portfolios, partner }));
  });

program
  .command('replay')
  .description('fold the whole log again beside the live tables, while the gateway serves, and print the digest')
  .option('--check', 'compare with the live tables, table by table; exit 1 and name the first row that differs', false)
  .option('--from-kafka', 'make the log itself again, in a database beside this one, from what the topics still hold', false)
  .option('--keep', 'with --from-kafka: do not drop that database', false)
  .action(async ({ fromKafka, check, keep }: { fromKafka: boolean; check: boolean; keep: boolean }) => {
    if (keep && !fromKafka) throw new CannotStart('--keep goes with --from-kafka');
    const equal = fromKafka
      ? await rebuildFromKafka({ ...intakeSettings(), check, keep }, say)
      : await replayLog(databaseUrl(), check, say);
    if (!equal) process.exitCode = 1;
  });

program
  .command('redrive')
  .description('read parked messages again')
  .option('--id <id...>', 'only these')
  .option('--mended <file>', 'a JSON object: id of a parked message → its mended text')
  .action(async ({ id, mended }: { id?: string[]; mended?: string }) => {
    const store = await openDatabase(databaseUrl());
    const problems: string[] = [];
    const sources = openSources(readSources(process.env, Object.keys(sourceFormats), problems));
    if (problems.length) throw new BadSettings(problems);
    const texts = mended ? (JSON.parse(readFileSync(mended, 'utf8')) as Record<string, string>) : {};
    const bytes = new Map(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text)]));
    const { redriven, stillParked } = await redriveParked(
      store,
      (message) => readAlone(message, formatOf(sources, message.topic)),
      id ?? (mended ? [...bytes.keys()] : null),
      bytes,
    );
    say(`${redriven} read and recorded, ${stillParked} still parked`);
    await store.close();
  });

program
  .command('doctor')
  .description('check the settings, the database, Kafka and the partners')
  .action(async () => {
    process.exit(await examine(config(), process.env['BUREAUS_FILE'], say));
  });

program
  .command('schema')
  .description('write the schema of the case graph, as a graph and as a subgraph, and the catalogue of its errors')
  .argument('[folder]', 'where to', 'schema')
  .action((folder: string) => {
    const schema = createSchema();
    const files = {
      'case-graph.graphql': sdlOf(schema),
      'case-graph.subgraph.graphql': subgraphSdlOf(schema),
      'errors.md': errorCatalogue(),
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text);
      say(`✓ ${join(folder, name)}`);
    }
  });

interface TokenOptions {
  role: string[];
  user: string;
  ttl: number;
  branch?: string[];
  portfolio?: string[];
  partner?: string;
}

function intakeSettings() {
  const { databaseUrl, brokers, sources, dayPatienceMs } = config();
  return { databaseUrl, brokers, sources: openSources(sources), dayPatienceMs };
}

function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new CannotStart('DATABASE_URL is not set');
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new CannotStart('DATABASE_URL must be a URL of postgres: or postgresql:');
  return url;
}

program.parseAsync().catch((error: Error) => {
  const expected = error instanceof CannotStart || error instanceof BadSettings || !process.env['CASEGRAPH_STACKS'];
  process.stderr.write(`${expected ? error.message : error.stack}\n`);
  process.exit(1);
});
