// `casegraph play`: the demo book or a bank's own into a topic, as it is or made difficult.
import { appendFileSync } from 'node:fs';
import { plusDays } from '../domain/day.js';
import { createPublisher, type Publisher } from '../events/publisher.js';
import { daysOfFiles, filesSource } from '../sandbox/book/from-files.js';
import { demoBook, generateBook } from '../sandbox/book/generate.js';
import { BadBook } from '../sandbox/book/mistakes.js';
import { playBook } from '../sandbox/book/play.js';
import { readBook } from '../sandbox/book/read-book.js';
import { createProgress } from '../sandbox/progress.js';
import { CannotStart } from './open.js';

export interface PlayOptions {
  borrowers: number;
  loans: number;
  duplicate: boolean;
  shuffle: number;
  malformed: number;
  spoilt?: string;
}

export async function playDemoBook(
  brokers: string[],
  topic: string,
  { borrowers, loans, spoilt, ...how }: PlayOptions,
  say: (line: string) => void,
): Promise<void> {
  await publishing(brokers, topic, async (send, partitions) => {
    let bad = 0;
    const sent = await playBook({
      ...how,
      days: generateBook({ ...demoBook, borrowers, loans }),
      tenant: demoBook.tenant,
      partitions,
      send,
      spoilt: (message) => {
        bad++;
        if (spoilt) appendFileSync(spoilt, `${JSON.stringify(message)}\n`);
      },
      onDay: (date, count) => date.endsWith('-01') && process.stderr.write(`… ${date}, ${count} messages\n`),
    });
    say(`${sent} messages in ${partitions} partitions of ${topic}${bad ? `, ${bad} of them made unreadable` : ''}`);
  });
}

async function publishing(
  brokers: string[],
  topic: string,
  work: (send: Publisher['send'], partitions: number) => Promise<void>,
): Promise<void> {
  const publisher = await createPublisher({ brokers, topic });
  try {
    await work(publisher.send, await publisher.ensureTopic(6));
  } finally {
    await publisher.disconnect();
  }
}

export interface FileBookOptions {
  folder: string;
  tenant: string;
  until?: string;
  jurisdiction?: string;
}

/**
 * Reads all files first: a book with a mistake sends nothing.
 * @throws CannotStart with every mistake, each with its file, line and column
 */
export async function playFileBook(
  brokers: string[],
  topic: string,
  { folder, tenant, until, jurisdiction }: FileBookOptions,
  say: (line: string) => void,
): Promise<void> {
  const progress = createProgress(process.stderr);
  const where = jurisdiction === undefined ? {} : { jurisdiction };
  const book = await readBook(folder, { ...where, onRows: (file, rows) => progress.during(`… ${file}, ${rows} rows`) }).catch(
    (error: Error) => {
      throw error instanceof BadBook ? new CannotStart(`--book: ${error.message}`) : error;
    },
  );
  const last = until ?? plusDays(book.lastDate, 1);
  if (last < book.firstDate) throw new CannotStart(`--until: the book begins on ${book.firstDate}`);
  await publishing(brokers, topic, async (send, partitions) => {
    const sent = await playBook({
      days: daysOfFiles(book, { tenant, until: last, ...where }),
      tenant,
      source: filesSource,
      partitions,
      send,
      daysAtOnce: 10,
      onDay: (date, count) => progress.during(`… ${date || last} of ${last}, ${count} messages`),
    });
    progress.say(`${book.loans.size} loans from ${book.firstDate} to ${last}`);
    say(`${sent} messages in ${partitions} partitions of ${topic}`);
  });
}
