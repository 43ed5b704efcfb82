// What every resolver and the reader know of the caller.
import type { Caller } from '../../storage/reader/shape.js';

export interface GraphContext {
  caller: Caller;
}
