// Where an export is read: all of its pages in one snapshot of the present, or in one world of the past.
import { setTimeout as sleep } from 'node:timers/promises';
import { LogIncomplete } from '../../actions/fold-as-of.js';
import { StillFolding, type LookBack } from '../../actions/look-back.js';
import type { ExportOrder } from '../../domain/bulk-export.js';
import type { Run } from '../../storage/reader/run.js';
import type { Caller } from '../../storage/reader/shape.js';
import { inSnapshot } from '../../storage/reader/snapshot.js';
import { problem } from '../reader/problem.js';

/** @param work is told how to read, and the instant until which is known what it reads */
export type AtOneMoment = <T>(
  past: ExportOrder['past'],
  caller: Caller,
  signal: AbortSignal,
  work: (run: Run, knownAt: string) => Promise<T>,
) => Promise<T>;

const lookAgainMs = 200;

export function createMoments(url: string, lookBack: LookBack): AtOneMoment {
  let last: Promise<unknown> = Promise.resolve();
  /** Few worlds are kept: exports of several moments at once would drop one another's. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  return (past, caller, signal, work) => {
    if (!past) return inSnapshot(url, caller, work);
    return inTurn(async () => {
      for (;;) {
        signal.throwIfAborted();
        try {
          return await lookBack.whole(past, (tx) =>
            work(async ({ text, reads }, request) => {
              const [row] = await tx.bulk<{ json: string }>(
                text,
                reads.map((read) => read(request)),
              );
              return row!.json;
            }, past.knownAt!),
          );
        } catch (error) {
          if (error instanceof LogIncomplete) throw problem('AS_OF_INCOMPLETE', error.message);
          if (!(error instanceof StillFolding)) throw error;
        }
        await sleep(lookAgainMs);
      }
    });
  };
}
