// An empty copy of the tables beside the live ones, in which the log is folded again; the log itself is read from the live ones.
import { openStore, type Store } from './store.js';

const kept = ['event_log', 'connector'];

/** @returns a store whose tables are empty; `close` drops them */
export async function openReplaySchema(url: string, name: string): Promise<Store> {
  const live = await openStore(url);
  await live.transaction(async (tx) => {
    await tx.query(`drop schema if exists ${name} cascade`);
    await tx.query(`create schema ${name}`);
    const tables = await tx.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public' and tablename <> all($1)`,
      [[...kept, 'mikro_orm_migrations']],
    );
    for (const { tablename } of tables) await tx.query(`create table ${name}."${tablename}" (like public."${tablename}" including all)`);
    await tx.query(
      `create function ${name}.business_date(of_tenant text) returns date language sql stable begin atomic select business_date from ${name}.business_day where tenant = of_tenant; end`,
    );
  });
  const at = new URL(url);
  at.searchParams.set('options', `-c search_path=${name},public`);
  const store = await openStore(at.toString());
  return {
    ...store,
    async close() {
      await store.close();
      await live.transaction((tx) => tx.query(`drop schema ${name} cascade`));
      await live.close();
    },
  };
}
