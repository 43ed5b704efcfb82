// Files that are owed to partners out: written as `.part`, renamed when they are whole, and known as sent. That the partner took them is for it to say.
import type { FilePlace } from '../../connectors/contract/file-door.js';
import { sha256 } from '../domain/ids.js';
import { startFileRounds } from '../storage/file-rounds.js';
import { fileBecomes, owedFiles, type OwedFile } from '../storage/partner-files.js';
import type { Store } from '../storage/store.js';

export interface FileOutSettings {
  store: Store;
  partnerId: string;
  place: FilePlace;
  everyMs: number;
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
}

export interface FileOut {
  /** One round, at once. */
  send(): Promise<void>;
  stop(): Promise<void>;
}

export function startFileOut({ store, partnerId, place, everyMs, log }: FileOutSettings): FileOut {
  async function write({ id, name, content, state, sha256: hash }: OwedFile): Promise<void> {
    const part = `${name}.part`;
    const there = new Map((await place.list('')).map((each) => [each.name, each.bytes]));
    if (there.has(name)) {
      const same = there.get(name) === content.length && sha256(await place.read(name, content.length)) === hash;
      if (!same) {
        await fileBecomes(store, id, 'FAILED', 'a file of this name lies there with other bytes');
        return log.error({ partnerId, file: name }, 'a file was not written: another of its name lies there');
      }
    } else if (state === 'OWED' || there.has(part)) {
      await place.write(part, content);
      // From here on a `.part` that is gone was renamed, and a name that is gone was fetched: it is not written again.
      await fileBecomes(store, id, 'WRITING');
      await place.rename(part, name);
    }
    await fileBecomes(store, id, 'SENT');
    log.info({ partnerId, file: name, bytes: content.length, sha256: hash }, 'a file was written');
  }

  const round = async () => {
    for (const file of await store.transaction((tx) => owedFiles(tx, partnerId))) await write(file);
  };
  const failed = (error: string) => log.error({ partnerId, error }, 'files could not be written; they are tried again');
  const rounds = startFileRounds({ store, key: `${partnerId} out`, everyMs, round, failed });
  return {
    send: rounds.now,
    async stop() {
      await rounds.stop();
      await place.close();
    },
  };
}
