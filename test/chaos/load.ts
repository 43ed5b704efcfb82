// The messages of a chaos run: a book's events, some of them twice, and between them messages that nobody can read, in exact numbers.
import { plusDays } from '../../src/domain/day.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { markOf, type Message } from '../../src/sandbox/book/play.js';
import { randomOf } from '../../src/sandbox/book/random.js';

export interface LoadSettings {
  /** Events and what is mixed in; the marks of business dates come on top. */
  messages: number;
  /** Shares of `messages`. */
  duplicates: number;
  poison: number;
  partitions: number;
  /** How long the book is: each of its days has to be opened. */
  months: 2 | 4;
}

export interface Load {
  /** By business day, in order. */
  days: Message[][];
  /** `source` and id of every event, each once. */
  ids: Set<string>;
  duplicates: number;
  poison: number;
  /** Marks included. */
  sent: number;
  lastDate: string;
}

const book = { ...demoBook, until: '2026-03-31' };
/** A little less than a loan says in a book of so many months. */
const eventsOfALoan = { 2: 1.2, 4: 3.3 };
const spoil: readonly ((text: string) => string)[] = [
  (text) => text.slice(0, -7),
  (text) => text.replace('"effectivedate":"20', '"effectivedate":"99-'),
  (text) => text.replace('"specversion":"1.0"', '"specversion":"9"'),
];

/** Whether the `i`-th of `total` is one of `wanted` that are spread evenly. */
const falls = (i: number, wanted: number, total: number): boolean =>
  Math.floor(((i + 1) * wanted) / total) > Math.floor((i * wanted) / total);

export function makeLoad({ messages, duplicates: double, poison: bad, partitions, months }: LoadSettings): Load {
  const [duplicates, poison] = [Math.round(messages * double), Math.round(messages * bad)];
  const wanted = messages - duplicates - poison;
  const loans = Math.ceil(wanted / eventsOfALoan[months]);
  const random = randomOf(7, 'load');
  const ids = new Set<string>();
  const days: Message[][] = [];
  let later: Message[] = [];
  let sent = 0;
  let lastDate = '';
  for (const { businessDate, events } of generateBook({ ...book, months, borrowers: Math.ceil((loans * 2) / 3), loans })) {
    const day: Message[] = later;
    later = [];
    for (const { key, event } of events) {
      const i = ids.size;
      if (i === wanted) break;
      ids.add(`${event['source'] as string} ${event['id'] as string}`);
      const message = { key, value: JSON.stringify(event), partition: randomOf(0, key).int(0, partitions - 1) };
      day.push(message);
      if (falls(i, duplicates, wanted)) (random.chance(0.5) ? day : later).push(message); // at once, or a day late
      if (falls(i, poison, wanted)) day.push({ ...message, value: random.pick(spoil)(message.value) });
    }
    lastDate = plusDays(businessDate, 1);
    for (let partition = 0; partition < partitions; partition++)
      day.push({ key: null, value: JSON.stringify(markOf(book.tenant, lastDate, partition)), partition });
    days.push(day);
    sent += day.length;
  }
  if (ids.size !== wanted) throw new Error(`the book says ${ids.size} things instead of ${wanted}`);
  days.push(later);
  sent += later.length;
  return { days, ids, duplicates, poison, sent, lastDate };
}
