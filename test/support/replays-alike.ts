// A replay of the log, which has to come to the same tables.
import { replay } from '../../src/actions/replay.js';
import { differing, digestOf } from '../../src/storage/digest.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import type { Store } from '../../src/storage/store.js';

export async function replaysAlike(store: Store, databaseUrl: string): Promise<void> {
  const scratch = await openScratchStore(databaseUrl, 'once_more');
  try {
    await store.snapshot((log) => replay(log, scratch, () => {}));
    expect(differing(await store.transaction(digestOf), await scratch.transaction(digestOf))).toEqual([]);
  } finally {
    await scratch.close();
  }
}
