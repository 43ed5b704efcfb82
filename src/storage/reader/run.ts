// Runs a written statement: from its second use on it is prepared once on each connection under its own name, then only bound.
import type pg from 'pg';
import type { Request } from './shape.js';
import type { Written } from './write.js';

export interface Statement extends Written {
  name: string;
}
export type Run = (statement: Statement, request: Request) => Promise<string>;

/** @param mostNames of prepared statements on one connection; with more it is closed, and another opened when it is needed */
export function createRun(pool: pg.Pool, mostNames = 500): Run {
  const met = new WeakSet<Statement>();
  const named = new WeakMap<pg.PoolClient, Set<string>>();
  return async (statement, request) => {
    const { text, reads } = statement;
    const values = reads.map((read) => read(request));
    // What is asked once only is not worth a place in the memory of every connection.
    const name = met.has(statement) ? statement.name : undefined;
    met.add(statement);
    const client = await pool.connect();
    const names = named.get(client) ?? new Set();
    if (name) named.set(client, names.add(name));
    try {
      const { rows } = await client.query<[string]>({ name, text, values, rowMode: 'array' } as pg.QueryArrayConfig);
      return rows[0]![0];
    } finally {
      client.release(names.size > mostNames);
    }
  };
}
