// What one borrower owes over several currencies: added only at a stated rate of a stated date.
import type { LocalDate } from './fact.js';
import { exponentOf } from './money.js';

export interface Rate {
  from: string;
  to: string;
  on: LocalDate;
  /** Units of `to` for one unit of `from`, as decimal text. */
  rate: string;
}

export type ObligorSum = { is: 'summed'; minor: bigint; rates: Rate[] } | { is: 'noRate'; from: string; to: string; on: LocalDate };

/** Fails closed: without a rate of that very date there is no sum. Each amount is rounded half up to the minor unit once. */
export function sumIn(
  to: string,
  amounts: readonly { currency: string; minor: bigint }[],
  on: LocalDate,
  rateOf: (from: string, to: string, on: LocalDate) => Rate | null,
): ObligorSum {
  let minor = 0n;
  const rates: Rate[] = [];
  for (const each of amounts) {
    if (each.currency === to) {
      minor += each.minor;
      continue;
    }
    const rate = rateOf(each.currency, to, on);
    if (!rate) return { is: 'noRate', from: each.currency, to, on };
    rates.push(rate);
    minor += converted(each.minor, each.currency, to, rate.rate);
  }
  return { is: 'summed', minor, rates };
}

function converted(minor: bigint, from: string, to: string, rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  const numerator = minor * BigInt(whole + fraction) * 10n ** BigInt(exponentOf(to));
  const denominator = 10n ** BigInt(fraction.length + exponentOf(from));
  return (2n * numerator + denominator) / (2n * denominator);
}
