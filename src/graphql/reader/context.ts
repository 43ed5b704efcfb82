// What every resolver and the reader know of the request.
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';

export interface Spending {
  /** Told before it runs: the most that it may cost, where lists without pages hold no more than they are taken to. */
  requested: number;
  spend(units: number): void;
  /** For the answer, once nothing more is spent. */
  told(failed: boolean): object;
}

export interface GraphContext {
  caller: Caller;
  traceId: string;
  /** What the operation costs; unknown to subscriptions. */
  cost?: Spending;
  /** Where rows are read, and where it is asked which of them the caller may see. */
  run: Run;
  /** Where the file of a bulk export is fetched; it is good for a short time. */
  exportUrl?: (id: string) => string;
}
