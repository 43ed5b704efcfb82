// What a jurisdiction's policy says of law firms' bills, and the code sets that they are written in.
export interface BillingRules {
  citation: string;
  verified: boolean;
  /** The most that an hour may cost, in minor units, by currency and timekeeper classification; `*` is for those that are not named. A currency that is not named has no agreed rates. */
  rates: Readonly<Record<string, Readonly<Record<string, bigint>>>>;
  /** What one matter may cost in all, in minor units by currency. */
  budget: Readonly<Record<string, bigint>>;
  /** Above this, in minor units by currency, two people decide; a currency that is not named always needs two. */
  mandate: Readonly<Record<string, bigint>>;
  /** Currencies that an invoice has to name: a format without a currency cannot carry them. */
  namedCurrencies: readonly string[];
}

const codes = (text: string): string[] => text.split(' ');
const range = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${letter}${from + n}`);

/** UTBMS: activities A101–A111, expenses E101–E124, litigation L100–L530, bankruptcy B100–B420; the codes within the last two are recalled, not read. */
export const activityCodes: ReadonlySet<string> = new Set(range('A', 101, 111));
export const expenseCodes: ReadonlySet<string> = new Set(range('E', 101, 124));
export const taskCodes: ReadonlySet<string> = new Set([
  ...codes('L100 L110 L120 L130 L140 L150 L160 L190 L200 L210 L220 L230 L240 L250 L300 L310 L320 L330 L340 L350 L390'),
  ...codes('L400 L410 L420 L430 L440 L450 L460 L500 L510 L520 L530'),
  ...codes('B100 B110 B120 B130 B140 B150 B155 B160 B165 B170 B180 B185 B190 B195 B200 B210 B220 B230 B240 B250 B260'),
  ...codes('B300 B310 B320 B400 B410 B420'),
]);
