// Files of partners in: looked for again and again, taken whole and once, and moved to where the partner sees what became of them.
import { isPlainName, type FilePlace, type FileSeen } from '../../connectors/contract/file-door.js';
import { startFileRounds } from '../storage/file-rounds.js';
import type { Store } from '../storage/store.js';
import { takeFile, type FileHandler } from './inbound-file.js';

export interface FilePollerSettings {
  store: Store;
  partnerId: string;
  place: FilePlace;
  handlers: readonly FileHandler[];
  everyMs: number;
  mostBytes: number;
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void; error(fields: object, text: string): void };
}

export interface FilePoller {
  /** One round, at once. */
  look(): Promise<void>;
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
}

/** Names under which files are written before they are whole, and our own words beside them. */
const notYet = /\.(part|partial|filepart|tmp|temp|problems)$/i;

export function startFilePoller({ store, partnerId, place, handlers, everyMs, mostBytes, log }: FilePollerSettings): FilePoller {
  let seen = new Map<string, string>();
  const strange = new Set<string>();

  /** What has not changed since the last look. */
  function whole(files: readonly FileSeen[]): FileSeen[] {
    const was = seen;
    seen = new Map(files.map(({ name, bytes, modifiedMs }) => [name, `${bytes} ${modifiedMs}`]));
    return files.filter(({ name }) => was.get(name) === seen.get(name));
  }

  async function settle(name: string, folder: 'done' | 'failed', problems: readonly string[]): Promise<void> {
    await place.ensureFolder(folder);
    if (problems.length) await place.write(`${folder}/${name}.problems`, Buffer.from(`${problems.join('\n')}\n`));
    await place.rename(name, `${folder}/${name}`);
  }

  async function take({ name, bytes: size }: FileSeen): Promise<void> {
    const about = { partnerId, file: name };
    if (size > mostBytes) {
      log.warn({ ...about, bytes: size }, 'a file is too large');
      return settle(name, 'failed', [`it has ${size} bytes, and ${mostBytes} are allowed`]);
    }
    const outcome = await takeFile(store, handlers, { partnerId, name, bytes: await place.read(name, mostBytes) });
    if ('refused' in outcome) {
      log.warn({ ...about, problems: outcome.refused.length }, 'a file was refused');
      return settle(name, 'failed', outcome.refused);
    }
    log.info({ ...about, ...('known' in outcome ? { known: true } : outcome.taken) }, 'a file was taken');
    await settle(name, 'done', []); // a process that ends before this finds it again, and knows it
  }

  async function round(): Promise<void> {
    const files = (await place.list('')).filter(({ name }) => !name.startsWith('.') && !notYet.test(name));
    for (const { name } of files)
      if (!isPlainName(name) && strange.size < 1_000 && !strange.has(name)) {
        strange.add(name);
        log.warn({ partnerId }, 'a file has a name that is not taken: letters, digits and ._+=@,()- only');
      }
    for (const file of whole(files.filter(({ name }) => isPlainName(name))).toSorted(
      (a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1),
    ))
      await take(file).catch((error: Error) =>
        log.error({ partnerId, file: file.name, error: error.message }, 'a file could not be taken; it is tried again'),
      );
  }

  const failed = (error: string) => log.error({ partnerId, error }, 'files could not be looked for');
  const rounds = startFileRounds({ store, key: partnerId, everyMs, round, failed });
  return {
    look: rounds.now,
    async stop() {
      await rounds.stop();
      await place.close();
    },
  };
}
