// The row alone, as Debezium's ExtractNewRecordState leaves it of a change event.
import { columnsOf, isSnapshot, isTime, opOf, transactionOf, type Keys, type ReadEvent } from './change.js';
import type { Json, JsonObject } from './exact-json.js';
import { placeOf } from './place.js';

/** With `add.fields=op,schema,table,lsn,source.ts_ms,txId`: the row itself, and those fields behind two underscores. */
export function flattened(payload: JsonObject, schema: Json, keys: Keys, topicTable: string | null): ReadEvent {
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
