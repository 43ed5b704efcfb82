// A file of a partner and who takes it: all of it, or nothing of it with the reasons in words.
import { knownFile, keepInbound } from '../storage/partner-files.js';
import { sha256 } from '../domain/ids.js';
import type { Store, Tx } from '../storage/store.js';

export interface InboundFile {
  partnerId: string;
  name: string;
  bytes: Buffer;
  sha256: string;
  receivedAt: Date;
}

/** `taken` says in figures what came of it; `refused` names what is wrong, with the line where there is one. */
export type FileVerdict = { taken: Record<string, string | number> } | { refused: string[] };

export interface FileHandler {
  /** What it takes, for people. */
  what: string;
  matches(file: Pick<InboundFile, 'partnerId' | 'name'>): boolean;
  /** In the transaction that keeps the file as taken: nothing of what it wrote stays when it refuses. */
  take(tx: Tx, file: InboundFile): Promise<FileVerdict>;
}

class Undone extends Error {
  constructor(readonly problems: string[]) {
    super('rolled back on purpose');
  }
}

export type FileOutcome = FileVerdict | { known: true };

/** The same bytes are taken once, under whatever name; what was refused may come again. */
export async function takeFile(
  store: Store,
  handlers: readonly FileHandler[],
  { partnerId, name, bytes }: { partnerId: string; name: string; bytes: Buffer },
): Promise<FileOutcome> {
  const file: InboundFile = { partnerId, name, bytes, sha256: sha256(bytes), receivedAt: new Date() };
  const row = { ...file, bytes: bytes.length };
  try {
    return await store.transaction(async (tx): Promise<FileOutcome> => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`file ${partnerId}`]);
      const known = await knownFile(tx, row);
      if (known === 'taken') return { known: true };
      if (known === 'otherContent') throw new Undone(['a file of this name was taken with other content']);
      const handler = handlers.find((each) => each.matches(file));
      if (!handler)
        throw new Undone([`nobody takes files of this name; there are ${handlers.map(({ what }) => what).join(', ') || 'none'}`]);
      const verdict = await handler.take(tx, file);
      if ('refused' in verdict) throw new Undone(verdict.refused);
      await keepInbound(tx, row, 'TAKEN', [], verdict.taken);
      return verdict;
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    await store.transaction((tx) => keepInbound(tx, row, 'REFUSED', error.problems, {}));
    return { refused: error.problems };
  }
}
