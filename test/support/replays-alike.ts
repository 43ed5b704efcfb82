// A replay of the log, which has to come to the same tables.
import { replay } from '../../src/actions/replay.js';
import { differing, digestOf } from '../../src/storage/digest.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import type { Store } from '../../src/storage/store.js';

/** @param also queries of what is in the log and no part of the digest: they have to find the same */
export async function replaysAlike(store: Store, databaseUrl: string, ...also: string[]): Promise<void> {
  const scratch = await openScratchStore(databaseUrl, 'once_more');
  try {
    await store.snapshot((log) => replay(log, scratch, () => {}));
    expect(differing(await store.transaction(digestOf), await scratch.transaction(digestOf))).toEqual([]);
    for (const query of also) {
      const live = await store.transaction((tx) => tx.query(query));
      expect(live.length).toBeGreaterThan(0);
      expect(await scratch.transaction((tx) => tx.query(query))).toEqual(live);
    }
  } finally {
    await scratch.close();
  }
}
