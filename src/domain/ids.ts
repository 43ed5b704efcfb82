// Names of things that stay the same after a replay: made from what makes the thing itself, never from a counter or a clock.
import { createHash } from 'node:crypto';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * `{prefix}_{16 letters}`: 80 bits of the SHA-256 of the natural key.
 * @param naturalKey what makes the thing itself, e.g. tenant, source system and account number
 */
export function idOf(prefix: string, ...naturalKey: (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(naturalKey)).digest();
  let bits = 0n;
  for (const byte of hash.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let name = '';
  for (let i = 0; i < 16; i++, bits >>= 5n) name += letters[Number(bits & 31n)];
  return `${prefix}_${name}`;
}

/** SHA-256 in hex of a text. */
export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
