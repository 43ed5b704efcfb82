// What happened at the bank, as its change events tell it, and the words that every form of them shares.
import { isObject, type Json, type JsonObject } from './exact-json.js';
import type { Place } from './place.js';

/** How Connect describes a column, where its converter was told to (`schemas.enable=true`). */
export interface ColumnSchema {
  type: string;
  name?: string;
  parameters?: Record<string, string>;
}

export type Row = JsonObject;

export interface Change {
  is: 'change';
  op: 'c' | 'u' | 'd' | 'r' | 't';
  /** `schema.table`, or `database.table` where the source has no schemas. */
  table: string;
  before: Row | null;
  after: Row | null;
  /** The row alone came, as ExtractNewRecordState leaves it: what was before is not told of any update. */
  flat: boolean;
  /** The message's key; null for a table that has none. */
  key: Row | null;
  /** The key that this row had before, where its key was changed. */
  oldKey: Row | null;
  /** The key that the row goes on under: this delete is the first half of a rename. */
  newKey: Row | null;
  schemas: ReadonlyMap<string, ColumnSchema>;
  place: Place;
  /** When the bank changed it, milliseconds since 1970. */
  changedMs: number;
  snapshot: boolean;
  /** Where the source tells its transactions: which one, and the how-manieth event of it. */
  transaction: { id: string; order: number | null } | null;
}

/** `counts` says how many events of each table the transaction had. */
export interface TransactionEnd {
  is: 'end';
  transaction: string;
  counts: ReadonlyMap<string, number>;
}

export type Event = Change | TransactionEnd | { is: 'nothing' };
export type ReadEvent = Event | { unreadable: string };

/** What stands in a message's key and headers. */
export type Keys = Pick<Change, 'key' | 'oldKey' | 'newKey'>;

/** BEGIN, END and the events between have different ids in Postgres: only the part before the colon is the transaction's own. */
export const transactionOf = (id: string): string => /^(\d+):\d+$/.exec(id)?.[1] ?? id;

export const isTime = (ms: number): boolean => ms >= 0 && ms <= Date.UTC(2199, 11, 31);

const ops: readonly unknown[] = ['c', 'u', 'd', 'r', 't'];
export const opOf = (value: Json | undefined): Change['op'] | null => (ops.includes(value) ? (value as Change['op']) : null);

/** A boolean in the documented schema, one of several words in the field. */
export const isSnapshot = (value: Json | undefined): boolean => value !== undefined && value !== null && String(value) !== 'false';

export function columnsOf(schema: Json): ReadonlyMap<string, ColumnSchema> {
  const columns = new Map<string, ColumnSchema>();
  for (const each of isObject(schema) && Array.isArray(schema['fields']) ? schema['fields'] : [])
    if (isObject(each) && typeof each['field'] === 'string') columns.set(each['field'], each as unknown as ColumnSchema);
  return columns;
}
