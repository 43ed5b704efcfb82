// The store: transactions that carry both a unit of work (entities) and bulk statements (SQL), on one connection.
import { IsolationLevel, LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import { openOrm, type Orm } from './database.js';

/** One transaction. Entities loaded through `em` are written before `query` runs, so that both see the same rows. */
export interface Tx {
  em: EntityManager;
  /** Bound parameters `$1 …` only. Rows as objects by column name; bigint, numeric and timestamps as text, dates as `YYYY-MM-DD`. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** What is done once all of this is committed. */
  afterCommit(work: () => void): void;
  /** Names the database among those of this process. */
  database: string;
}

export type { InferEntity } from '@mikro-orm/postgresql';

/** For rows that are read to be changed: waits for whoever changes them now. */
export const writeLock = LockMode.PESSIMISTIC_WRITE;

export interface Store {
  orm: Orm;
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads only, and sees everything as it was when it began, however long it takes. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openStore(url: string): Promise<Store> {
  const orm = await openOrm(url);
  async function within<T>(work: (tx: Tx) => Promise<T>, how: Parameters<EntityManager['transactional']>[1]): Promise<T> {
    const after: (() => void)[] = [];
    const result = await orm.em.fork().transactional((em) => {
      const context = em.getTransactionContext() as { executeQuery(query: CompiledQuery): Promise<{ rows: unknown[] }> };
      return work({
        em: em as EntityManager,
        database: url,
        afterCommit: (each) => void after.push(each),
        query: async <Row extends object>(text: string, values: unknown[] = []) => {
          await em.flush();
          return (await context.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];
        },
      });
    }, how);
    for (const each of after) each();
    return result;
  }
  return {
    orm,
    transaction: (work) => within(work, {}),
    snapshot: (work) => within(work, { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true }),
    close: () => orm.close(true),
  };
}
