// What every resolver and the reader know of the request.
import type { Caller } from '../../storage/reader/shape.js';

export interface GraphContext {
  caller: Caller;
  traceId: string;
  /** What the operation costs; unknown to subscriptions. */
  cost?: object;
}
