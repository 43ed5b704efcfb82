// The digests by which tapes are known again: of what was sent as an order, over its figures as text, since the order of fields in JSON means nothing; and of files.
import type { LocalDate } from '../fact.js';
import { sha256 } from '../ids.js';

/** @param lines of each loan its name and its amounts. @returns SHA-256 in hex of one text line a loan, its parts separated by semicolons, each ended by a line feed */
export const tapeDigest = (lines: readonly (readonly [string, ...{ amount: string }[]])[]): string =>
  sha256(lines.map(([name, ...amounts]) => `${[name, ...amounts.map(({ amount }) => amount)].join(';')}\n`).join(''));

export interface TapeFile {
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
}
/** A tape that was made as files. */
export interface MadeTape {
  saleId: string;
  full: boolean;
  asOf: LocalDate;
  loans: number;
  principalMinor: string;
  legalBalanceMinor: string;
  files: TapeFile[];
  actor: string;
}

/** By the CSV files: the workbook says the same, and has the time of its making in its bytes. */
export const manifestSha256 = (files: readonly TapeFile[]): string =>
  sha256(
    files
      .filter(({ name }) => name.endsWith('.csv'))
      .map(({ name, rows, sha256: of }) => `${name};${rows};${of}\n`)
      .join(''),
  );
