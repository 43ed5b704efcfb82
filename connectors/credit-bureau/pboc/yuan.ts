// Whole yuan from decimal text, without floats.

/** `12.50` → `13`, and with `percent` 50 → `6`. Halves go up. Null for what is not a decimal ≥ 0. */
export function toYuan(amount: string, percent = 100): string | null {
  const [, whole, fraction = ''] = /^(\d{1,30})(?:\.(\d{1,12}))?$/.exec(amount) ?? [];
  if (whole === undefined) return null;
  // Hundredths of a percent, so that 33.33 is exact.
  const digits = BigInt(whole + fraction) * BigInt(Math.round(percent * 100));
  const unit = 10n ** BigInt(fraction.length) * 10_000n;
  return String((2n * digits + unit) / (2n * unit));
}
