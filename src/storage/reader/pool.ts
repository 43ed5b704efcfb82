// The reader's own connections: prepared statements with general plans, a limit of time, read-only.
import pg from 'pg';

export const readOptions = (timeoutMs: number): string =>
  `-c timezone=UTC -c datestyle=ISO -c jit=off -c plan_cache_mode=force_generic_plan -c default_transaction_read_only=on -c statement_timeout=${timeoutMs}`;

export function openReadPool(url: string, timeoutMs = 5_000): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    options: readOptions(timeoutMs),
  });
  pool.on('error', () => {}); // a connection that was idle has gone: the next query opens another, and says so if it cannot
  return pool;
}
