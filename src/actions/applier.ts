// What every applier is: it changes projections by a fact that is in the log, and by nothing else, so that a replay does the same.
import type { Fact } from '../domain/fact.js';
import type { Tx } from '../storage/store.js';

/** @returns the ids of what was made or changed */
export type Applier = (tx: Tx, fact: Fact) => Promise<Record<string, string>>;
