// One delivery: sent once, or looked up when nobody knows what became of it; its answer recorded, or put back for later.
import { NotSent, PartnerFault, type Connector } from '../../connectors/contract.js';
import type { FinalAnswer } from '../actions/news.js';
import { recordAnswer } from '../actions/record-answer.js';
import { recordWaiting } from '../actions/record-waiting.js';
import { circuitIsOpen, putBack, type Lease, type Outbox } from '../storage/outbox.js';
import type { Store } from '../storage/store.js';
import type { RetryBudget } from './retry-budget.js';

export interface RetryLimits {
  /** First and longest pause of the exponential back-off, whose full jitter is anything up to it. */
  baseMs: number;
  capMs: number;
  /** Tries after which a delivery is parked for a person. */
  mostAttempts: number;
  /** Age at which it is parked, however few the tries: an open circuit takes none. */
  longestMs?: number;
  /** How long a call may take; connectors have a shorter limit of their own. */
  callMs: number;
}

export const defaultRetries: RetryLimits = { baseMs: 1_000, capMs: 300_000, mostAttempts: 200, callMs: 15_000 };

/** Where what becomes of a delivery is kept. */
export interface Book {
  outbox: Outbox;
  answered(store: Store, lease: Lease, answer: FinalAnswer): Promise<boolean>;
  /** It waits for a circuit to close. */
  waits(store: Store, lease: Lease): Promise<void>;
}
export const handoffs: Book = { outbox: 'handoff', answered: recordAnswer, waits: recordWaiting };

/** @returns what became of it, for the metrics */
export async function deliver(
  store: Store,
  connector: Connector,
  lease: Lease,
  limits: RetryLimits,
  book: Book = handoffs,
  budget: RetryBudget | null = null,
): Promise<string> {
  const lookingUp = lease.doing === 'UNKNOWN';
  const kind = lease.attempts > 0 || lookingUp ? 'again' : 'first';
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limits.callMs);
  const call = { deliveryId: lease.id, signal: abort.signal };
  const back = (state: 'QUEUED' | 'QUEUED_CIRCUIT_OPEN' | 'UNKNOWN', ms: number, problem: string | null, attempted: boolean) =>
    store.transaction((tx) => putBack(tx, lease, state, ms, problem, attempted)).then(() => state);
  const jitter = () => Math.random() * Math.min(limits.capMs, limits.baseMs * 2 ** Math.min(lease.attempts, 20));
  try {
    if (lease.attempts >= limits.mostAttempts || (lease.attempts > 0 && lease.ageMs > (limits.longestMs ?? Infinity))) {
      await book.answered(store, lease, { is: 'parked', reason: `given up after ${lease.attempts} tries`, maybeSent: lookingUp });
      return 'PARKED';
    }
    const operation = connector.operations[lease.operation];
    if (!lookingUp && !operation) {
      await book.answered(store, lease, { is: 'parked', reason: `${lease.connectorId} has no operation ${lease.operation}` });
      return 'PARKED';
    }
    if (kind === 'first') budget?.first(lease.connectorId);
    else if (budget && !budget.again(lease.connectorId, lookingUp ? 'lookUp' : lease.operation))
      return await back(lookingUp ? 'UNKNOWN' : 'QUEUED', 250 + Math.random() * 750, null, false);
    if (lookingUp) {
      const found = await connector.lookUp(lease.operation, call);
      budget?.heard(lease.connectorId, found.is !== 'unanswered');
      if (found.is === 'notFound') return await back('QUEUED', 0, 'the partner never saw it', false);
      if (found.is === 'unanswered') return await back('UNKNOWN', jitter(), found.reason, true);
      await book.answered(store, lease, found);
      return found.is.toUpperCase();
    }
    const answer = await operation!(lease.payload, call);
    budget?.heard(lease.connectorId, answer.is !== 'unanswered');
    if (answer.is === 'unanswered') return await back('UNKNOWN', jitter(), answer.reason, true);
    await book.answered(store, lease, answer);
    return answer.is.toUpperCase();
  } catch (error) {
    if (error instanceof NotSent) budget?.notSent(lease.connectorId, kind);
    else budget?.heard(lease.connectorId, false);
    if (error instanceof NotSent && error.cause === 'BULKHEAD_FULL')
      return back(lookingUp ? 'UNKNOWN' : 'QUEUED', 100 + Math.random() * 200, null, false);
    if (error instanceof NotSent) {
      await book.waits(store, lease);
      return back(lookingUp ? 'UNKNOWN' : 'QUEUED_CIRCUIT_OPEN', 500 + Math.random() * 500, circuitIsOpen, false);
    }
    // A fault of ours, after which nobody knows what the partner has.
    if (!(error instanceof PartnerFault)) return back('UNKNOWN', jitter(), `broke off: ${(error as Error).message}`, true);
    const unknown = lookingUp || error.sent === 'maybe';
    return back(
      unknown ? 'UNKNOWN' : 'QUEUED',
      // Spread a little, or all that were told the same would come back together.
      error.retryAfterMs && error.retryAfterMs > 0 ? Math.min(limits.capMs, error.retryAfterMs * (1 + Math.random() / 10)) : jitter(),
      error.message,
      true,
    );
  } finally {
    clearTimeout(timer);
  }
}
