// `casegraph bureau-reconcile`: what a credit bureau holds of us, against what we last said to it.
import type { CreditBureau } from '../../connectors/contract/credit-bureau.js';
import { partners } from '../../connectors/index.js';
import type { Config } from '../config.js';
import { sayDifferences } from '../delivery/reconcile-bureau.js';
import { CannotStart, mustBeMigrated, openDatabase } from './open.js';

/** @returns 0 when there are no differences, else 1. @throws CannotStart when there is no such bureau */
export async function reconcile(
  { databaseUrl, partners: settings }: Config,
  id: string,
  json: boolean,
  say: (line: string) => void,
): Promise<number> {
  const ours = settings.find((each) => each.id === id);
  const bureau = ours && partners[id]!(ours);
  if (bureau?.kind !== 'CREDIT_BUREAU') throw new CannotStart(`--bureau: ${id} is not a connected credit bureau`);
  const store = await openDatabase(databaseUrl);
  try {
    await mustBeMigrated(store);
    return (await sayDifferences(store, bureau as CreditBureau, json, say)) ? 0 : 1;
  } finally {
    await store.close();
  }
}
