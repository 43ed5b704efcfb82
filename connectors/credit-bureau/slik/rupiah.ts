// Whole rupiah from decimal text, without floats.

/** `1250000.50`, `1` → `1250001`; `12.50`, `16250.5` → `203131`. Halves go up. Null for what is not a decimal ≥ 0. */
export function toRupiah(amount: string, kurs: string): string | null {
  const [sum, rate] = [unscaled(amount), unscaled(kurs)];
  return sum && rate && rounded(sum.digits * rate.digits, sum.scale + rate.scale);
}

/** `12.50` → `13`. Null for what is not a decimal ≥ 0. */
export const toWhole = (amount: string): string | null => toRupiah(amount, '1');

function unscaled(text: string): { digits: bigint; scale: number } | null {
  const [, whole, fraction = ''] = /^(\d{1,30})(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  return whole === undefined ? null : { digits: BigInt(whole + fraction), scale: fraction.length };
}

function rounded(digits: bigint, scale: number): string {
  const unit = 10n ** BigInt(scale);
  return String((2n * digits + unit) / (2n * unit));
}
