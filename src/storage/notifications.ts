// Hears from Postgres which cases have changed. Only a hint: whoever is woken reads the timeline, so a lost notification loses nothing.
import pg from 'pg';

export interface CaseNews {
  /** Calls `wake` when the case may have changed. @returns what ends it */
  on(caseId: string, wake: () => void): () => void;
  close(): Promise<void>;
}

const pauseMs = 1_000;

export function listenForCases(url: string, log: { warn(fields: object, text: string): void }): CaseNews {
  const wakes = new Map<string, Set<() => void>>();
  const wakeAll = () => wakes.forEach((each) => each.forEach((wake) => wake()));
  let client: pg.Client | null = null;
  let closing = false;
  let timer: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    const mine = new pg.Client({ connectionString: url });
    const again = (error?: Error) => {
      if (closing || client !== mine) return;
      client = null;
      log.warn({ error: error?.message }, 'the connection that listens for changes was lost; connecting again');
      timer = setTimeout(() => void connect(), pauseMs);
    };
    client = mine;
    mine.on('error', again);
    mine.on('end', () => again());
    mine.on('notification', ({ payload = '' }) => wakes.get(payload)?.forEach((wake) => wake()));
    try {
      await mine.connect();
      await mine.query('listen case_changed');
      wakeAll(); // something may have happened while nobody listened
    } catch (error) {
      await mine.end().catch(() => {});
      again(error as Error);
    }
  }
  const connected = connect();

  return {
    on(caseId, wake) {
      const all = wakes.get(caseId) ?? wakes.set(caseId, new Set()).get(caseId)!;
      all.add(wake);
      return () => {
        all.delete(wake);
        if (!all.size) wakes.delete(caseId);
      };
    },
    async close() {
      closing = true;
      if (timer) clearTimeout(timer);
      await connected;
      await client?.end().catch(() => {});
    },
  };
}
