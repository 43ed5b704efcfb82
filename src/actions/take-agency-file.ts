// Takes an agency's file of news: one that speaks of another's placement is refused as a whole, and each of its news is recorded once, however often the file comes.
import { casesById } from '../storage/cases.js';
import type { Store, Tx } from '../storage/store.js';
import { takeCallback, type PartnerNews } from './record-callback.js';

export interface LineOfNews {
  line: number;
  callback: PartnerNews;
}

export type FileTaken = { recorded: number; seenBefore: number } | { problems: { line: number; problem: string }[] };

export const takeAgencyFile = (store: Store, agencyId: string, fileSha256: string, news: readonly LineOfNews[]): Promise<FileTaken> =>
  store.transaction((tx) => takeAgencyNews(tx, agencyId, fileSha256, news));

/** @param fileSha256 of the file's bytes: who it is, with the line, for what was recorded of it */
export async function takeAgencyNews(tx: Tx, agencyId: string, fileSha256: string, news: readonly LineOfNews[]): Promise<FileTaken> {
  const rows = await tx.query<{ handoff_id: string; case_id: string }>(
    'select handoff_id, case_id from agency_placement where agency_id = $1 and handoff_id = any($2)',
    [agencyId, news.map(({ callback }) => callback.deliveryId)],
  );
  const own = new Set(rows.map((row) => row.handoff_id));
  // The same words for what is another's and for what is not there: who may not know of it learns nothing.
  const strange = news.filter(({ callback }) => !own.has(callback.deliveryId));
  if (strange.length) return { problems: strange.map(({ line }) => ({ line, problem: 'placement_ref is no placement of this agency' })) };
  // All its cases are locked in one order, so that two who take several never wait for each other in a circle.
  await casesById(
    tx,
    rows.map((row) => row.case_id),
  );
  const taken = { recorded: 0, seenBefore: 0 };
  for (const { line, callback } of news) {
    const outcome = await takeCallback(tx, agencyId, `file/${fileSha256}/${line}`, callback);
    if (outcome !== 'notFound') taken[outcome]++;
  }
  return taken;
}
