// The store: transactions that carry both a unit of work (entities) and bulk statements (SQL), on one connection.
import { IsolationLevel, LockMode, type EntityManager, type InferEntity, type RequiredEntityData } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import { toJson } from '../domain/loan/kept-position.js';
import { openOrm, type Orm } from './database.js';
import { keepRows, statementsOf, type Definition, type Rows } from './kept-rows.js';

/** One transaction. Entities loaded through `em` are written before `query` runs, so that both see the same rows. */
export interface Tx {
  em: EntityManager;
  /** Bound parameters `$1 …` only. Rows as objects by column name; bigint, numeric and timestamps as text, dates as `YYYY-MM-DD`. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same without writing the unit of work first, for statements that do not look at what it has changed: comparing thousands of entities costs more than they do. */
  bulk<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A row that is only ever added: written with all others of its table by one statement, when something asks or at the end. */
  append<D extends Definition>(definition: D, row: RowOf<D>): void;
  /** Rows of a table that are read to be changed, or made and changed still. A table is either of these or of `em`. */
  rows<D extends Definition>(definition: D): Rows<InferEntity<D>>;
  /** Writes the unit of work, the rows that changed and what was appended. */
  flush(): Promise<void>;
  /** What is done once all of this is committed. */
  afterCommit(work: () => void): void;
  /** What is done when nothing of this has happened. */
  afterRollback(work: () => void): void;
  /** Names the database among those of this process. */
  database: string;
}

export type { InferEntity } from '@mikro-orm/postgresql';

type RowOf<D extends Definition> = RequiredEntityData<InferEntity<D>>;

/** For rows that are read to be changed: waits for whoever changes them now. */
export const writeLock = LockMode.PESSIMISTIC_WRITE;

export interface Store {
  orm: Orm;
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement by itself, with the parameters and rows of `Tx`: a third of the round trips of a transaction. */
  alone<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Reads only, and sees everything as it was when it began, however long it takes. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openStore(url: string): Promise<Store> {
  const orm = await openOrm(url);
  async function within<T>(work: (tx: Tx) => Promise<T>, how: Parameters<EntityManager['transactional']>[1]): Promise<T> {
    const after: (() => void)[] = [];
    const otherwise: (() => void)[] = [];
    const committed = orm.em.fork().transactional(async (em) => {
      const context = em.getTransactionContext() as { executeQuery(query: CompiledQuery): Promise<{ rows: unknown[] }> };
      const appended = new Map<Definition, object[]>();
      const bulk = async <Row extends object>(text: string, values: unknown[] = []) =>
        (await context.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];
      const kept = keepRows(orm, bulk);
      const tx: Tx = {
        em: em as EntityManager,
        database: url,
        afterCommit: (each) => void after.push(each),
        afterRollback: (each) => void otherwise.push(each),
        bulk,
        rows: kept.rows,
        append: (definition, row) => void (appended.get(definition)?.push(row) ?? appended.set(definition, [row])),
        async flush() {
          await em.flush();
          await kept.flush();
          for (const [definition, rows] of appended) await bulk(statementsOf(orm, definition).insert, [toJson(rows)]);
          appended.clear();
        },
        async query(text, values) {
          await tx.flush();
          return bulk(text, values);
        },
      };
      const done = await work(tx);
      await tx.flush();
      return done;
    }, how);
    const result = await committed.catch((error: unknown) => {
      for (const each of otherwise) each();
      throw error;
    });
    for (const each of after) each();
    return result;
  }
  return {
    orm,
    transaction: (work) => within(work, {}),
    alone: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await orm.em.getConnection().getClient().executeQuery(CompiledQuery.raw(text, values))).rows as Row[],
    snapshot: (work) => within(work, { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true }),
    close: () => orm.close(true),
  };
}
