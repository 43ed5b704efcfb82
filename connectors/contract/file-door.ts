// Where files lie that partners and the bank leave for each other: a folder, or a server that speaks SFTP. Paths are relative to it.

export interface FileSeen {
  name: string;
  bytes: number;
  modifiedMs: number;
}

/** Names come from others: only names that `isPlainName` allows are used in a path. */
export interface FilePlace {
  /** Regular files of a folder, `''` being the place itself; none where there is no such folder. */
  list(folder: string): Promise<FileSeen[]>;
  /** @throws when it is larger, or not there */
  read(path: string, mostBytes: number): Promise<Buffer>;
  write(path: string, bytes: Buffer): Promise<void>;
  /** Takes the place of what is there. */
  rename(from: string, to: string): Promise<void>;
  ensureFolder(folder: string): Promise<void>;
  /** Ends what it holds open; what is asked later opens it again. */
  close(): Promise<void>;
}

export const isPlainName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9 ._+=@,()-]{0,199}$/.test(name);
