// What both transports of subscriptions work with: what is asked, what is told, and how long a client may be slow.
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../../storage/reader/shape.js';
import type { Asked } from '../server/admission.js';
import type { Subscription } from './sharing.js';

export interface LiveLimits {
  heartbeatMs: number;
  /** A client that takes nothing for so long is cut off. */
  writeDeadlineMs: number;
}
export const liveLimits: LiveLimits = { heartbeatMs: 12_000, writeDeadlineMs: 10_000 };

export interface Live {
  limits: LiveLimits;
  /** @throws the list of what is wrong */
  prepare(asked: Asked, caller: Caller): Subscription;
  subscribe(subscription: Subscription): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;
  onSlow(): void;
}

/** A second early, so that the reason still arrives under a token that is good. */
export const beforeExpiryMs = ({ expiresAt }: Caller): number => Math.max(0, Math.min(expiresAt! - Date.now() - 1_000, 2 ** 31 - 1));
