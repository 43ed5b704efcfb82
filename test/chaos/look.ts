// Looks into a database that may go away at any moment: one connection a question.
import pg from 'pg';
import { openStore } from '../../src/storage/store.js';
import { digestOf, type Digest } from '../../src/storage/digest.js';

export async function ask<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 120_000 });
  client.on('error', () => {}); // it is told by the question
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** How many messages are recorded; null while nobody answers. */
export const recordedIn = (url: string): Promise<number | null> =>
  ask<{ sum: string | null }>(url, 'select sum(next_offset) from progress').then(
    ([row]) => Number(row!.sum ?? 0),
    () => null,
  );

export const businessDateIn = (url: string): Promise<string | null> =>
  ask<{ date: string }>(url, 'select business_date::text as date from business_day').then(
    ([row]) => row?.date ?? null,
    () => null,
  );

export interface World {
  digest: Digest;
  /** Of the parked messages: where they stood, why, and their bytes. */
  parked: string;
  ids: string[];
}

export async function lookAt(url: string): Promise<World> {
  const store = await openStore(url);
  try {
    const digest = await store.transaction(digestOf);
    const facts = await ask<{ id: string }>(
      url,
      `select source || ' ' || fact_id as id from event_log where type not like 'BusinessDate%'`,
    );
    const [parked] = await ask<{ sha256: string }>(
      url,
      `select encode(sha256(convert_to(coalesce(string_agg(row(partition, message_offset, reason, encode(sha256(raw), 'hex'))::text, E'\\n' order by partition, message_offset), ''), 'UTF8')), 'hex') as sha256 from parked_message`,
    );
    return { digest, parked: parked!.sha256, ids: facts.map(({ id }) => id) };
  } finally {
    await store.close();
  }
}

export const reasonsIn = (url: string): Promise<{ reason: string; count: string }[]> =>
  ask(url, 'select split_part(reason, $1, 1) as reason, count(*) from parked_message group by 1 order by 1', [' ']);
