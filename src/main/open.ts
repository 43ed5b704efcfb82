// Opens what every command needs, and says in one sentence what stands in the way.
import { openStore, type Store } from '../storage/store.js';

export class CannotStart extends Error {}

/** @throws CannotStart naming DATABASE_URL; the password is never shown */
export async function openDatabase(url: string): Promise<Store> {
  const store = await openStore(url);
  try {
    await store.transaction((tx) => tx.query('select 1'));
    return store;
  } catch (error) {
    await store.close().catch(() => {});
    const { hostname, port, pathname } = new URL(url);
    throw new CannotStart(
      `DATABASE_URL: ${hostname}:${port || 5432}${pathname} cannot be used: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}

/** @throws CannotStart when the tables are not those of this version */
export async function mustBeMigrated(store: Store): Promise<void> {
  const pending = await store.orm.migrator.getPending();
  if (pending.length) throw new CannotStart(`DATABASE_URL: ${pending.length} migrations are missing; run \`casegraph migrate\``);
}
