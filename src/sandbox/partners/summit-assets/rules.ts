// What Summit refuses, each with a code of its own: tapes that do not add up, assignments that are not what it won, money that is not its own.
import { createHash } from 'node:crypto';
import { exponentOf } from '../../../domain/money.js';
import type { Refusal } from '../desk.js';
import { minorOf, type Books, type Money, type Payment, type Portfolio, type Tape } from './books.js';

const no = (code: string, reason: string): Refusal => ({ code, reason });
const lineFields = 'loanRef productClass disbursedOn overdueSince daysPastDue principal interest other legalBalance security'.split(' ');

function isMoney(value: unknown, currency?: string): value is Money {
  const { amount, currency: said } = (value ?? {}) as Partial<Money>;
  if (typeof amount !== 'string' || typeof said !== 'string' || (currency && said !== currency)) return false;
  const places = exponentOf(said);
  return new RegExp(places ? `^-?\\d{1,18}\\.\\d{${places}}$` : '^-?\\d{1,18}$').test(amount);
}

function faultOfTape(tape: Tape, books: Books): Refusal | null {
  if (books.tapes.has(tape.portfolio)) return no('TAPE_KNOWN', 'There is a tape of this portfolio');
  if (!Array.isArray(tape.lines) || !tape.lines.length) return no('TAPE_EMPTY', 'The tape has no loans');
  const { currency } = tape.totals.legalBalance;
  const refs = new Set<string>();
  let [principal, legal] = [0n, 0n];
  for (const line of tape.lines) {
    const unknown = Object.keys(line).find((field) => !lineFields.includes(field));
    if (unknown) return no('UNKNOWN_FIELD', `A masked tape has no field ${unknown.slice(0, 60)}`);
    const amounts = [line.principal, line.interest, line.other, line.legalBalance];
    if (!amounts.every((each) => isMoney(each, currency))) return no('CURRENCY_MISMATCH', `An amount is not in ${currency}`);
    const [a, b, c, whole] = amounts.map(minorOf) as [bigint, bigint, bigint, bigint];
    if (a + b + c !== whole) return no('LINE_DOES_NOT_ADD_UP', `The parts of ${line.loanRef} are not its legal balance`);
    if (refs.has(line.loanRef)) return no('LOAN_TWICE', `${line.loanRef} is there twice`);
    refs.add(line.loanRef);
    principal += a;
    legal += whole;
  }
  const { totals } = tape;
  if (totals.loans !== tape.lines.length || minorOf(totals.principal) !== principal || minorOf(totals.legalBalance) !== legal)
    return no('TOTALS_DO_NOT_FIT', 'The totals are not those of the loans');
  const text = tape.lines.map(
    (line) => `${line.loanRef};${line.principal.amount};${line.interest.amount};${line.other.amount};${line.legalBalance.amount}\n`,
  );
  return createHash('sha256').update(text.join('')).digest('hex') === tape.sha256
    ? null
    : no('DIGEST_DOES_NOT_FIT', 'The digest is not that of the loans');
}

/** What it pays of each unit owed, in thousandths: less the older the arrears are, more where something secures the loan. */
export function bidOn({ lines, totals }: Tape): Money {
  const minor = lines.reduce((sum, { daysPastDue, legalBalance, security }) => {
    const unsecured = Math.max(40, 320 - daysPastDue);
    return sum + (minorOf(legalBalance) * BigInt(security ? Math.min(700, unsecured + 250) : unsecured)) / 1000n;
  }, 0n);
  const { currency } = totals.legalBalance;
  const places = exponentOf(currency);
  const digits = (minor || 1n).toString().padStart(places + 1, '0');
  return { amount: places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits, currency };
}

/** @param bids the newest bid of each portfolio, as it was told */
function faultOfAward(key: string, body: { bid: string; outcome: string; price?: Money }, books: Books, bids: Bids): Refusal | null {
  const bid = bids.get(key);
  if (!books.tapes.has(key)) return no('UNKNOWN_TAPE', 'There was no tape of this portfolio');
  if (bid && bid.ref !== body.bid) return no('UNKNOWN_BID', 'There was no such bid');
  if (body.outcome === 'WON' && !isMoney(body.price)) return no('INVALID_FIELD', 'price is missing');
  if (bid && body.outcome === 'WON' && (body.price!.amount !== bid.price.amount || body.price!.currency !== bid.price.currency))
    return no('NOT_OUR_PRICE', 'The price is not that of the bid');
  return null;
}
export type Bids = ReadonlyMap<string, { ref: string; price: Money }>;

