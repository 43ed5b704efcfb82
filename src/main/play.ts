// `casegraph play`: the demo book into a topic, as it is or made difficult.
import { appendFileSync } from 'node:fs';
import { createPublisher } from '../events/publisher.js';
import { demoBook, generateBook } from '../sandbox/book/generate.js';
import { playBook } from '../sandbox/book/play.js';

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
  const publisher = await createPublisher({ brokers, topic });
  try {
    const partitions = await publisher.ensureTopic(6);
    let bad = 0;
    const sent = await playBook({
      ...how,
      days: generateBook({ ...demoBook, borrowers, loans }),
      tenant: demoBook.tenant,
      partitions,
      send: publisher.send,
      spoilt: (message) => {
        bad++;
        if (spoilt) appendFileSync(spoilt, `${JSON.stringify(message)}\n`);
      },
      onDay: (date, count) => date.endsWith('-01') && process.stderr.write(`… ${date}, ${count} messages\n`),
    });
    say(`${sent} messages in ${partitions} partitions of ${topic}${bad ? `, ${bad} of them made unreadable` : ''}`);
  } finally {
    await publisher.disconnect();
  }
}
