// The ids of callbacks that were taken: kept for as long as a partner may send one again, and then forgotten.
import type { Store } from './store.js';

const atOnce = 10_000;

/** @returns how many were forgotten */
export async function forgetReceipts(store: Store, days: number): Promise<number> {
  for (let all = 0; ;) {
    const gone = await store.transaction((tx) =>
      tx.query(
        `delete from callback_receipt where (partner_id, webhook_id) in
           (select partner_id, webhook_id from callback_receipt where received_at < now() - $1 * interval '1 day' limit ${atOnce}) returning 1`,
        [days],
      ),
    );
    all += gone.length;
    if (gone.length < atOnce) return all;
  }
}
