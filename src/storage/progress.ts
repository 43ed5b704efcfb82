// How far each partition was read, the business date it has reached, and the messages that could not be read.
import type { LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { Overtaken } from './loans.js';
import type { Tx } from './store.js';

export interface Unreadable {
  offset: bigint;
  reason: string;
  key: Buffer | null;
  raw: Buffer;
  headers: Record<string, string>;
}

interface Move {
  topic: string;
  partition: number;
  expectedOffset: bigint;
  nextOffset: bigint;
}

/** @throws Overtaken when the partition does not stand where it was expected. */
export async function moveOn(tx: Tx, { topic, partition, expectedOffset, nextOffset }: Move): Promise<void> {
  const moved = await tx.query(
    `insert into progress as p (topic, partition, next_offset) values ($1, $2, $4) on conflict (topic, partition) do update set next_offset = excluded.next_offset where p.next_offset = $3 returning 1`,
    [topic, partition, expectedOffset, nextOffset],
  );
  if (!moved.length) throw new Overtaken(`Partition ${partition} of ${topic} does not stand at ${expectedOffset}`);
}

/** A partition has reached a business date. */
export async function announceDate(tx: Tx, tenant: string, topic: string, partition: number, businessDate: LocalDate): Promise<void> {
  await tx.query(
    `insert into partition_date as p (tenant, topic, partition, business_date) values ($1, $2, $3, $4)
     on conflict (tenant, topic, partition) do update set business_date = greatest(p.business_date, excluded.business_date)`,
    [tenant, topic, partition, businessDate],
  );
}

/** Where a partition is to be read from; 0 when it was never read. */
export async function nextOffsetOf(tx: Tx, topic: string, partition: number): Promise<bigint> {
  const [row] = await tx.query<{ next_offset: string }>('select next_offset from progress where topic = $1 and partition = $2', [
    topic,
    partition,
  ]);
  return BigInt(row?.next_offset ?? 0);
}

/** The business dates, by tenant, that a partition has reached and that have been opened: one that was only announced is waited for again. */
export async function openedDatesOf(tx: Tx, topic: string, partition: number): Promise<Map<string, LocalDate>> {
  const rows = await tx.query<{ tenant: string; business_date: string }>(
    'select tenant, p.business_date::text from partition_date p join business_day d using (tenant) where p.topic = $1 and p.partition = $2 and d.business_date >= p.business_date',
    [topic, partition],
  );
  return new Map(rows.map((row) => [row.tenant, row.business_date]));
}

/** Null before the first. */
export async function businessDateOf(tx: Tx, tenant: string): Promise<LocalDate | null> {
  const [row] = await tx.query<{ on: string }>('select business_date::text as on from business_day where tenant = $1', [tenant]);
  return row?.on ?? null;
}

export interface Reach {
  businessDate: LocalDate | null;
  /** By `{topic} {partition}`, the date it has announced. */
  reached: Map<string, LocalDate>;
}

export async function reachOf(tx: Tx, tenant: string, topics: readonly string[]): Promise<Reach> {
  const rows = await tx.query<{ topic: string; partition: number; business_date: string }>(
    'select topic, partition, business_date::text from partition_date where tenant = $1 and topic = any($2)',
    [tenant, topics],
  );
  return {
    businessDate: await businessDateOf(tx, tenant),
    reached: new Map(rows.map((row) => [`${row.topic} ${row.partition}`, row.business_date])),
  };
}

const parkRows = `insert into parked_message (id, topic, partition, message_offset, reason, key, raw, headers, state, parked_at)
  select a, $1, $2, b, c, decode(d, 'base64'), decode(e, 'base64'), f, 'PARKED', now() from json_to_recordset($3::json) as r(a text, b bigint, c text, d text, e text, f jsonb) on conflict do nothing`;

const parkedAtOnce = 16_000_000; // bytes in one statement: a message may be large, and its text is a third longer

/** Keeps what could not be read, with the reason and the bytes as they came. */
export async function park(
  tx: Tx,
  { topic, partition, unreadable }: { topic: string; partition: number; unreadable: readonly Unreadable[] },
): Promise<void> {
  let rows: object[] = [];
  let bytes = 0;
  const write = async () => {
    if (rows.length) await tx.query(parkRows, [topic, partition, JSON.stringify(rows)]);
    rows = [];
    bytes = 0;
  };
  for (const { offset, reason, key, raw, headers } of unreadable) {
    const a = idOf('parked', topic, partition, String(offset));
    rows.push({ a, b: String(offset), c: reason, d: key?.toString('base64') ?? null, e: raw.toString('base64'), f: headers });
    if ((bytes += raw.length) >= parkedAtOnce) await write();
  }
  await write();
}
