// Reads queued messages up to the next change of business date: what belongs to one day goes into one batch, what cannot be read is set aside with its reason.
import type { KafkaMessage } from 'kafkajs';
import type { SourceFact } from '../actions/record-loan-facts.js';
import type { LocalDate } from '../domain/fact.js';
import type { Unreadable } from '../storage/progress.js';
import { daysBetween } from '../domain/day.js';
import { toFact, type CheckedEvent, type Mark } from './to-fact.js';

/** A format of connectors/contract.ts. */
export interface Format {
  read(message: FormatMessage): { events: CheckedEvent[] } | { unreadable: string };
  joined?: {
    patienceMs: number;
    endsOnly(topic: string): boolean;
    of(
      message: FormatMessage,
    ):
      { transaction: string; part: string; order: number | null } | { transaction: string; parts: Readonly<Record<string, number>> } | null;
  };
}

interface FormatMessage {
  topic: string;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
}

export interface ReadBatch {
  facts: SourceFact[];
  unreadable: Unreadable[];
  /** Marks of business dates that this partition has already passed: new ones among them went back. */
  stale: { mark: Mark; message: Omit<Unreadable, 'reason'>; reached: LocalDate }[];
  marks: Mark[];
  /** How many messages were read. */
  taken: number;
  nextOffset: bigint;
  /** The business date, by tenant, that the next message begins; the batch ends before it. */
  reached: { tenant: string; businessDate: LocalDate } | null;
}

/** A source that is further ahead than this has lost its calendar; each day of it would have to be opened. */
const mostDaysAhead = 400;

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
  const batch: ReadBatch = { facts: [], unreadable: [], stale: [], marks: [], taken: 0, nextOffset: 0n, reached: null };
  for (const message of messages.slice(0, most)) {
    const headers = headersOf(message);
    const read = format.read({ topic, partition, offset: message.offset, key: message.key, value: message.value, headers });
    const kept = { offset: BigInt(message.offset), key: message.key, raw: message.value ?? Buffer.alloc(0), headers };
    const facts: SourceFact[] = [];
    const marks: Mark[] = [];
    let reason = 'unreadable' in read ? read.unreadable : null;
    for (const event of 'events' in read ? read.events : []) {
      const each = toFact(event);
      if ('unreadable' in each) {
        reason = each.unreadable;
        break;
      }
      const { tenant, businessOn } = 'mark' in each ? each.mark : each.fact;
      const here = reached.get(tenant);
      // A source that does not say its business date waits for none, and is ahead of none.
      const says = 'mark' in each || event.businessdate;
      if (says && here && daysBetween(here, businessOn) > mostDaysAhead) {
        reason = `BUSINESS_DATE_TOO_FAR ${businessOn} is more than ${mostDaysAhead} days after ${here}`;
        break;
      }
      if (says && !(here! >= businessOn)) {
        batch.reached = { tenant, businessDate: businessOn };
        return batch; // the message is read again once the day has been opened
      }
      if ('fact' in each) facts.push(each.fact);
      else if (here! > businessOn) batch.stale.push({ mark: each.mark, message: kept, reached: here! });
      else marks.push(each.mark);
    }
    if (reason === null) {
      batch.facts.push(...facts);
      batch.marks.push(...marks);
    } else batch.unreadable.push({ ...kept, reason });
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

export const headersOf = (message: KafkaMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value?.toString() ?? ''),
    ]),
  );
