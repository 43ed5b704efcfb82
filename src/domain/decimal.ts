// Exact decimals of partners' files: whole numbers of ten-thousandths, and how they become minor units of a currency.
import { exponentOf } from './money.js';

/** Decimals that are kept of a number that was read. */
export const places = 4;

/** `"12.5"` → `125000n`; null when it is not a decimal of at most four places. */
export function toTenThousandths(text: string): bigint | null {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,18})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const scaled = BigInt(whole + fraction.padEnd(places, '0'));
  return sign ? -scaled : scaled;
}

/** The quotient to the nearest whole, halves away from zero. @param by above zero */
export function divideHalfUp(dividend: bigint, by: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + by) / (2n * by);
  return dividend < 0n ? -rounded : rounded;
}

/** A number of `decimals` places in minor units, halves away from zero; `exact` is false where something was rounded. */
export function toMinor(value: bigint, decimals: number, currency: string): { minor: bigint; exact: boolean } {
  const digits = decimals - exponentOf(currency);
  if (digits <= 0) return { minor: value * 10n ** BigInt(-digits), exact: true };
  const by = 10n ** BigInt(digits);
  return { minor: divideHalfUp(value, by), exact: value % by === 0n };
}
