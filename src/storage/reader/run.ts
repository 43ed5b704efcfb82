// Runs a written statement: prepared once on each connection under its own name, then only bound.
import pg from 'pg';
import type { Request } from './shape.js';
import type { Written } from './write.js';

export interface Statement extends Written {
  name: string;
}
export type Run = (statement: Statement, request: Request) => Promise<string>;

export function createRun(pool: pg.Pool): Run {
  return async ({ name, text, reads }, request) => {
    const values = reads.map((read) => read(request));
    const { rows } = await pool.query({ name, text, values, rowMode: 'array' });
    return rows[0]![0];
  };
}
