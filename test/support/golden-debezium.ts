// Messages that Debezium really sent, and the example mapping that reads them.
import { readFileSync } from 'node:fs';
import type { CanonicalEvent, SourceFormat, SourceMessage } from '../../connectors/contract/source.js';
import { debeziumFormat } from '../../connectors/core-banking/debezium/format.js';
import { checkMapping, type Mapping } from '../../connectors/core-banking/debezium/mapping.js';

export interface Golden {
  topic: string;
  partition: number;
  offset: number;
  headers: Record<string, string>;
  key: string | null;
  value: string | null;
}

/** @param mode `off` is the whole life, `on` a part of it with schemas beside each key and value */
export const goldenOf = (mode: 'on' | 'off'): Golden[] =>
  readFileSync(`test/connectors/golden/debezium/schemas-${mode}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Golden);

export const messageOf = ({ topic, partition, offset, headers, key, value }: Golden): SourceMessage => ({
  topic,
  partition,
  offset: String(offset),
  headers,
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
});

export const exampleMapping = (): any => JSON.parse(readFileSync('schema/sources/debezium/core-example.json', 'utf8'));

/** @param change of the example mapping, before it is checked */
export const mappingWith = (change: (mapping: any) => void = () => {}): Mapping => {
  const mapping = exampleMapping();
  change(mapping);
  return checkMapping(mapping);
};

export const formatWith = (change?: (mapping: any) => void, topics: string[] = []): SourceFormat =>
  debeziumFormat(mappingWith(change), topics);

export const readAll = (format: SourceFormat, messages: readonly Golden[]): (CanonicalEvent[] | string)[] =>
  messages.map((message) => {
    const read = format.read(messageOf(message));
    return 'unreadable' in read ? read.unreadable : read.events;
  });

/** The messages of one table (or `transaction`, `message`), in their order. */
export const ofTable = (messages: readonly Golden[], table: string): Golden[] =>
  messages.filter(({ topic }) => topic.endsWith(`.${table}`));

/** One message with its payload changed. */
export function changed(message: Golden, change: (payload: any) => void): Golden {
  const whole = JSON.parse(message.value!);
  change('payload' in whole ? whole.payload : whole);
  return { ...message, value: JSON.stringify(whole) };
}

/** What ExtractNewRecordState leaves of a message, with `add.fields=op,table,lsn,source.ts_us,txId` and deletes rewritten. */
export function flattened(message: Golden): Golden {
  const whole = JSON.parse(message.value!);
  const { op, before, after, source } = whole.payload ?? whole;
  const flat = {
    ...(op === 'd' ? before : after),
    __op: op,
    __table: source.table,
    __lsn: source.lsn,
    __source_ts_us: source.ts_us,
    __txId: source.txId,
    __deleted: String(op === 'd'),
  };
  return { ...message, value: JSON.stringify(flat) };
}
