// Reads a statement in a world of the past.
import { LogIncomplete } from '../../actions/fold-as-of.js';
import { StillFolding, type LookBack } from '../../actions/look-back.js';
import { problem } from './problem.js';
import type { ReadPast } from './reader.js';

export function createReadPast(lookBack: LookBack): ReadPast {
  return async ({ moment, ids }, { text, reads }, request) => {
    const values = reads.map((read) => read(request));
    const read: Parameters<LookBack['whole']>[1] = async (tx) => (await tx.query<{ json: string }>(text, values))[0]!.json;
    try {
      return (await (ids ? lookBack.at(moment, ids, read) : lookBack.whole(moment, read))) as string;
    } catch (error) {
      if (error instanceof StillFolding) throw problem('AS_OF_PREPARING', `${error.message}; ask again in a second`);
      if (error instanceof LogIncomplete) throw problem('AS_OF_INCOMPLETE', error.message);
      throw error;
    }
  };
}
