// The holds in force on cases.
import { Hold } from './definitions/cases.js';
import type { InferEntity, Tx } from './store.js';

export const holdsOn = (tx: Tx, caseIds: readonly string[]): Promise<InferEntity<typeof Hold>[]> =>
  caseIds.length ? tx.em.find(Hold, { caseId: { $in: [...caseIds] }, releasedAt: null }) : Promise.resolve([]);
