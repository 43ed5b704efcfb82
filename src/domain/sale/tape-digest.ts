// The digest of a tape that was sent as an order: over its figures as text, since the order of fields in JSON means nothing.
import { sha256 } from '../ids.js';

/** @param lines of each loan its name and its amounts. @returns SHA-256 in hex of one text line a loan, its parts separated by semicolons, each ended by a line feed */
export const tapeDigest = (lines: readonly (readonly [string, ...{ amount: string }[]])[]): string =>
  sha256(lines.map(([name, ...amounts]) => `${[name, ...amounts.map(({ amount }) => amount)].join(';')}\n`).join(''));
