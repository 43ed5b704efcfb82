// Whether a remittance can be booked, before any of it is: its control totals, its own placements, and reversals that name what they reverse. All of it, or nothing.
import type { LocalDate } from '../fact.js';
import { sha256 } from '../ids.js';
import { decimalToMinor, minorToDecimal } from '../money.js';
import { clawback, commissionOn, type PinnedPlacement, type RemittanceRules } from './commission.js';

export const remittanceStates = ['REPORTED', 'SETTLED', 'REFUSED'] as const;
export type RemittanceState = (typeof remittanceStates)[number];

const bucketNames = ['principal', 'interest', 'fee', 'penalty'] as const;
type Bucket = (typeof bucketNames)[number];
type Amounts = Record<Bucket | 'amount', string>;
export type Minors = Record<Bucket | 'amount', bigint>;

/** As it was reported; amounts are decimal text, never below zero in lines. */
export interface ReportedRemittance {
  ref: string;
  remittedOn: LocalDate;
  currency: string;
  basis: 'NET' | 'GROSS';
  lines: ReportedLine[];
  totals: Amounts & { count: number };
}
export interface ReportedLine extends Amounts {
  line: number;
  paymentIdentifier: string;
  type: 'PA' | 'PAR';
  placement: string;
  paidOn: LocalDate;
  via: 'PARTNER' | 'BANK';
  reverses: string | null;
}

/** A placement of this partner, or its matter: others are not known here. */
export interface OwnPlacement extends PinnedPlacement {
  id: string;
  caseId: string;
  /** The partner never had it. */
  refused: boolean;
  rules: RemittanceRules;
}

/** What was booked of this partner before. */
export interface BookedPayment {
  contentSha256: string;
  placementId: string;
  minors: Minors;
  rate: string;
  via: 'PARTNER' | 'BANK';
  type: 'PA' | 'PAR';
  /** Of it, by reversals. */
  reversed: Minors;
}

export interface Books {
  /** By whatever the partner may name them by. */
  placements: ReadonlyMap<string, OwnPlacement>;
  /** By payment identifier. */
  payments: ReadonlyMap<string, BookedPayment>;
  today: LocalDate;
}

export interface Problem {
  line: number | null;
  field: string | null;
  code: string;
  words: string;
}

/** Signed: a reversal is below zero. */
export interface BookedLine {
  line: ReportedLine;
  contentSha256: string;
  placement: OwnPlacement;
  minors: Minors;
  rate: string;
  commissionMinor: bigint;
}

export type RemittanceVerdict = { problems: Problem[] } | { booked: BookedLine[]; seenBefore: number };

const mostProblems = 100;
const zero = (): Minors => ({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n, amount: 0n });
const names = [...bucketNames, 'amount'] as const;

/** What makes a payment the same, whichever file brings it. */
export const contentOfPayment = (of: ReportedLine, currency: string): string =>
  sha256(JSON.stringify([of.type, of.placement, of.paidOn, of.via, of.reverses, currency, ...names.map((name) => of[name])]));

export function judgeRemittance(file: ReportedRemittance, books: Books): RemittanceVerdict {
  const problems: Problem[] = [];
  const say = (line: number | null, field: string | null, code: string, words: string) => void problems.push({ line, field, code, words });
  const read = file.lines.map((line) => minorsOf(line, file.currency, say));
  totalsOf(file, read, say);
  if (file.remittedOn > books.today) say(null, 'remittedOn', 'FUTURE', `It is of ${file.remittedOn}, which is still to come`);
  if (problems.length) return { problems: problems.slice(0, mostProblems) };

  const payments = new Map(books.payments);
  const booked: BookedLine[] = [];
  const here = new Set<string>();
  let seenBefore = 0;
  // Payments first: a reversal may stand above the payment that it takes back.
  const order = file.lines
    .map((line, i) => ({ line, minors: read[i]! }))
    .sort((a, b) => Number(a.line.type === 'PAR') - Number(b.line.type === 'PAR') || a.line.line - b.line.line);
  for (const { line, minors } of order) {
    const contentSha256 = contentOfPayment(line, file.currency);
    const known = payments.get(line.paymentIdentifier);
    if (here.has(line.paymentIdentifier)) {
      say(line.line, 'paymentIdentifier', 'REPEATED', 'The payment identifier is used twice in the file');
      continue;
    }
    here.add(line.paymentIdentifier);
    if (known) {
      if (known.contentSha256 === contentSha256) seenBefore++;
      else say(line.line, 'paymentIdentifier', 'CONFLICT', 'The payment identifier was used for another payment before');
      continue;
    }
    const placement = placementOf(line, file, books, say);
    if (!placement) continue;
    const made = line.type === 'PA' ? paid(line, minors, placement) : reversed(line, minors, placement, payments, say);
    if (!made) continue;
    booked.push({ line, contentSha256, placement, ...made });
    payments.set(line.paymentIdentifier, {
      contentSha256,
      placementId: placement.id,
      minors: made.minors,
      rate: made.rate,
      via: line.via,
      type: line.type,
      reversed: zero(),
    });
  }
  if (problems.length) return { problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, mostProblems) };
  return { booked: booked.sort((a, b) => a.line.line - b.line.line), seenBefore };
}

