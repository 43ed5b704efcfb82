// Where a change stands in the source's own log: that is the order of changes, never a timestamp.
import type { JsonObject } from './exact-json.js';

export interface Place {
  /** At most 18 digits, rising with the log. */
  sequence: string;
  /** Tells apart what stands at one sequence, in its order; empty where nothing more is known. */
  within: string;
}

/** `lsn` of Postgres, or `file`, `pos` and `row` of MySQL; both may be beyond 2^53 and then come as digits. */
export function placeOf({ lsn, file, pos, row }: JsonObject): Place | { unreadable: string } {
  const at = digitsOf(lsn);
  if (at !== null) return at.length <= 18 ? { sequence: at, within: '' } : { unreadable: 'SOURCE lsn has more than 18 digits' };
  const number = /\.(\d{1,8})$/.exec(typeof file === 'string' ? file : '')?.[1];
  const offset = digitsOf(pos);
  if (number !== undefined && offset !== null && offset.length <= 10)
    return { sequence: String(BigInt(`${number}${offset.padStart(10, '0')}`)), within: (digitsOf(row) ?? '0').padStart(8, '0') };
  return { unreadable: 'SOURCE has neither lsn nor file and pos, so that its order is unknown' };
}

const digitsOf = (value: unknown): string | null =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) || (typeof value === 'string' && /^\d+$/.test(value))
    ? String(value)
    : null;
