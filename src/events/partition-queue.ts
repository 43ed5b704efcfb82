// The messages of one partition that were fetched and not yet recorded, in their order and without a gap.
import type { KafkaMessage } from 'kafkajs';
import type { TopicPartition } from './open-day.js';

/** What one request for messages brought: all that Kafka has from `fetchedOffset` to the last of them. */
export interface Fetched {
  fetchedOffset: string;
  messages: readonly KafkaMessage[];
}

export class PartitionQueue {
  private messages: KafkaMessage[] = [];
  private wake: (() => void) | null = null;
  private ended = false;
  private first: bigint | null = null;
  private next: bigint | null = null;

  constructor(readonly at: TopicPartition) {}

  /**
   * A request that was under way while partitions changed hands may begin later than what is here ends: it is not taken.
   * @returns those that were not here already, or the offset that has to be asked for instead
   */
  push({ fetchedOffset, messages }: Fetched): readonly KafkaMessage[] | { missing: bigint } {
    const asked = BigInt(fetchedOffset);
    if (this.next !== null && asked > this.next) return { missing: this.next };
    const { next } = this;
    const fresh = next === null ? messages : messages.filter(({ offset }) => BigInt(offset) >= next);
    this.first ??= asked;
    if (fresh.length) this.messages.push(...fresh);
    this.next = fresh.length ? BigInt(fresh.at(-1)!.offset) + 1n : (next ?? asked);
    this.wake?.();
    return fresh;
  }

  get size(): number {
    return this.messages.length;
  }

  /** From where on there is no gap; null when nothing was fetched. */
  get from(): bigint | null {
    return this.first;
  }

  /** Forgets what was fetched: it is fetched again from elsewhere. */
  restart(): void {
    this.messages = [];
    this.first = this.next = null;
  }

  /** Waits until there is something. @returns null when the queue was ended */
  async peek(): Promise<readonly KafkaMessage[] | null> {
    while (!this.messages.length && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.ended ? null : this.messages;
  }

  drop(count: number): void {
    this.messages.splice(0, count);
  }

  /** The partition went to another owner, or the process stops. */
  end(): void {
    this.ended = true;
    this.messages = [];
    this.wake?.();
  }

  get hasEnded(): boolean {
    return this.ended;
  }
}
