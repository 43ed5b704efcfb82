// Whole dollars, the only sums of a file: parts are added to the cent first, then half a dollar and more is rounded up.
import { FileFault } from '../../bureau-file.js';

/** A sum of decimal texts, which may not be negative (M8). */
export function dollars(key: string, field: string, ...sums: readonly string[]): bigint {
  const cents = centsOf(key, field, sums);
  if (cents < 0n) throw new FileFault(key, field, 'M8', 'a sum below zero cannot be said');
  return rounded(cents);
}

/** The same for a balance, where what is in the customer's favour is said as 0. */
export function balance(key: string, field: string, ...sums: readonly string[]): bigint {
  const cents = centsOf(key, field, sums);
  return cents < 0n ? 0n : rounded(cents);
}

/** Exact cents of a sum of decimal texts such as `12`, `12.5` and `-3.00`. */
export function centsOf(key: string, field: string, sums: readonly string[]): bigint {
  return sums.reduce((total, text) => {
    const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
    if (whole === undefined) throw new FileFault(key, field, 'LAYOUT', `${text} is not a sum in dollars and cents`);
    const cents = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
    return total + (sign ? -cents : cents);
  }, 0n);
}

const rounded = (cents: bigint) => (cents + 50n) / 100n;
