// A folder of this machine as a place for files.
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlace, FileSeen } from './contract/file-door.js';

export function createFolder(root: string): FilePlace {
  return {
    async list(folder) {
      const names = await readdir(join(root, folder)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' && folder) return [];
        throw error;
      });
      const seen = await Promise.all(
        names.map(async (name): Promise<FileSeen[]> => {
          const is = await lstat(join(root, folder, name)).catch(() => null); // it may be gone
          return is?.isFile() ? [{ name, bytes: is.size, modifiedMs: is.mtimeMs }] : [];
        }),
      );
      return seen.flat();
    },
    async read(path, mostBytes) {
      const file = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        if ((await file.stat()).size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
        return await file.readFile();
      } finally {
        await file.close();
      }
    },
    async write(path, bytes) {
      const file = await open(join(root, path), 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync(); // a name that is there after a power cut has its bytes
      } finally {
        await file.close();
      }
    },
    rename: (from, to) => rename(join(root, from), join(root, to)),
    ensureFolder: async (folder) => void (await mkdir(join(root, folder), { recursive: true })),
    close: async () => {},
  };
}
