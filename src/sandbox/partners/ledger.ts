// What a simulated partner has done, append-only: one line an effect, kept in a file so that a restart forgets nothing.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Effect {
  at: string;
  operation: string;
  deliveryId: string;
  bodySha256: string;
  ref: string;
  status: number;
  answer: Record<string, unknown>;
  /** The delivery that an order is about, where it is about another. */
  about: string | null;
}

export interface Ledger {
  effects(): readonly Effect[];
  of(deliveryId: string): Effect | undefined;
  add(effect: Effect): void;
  /** The next number in the partner's own order of news about a delivery. */
  nextSequence(deliveryId: string): number;
  clear(): void;
}

export function openLedger(file: string | null): Ledger {
  let effects: Effect[] = [];
  const byDelivery = new Map<string, Effect>();
  const sequences = new Map<string, number>();
  const keep = (line: object) => file && appendFileSync(file, `${JSON.stringify(line)}\n`);
  const take = (effect: Effect) => {
    effects.push(effect);
    byDelivery.set(effect.deliveryId, effect);
  };
  if (file) mkdirSync(dirname(file), { recursive: true });
  if (file && existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const kept = JSON.parse(line);
      if (kept.sequenceOf) sequences.set(kept.sequenceOf, kept.sequence);
      else take(kept);
    }
  return {
    effects: () => effects,
    of: (deliveryId) => byDelivery.get(deliveryId),
    add(effect) {
      take(effect);
      keep(effect);
    },
    nextSequence(deliveryId) {
      const sequence = (sequences.get(deliveryId) ?? 0) + 1;
      sequences.set(deliveryId, sequence);
      keep({ sequenceOf: deliveryId, sequence });
      return sequence;
    },
    clear() {
      effects = [];
      byDelivery.clear();
      sequences.clear();
      if (file) rmSync(file, { force: true });
    },
  };
}