function faultOfPortfolio(body: Portfolio, books: Books, now: Date): Refusal | null {
  if (books.portfolios.has(body.portfolio)) return no('PORTFOLIO_KNOWN', 'The portfolio was assigned');
  if (Number.isNaN(Date.parse(body.cutOff))) return no('INVALID_FIELD', 'cutOff must be an instant');
  if (!Array.isArray(body.loans) || !body.loans.length) return no('PORTFOLIO_EMPTY', 'No loans are assigned');
  if (new Set(body.loans.map(({ accountRef }) => accountRef)).size !== body.loans.length) return no('LOAN_TWICE', 'A loan is there twice');
  const tape = books.tapes.get(body.portfolio);
  // What was agreed without a tape is judged by its contract, which is on paper.
  if (!tape) return body.bid ? no('UNKNOWN_TAPE', 'There was no tape of this portfolio') : null;
  const award = books.awards.get(body.portfolio);
  if (!award || award.bid !== body.bid) return no('NOT_AWARDED', 'The portfolio was not awarded to this bid');
  if (new Date(body.cutOff) > now) return no('CUT_OFF_AHEAD', 'The cut-off is yet to come');
  const offered = new Map(tape.lines.map((line) => [line.loanRef, line]));
  const foreign = body.loans.find(({ loanRef }) => !loanRef || !offered.has(loanRef));
  if (foreign) return no('LOAN_NOT_ON_TAPE', `${foreign.accountRef} was not on the tape`);
  // Loans that were left out since take their share of the price with them, to a unit a loan.
  const kept = body.loans.reduce((sum, { loanRef }) => sum + minorOf(offered.get(loanRef!)!.legalBalance), 0n);
  const fair = (minorOf(award.price) * kept) / minorOf(tape.totals.legalBalance);
  const off = minorOf(body.price) - fair;
  return (off < 0n ? -off : off) > BigInt(tape.lines.length) ? no('PRICE_DOES_NOT_FIT', 'The price is not that of the award') : null;
}

function faultOfPayment(body: Payment, payments: ReadonlyMap<string, { sum: bigint; count: number }>, cutOff: string): Refusal | null {
  if (!isMoney(body.amount)) return no('INVALID_FIELD', 'amount must be money');
  const known = payments.get(body.paymentRef) ?? { sum: 0n, count: 0 };
  if (body.number <= known.count) return no('PAYMENT_BOOKED', 'This was booked before');
  if (body.number !== known.count + 1) return no('PAYMENT_MISSING', `Number ${known.count + 1} of this payment was not told`);
  const after = known.sum + minorOf(body.amount);
  if (after < 0n) return no('MORE_ASKED_BACK', 'More is asked back than was passed on');
  if (body.kind === 'REVERSAL' && after !== 0n) return no('REVERSAL_IN_PART', 'A reversal asks all of a payment back');
  // The calendar of the cut-off is at most half a day from UTC.
  const earliest = new Date(Date.parse(cutOff) - 14 * 3_600_000).toISOString().slice(0, 10);
  return body.valueOn < earliest ? no('BEFORE_CUT_OFF', 'The payment counts for a day before the cut-off') : null;
}

/** @returns why it refuses, or null */
export function judgeOrder(
  books: Books,
  bids: Bids,
  putBacks: ReadonlySet<string>,
  operation: string,
  body: any,
  key: string | null,
): Refusal | null {
  if (operation === 'publishTape') return faultOfTape(body, books);
  if (operation === 'award') return faultOfAward(key!, body, books, bids);
  if (operation === 'assignPortfolio') return faultOfPortfolio(body, books, new Date());
  const portfolio = books.portfolios.get(key!);
  if (!portfolio) return no('UNKNOWN_PORTFOLIO', 'The portfolio was not assigned');
  const refs: string[] = operation === 'notifyDebtor' ? body.accountRefs : [body.accountRef];
  const foreign = refs.find((ref) => !portfolio.accounts.has(ref));
  if (foreign) return no('UNKNOWN_ACCOUNT', `${foreign} is not in the portfolio`);
  const { payments, returned } = portfolio.accounts.get(refs[0]!)!;
  if (operation === 'notifyDebtor')
    return /^[0-9a-f]{64}$/.test(body.evidenceSha256) ? null : no('INVALID_FIELD', 'evidenceSha256 is no digest');
  if (operation === 'passOnPayment') return faultOfPayment(body, payments, portfolio.cutOff);
  if (returned && (operation === 'recall' || body.accepted)) return no('ACCOUNT_RETURNED', 'The account was given back');
  // Put-backs that went by letter have numbers of others.
  if (operation === 'answerPutBack' && body.putBackRef.startsWith('SPB-') && !putBacks.has(body.putBackRef))
    return no('UNKNOWN_PUT_BACK', 'There was no such put-back');
  return null;
}
