// What a bulk export is: a document with one connection, read to its end with the rights of whoever asked for it.
import type { LocalDate } from './fact.js';

export const exportStatuses = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;

export interface ExportOrder {
  document: string;
  variables: Record<string, unknown>;
  /** Whose rights it has. */
  asker: {
    user: string;
    roles: readonly string[];
    purpose?: string;
    scope: { partner?: string; branches?: readonly string[]; portfolios?: readonly string[] };
  };
  /** Null when the present is asked for. */
  past: { validAt: LocalDate | null; knownAt: string | null } | null;
}

/** Of one user, in all gateways; the others wait. */
export const mostRunning = 5;
export const mostWaiting = 20;
/** A job that ends again and again with its gateway is given up. */
export const mostAttempts = 5;
