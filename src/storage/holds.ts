// The holds in force on cases.
import type { LocalDate } from '../domain/fact.js';
import { Hold } from './definitions/cases.js';
import type { InferEntity, Tx } from './store.js';

/** Those that stop something on a date: a hold that ends before it has not been taken away yet when the date is opened. */
export const holdsInForce = async (tx: Tx, caseIds: readonly string[], on: LocalDate): Promise<InferEntity<typeof Hold>[]> =>
  (await holdsOn(tx, caseIds)).filter(({ expiresOn }) => !expiresOn || expiresOn >= on);

export const holdsOn = (tx: Tx, caseIds: readonly string[]): Promise<InferEntity<typeof Hold>[]> =>
  caseIds.length ? tx.em.find(Hold, { caseId: { $in: [...caseIds] }, releasedAt: null }) : Promise.resolve([]);
