// What every resolver and the reader know of the request.
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';

export interface GraphContext {
  caller: Caller;
  traceId: string;
  /** What the operation costs; unknown to subscriptions. */
  cost?: object;
  /** Where what graphql-js asks for is read, when it is not where all else is. */
  run?: Run;
}
