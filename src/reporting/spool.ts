// Records of a file that is being made, on disk: formats go through them several times, and there may be more than fit in memory.
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRecord } from '../../connectors/bureau-file.js';

export interface Spool {
  add(record: FileRecord): Promise<void>;
  /** No more is added. */
  end(): Promise<void>;
  records(): AsyncIterable<FileRecord>;
  /** Nothing of it is left. */
  drop(): void;
}

/** In a folder of its own that only this user can read. */
export function openSpool(): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-bureau-'));
  const file = join(folder, 'records');
  const out = createWriteStream(file, { mode: 0o600, highWaterMark: 1 << 20 });
  return {
    async add(record) {
      if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
    },
    async end() {
      out.end();
      await once(out, 'close');
    },
    async *records() {
      let rest = '';
      for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
        const lines = (rest + (chunk as string)).split('\n');
        rest = lines.pop()!;
        for (const line of lines) yield JSON.parse(line) as FileRecord;
      }
    },
    drop() {
      out.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
