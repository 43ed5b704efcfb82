// Hears from Postgres what has changed. Only a hint: whoever is told reads the rows, so a lost notification loses nothing.
import pg from 'pg';

/** Each notification holds one thing a line: `{case} {first new sequence}`, `[case, assignee, team]` as they were, a hand-over, a breaker. */
export type Channel = 'case_changed' | 'queue_left' | 'handoff_changed' | 'breaker_changed';

export interface Hearer {
  /** What was told since the last time, in the order of the commits. */
  heard(told: string[]): void;
  /** Something may have been told while nobody listened. */
  missed(): void;
}

export interface Notices {
  on(channel: Channel, hearer: Hearer): void;
  close(): Promise<void>;
}

const channels: readonly Channel[] = ['case_changed', 'queue_left', 'handoff_changed', 'breaker_changed'];
const pauseMs = 1_000;
/** What is told within it is read by one statement. */
const gatherMs = 10;

export function listenForChanges(url: string, log: { warn(fields: object, text: string): void }): Notices {
  const hearers = new Map<Channel, Hearer[]>(channels.map((each) => [each, []]));
  let gathered = new Map<Channel, string[]>();
  let client: pg.Client | null = null;
  let closing = false;
  let timer: NodeJS.Timeout | null = null;
  let gathering: NodeJS.Timeout | null = null;

  function tell(): void {
    gathering = null;
    const told = gathered;
    gathered = new Map();
    for (const [channel, lines] of told) hearers.get(channel)!.forEach((each) => each.heard(lines));
  }

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
    mine.on('notification', ({ channel, payload = '' }) => {
      const known = gathered.get(channel as Channel) ?? [];
      gathered.set(channel as Channel, known);
      known.push(...payload.split('\n'));
      gathering ??= setTimeout(tell, gatherMs);
    });
    try {
      await mine.connect();
      await mine.query(channels.map((each) => `listen ${each}`).join(';'));
      hearers.forEach((all) => all.forEach((each) => each.missed()));
    } catch (error) {
      await mine.end().catch(() => {});
      again(error as Error);
    }
  }
  const connected = connect();

  return {
    on: (channel, hearer) => void hearers.get(channel)!.push(hearer),
    async close() {
      closing = true;
      if (timer) clearTimeout(timer);
      if (gathering) clearTimeout(gathering);
      await connected;
      await client?.end().catch(() => {});
    },
  };
}
