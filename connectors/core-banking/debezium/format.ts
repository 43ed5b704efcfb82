// Change events of a loan database as Debezium sends them, read by a mapping from its tables to facts.
import type { SourceFormat, SourceMessage } from '../../contract/source.js';
import type { Change, ReadEvent } from './change.js';
import { readEvent } from './change-event.js';
import { factsOf } from './facts.js';
import { readMapping, type Mapping } from './mapping.js';
import { BadColumn } from './row-reader.js';

const transactions = /\.transaction$/;

/**
 * Where a topic that ends with `.transaction` is read too, the rows of one source transaction wait for one another.
 * @param settings MAPPING (path of the mapping, schema/sources/debezium/mapping.json) and PATIENCE_MS
 * @throws Error with the name of the setting that is wrong
 */
export function createDebeziumFormat(settings: Readonly<Record<string, string | undefined>>, topics: readonly string[] = []): SourceFormat {
  return debeziumFormat(readMapping(settings['MAPPING']), topics, patienceOf(settings['PATIENCE_MS']));
}

/** @param mapping that was checked @param patienceMs how long rows wait for the rest of their transaction */
export function debeziumFormat(mapping: Mapping, topics: readonly string[], patienceMs = 30_000): SourceFormat {
  const joins = topics.some((topic) => transactions.test(topic));
  const byTopic = new Map<string, string>();
  for (const [name, { topic }] of Object.entries(mapping.tables)) {
    const found = topics.filter((each) => (topic ? each === topic : each === name || each.endsWith(`.${name}`)));
    for (const each of found) byTopic.set(each, name);
    if (joins && !found.length) throw new Error(`SOURCES has no topic of the table ${name}, whose rows DEBEZIUM_MAPPING would wait for`);
  }
  // What waits for its transaction is asked for twice: to which it belongs, and then what it says.
  const waiting = new WeakMap<Buffer, ReadEvent>();
  const read = (message: SourceMessage) => readEvent(message, (topic) => byTopic.get(topic) ?? null);
  return {
    id: 'debezium',
    read(message) {
      const event = (message.value && waiting.get(message.value)) ?? read(message);
      if ('unreadable' in event) return event;
      return event.is === 'change' ? eventsOf(event, mapping) : { events: [] };
    },
    ...(joins
      ? {
          joined: {
            patienceMs,
            endsOnly: (topic) => transactions.test(topic),
            of(message) {
              const event = read(message);
              if (message.value) waiting.set(message.value, event);
              if ('unreadable' in event || event.is === 'nothing') return null;
              if (event.is === 'change')
                return event.transaction && mapping.tables[event.table]
                  ? { transaction: event.transaction.id, part: event.table, order: event.transaction.order }
                  : null;
              // Of other tables, and of logical messages, nothing is waited for.
              const mapped = [...event.counts].filter(([table]) => mapping.tables[table]);
              return { transaction: event.transaction, parts: Object.fromEntries(mapped) };
            },
          },
        }
      : {}),
  };
}

function eventsOf(change: Change, mapping: Mapping): ReturnType<SourceFormat['read']> {
  const table = mapping.tables[change.table];
  if (!table) return { events: [] };
  if (change.op === 't')
    return { unreadable: `TRUNCATE ${change.table}: all its rows are gone at once, and no event says which; load it anew by a snapshot` };
  if (change.op === 'd' ? !change.before && !change.key : !change.after)
    return { unreadable: `NOT_A_CHANGE_EVENT ${change.table} has no row` };
  // The made-up values of a delete look like a whole row: an update shows in time that they are not.
  if (change.op === 'u' && !change.flat && !change.before && table.replicaIdentity === 'full')
    return { unreadable: `IDENTITY ${change.table} is not REPLICA IDENTITY FULL, as the mapping says: its old rows are not told` };
  try {
    return { events: factsOf(change, table, mapping) };
  } catch (error) {
    if (error instanceof BadColumn) return { unreadable: error.message };
    throw error;
  }
}

function patienceOf(given: string | undefined): number {
  const ms = Number(given || 30_000);
  if (!Number.isInteger(ms) || ms < 100) throw new Error('DEBEZIUM_PATIENCE_MS must be a whole number of milliseconds from 100 on');
  return ms;
}
