// Keeps the rows of one source transaction together: a partition's messages wait until the transaction is whole in this process.
import type { KafkaMessage } from 'kafkajs';
import { nameOf, type TopicPartition } from './open-day.js';
import { headersOf, type Format } from './read-batch.js';

type Joined = NonNullable<Format['joined']>;
type Belongs = ReturnType<Joined['of']>;

interface Transaction {
  /** By part: which of its messages were seen, by their order where the source numbers them. */
  seen: Map<string, Set<number | KafkaMessage>>;
  /** How many of each part there are; null until the end was seen. */
  parts: Readonly<Record<string, number>> | null;
  taken: number;
  heardOfMs: number;
  /** It is not waited for any longer. */
  released: boolean;
}

const mostRemembered = 10_000;

interface Settings {
  joined: Joined;
  log: { warn(fields: object, text: string): void };
  now?(): number;
}

/** The ledger of one assignment: made anew when partitions come or go, since what is read again is counted again. */
export class JoinedTransactions {
  private readonly open = new Map<string, Transaction>();
  /** Transactions that were taken: what the source sends of them once more waits for nothing. */
  private readonly finished = new Set<string>();
  private readonly belongs = new WeakMap<KafkaMessage, { it: Belongs }>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly settings: Settings) {}

  /** Every message is told as soon as it was fetched, long before it is taken. */
  saw({ topic, partition }: TopicPartition, messages: readonly KafkaMessage[]): void {
    for (const message of messages) {
      const { offset, key, value } = message;
      const it = this.settings.joined.of({ topic, partition, offset, key, value, headers: headersOf(message) });
      this.belongs.set(message, { it });
      if (!it || this.finished.has(it.transaction)) continue;
      const of = this.openOf(it.transaction);
      of.heardOfMs = this.now();
      if ('parts' in it) of.parts = it.parts;
      else of.seen.set(it.part, (of.seen.get(it.part) ?? new Set()).add(it.order ?? message));
    }
    this.wake();
  }

  /**
   * Waits until the first of a partition's messages may be taken.
   * @param isFull no more messages fit behind these, so that waiting would never end
   * @returns those that may, in order; none when it was given up
   */
  async free(
    at: TopicPartition,
    messages: readonly KafkaMessage[],
    isFull: () => boolean,
    givenUp: () => boolean,
  ): Promise<KafkaMessage[]> {
    while (!givenUp()) {
      const held = messages.findIndex((message) => !this.mayGo(message));
      if (held !== 0) return held < 0 ? [...messages] : messages.slice(0, held);
      const { transaction } = this.belongs.get(messages[0]!)!.it!;
      const of = this.open.get(transaction)!;
      const leftMs = of.heardOfMs + this.settings.joined.patienceMs - this.now();
      if (leftMs <= 0 || isFull()) this.release(transaction, of, at);
      else await this.change(leftMs);
    }
    return [];
  }

  taken(messages: readonly KafkaMessage[]): void {
    for (const message of messages) {
      const it = this.belongs.get(message)?.it;
      const of = it && this.open.get(it.transaction);
      if (!of) continue;
      if (!('parts' in it)) of.taken++;
      const rows = [...of.seen.values()].reduce((sum, { size }) => sum + size, 0);
      if ('parts' in it || (of.released && of.taken >= rows && !of.parts)) this.finish(it.transaction);
    }
    this.wake();
  }

  /** Its end goes last: after a restart in the middle it is read again, and not missed. */
  private mayGo(message: KafkaMessage): boolean {
    const it = this.belongs.get(message)?.it;
    const of = it && this.open.get(it.transaction);
    if (!of || of.released) return true;
    const counts = of.parts && Object.entries(of.parts);
    if (!counts?.every(([part, count]) => (of.seen.get(part)?.size ?? 0) >= count)) return false;
    return !('parts' in it) || of.taken >= counts.reduce((sum, [, count]) => sum + count, 0);
  }

  private release(transaction: string, of: Transaction, at: TopicPartition): void {
    of.released = true;
    const seen = Object.fromEntries([...of.seen].map(([part, { size }]) => [part, size]));
    this.settings.log.warn(
      { transaction, at: nameOf(at), seen, expected: of.parts ?? 'its end was not seen' },
      'a source transaction is taken before it is whole; after a restart, its other rows may be recorded already',
    );
    this.wake();
  }

  private finish(transaction: string): void {
    this.open.delete(transaction);
    this.finished.add(transaction);
    if (this.finished.size > mostRemembered) this.finished.delete(this.finished.values().next().value!);
  }

  private openOf(transaction: string): Transaction {
    let of = this.open.get(transaction);
    if (!of) this.open.set(transaction, (of = { seen: new Map(), parts: null, taken: 0, heardOfMs: this.now(), released: false }));
    return of;
  }

  private now = (): number => (this.settings.now ?? Date.now)();

  private wake(): void {
    for (const wake of this.waiting) wake();
  }

  private change(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(mostMs, 1_000)); // a queue that fills up or ends wakes nobody
      this.waiting.add(wake);
    });
  }
}
