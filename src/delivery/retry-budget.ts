// How often a partner is asked more than once: while it fails, retries and look-ups are a tenth of the first tries; while it answers, they are free.
import type { BreakerReport } from '../../connectors/contract.js';

export interface BudgetLimits {
  /** Retries and look-ups in percent of the first tries within the window. */
  percent: number;
  /** So many are allowed in each window, however few the first tries. */
  floor: number;
  windowMs: number;
  /** After so many explicit answers in a row the partner is well, and what waits may follow as fast as it can. */
  wellAfter: number;
}

/** 10 %: Site Reliability Engineering (Google), "Handling Overload". */
export const defaultBudget: BudgetLimits = { percent: 10, floor: 10, windowMs: 60_000, wellAfter: 10 };

export interface RetryBudget {
  /** A first try is made. */
  first(connectorId: string): void;
  /** Whether one more try may be made now; it is counted. The probe of a half-open circuit always may. @param operation `lookUp` for look-ups */
  again(connectorId: string, operation: string): boolean;
  /** What was counted did not reach the partner. */
  notSent(connectorId: string, was: 'first' | 'again'): void;
  /** The partner answered explicitly, or failed. */
  heard(connectorId: string, answered: boolean): void;
  circuit(report: BreakerReport): void;
  /** Whether `again` would say no. */
  isSpent(connectorId: string, operation: string): boolean;
}

interface Slice {
  from: number;
  first: number;
  again: number;
}
const slices = 12;

export function createRetryBudget({ percent, floor, windowMs, wellAfter }: BudgetLimits, now: () => number = Date.now): RetryBudget {
  const partners = new Map<string, { slices: Slice[]; inARow: number }>();
  const halfOpen = new Set<string>();
  const of = (id: string) => {
    const known = partners.get(id) ?? { slices: [], inARow: 0 };
    partners.set(id, known);
    const at = now();
    known.slices = known.slices.filter(({ from }) => from > at - windowMs);
    return known;
  };
  const current = (id: string): Slice => {
    const { slices: kept } = of(id);
    const last = kept.at(-1);
    if (last && now() - last.from < windowMs / slices) return last;
    const made = { from: now(), first: 0, again: 0 };
    kept.push(made);
    return made;
  };
  /** What is asked of a partner that answers is not counted: it earns nothing for the time when it fails, and costs nothing. */
  const isWell = (id: string): boolean => of(id).inARow >= wellAfter;
  const isSpent = (id: string, operation: string): boolean => {
    if (halfOpen.has(`${id} ${operation}`)) return false;
    if (isWell(id)) return false;
    const { slices: kept } = of(id);
    const sum = (what: 'first' | 'again') => kept.reduce((total, slice) => total + slice[what], 0);
    return sum('again') >= Math.max(floor, Math.floor((sum('first') * percent) / 100));
  };
  return {
    first: (id) => void (isWell(id) || current(id).first++),
    again(id, operation) {
      if (isSpent(id, operation)) return false;
      if (!isWell(id)) current(id).again++;
      return true;
    },
    notSent(id, was) {
      if (isWell(id)) return;
      const slice = of(id).slices.findLast((each) => each[was] > 0);
      if (slice) slice[was]--;
    },
    heard(id, answered) {
      const partner = of(id);
      partner.inARow = answered ? partner.inARow + 1 : 0;
    },
    circuit({ connectorId, operation, state }) {
      const key = `${connectorId} ${operation}`;
      if (state === 'HALF_OPEN') halfOpen.add(key);
      else halfOpen.delete(key);
    },
    isSpent,
  };
}
