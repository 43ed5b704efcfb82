// The contenders of the graph bench: each a process of its own, that listens when it says so and ends with the bench.
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { freePort } from '../../../src/sandbox/launch/ports.js';
import { until } from '../../support/until.js';
import { say } from '../figures.js';
import { audience, issuerName } from './issuer.js';
import type { QueryName } from './queries.js';

export const contenders = {
  floor: 'bare node:http, one prepared statement by hand',
  casegraph: 'Casegraph: tokens, rights, masks, audit, log, metrics',
  stored: 'Casegraph, the same, from stored answers',
  postgraphile: 'PostGraphile 5',
  mercurius: 'Mercurius with JIT, loaders that batch',
  apollo: 'Apollo Server as it comes, DataLoader',
} as const;
export type Name = keyof typeof contenders;
export const names = Object.keys(contenders) as Name[];
/** Only answers about one case are stored. */
export const answers = (name: Name, query: QueryName): boolean => name !== 'stored' || query === 'wholeCase';

const built = resolve('.casegraph/bench/built');
const peers = resolve('.casegraph/bench/peers');

/** Their packages are the bench's alone: they are kept below .casegraph, by the lockfile beside their sources. */
export function installPeers(): void {
  const source = resolve('test/bench/peers');
  const lock = 'package-lock.json';
  const same = existsSync(join(peers, 'node_modules')) && readFileSync(join(peers, lock)).equals(readFileSync(join(source, lock)));
  mkdirSync(peers, { recursive: true });
  cpSync(source, peers, { recursive: true });
  if (same) return;
  say('installing the peers');
  execFileSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: peers, stdio: ['ignore', 'ignore', 'inherit'] });
}

export interface Child {
  /** Sends, and waits for what is said next. */
  ask<T>(message: object | string): Promise<T>;
  stop(): Promise<void>;
}

export interface Contender extends Child {
  url: string;
}
export interface Settings {
  databaseUrl: string;
  jwksUrl: string;
}

function open(file: string, args: string[], environment: NodeJS.ProcessEnv = {}): Child & { next<T>(): Promise<T> } {
  const faults = resolve(`.casegraph/bench/${basename(file, '.js')}.log`);
  const said = openSync(faults, 'w');
  const child = fork(file, args, {
    cwd: peers,
    stdio: ['ignore', 'ignore', said, 'ipc'],
    execArgv: ['--disable-warning=TimeoutNegativeWarning', '--import', join(built, 'test/bench/graph/attend.js'), ...profiling()],
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production', ...environment },
  });
  closeSync(said);
  const next = <T>() => answerOf<T>(child, faults);
  return {
    next,
    ask<T>(message: object | string) {
      const answer = next<T>();
      child.send(message);
      return answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.disconnect();
      await ended;
    },
  };
}

/** `--profile` has each child leave a CPU profile in .casegraph/bench/profiles. */
const profiling = (): string[] =>
  process.argv.includes('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${resolve('.casegraph/bench/profiles')}`] : [];

function answerOf<T>(child: ChildProcess, faults: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`A contender ended too early: see ${faults}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.removeListener('exit', ended);
      resolve(message as T);
    });
  });
}

/** The gateway is the whole of it; Kafka is not there, so that nothing comes in. */
async function startGateway({ databaseUrl, jwksUrl }: Settings, storedAnswers: 'on' | 'off'): Promise<Contender> {
  const port = await freePort(0);
  const child = open(join(built, 'src/main.js'), ['start'], {
    AD_HOC_ROLES: '*', // the screens are not registered, and dearer than a usual limit
    COST_LIMIT: '1000000',
    STORED_ANSWERS: storedAnswers,
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: '127.0.0.1:9',
    PORT: String(port),
    CURSOR_SECRET: 'a cursor secret of more than 32 characters',
    AUTH_JWKS_URL: jwksUrl,
    AUTH_ISSUER: issuerName,
    AUTH_AUDIENCE: audience,
  });
  const url = `http://127.0.0.1:${port}`;
  await until('the gateway listens', () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { ...child, url };
}

export async function startContender(name: Name, settings: Settings): Promise<Contender> {
  if (name === 'casegraph' || name === 'stored') return startGateway(settings, name === 'stored' ? 'on' : 'off');
  const child = open(name === 'floor' ? join(built, 'test/bench/graph/floor.js') : join(peers, `${name}.js`), [JSON.stringify(settings)]);
  return { ...child, ...(await child.next<{ url: string }>()) };
}

export interface Asking {
  body: string;
  headers: Record<string, string>;
}
export interface Load {
  url: string;
  requests: Asking[];
  connections: number;
  seconds: number;
}
export interface Loaded {
  failed: string;
  count: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}
export async function startLoad(): Promise<Child> {
  const child = open(join(peers, 'load.js'), []);
  await child.next();
  return child;
}
