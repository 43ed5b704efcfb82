// Runs statements on few connections with many under way on each: of small ones that come in bursts, waiting for each answer would take longer than all of them do.
import pg from 'pg';
import { readOptions } from './pool.js';
import type { Run } from './run.js';

export interface Pipeline {
  run: Run;
  close(): Promise<void>;
}

/** @param narrowed runs what is asked with a scope of its own, which has to go in front of its statement */
export function openPipeline(url: string, narrowed: Run, connections = 4): Pipeline {
  const clients: (Promise<pg.Client> | undefined)[] = [];
  let turn = 0;

  function clientAt(at: number): Promise<pg.Client> {
    return (clients[at] ??= (async () => {
      const client = new pg.Client({ connectionString: url, options: readOptions(5_000), pipeline: true } as pg.ClientConfig);
      const gone = () => void (clients[at] = undefined); // what was under way fails, and the next opens another
      client.on('error', gone);
      client.on('end', gone);
      return client.connect().then(
        async () => {
          await client.query(`select set_config('role', reader_role(false), false)`);
          return client;
        },
        (error: unknown) => {
          gone();
          throw error;
        },
      );
    })());
  }

  return {
    async run(statement, request) {
      if (request.caller.profile.narrowed) return narrowed(statement, request);
      const { name, text, reads } = statement;
      const client = await clientAt(turn++ % connections);
      const values = reads.map((read) => read(request));
      const { rows } = await client.query<string[]>({ name, text, values, rowMode: 'array' });
      return rows[0]![0]!;
    },
    async close() {
      await Promise.all(clients.map(async (each) => (await each?.catch(() => undefined))?.end()));
    },
  };
}
