// Runs a written statement: from its second use on it is prepared once on each connection under its own name, then only bound.
import type pg from 'pg';
import type { ReadPools } from './pool.js';
import { answerOf } from './scope.js';
import type { Read, Request } from './shape.js';
import type { Written } from './write.js';

export interface Statement extends Written {
  name: string;
  /** Where its answer is of one case alone, and may be stored. */
  ofCase?: { caseId: Read<string>; stored: Statement; fresh: Statement };
}
export type Run = (statement: Statement, request: Request) => Promise<string>;

/** @param mostNames of prepared statements on one connection; with more it is closed, and another opened when it is needed */
export function createRun({ whole, narrowed }: ReadPools, mostNames = 500): Run {
  const met = new WeakSet<Statement>();
  const named = new WeakMap<pg.PoolClient, Set<string>>();
  return async (statement, request) => {
    // What is asked once only is not worth a place in the memory of every connection.
    const name = met.has(statement) ? statement.name : undefined;
    met.add(statement);
    const client = await (request.caller.profile.narrowed ? narrowed : whole).connect();
    const names = named.get(client) ?? new Set();
    if (name) named.set(client, names.add(name));
    try {
      return await answerOf(client, { ...statement, name }, request);
    } finally {
      client.release(names.size > mostNames);
    }
  };
}
