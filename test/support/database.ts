// A real Postgres with a migrated store in it, gone afterwards.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres } from '../../src/sandbox/launch/postgres.js';
import { openStore, type Store } from '../../src/storage/store.js';

export interface Database {
  url: string;
  store: Store;
  stop(): Promise<void>;
}

export async function openDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-database-'));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  const postgres = await launchPostgres({ folder: join(folder, 'pg'), port: 0, throwaway: true });
  const store = await openStore(postgres.url);
  await store.orm.migrator.up();
  return {
    url: postgres.url,
    store,
    async stop() {
      await store.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
