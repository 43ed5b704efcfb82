// The buyer's desk: what it refuses of tapes, assignments and money, and that it bids by what the tape says alone.
import { openLedger } from '../../src/sandbox/partners/ledger.js';
import { openSummitDesk } from '../../src/sandbox/partners/summit-assets/desk.js';
import { bidOn } from '../../src/sandbox/partners/summit-assets/rules.js';
import { toAward, toBody, toPortfolio, toTape } from '../../connectors/asset-manager/summit-assets/mapping.js';
import { orderOf } from '../../src/conformance/samples.js';

const ledger = openLedger(null);
const desk = openSummitDesk(ledger);
const order = (operation: string): any => orderOf('ASSET_MANAGER', operation);
const tape = toTape(order('publishTape'));
const idr = (amount: string) => ({ amount, currency: 'IDR' });
let taken = 0;
const say = (operation: string, body: any, key: string | null = null): string => {
  const refusal = desk.judge(operation, body, key);
  if (refusal) return refusal.code;
  const effect = { at: '', operation, deliveryId: `d${++taken}`, bodySha256: '', ref: `SA-${taken}`, status: 201, answer: {}, about: null };
  ledger.add({ ...effect, kept: desk.kept(operation, body) });
  return 'taken';
};

it.each([
  ['that has no loans', { lines: [] }, 'TAPE_EMPTY'],
  ['with a total that is not the sum', { totals: { ...tape.totals, legalBalance: idr('1265000.51') } }, 'TOTALS_DO_NOT_FIT'],
  ['with another number of loans', { totals: { ...tape.totals, loans: 2 } }, 'TOTALS_DO_NOT_FIT'],
  ['with a digest of other lines', { sha256: '0'.repeat(64) }, 'DIGEST_DOES_NOT_FIT'],
  ['whose line is not the sum of its parts', { lines: [{ ...tape.lines[0], interest: idr('0.00') }] }, 'LINE_DOES_NOT_ADD_UP'],
  ['with a name in it', { lines: [{ ...tape.lines[0], name: 'Siti' }] }, 'UNKNOWN_FIELD'],
  ['with a loan twice', { lines: [tape.lines[0], tape.lines[0]] }, 'LOAN_TWICE'],
  ['in two currencies', { lines: [{ ...tape.lines[0], other: { amount: '2500.00', currency: 'USD' } }] }, 'CURRENCY_MISMATCH'],
])('refuses a tape %s', (_, over, code) => expect(say('publishTape', { ...tape, ...over })).toBe(code));

it('bids less the older the arrears are, and more where something secures the loan', () => {
  const bid = (over: object) => Number(bidOn({ ...tape, lines: [{ ...tape.lines[0]!, ...over }] }).amount);
  expect(bid({ daysPastDue: 30 })).toBeGreaterThan(bid({ daysPastDue: 200 }));
  expect(bid({ security: idr('900000.00') })).toBeGreaterThan(bid({}));
  expect(bid({ daysPastDue: 9_000 })).toBeGreaterThan(0);
});

it('takes what it won and no other, and books each payment once', () => {
  const portfolio = { ...toPortfolio({ ...order('assignPortfolio'), bidRef: 'SBID-S-1' }), cutOff: '2026-01-31T17:00:00Z' };
  const loans = portfolio.loans.map((loan) => ({ ...loan, loanRef: tape.lines[0]!.loanRef }));
  expect(say('award', toAward(order('award')), 'S-1')).toBe('UNKNOWN_TAPE');
  expect(say('publishTape', tape)).toBe('taken');
  expect(say('publishTape', tape)).toBe('TAPE_KNOWN');
  ledger.tell(`d${taken}`, 'bid.submitted', { bidRef: 'SBID-S-1', price: idr('300000.00') });
  expect(say('assignPortfolio', { ...portfolio, loans })).toBe('NOT_AWARDED');
  expect(say('award', { bid: 'SBID-S-2', outcome: 'WON', price: idr('300000.00') }, 'S-1')).toBe('UNKNOWN_BID');
  expect(say('award', { bid: 'SBID-S-1', outcome: 'WON', price: idr('299999.00') }, 'S-1')).toBe('NOT_OUR_PRICE');
  expect(say('award', { bid: 'SBID-S-1', outcome: 'WON', price: idr('300000.00') }, 'S-1')).toBe('taken');
  const ours = { ...portfolio, price: idr('300000.00'), loans };
  expect(say('assignPortfolio', { ...ours, price: idr('301000.00') })).toBe('PRICE_DOES_NOT_FIT');
  expect(say('assignPortfolio', { ...ours, cutOff: '2999-01-01T00:00:00Z' })).toBe('CUT_OFF_AHEAD');
  expect(say('assignPortfolio', { ...ours, loans: portfolio.loans })).toBe('LOAN_NOT_ON_TAPE');
  expect(say('assignPortfolio', { ...ours, loans: [...loans, ...loans] })).toBe('LOAN_TWICE');
  expect(say('assignPortfolio', ours)).toBe('taken');
  const payment = toBody(order('passOnPayment')) as object;
  const pay = (over: object, key = 'S-1') => say('passOnPayment', { ...payment, ...over }, key);
  expect(pay({}, 'S-2')).toBe('UNKNOWN_PORTFOLIO');
  expect(pay({ accountRef: 'X' })).toBe('UNKNOWN_ACCOUNT');
  expect(pay({ valueOn: '2026-01-20' })).toBe('BEFORE_CUT_OFF');
  expect(pay({ number: 2 })).toBe('PAYMENT_MISSING');
  expect([pay({}), pay({})]).toEqual(['taken', 'PAYMENT_BOOKED']);
  expect(pay({ number: 2, kind: 'REVERSAL', amount: idr('-4000.00') })).toBe('REVERSAL_IN_PART');
  expect(pay({ number: 2, kind: 'REVERSAL', amount: idr('-6000.00') })).toBe('MORE_ASKED_BACK');
  expect(pay({ number: 2, kind: 'REVERSAL', amount: idr('-5000.00') })).toBe('taken');
  const answer = toBody(order('answerPutBack')) as object;
  expect(say('answerPutBack', { ...answer, putBackRef: 'SPB-000009' }, 'S-1')).toBe('UNKNOWN_PUT_BACK');
  expect([say('answerPutBack', answer, 'S-1'), say('recall', toBody(order('recall')), 'S-1')]).toEqual(['taken', 'ACCOUNT_RETURNED']);
});
