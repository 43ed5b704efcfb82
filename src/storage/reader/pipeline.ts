// Runs statements on few connections with many under way on each: of small ones that come in bursts, waiting for each answer would take longer than all of them do.
import pg from 'pg';
import { enterRole, readOptions } from './pool.js';
import type { Run } from './run.js';
import { answerOf } from './scope.js';

export interface Pipeline {
  run: Run;
  close(): Promise<void>;
}

/** @param connections of each kind: those that show every row, and those that show the rows of a scope */
export function openPipeline(url: string, connections = 4): Pipeline {
  const lines = { whole: openLine(url, false, connections), narrowed: openLine(url, true, connections) };
  return {
    async run(statement, request) {
      const line = request.caller.profile.narrowed ? lines.narrowed : lines.whole;
      return answerOf(await line.next(), statement, request);
    },
    async close() {
      await Promise.all(Object.values(lines).map((line) => line.close()));
    },
  };
}

/** Connections that take turns; one that has gone is opened again when its turn comes. */
function openLine(url: string, narrowed: boolean, connections: number) {
  const clients: (Promise<pg.Client> | undefined)[] = [];
  let turn = 0;

  async function open(gone: () => void): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, options: readOptions(5_000), pipeline: true } as pg.ClientConfig);
    client.on('error', gone); // what was under way fails
    client.on('end', gone);
    try {
      await client.connect();
      await enterRole(client, narrowed);
    } catch (error) {
      gone();
      throw error;
    }
    return client;
  }

  return {
    next(): Promise<pg.Client> {
      const at = turn++ % connections;
      return (clients[at] ??= open(() => void (clients[at] = undefined)));
    },
    async close() {
      await Promise.all(clients.map(async (each) => (await each?.catch(() => undefined))?.end()));
    },
  };
}
