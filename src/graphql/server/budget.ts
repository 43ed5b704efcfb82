// What a caller may spend: a bucket of cost that fills again with time, one a user and process.
import { problem } from '../reader/problem.js';

export interface Bucket {
  capacity: number;
  available: number;
  restorePerSecond: number;
}
export interface Budget {
  /** @throws RATE_LIMITED with the time after which there will be enough */
  spend(user: string, cost: number): Bucket;
  /** Gives back what was spent for nothing, or takes what it cost more. */
  settle(user: string, back: number): Bucket;
}

/** Seconds of its filling that a bucket holds, as long as one operation of the greatest cost fits. */
const holdsSeconds = 10;
const mostUsers = 10_000;

/** @param now in milliseconds */
export function createBudget(restorePerSecond: number, costLimit: number, now: () => number = Date.now): Budget {
  const capacity = Math.max(restorePerSecond * holdsSeconds, costLimit);
  const buckets = new Map<string, { available: number; at: number }>();

  /** With what has come back by now, and `more`. */
  function fill(user: string, at: number, more = 0): number {
    const was = buckets.get(user) ?? { available: capacity, at };
    const available = Math.min(capacity, was.available + ((at - was.at) / 1_000) * restorePerSecond + more);
    buckets.delete(user);
    buckets.set(user, { available, at });
    if (buckets.size > mostUsers) buckets.delete(buckets.keys().next().value!); // whoever has asked for nothing the longest has a full one again
    return available;
  }
  const told = (available: number): Bucket => ({ capacity, available: Math.max(0, Math.floor(available)), restorePerSecond });

  return {
    spend(user, cost) {
      const at = now();
      const available = fill(user, at);
      if (cost > available) {
        const retryAfterMs = Math.ceil(((cost - available) / restorePerSecond) * 1_000);
        throw problem('RATE_LIMITED', `The operation costs ${cost}, and ${Math.floor(available)} of ${capacity} is left`, { retryAfterMs });
      }
      return told(fill(user, at, -cost));
    },
    settle: (user, back) => told(fill(user, now(), back)),
  };
}
