// What every resolver and the reader know of the request.
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';

export interface GraphContext {
  caller: Caller;
  traceId: string;
  /** What the operation costs; unknown to subscriptions. */
  cost?: object;
  /** Where it is read, when that is not where all else is. */
  run?: Run;
  /** Where the file of a bulk export is fetched; it is good for a short time. */
  exportUrl?: (id: string) => string;
}
