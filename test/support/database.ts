// A migrated database of its own for whoever asks, on the Postgres of this worker; gone afterwards.
import { randomBytes } from 'node:crypto';
import { openStore, type Store } from '../../src/storage/store.js';

export interface Database {
  url: string;
  store: Store;
  stop(): Promise<void>;
}

const servers = JSON.parse(process.env['TEST_POSTGRES'] ?? '[]') as string[];
const server = servers[(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % servers.length]!;
const at = (database: string): string => Object.assign(new URL(server), { pathname: `/${database}` }).toString();
const pattern = 'migrated';
let ready: Promise<void> | null = null;

/** What all others are copies of: made by the first who comes. */
async function preparePattern(): Promise<void> {
  await administer(async (run) => {
    if ((await run(`select 1 from pg_database where datname = '${pattern}'`)).length) return;
    await run(`create database making`);
    const store = await openStore(at('making'));
    await store.orm.migrator.up();
    await store.close();
    await run(`alter database making rename to ${pattern}`);
  });
}

async function administer<T>(work: (run: (statement: string) => Promise<unknown[]>) => Promise<T>): Promise<T> {
  const store = await openStore(server);
  try {
    return await work((statement) => store.alone(statement));
  } finally {
    await store.close();
  }
}

export async function openDatabase(): Promise<Database> {
  await (ready ??= preparePattern());
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer((run) => run(`create database ${name} template ${pattern}`));
  const store = await openStore(at(name));
  return {
    url: at(name),
    store,
    async stop() {
      await store.close();
      await administer((run) => run(`drop database ${name} with (force)`));
    },
  };
}
