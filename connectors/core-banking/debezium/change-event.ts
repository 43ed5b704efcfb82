// A Kafka message of Debezium as what happened at the bank: a change of a row, the end of a transaction, or nothing that matters here.
import type { SourceMessage } from '../../contract/source.js';
import { columnsOf, isSnapshot, isTime, opOf, transactionOf, type Keys, type ReadEvent, type Row } from './change.js';
import { bareOf } from './converted.js';
import { isObject, type Json, type JsonObject } from './exact-json.js';
import { flattened } from './flat-event.js';
import { placeOf } from './place.js';

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

function endOf(payload: JsonObject): ReadEvent {
  if (payload['status'] !== 'END') return nothing;
  if (typeof payload['id'] !== 'string') return { unreadable: 'NOT_A_CHANGE_EVENT id is not text' };
  const counts = new Map<string, number>();
  for (const each of Array.isArray(payload['data_collections']) ? payload['data_collections'] : [])
    if (isObject(each)) counts.set(String(each['data_collection']), Number(each['event_count']));
  return { is: 'end', transaction: transactionOf(payload['id']), counts };
}

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

function fieldOf(schema: Json, name: string): Json {
  const fields = isObject(schema) && Array.isArray(schema['fields']) ? schema['fields'] : [];
  return fields.find((each) => isObject(each) && each['field'] === name) ?? null;
}
