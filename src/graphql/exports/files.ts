// The folder of exports: a file is written under the name of its attempt, and gets the name that it is fetched by when it is whole.
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exportStates, type ExportLease } from '../../storage/exports.js';
import type { Store } from '../../storage/store.js';
import type { Lines } from './pages.js';

export interface ExportFiles {
  pathOf(id: string): string;
  /** @param onPage told what is written so far @returns the SHA-256 of all bytes */
  write(
    lease: ExportLease,
    pages: AsyncIterable<Lines>,
    onPage: (written: { rows: number; bytes: number; total: number | null }) => void,
  ): Promise<string>;
  place(lease: ExportLease): Promise<void>;
  drop(lease: ExportLease): Promise<void>;
  /** Removes what no job has any more. Files of jobs that are not known here are left, since they are of another database. */
  sweep(store: Store): Promise<void>;
}

/** @throws when it cannot be written, or by everybody */
export function openExportFiles(folder: string): ExportFiles {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new Error(`EXPORT_DIR cannot be written: ${(error as Error).message}`, { cause: error });
  }
  if (statSync(folder).mode & 0o002) throw new Error(`EXPORT_DIR ${folder} may be written by everybody: personal data is not kept there`);
  const pathOf = (id: string) => join(folder, `${id}.jsonl`);
  const partOf = ({ id, fence }: Pick<ExportLease, 'id' | 'fence'>) => join(folder, `${id}.${fence}.part`);
  return {
    pathOf,
    async write(lease, pages, onPage) {
      const hash = createHash('sha256');
      const written = { rows: 0, bytes: 0 };
      const file = await open(partOf(lease), 'wx', 0o600);
      try {
        for await (const { text, rows, total } of pages) {
          const bytes = Buffer.from(text);
          await file.appendFile(bytes);
          hash.update(bytes);
          written.rows += rows;
          written.bytes += bytes.length;
          onPage({ ...written, total });
        }
        await file.sync();
      } finally {
        await file.close();
      }
      return hash.digest('hex');
    },
    place: (lease) => rename(partOf(lease), pathOf(lease.id)),
    drop: (lease) => rm(partOf(lease), { force: true }),
    async sweep(store) {
      const found = (await readdir(folder)).flatMap((name) => {
        const [, id, fence] = /^(export_[0-9a-z]{16})\.(?:jsonl|(\d+)\.part)$/.exec(name) ?? [];
        return id ? [{ name, id, fence }] : [];
      });
      if (!found.length) return;
      const states = await exportStates(store, [...new Set(found.map(({ id }) => id))]);
      for (const { name, id, fence } of found) {
        const state = states.get(id);
        const isNeeded =
          !state || (fence ? state.status === 'RUNNING' && state.fence === fence : ['DONE', 'RUNNING'].includes(state.status));
        if (!isNeeded) await rm(join(folder, name), { force: true });
      }
    },
  };
}
