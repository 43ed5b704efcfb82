// Whether a partner signed what came: Standard Webhooks 1.0.0, HMAC-SHA256 over id, timestamp and the bytes of the body, under any of its live keys.
import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export interface Signed {
  id: string;
  /** Unix seconds. */
  timestamp: string;
  /** `v1,<base64>`, several separated by spaces. */
  signature: string;
  body: string;
}

/** Five minutes, both ways. */
export const toleranceSeconds = 300;
const mostSignatures = 10;

/** @param tolerance in seconds: what is signed earlier may be a replay whose id is forgotten */
export function isSigned(
  { id, timestamp, signature, body }: Signed,
  secrets: readonly string[],
  tolerance = toleranceSeconds,
  now = Date.now(),
): boolean {
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp)) return false;
  const at = Number(timestamp);
  const away = Math.floor(now / 1000) - at;
  if (away > tolerance || away < -toleranceSeconds) return false;
  const given = signature
    .split(' ')
    .slice(0, mostSignatures)
    .map((each) => Buffer.from(each));
  const expected = secrets.map((secret) => Buffer.from(new Webhook(secret).sign(id, new Date(at * 1000), body)));
  // All are compared, whichever fits.
  return expected.flatMap((one) => given.map((other) => one.length === other.length && timingSafeEqual(one, other))).includes(true);
}
