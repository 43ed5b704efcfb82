// Reads queued messages up to the next change of business date: what belongs to one day goes into one batch, what cannot be read is set aside with its reason.
import type { KafkaMessage } from 'kafkajs';
import type { SourceFact } from '../actions/record-loan-facts.js';
import type { LocalDate } from '../domain/fact.js';
import type { Unreadable } from '../storage/progress.js';
import { toFact, type CheckedEvent } from './to-fact.js';

/** A format of connectors/contract.ts. */
export interface Format {
  read(message: {
    topic: string;
    partition: number;
    offset: string;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, string>;
  }): { events: CheckedEvent[] } | { unreadable: string };
}

export interface ReadBatch {
  facts: SourceFact[];
  unreadable: Unreadable[];
  /** How many messages were read. */
  taken: number;
  nextOffset: bigint;
  /** The business date, by tenant, that the next message begins; the batch ends before it. */
  reached: { tenant: string; businessDate: LocalDate } | null;
}

/**
 * A fact of a later business date than the partition has reached announces that date as well as a mark does, so a lost mark holds nothing up.
 * @param reached the business date by tenant that the partition has reached
 */
export function readBatch(
  topic: string,
  partition: number,
  messages: readonly KafkaMessage[],
  reached: ReadonlyMap<string, LocalDate>,
  format: Format,
  most: number,
): ReadBatch {
  const batch: ReadBatch = { facts: [], unreadable: [], taken: 0, nextOffset: 0n, reached: null };
  for (const message of messages.slice(0, most)) {
    const headers = headersOf(message);
    const read = format.read({ topic, partition, offset: message.offset, key: message.key, value: message.value, headers });
    const facts: SourceFact[] = [];
    let reason = 'unreadable' in read ? read.unreadable : null;
    for (const event of 'events' in read ? read.events : []) {
      const each = toFact(event);
      const date = 'reached' in each ? each.reached : { tenant: event.tenantid, businessDate: event.businessdate };
      if (!('unreadable' in each) && !(reached.get(date.tenant)! >= date.businessDate)) {
        batch.reached = date;
        return batch; // the message is read again once the day has been opened
      }
      if ('unreadable' in each) reason = each.unreadable;
      else if ('fact' in each) facts.push(each.fact);
    }
    if (reason === null) batch.facts.push(...facts);
    else
      batch.unreadable.push({ offset: BigInt(message.offset), reason, key: message.key, raw: message.value ?? Buffer.alloc(0), headers });
    batch.taken++;
    batch.nextOffset = BigInt(message.offset) + 1n;
  }
  return batch;
}

/** What one message says, whatever day it is of: for messages that were parked. */
export function readAlone(message: Parameters<Format['read']>[0], format: Format): { facts: SourceFact[] } | { unreadable: string } {
  const read = format.read(message);
  if ('unreadable' in read) return read;
  const facts: SourceFact[] = [];
  for (const event of read.events) {
    const each = toFact(event);
    if ('unreadable' in each) return each;
    if ('fact' in each) facts.push(each.fact);
  }
  return { facts };
}

const headersOf = (message: KafkaMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value?.toString() ?? ''),
    ]),
  );
