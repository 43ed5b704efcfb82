// A migrated database of its own for whoever asks, on the Postgres of this worker; gone afterwards.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres, type LocalPostgres } from '../../src/sandbox/launch/postgres.js';
import { openStore, type Store } from '../../src/storage/store.js';

export interface Database {
  url: string;
  store: Store;
  stop(): Promise<void>;
}

const servers = JSON.parse(process.env['TEST_POSTGRES'] ?? '[]') as string[];
const pattern = 'migrated';
let open = 0;
let own: Promise<LocalPostgres & { folder: string }> | null = null;
let ready: Promise<void> | null = null;

/** Outside of Jest there is none yet: then one of this process, while it has a database open. */
async function serverUrl(): Promise<string> {
  if (servers.length) return servers[(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % servers.length]!;
  own ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'casegraph-database-'));
    chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
    return { ...(await launchPostgres({ folder: join(folder, 'pg'), port: 0, throwaway: true })), folder };
  })();
  return (await own).url;
}

async function stopOwn(): Promise<void> {
  const server = await own;
  [own, ready] = [null, null];
  await server?.stop();
  if (server) rmSync(server.folder, { recursive: true, force: true });
}

const at = async (database: string): Promise<string> => Object.assign(new URL(await serverUrl()), { pathname: `/${database}` }).toString();

/** What all others are copies of: made by the first who comes. */
async function preparePattern(): Promise<void> {
  await administer(async (run) => {
    if ((await run(`select 1 from pg_database where datname = '${pattern}'`)).length) return;
    await run(`create database making`);
    const store = await openStore(await at('making'));
    await store.orm.migrator.up();
    await store.close();
    await run(`alter database making rename to ${pattern}`);
  });
}

async function administer<T>(work: (run: (statement: string) => Promise<unknown[]>) => Promise<T>): Promise<T> {
  const store = await openStore(await serverUrl());
  try {
    return await work((statement) => store.alone(statement));
  } finally {
    await store.close();
  }
}

export async function openDatabase(): Promise<Database> {
  open++;
  await (ready ??= preparePattern());
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer((run) => run(`create database ${name} template ${pattern}`));
  const url = await at(name);
  const store = await openStore(url);
  return {
    url,
    store,
    async stop() {
      await store.close();
      await administer((run) => run(`drop database ${name} with (force)`));
      if (!--open) await stopOwn();
    },
  };
}
