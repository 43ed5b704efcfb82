// A Kafka message of Debezium as what happened at the bank: a change of a row, the end of a transaction, or nothing that matters here.
import type { SourceMessage } from '../../contract.js';
import { bareOf } from './converted.js';
import { isObject, type Json, type JsonObject } from './exact-json.js';
import { placeOf, type Place } from './place.js';

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

const largest = 5_000_000; // bytes
const utf8 = new TextDecoder('utf-8', { fatal: true });
const nothing = { is: 'nothing' } as const;

/** @param tableOf the table that a topic is of, for messages that do not say it themselves */
export function readEvent({ topic, key, value, headers }: SourceMessage, tableOf: (topic: string) => string | null): ReadEvent {
  if (!value?.length) return nothing; // a tombstone, for Kafka's own tidying: the delete before it said all
  if (value.length > largest) return { unreadable: `TOO_LARGE more than ${largest} bytes` };
  let whole: ReturnType<typeof bareOf>;
  let keys: { key: Row | null; oldKey: Row | null; newKey: Row | null };
  try {
    whole = bareOf(utf8.decode(value));
    keys = {
      key: rowOf(key?.length ? utf8.decode(key) : undefined),
      oldKey: rowOf(headers['__debezium.oldkey']),
      newKey: rowOf(headers['__debezium.newkey']),
    };
  } catch {
    return { unreadable: 'NOT_JSON' };
  }
  const { payload, schema } = whole;
  if (payload === null) return nothing;
  if (!isObject(payload)) return { unreadable: 'NOT_A_CHANGE_EVENT' };
  if (typeof payload['status'] === 'string' && 'event_count' in payload) return endOf(payload);
  if (payload['op'] === 'm' || Object.keys(payload).join() === 'ts_ms') return nothing; // a logical message, a heartbeat
  return isObject(payload['source']) && typeof payload['op'] === 'string'
    ? enveloped(payload, payload['source'], schema, keys)
    : flattened(payload, schema, keys, tableOf(topic));
}

function rowOf(text: string | undefined): Row | null {
  const payload = text ? bareOf(text).payload : null;
  return isObject(payload) ? payload : null;
}

/** BEGIN, END and the events between have different ids in Postgres: only the part before the colon is the transaction's own. */
export const transactionOf = (id: string): string => /^(\d+):\d+$/.exec(id)?.[1] ?? id;

function endOf(payload: JsonObject): ReadEvent {
  if (payload['status'] !== 'END') return nothing;
  if (typeof payload['id'] !== 'string') return { unreadable: 'NOT_A_CHANGE_EVENT id is not text' };
  const counts = new Map<string, number>();
  for (const each of Array.isArray(payload['data_collections']) ? payload['data_collections'] : [])
    if (isObject(each)) counts.set(String(each['data_collection']), Number(each['event_count']));
  return { is: 'end', transaction: transactionOf(payload['id']), counts };
}

type Keys = Pick<Change, 'key' | 'oldKey' | 'newKey'>;

function enveloped(payload: JsonObject, source: JsonObject, schema: Json, keys: Keys): ReadEvent {
  const op = opOf(payload['op']);
  if (!op) return { unreadable: 'NOT_A_CHANGE_EVENT op is unknown' };
  const place = placeOf(source);
  if ('unreadable' in place) return place;
  if (typeof source['table'] !== 'string') return { unreadable: 'NOT_A_CHANGE_EVENT source.table is not text' };
  const { transaction } = payload;
  const changedMs = Number(source['ts_ms'] ?? payload['ts_ms']);
  if (!isTime(changedMs)) return { unreadable: 'NOT_A_CHANGE_EVENT source.ts_ms is not a time' };
  return {
    is: 'change',
    op,
    table: `${source['schema'] || source['db']}.${source['table']}`,
    before: isObject(payload['before']) ? payload['before'] : null,
    after: isObject(payload['after']) ? payload['after'] : null,
    flat: false,
    ...keys,
    schemas: columnsOf(fieldOf(schema, op === 'd' ? 'before' : 'after')),
    place,
    changedMs,
    snapshot: op === 'r' || isSnapshot(source['snapshot']),
    transaction:
      isObject(transaction) && typeof transaction['id'] === 'string'
        ? { id: transactionOf(transaction['id']), order: Number(transaction['total_order'] ?? 0) || null }
        : null,
  };
}

/** What ExtractNewRecordState leaves, with `add.fields=op,schema,table,lsn,source.ts_ms,txId`: the row itself, and those fields behind two underscores. */
function flattened(payload: JsonObject, schema: Json, keys: Keys, topicTable: string | null): ReadEvent {
  const said = (name: string) => payload[`__source_${name}`] ?? payload[`__${name}`];
  const isDelete = String(payload['__deleted']) === 'true';
  const op = isDelete ? 'd' : opOf(payload['__op']);
  if (!op) return { unreadable: 'NOT_A_CHANGE_EVENT neither op nor __op is there' };
  const place = placeOf({ lsn: said('lsn')!, file: said('file')!, pos: said('pos')!, row: said('row')! });
  if ('unreadable' in place) return place;
  const micros = said('ts_us');
  const changedMs = Number(said('ts_ms') ?? (micros === undefined ? NaN : Number(micros) / 1_000));
  if (!isTime(changedMs)) return { unreadable: 'NOT_A_CHANGE_EVENT add.fields has no source.ts_ms' };
  const schemaName = said('schema') ?? said('db');
  const table = schemaName && said('table') ? `${String(schemaName)}.${String(said('table'))}` : topicTable;
  if (!table) return { unreadable: 'NOT_A_CHANGE_EVENT add.fields has no schema and table, and its topic is none of the mapping' };
  const row = Object.fromEntries(Object.entries(payload).filter(([name]) => !name.startsWith('__')));
  const id = said('transaction_id') ?? said('txId');
  return {
    is: 'change',
    op,
    table,
    before: op === 'd' ? row : null,
    after: op === 'd' ? null : row,
    flat: true,
    ...keys,
    schemas: columnsOf(schema),
    place,
    changedMs: Math.trunc(changedMs),
    snapshot: op === 'r' || isSnapshot(said('snapshot')),
    transaction: id && op !== 'r' ? { id: transactionOf(String(id)), order: Number(said('transaction_total_order') ?? 0) || null } : null,
  };
}

const isTime = (ms: number): boolean => ms >= 0 && ms <= Date.UTC(2199, 11, 31);

const ops: readonly unknown[] = ['c', 'u', 'd', 'r', 't'];
const opOf = (value: Json | undefined): Change['op'] | null => (ops.includes(value) ? (value as Change['op']) : null);

/** A boolean in the documented schema, one of several words in the field. */
const isSnapshot = (value: Json | undefined): boolean => value !== undefined && value !== null && String(value) !== 'false';

function fieldOf(schema: Json, name: string): Json {
  const fields = isObject(schema) && Array.isArray(schema['fields']) ? schema['fields'] : [];
  return fields.find((each) => isObject(each) && each['field'] === name) ?? null;
}

function columnsOf(schema: Json): ReadonlyMap<string, ColumnSchema> {
  const columns = new Map<string, ColumnSchema>();
  for (const each of isObject(schema) && Array.isArray(schema['fields']) ? schema['fields'] : [])
    if (isObject(each) && typeof each['field'] === 'string') columns.set(each['field'], each as unknown as ColumnSchema);
  return columns;
}
