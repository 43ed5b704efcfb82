// The reader's own connections: prepared statements with general plans, a limit of time, read-only, and a role that owns nothing.
import pg from 'pg';
import { prepareScope } from './scope.js';

export const readOptions = (timeoutMs: number): string =>
  `-c timezone=UTC -c datestyle=ISO -c jit=off -c plan_cache_mode=force_generic_plan -c default_transaction_read_only=on -c statement_timeout=${timeoutMs}`;

/** `whole` shows every row, `narrowed` those of the scope that is sent with each statement: both by the policies of the tables. */
export interface ReadPools {
  whole: pg.Pool;
  narrowed: pg.Pool;
  close(): Promise<void>;
}

export function openReadPools(url: string, timeoutMs = 5_000): ReadPools {
  const [whole, narrowed] = [false, true].map((isNarrowed) => openPool(url, isNarrowed, timeoutMs)) as [pg.Pool, pg.Pool];
  return { whole, narrowed, close: async () => void (await Promise.all([whole.end(), narrowed.end()])) };
}

function openPool(url: string, narrowed: boolean, timeoutMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    options: readOptions(timeoutMs),
    onConnect: (client) => enterRole(client, narrowed),
  });
  pool.on('error', () => {}); // a connection that was idle has gone: the next query opens another, and says so if it cannot
  return pool;
}

/** Once on each connection. */
export async function enterRole(client: pg.ClientBase, narrowed: boolean): Promise<void> {
  await client.query(`select set_config('role', reader_role($1), false)`, [narrowed]);
  if (narrowed) await prepareScope(client);
}
