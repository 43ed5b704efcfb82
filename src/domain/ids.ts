// Names of things that stay the same after a replay: made from what makes the thing itself, never from a counter or a clock.
import { hash } from 'node:crypto';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * `{prefix}_{16 letters}`: 80 bits of the SHA-256 of the natural key.
 * @param naturalKey what makes the thing itself, e.g. tenant, source system and account number
 */
export function idOf(prefix: string, ...naturalKey: (string | number)[]): string {
  const bytes = hash('sha256', JSON.stringify(naturalKey), 'buffer');
  let name = `${prefix}_`;
  for (let i = 0; i < 10; i += 5) {
    const high = (bytes[i]! << 12) | (bytes[i + 1]! << 4) | (bytes[i + 2]! >> 4);
    const low = ((bytes[i + 2]! & 15) << 16) | (bytes[i + 3]! << 8) | bytes[i + 4]!;
    for (const part of [high, low])
      name += letters[part >> 15]! + letters[(part >> 10) & 31]! + letters[(part >> 5) & 31]! + letters[part & 31]!;
  }
  return name;
}

/** A part of something that has an id: numbered within it, without a hash. */
export const partIdOf = (prefix: string, whole: string, number: number): string =>
  `${prefix}_${whole.slice(whole.indexOf('_') + 1)}${String(number).padStart(5, '0')}`;

/** SHA-256 in hex of a text. */
export const sha256 = (text: string | Buffer): string => hash('sha256', text);
