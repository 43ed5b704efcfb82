// Prices of claims: as a fraction of the legal balance, and shared out over the loans that they are for.

const scale = 1_000_000n;

/** @returns price over legal balance with six decimals, rounded down; null where nothing is owed. `1n, 3n` → `0.333333` */
export function fractionOf(priceMinor: bigint, legalBalanceMinor: bigint): string | null {
  if (legalBalanceMinor <= 0n) return null;
  const millionths = (priceMinor * scale) / legalBalanceMinor;
  return `${millionths / scale}.${(millionths % scale).toString().padStart(6, '0')}`;
}

/** Whether a price is at least this fraction of the legal balance. @param fraction decimal text with six decimals at most */
export const reaches = (priceMinor: bigint, legalBalanceMinor: bigint, fraction: string): boolean =>
  priceMinor * scale >= legalBalanceMinor * millionthsOf(fraction);

export function millionthsOf(fraction: string): bigint {
  const [whole, decimals = ''] = fraction.split('.');
  return BigInt(whole! + decimals.slice(0, 6).padEnd(6, '0'));
}

/** Shares a total out by weights, to the last minor unit: what rounding leaves goes one by one to the largest remainders, of equal ones to the first. */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, each) => all + each, 0n);
  if (sum <= 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (total * weight) / sum);
  const left = total - shares.reduce((all, each) => all + each, 0n);
  const order = weights
    .map((weight, i) => ({ i, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (let k = 0n; k < left; k++) shares[order[Number(k)]!.i]! += 1n;
  return shares;
}
