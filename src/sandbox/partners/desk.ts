// What a simulated partner may have beside its words: books of its own by which it judges orders, pages that show them, and news that it has by itself.
import type { Effect, Ledger } from './ledger.js';

export interface Refusal {
  code: string;
  reason: string;
}

export interface Told {
  type: string;
  data: Record<string, unknown>;
}

/** All is worked out from what was taken, so that a restart and a repeated message change nothing. */
export interface Desk {
  /** @param key what the path names, where it names something. @returns why it refuses, or null */
  judge(operation: string, body: unknown, key: string | null): Refusal | null;
  /** What of an order the ledger keeps: all that `take` needs. */
  kept(operation: string, body: any): unknown;
  /** Called once for each order that was accepted, also for those before a restart. */
  take(effect: Effect): void;
  /** What is shown at an address, null where there is nothing. */
  show(url: URL): object | null;
  /** What it says by itself of an order that it took. */
  says(effect: Effect): Told | null;
  /** Whether a step can be told of what was taken. */
  suits(type: string, effect: Effect): boolean;
  /** What a step tells where nobody says what. */
  dataOf(type: string, effect: Effect): Record<string, unknown>;
}

export type OpenDesk = (ledger: Ledger) => Desk;
