// Plays a book into Kafka, day by business day, and after each day the mark of the next one on every partition.
import { plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import { randomOf } from './random.js';
import type { BookDay } from './generate.js';

export interface Message {
  key: string | null;
  value: string;
  partition: number;
}

export interface PlaySettings {
  days: Iterable<BookDay>;
  tenant: string;
  /** Who announces the business dates. */
  source?: string;
  partitions: number;
  send(messages: Message[]): Promise<void>;
  /** Days that go in one request. */
  daysAtOnce?: number;
  /** Every message goes twice. */
  duplicate?: boolean;
  /** Another spread of keys over partitions, and another order among keys within a day. */
  shuffle?: number;
  /** This share of messages is made unreadable; `spoilt` gets the good ones. */
  malformed?: number;
  spoilt?(message: Message): void;
  onDay?(businessDate: LocalDate, sent: number): void;
}

/** @returns how many messages were sent */
export async function playBook(settings: PlaySettings): Promise<number> {
  const { tenant, partitions, duplicate = false, shuffle = 0, malformed = 0 } = settings;
  const random = randomOf(shuffle + 1, 'play');
  const partitionOf = (key: string) => randomOf(shuffle, key).int(0, partitions - 1);
  let waiting: Message[] = [];
  let sent = 0;
  let count = 0;
  const flush = async (date: LocalDate) => {
    await settings.send(waiting);
    sent += waiting.length;
    waiting = [];
    settings.onDay?.(date, sent);
  };
  for (const { businessDate, events } of settings.days) {
    const messages = events.map(({ key, event }): Message => ({ key, value: JSON.stringify(event), partition: partitionOf(key) }));
    for (const message of shuffle ? byKeyShuffled(messages, random.next) : messages) {
      if (malformed && random.chance(malformed)) {
        settings.spoilt?.(message);
        waiting.push({
          ...message,
          value: random.pick([
            message.value.slice(0, -7),
            message.value.replace('"effectivedate":"20', '"effectivedate":"99-'),
            message.value.replace('"specversion":"1.0"', '"specversion":"9"'),
          ]),
        });
      } else waiting.push(...(duplicate ? [message, message] : [message]));
    }
    const next = plusDays(businessDate, 1);
    for (let partition = 0; partition < partitions; partition++)
      waiting.push({ key: null, value: JSON.stringify(markOf(tenant, next, partition, settings.source)), partition });
    if (++count % (settings.daysAtOnce ?? 3) === 0) await flush(businessDate);
  }
  if (waiting.length) await flush('');
  return sent;
}

export const markOf = (tenant: string, date: LocalDate, partition: number, source = '/core-banking/demo') => ({
  specversion: '1.0',
  id: `bda/${tenant}/${date}/${partition}`,
  source,
  type: 'BusinessDateAdvanced',
  time: `${date}T00:00:00Z`,
  tenantid: tenant,
  aggregateid: tenant,
  sequence: date.replaceAll('-', ''),
  businessdate: date,
  effectivedate: date,
  data: { businessDate: date },
});

/** Another order among keys; a key's own messages stay in theirs. */
function byKeyShuffled(messages: readonly Message[], next: () => number): Message[] {
  const groups = new Map<string, Message[]>();
  for (const message of messages) groups.set(message.key!, [...(groups.get(message.key!) ?? []), message]);
  return [...groups.values()]
    .map((group) => ({ group, at: next() }))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ group }) => group);
}
