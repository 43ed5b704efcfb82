// Empty copies of the projections beside the live ones, in which the log is folded again; the log itself is read from the live tables.
import { openStore, type Store, type Tx } from './store.js';

const shared = ['connector', 'mikro_orm_migrations', 'event_log', 'month_made'];

async function copyTables(tx: Tx, schema: string): Promise<void> {
  await tx.query(`create schema ${schema}`);
  // Whole tables also of those that are kept by month; their months, attached or not, are no tables by themselves.
  const tables = await tx.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> all($1) and tablename !~ '_[0-9]{4}_[0-9]{2}(_late)*$'`,
    [shared],
  );
  for (const { tablename } of tables) await tx.query(`create table ${schema}."${tablename}" (like public."${tablename}" including all)`);
  await tx.query(
    `create function ${schema}.business_date(of_tenant text) returns date language sql stable begin atomic select business_date from ${schema}.business_day where tenant = of_tenant; end`,
  );
}

/** @returns a store whose tables are empty; `close` drops them */
export async function openScratchStore(url: string, schema: string): Promise<Store> {
  const live = await openStore(url);
  await live.transaction(async (tx) => {
    await tx.query(`drop schema if exists ${schema} cascade`);
    await copyTables(tx, schema);
  });
  const at = new URL(url);
  at.searchParams.set('options', `-c search_path=${schema},public`);
  const store = await openStore(at.toString());
  return {
    ...store,
    async close() {
      await store.close();
      await live.transaction((tx) => tx.query(`drop schema ${schema} cascade`));
      await live.close();
    },
  };
}

/** An empty database of this version beside the one at `url`, on the same server. @returns where it is */
export async function createDatabaseBeside(url: string, name: string): Promise<string> {
  const at = new URL(url);
  at.pathname = `/${name}`;
  await outsideTransactions(url, `create database ${name}`);
  const store = await openStore(at.toString());
  await store.orm.migrator.up();
  await store.close();
  return at.toString();
}

export const dropDatabaseBeside = (url: string, name: string): Promise<void> => outsideTransactions(url, `drop database if exists ${name}`);

async function outsideTransactions(url: string, command: string): Promise<void> {
  const store = await openStore(url);
  try {
    await store.orm.em.getConnection().execute(command);
  } finally {
    await store.close();
  }
}

class Undone extends Error {}

/** Work on empty tables that leaves nothing behind: it is rolled back, whatever it did. */
export type Scratch = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** The tables are made once for each set of migrations, and are empty for everyone at all times. */
export async function openScratch(store: Store): Promise<Scratch> {
  const schema = await store.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('scratch tables', 0))`);
    const [found] = await tx.query<{ name: string }>(`select 'as_of_' || count(*) as name from mikro_orm_migrations`);
    const [there] = await tx.query('select from pg_namespace where nspname = $1', [found!.name]);
    if (!there) await copyTables(tx, found!.name);
    return found!.name;
  });
  return async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    let result: { value: T } | null = null;
    await store
      .transaction(async (tx) => {
        await tx.query(`set local search_path = ${schema}, public`);
        result = { value: await work(tx) };
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    return result!.value;
  };
}
