// Runs a written statement: prepared once on each connection under its own name, then only bound.
import type { ReadPools } from './pool.js';
import { queryInScope } from './scope.js';
import type { Request } from './shape.js';
import type { Written } from './write.js';

export interface Statement extends Written {
  name: string;
}
export type Run = (statement: Statement, request: Request) => Promise<string>;

export function createRun({ whole, narrowed }: ReadPools): Run {
  return async ({ name, text, reads }, request) => {
    const config = { name, text, values: reads.map((read) => read(request)), rowMode: 'array' } as const;
    const { caller } = request;
    const { rows } = caller.profile.narrowed ? await queryInScope(narrowed, config, caller) : await whole.query(config);
    return rows[0]![0] as string;
  };
}
