// One connection with one snapshot, in which all statements of a caller are read: whatever is committed meanwhile, they see the same moment.
import pg from 'pg';
import { enterRole, readOptions } from './pool.js';
import type { Run } from './run.js';
import { answerOf } from './scope.js';
import type { Caller } from './shape.js';

/** @param work is told the instant of the snapshot; what it runs is run for this caller and no other */
export async function inSnapshot<T>(
  url: string,
  caller: Caller,
  work: (run: Run, at: string) => Promise<T>,
  timeoutMs = 60_000,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: readOptions(timeoutMs) });
  client.on('error', () => {}); // what is under way fails, and says so
  await client.connect();
  try {
    await enterRole(client, caller.profile.narrowed);
    await client.query('begin isolation level repeatable read, read only');
    const { rows } = await client.query<{ at: string }>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
    );
    const run: Run = async (statement, request) => {
      if (request.caller !== caller) throw new Error('A snapshot is read by its caller');
      return answerOf(client, statement, request);
    };
    return await work(run, rows[0]!.at);
  } finally {
    await client.end();
  }
}