type Say = (line: number | null, field: string | null, code: string, words: string) => void;

function minorsOf(line: ReportedLine, currency: string, say: Say): Minors {
  const minors = zero();
  for (const name of names) {
    const minor = decimalToMinor(line[name], currency);
    if (minor === null) say(line.line, name, 'NOT_OF_CURRENCY', `${name} has more decimals than ${currency}`);
    minors[name] = minor ?? 0n;
  }
  const sum = bucketNames.reduce((all, name) => all + minors[name], 0n);
  if (sum !== minors.amount)
    say(line.line, 'amount', 'BUCKETS', `The amount is ${line.amount}, its parts are ${minorToDecimal(sum, currency)}`);
  if (minors.amount <= 0n) say(line.line, 'amount', 'NOT_ABOVE_ZERO', 'The amount is not above zero');
  return minors;
}

function totalsOf({ lines, totals, currency }: ReportedRemittance, read: readonly Minors[], say: Say): void {
  if (totals.count !== lines.length) say(null, 'count', 'TOTAL', `The trailer counts ${totals.count} lines, there are ${lines.length}`);
  for (const name of names) {
    const sum = lines.reduce((all, { type }, i) => all + (type === 'PA' ? read[i]![name] : -read[i]![name]), 0n);
    const said = decimalToMinor(totals[name], currency);
    if (said !== sum)
      say(null, name, 'TOTAL', `The control total of ${name} is ${totals[name]}, its lines make ${minorToDecimal(sum, currency)}`);
  }
}

function placementOf(line: ReportedLine, file: ReportedRemittance, books: Books, say: Say): OwnPlacement | null {
  const placement = books.placements.get(line.placement);
  // The same words for a number that nobody has and for another partner's: nothing is told of it.
  if (!placement || placement.refused) return (say(line.line, 'placement', 'NO_PLACEMENT', 'It is no case that was placed with you'), null);
  if (line.paidOn < placement.placedOn)
    return (say(line.line, 'paidOn', 'BEFORE_PLACEMENT', `It was placed on ${placement.placedOn}, after the payment`), null);
  if (line.paidOn > file.remittedOn)
    return (say(line.line, 'paidOn', 'AFTER_REMITTANCE', 'It was paid after the day of the remittance'), null);
  return placement;
}

function paid(line: ReportedLine, minors: Minors, placement: OwnPlacement): { minors: Minors; rate: string; commissionMinor: bigint } {
  const { rate, minor } = commissionOn(placement, { amountMinor: minors.amount, paidOn: line.paidOn, via: line.via }, placement.rules);
  return { minors, rate, commissionMinor: minor };
}

function reversed(
  line: ReportedLine,
  minors: Minors,
  placement: OwnPlacement,
  payments: Map<string, BookedPayment>,
  say: Say,
): { minors: Minors; rate: string; commissionMinor: bigint } | null {
  const original = line.reverses === null ? undefined : payments.get(line.reverses);
  if (!original || original.type !== 'PA')
    return (say(line.line, 'reverses', 'NO_ORIGINAL', 'It names no payment that was reported'), null);
  if (original.placementId !== placement.id || original.via !== line.via)
    return (say(line.line, 'reverses', 'OTHER_PAYMENT', 'The payment that it names is of another case or another way'), null);
  const over = names.find((name) => original.reversed[name] + minors[name] > original.minors[name]);
  if (over) return (say(line.line, over, 'REVERSAL_EXCEEDS', `More of ${over} would be reversed than was paid`), null);
  const taken = clawback(original.minors.amount, original.rate, original.reversed.amount, minors.amount);
  const sum = zero();
  const negative = zero();
  for (const name of names) {
    sum[name] = original.reversed[name] + minors[name];
    negative[name] = -minors[name];
  }
  payments.set(line.reverses!, { ...original, reversed: sum });
  return { minors: negative, rate: original.rate, commissionMinor: -taken };
}

/** What the partner pays: of what it holds, all or what its commission leaves. Below zero the bank pays. */
export function dueOf(basis: 'NET' | 'GROSS', heldMinor: bigint, commissionMinor: bigint): bigint {
  return basis === 'NET' ? heldMinor - commissionMinor : heldMinor;
}
