// Money: minor units and an ISO 4217 currency inside, decimal text at every border, never a float.

/** ISO 4217 exponents that are not 2. Source: ISO 4217 list one. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** How many decimals a currency's amounts have. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** `12345n, "IDR"` → `"123.45"`; `12345n, "JPY"` → `"12345"`. */
export function minorToDecimal(minor: bigint, currency: string): string {
  const places = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0');
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return minor < 0n ? `-${text}` : text;
}

/** Decimal text in minor units; null when it is not a decimal or has more decimals than the currency. */
export function decimalToMinor(text: string, currency: string): bigint | null {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,18})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const places = exponentOf(currency);
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > places) return null;
  const minor = BigInt(whole + kept.padEnd(places, '0'));
  return sign ? -minor : minor;
}
