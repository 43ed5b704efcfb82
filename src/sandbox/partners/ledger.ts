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
  /** What a desk keeps of the order, to make its books again. */
  kept?: unknown;
}

/** Whoever makes something of what was done and told: first of what is in the file, then of what comes, in that order. */
export interface Follower {
  took(effect: Effect): void;
  told(deliveryId: string, type: string, data: Record<string, unknown>): void;
}

export interface Ledger {
  effects(): readonly Effect[];
  of(deliveryId: string): Effect | undefined;
  add(effect: Effect): void;
  /** Keeps that something is told of a delivery. @returns the next number in the partner's own order of news about it */
  tell(deliveryId: string, type: string, data: Record<string, unknown>): number;
  follow(follower: Follower): void;
  /** Forgets all, and whoever followed. */
  clear(): void;
}

export function openLedger(file: string | null): Ledger {
  let effects: Effect[] = [];
  const byDelivery = new Map<string, Effect>();
  const sequences = new Map<string, number>();
  let lines: ((to: Follower) => void)[] = [];
  let followers: Follower[] = [];
  const keep = (line: object) => file && appendFileSync(file, `${JSON.stringify(line)}\n`);
  const happen = (line: (to: Follower) => void) => {
    lines.push(line);
    followers.forEach(line);
  };
  const take = (effect: Effect) => {
    effects.push(effect);
    byDelivery.set(effect.deliveryId, effect);
    happen(({ took }) => took(effect));
  };
  const told = (deliveryId: string, sequence: number, type: string, data: Record<string, unknown>) => {
    sequences.set(deliveryId, sequence);
    happen((to) => to.told(deliveryId, type, data));
  };
  if (file) mkdirSync(dirname(file), { recursive: true });
  if (file && existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const kept = JSON.parse(line);
      if (kept.sequenceOf) told(kept.sequenceOf, kept.sequence, kept.type ?? '', kept.data ?? {});
      else take(kept);
    }
  return {
    effects: () => effects,
    of: (deliveryId) => byDelivery.get(deliveryId),
    add(effect) {
      take(effect);
      keep(effect);
    },
    tell(deliveryId, type, data) {
      const sequence = (sequences.get(deliveryId) ?? 0) + 1;
      told(deliveryId, sequence, type, data);
      keep({ sequenceOf: deliveryId, sequence, type, data });
      return sequence;
    },
    follow(follower) {
      followers.push(follower);
      lines.forEach((line) => line(follower));
    },
    clear() {
      effects = [];
      byDelivery.clear();
      sequences.clear();
      lines = [];
      followers = [];
      if (file) rmSync(file, { force: true });
    },
  };
}
