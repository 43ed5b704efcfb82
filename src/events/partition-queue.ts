// The messages of one partition that were fetched and not yet recorded, in their order.
import type { KafkaMessage } from 'kafkajs';
import type { TopicPartition } from './open-day.js';

export class PartitionQueue {
  private messages: KafkaMessage[] = [];
  private wake: (() => void) | null = null;
  private ended = false;

  constructor(readonly at: TopicPartition) {}

  push(messages: readonly KafkaMessage[]): void {
    this.messages.push(...messages);
    this.wake?.();
  }

  get size(): number {
    return this.messages.length;
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
