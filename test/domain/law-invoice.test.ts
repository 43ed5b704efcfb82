// What is found of a law firm's invoice, one rule at a time, and what may be decided of it.
import fc from 'fast-check';
import { divideHalfUp, toMinor, toTenThousandths } from '../../src/domain/decimal.js';
import { judgeDecision, proposalOf, type InvoiceToDecide, type WantedDecision } from '../../src/domain/legal/decide-invoice.js';
import {
  contentOf,
  invoiceStates,
  invoiceSteps,
  judgeInvoice,
  type BilledBefore,
  type BilledInvoice,
  type BilledLine,
} from '../../src/domain/legal/invoice.js';
import { billingIndonesia, faultsOfBilling } from '../../src/policies/billing.js';
import { faultsOf, policyFor } from '../../src/policies/index.js';

const fee: BilledLine = {
  line: 3,
  number: '1',
  type: 'F',
  on: '2026-05-12',
  units: '2.5',
  unitCost: '1000000',
  adjustment: null,
  taxTotal: '250000',
  total: '2750000',
  taskCode: 'L120',
  expenseCode: null,
  activityCode: 'A103',
  timekeeperId: 'TK1',
  classification: 'ASSOC',
  description: 'Drafts',
  firmMatterId: 'ML-1',
  clientMatterId: 'RC-B1-1',
};
const expense: BilledLine = {
  ...fee,
  line: 4,
  number: '2',
  type: 'E',
  units: '1',
  unitCost: '500000',
  adjustment: '-50000',
  taxTotal: '0',
  total: '450000',
};
Object.assign(expense, { taskCode: null, activityCode: null, expenseCode: 'E112', timekeeperId: null, classification: null });
const invoice: BilledInvoice = {
  number: '2026-17',
  date: '2026-05-31',
  billingFrom: '2026-05-01',
  billingTo: '2026-05-31',
  total: '3200000',
  taxTotal: '250000',
  netTotal: '2950000',
  currency: 'IDR',
  lines: [fee, expense],
};
const matter = { partnerRef: 'ML-1', ourRefs: ['RC-B1-1', 'matter_0000000000000001'], currency: 'IDR' };
const nothing: BilledBefore = { sameNumber: false, lines: new Map(), billedMinor: 0n };
const judge = (over: Partial<BilledInvoice> = {}, of = matter, before = nothing) =>
  judgeInvoice({ ...invoice, ...over }, of, billingIndonesia, before);
const found = (judged: ReturnType<typeof judge>) => [
  judged.findings.map(({ code, grave }) => [code, grave]),
  ...judged.lines.map(({ findings }) => findings.map(({ code, grave }) => [code, grave])),
];
const line = (over: Partial<BilledLine>) => ({ lines: [{ ...fee, ...over }, expense] });

it('finds nothing of an invoice that is right', () => {
  const judged = judge();
  expect(judged).toMatchObject({ result: 'OK', currency: 'IDR', totalMinor: 320_000_000n, findings: [] });
  expect(judged.lines.map(({ result, totalMinor }) => [result, totalMinor])).toEqual([
    ['OK', 275_000_000n],
    ['OK', 45_000_000n],
  ]);
});

it.each<[string, Partial<BilledLine>, string, boolean]>([
  ['a total that is not units × cost + adjustment + tax', { total: '2750000.01' }, 'LINE_TOTAL', true],
  ['more decimals than the currency', { total: '2750000.001' }, 'NOT_OF_CURRENCY', true],
  ["another matter's number of ours", { clientMatterId: 'RC-B2-1' }, 'CLIENT_MATTER', true],
  ["another number of the firm's", { firmMatterId: 'ML-2' }, 'FIRM_MATTER', true],
  ['a day before the period', { on: '2026-04-30' }, 'OUT_OF_PERIOD', false],
  ['a day after the period', { on: '2026-06-01' }, 'OUT_OF_PERIOD', false],
  ['a task that UTBMS does not know', { taskCode: 'L999' }, 'UNKNOWN_CODE', false],
  ['an activity that UTBMS does not know', { activityCode: 'A112' }, 'UNKNOWN_CODE', false],
  ['an expense code on a fee', { expenseCode: 'E101' }, 'EXPENSE_CODE_ON_FEE', false],
  ['a fee without a task', { taskCode: null }, 'NO_TASK_CODE', false],
  ['a fee without a timekeeper', { timekeeperId: null }, 'NO_TIMEKEEPER', false],
  ['an hour above the rate of its class', { unitCost: '2500000.01', units: '1', total: '2750000.01' }, 'RATE', false],
  ['an hour above the rate by less than a minor unit', { unitCost: '2500000.0001', units: '1', total: '2750000' }, 'RATE', false],
  ['an unknown class above the rate of all others', { classification: 'JUNIOR' }, 'RATE', false],
])('finds %s', (_, over, code, grave) => expect(found(judge(line(over)))[1]).toEqual([[code, grave]]));

it('takes the very rate that is agreed', () =>
  expect(judge(line({ unitCost: '2500000', units: '1', total: '2750000' })).lines[0]!.result).toBe('OK'));
it('does not hold expenses against rates', () => expect(judge().lines[1]!.result).toBe('OK'));
it('finds an expense without its code', () =>
  expect(found(judge({ lines: [fee, { ...expense, expenseCode: null }] }))[2]).toEqual([['NO_EXPENSE_CODE', false]]));
it('takes an adjustment of the whole invoice without units', () => {
  const less: BilledLine = {
    ...expense,
    number: '3',
    type: 'IF',
    units: null,
    unitCost: null,
    adjustment: '-100000',
    taxTotal: null,
    total: '-100000',
    expenseCode: null,
  };
  expect(judge({ lines: [fee, expense, less], total: '3100000', netTotal: '2850000' }).result).toBe('OK');
});
it('rounds a line to the currency, halves away from zero', () => {
  const third = { units: '0.3333', unitCost: '1000000.50', taxTotal: null, total: '333300.17', classification: 'PARTNR' };
  expect(judge(line(third)).lines[0]!.result).toBe('OK');
  expect(found(judge(line({ ...third, total: '333300.16' })))[1]).toEqual([['LINE_TOTAL', true]]);
});

it.each<[string, Partial<BilledInvoice>, Partial<typeof matter>, Partial<BilledBefore>, string, boolean]>([
  ['a total that is not the sum', { total: '3200001', netTotal: '2950001' }, {}, {}, 'INVOICE_TOTAL', true],
  ['a tax total that is not the sum', { taxTotal: '1' }, {}, {}, 'TAX_TOTAL', true],
  ['a net total that is not the rest', { netTotal: '1' }, {}, {}, 'NET_TOTAL', true],
  ['rupiah that are not named', { currency: null }, {}, {}, 'CURRENCY_UNSAID', true],
  [
    'another currency than the matter’s',
    { currency: 'USD', lines: [], total: '0', taxTotal: null, netTotal: null },
    {},
    {},
    'OTHER_CURRENCY',
    false,
  ],
  [
    'a period that ends before it begins',
    { billingFrom: '2026-06-01', lines: [], total: '0', taxTotal: null, netTotal: null },
    {},
    {},
    'PERIOD',
    true,
  ],
  ['a number that was used', {}, {}, { sameNumber: true }, 'DUPLICATE_NUMBER', true],
  ['more than the budget of the matter', {}, {}, { billedMinor: 500_000_000_00n - 320_000_000n + 1n }, 'BUDGET', false],
])('finds %s', (_, over, of, before, code, grave) =>
  expect(found(judge(over, { ...matter, ...of }, { ...nothing, ...before }))[0]).toEqual([[code, grave]]),
);

it('leaves the budget just met alone', () =>
  expect(judge({}, matter, { ...nothing, billedMinor: 500_000_000_00n - 320_000_000n }).result).toBe('OK'));
it('takes the currency of the matter where the format has none', () => {
  const dollars = judgeInvoice(
    {
      ...invoice,
      currency: null,
      taxTotal: null,
      netTotal: null,
      total: '100',
      lines: [{ ...fee, units: '1', unitCost: '100', taxTotal: null, total: '100' }],
    },
    { ...matter, currency: 'USD' },
    billingIndonesia,
    nothing,
  );
  expect(dollars).toMatchObject({ result: 'OK', currency: 'USD', totalMinor: 10_000n });
});
it('asks for our number while the firm has told none of its own', () => {
  const unnamed = { ...matter, partnerRef: null as never };
  expect(judge({}, unnamed).result).toBe('OK');
  expect(found(judge({ lines: [{ ...fee, clientMatterId: null }, expense] }, unnamed))[1]).toEqual([['MATTER_UNSAID', false]]);
});
it('finds the same line in an earlier invoice and in its own', () => {
  const before = { ...nothing, lines: new Map([[contentOf(expense), '2026-04']]) };
  expect(found(judge({}, matter, before))).toEqual([[], [], [['DUPLICATE_LINE', false]]]);
  const twice = judge({ lines: [fee, { ...fee, line: 9, number: '7' }], total: '5500000', taxTotal: '500000', netTotal: '5000000' });
  expect(found(twice)).toEqual([[], [], [['DUPLICATE_LINE', false]]]);
});

it('goes from state to state only forward, and what is decided stays', () => {
  for (const state of invoiceStates)
    for (const next of Object.values(invoiceSteps[state]))
      expect(invoiceStates.indexOf(next)).toBeGreaterThanOrEqual(invoiceStates.indexOf(state));
  for (const state of ['APPROVED', 'SHORT_PAID', 'REJECTED'] as const) expect(invoiceSteps[state]).toEqual({});
});

describe('a decision', () => {
  const waiting: InvoiceToDecide = {
    state: 'CHECKED',
    currency: 'IDR',
    totalMinor: 300n,
    graveFindings: 0,
    lines: [
      { number: '1', totalMinor: 200n, result: 'OK' },
      { number: '2', totalMinor: 100n, result: 'FLAGGED' },
    ],
    proposal: null,
    proposedBy: null,
  };
  const wants = (decision: WantedDecision['decision'], ...cuts: [string, bigint][]): WantedDecision => ({
    decision,
    cuts: cuts.map(([number, payableMinor]) => ({ number, payableMinor, reason: 'r' })),
    words: 'w',
  });
  const rules = (over: Partial<InvoiceToDecide>, wanted: WantedDecision, mandate: bigint | null = 1_000n, user = 'ana') => {
    const verdict = judgeDecision({ ...waiting, ...over }, wanted, mandate, user);
    return 'against' in verdict ? verdict.against.map(({ ruleId }) => ruleId) : [verdict.payableMinor, verdict.second !== null];
  };
  const error: Partial<InvoiceToDecide> = { lines: [waiting.lines[0]!, { ...waiting.lines[1]!, result: 'ERROR' }] };

  it.each<[string, Partial<InvoiceToDecide>, WantedDecision, unknown[]]>([
    ['pays all lines', {}, wants('APPROVE'), [300n, false]],
    ['pays what is left of a cut line', {}, wants('SHORT_PAY', ['2', 40n]), [240n, false]],
    ['pays nothing of a rejected one', { graveFindings: 1 }, wants('REJECT'), [0n, false]],
    ['does not approve a line with an error', error, wants('APPROVE'), ['no-error-line']],
    ['does not pay a part of a line with an error', error, wants('SHORT_PAY', ['2', 1n]), ['no-error-line']],
    ['leaves a line with an error out', error, wants('SHORT_PAY', ['2', 0n]), [200n, false]],
    ['is a rejection where the whole cannot be paid', { graveFindings: 1 }, wants('SHORT_PAY', ['2', 0n]), ['invoice-payable']],
    ['names the lines that it cuts', {}, wants('SHORT_PAY'), ['short-pay-names-lines']],
    ['cuts no line that is not there', {}, wants('SHORT_PAY', ['3', 0n]), ['line-known']],
    ['cuts a line once', {}, wants('SHORT_PAY', ['2', 0n], ['2', 1n]), ['line-once']],
    ['cuts to less than the line', {}, wants('SHORT_PAY', ['2', 100n]), ['cut-below-line']],
    ['cuts nothing when it approves', {}, wants('APPROVE', ['2', 1n]), ['approval-whole']],
    ['comes once', { state: 'APPROVED' }, wants('REJECT'), ['invoice-waits']],
  ])('%s', (_, over, wanted, expected) => expect(rules(over, wanted)).toEqual(expected));

  it('above the mandate takes two people who say the same', () => {
    const wanted = wants('APPROVE');
    expect(rules({}, wanted, 299n)).toEqual([300n, true]);
    expect(rules({}, wanted, null)).toEqual([300n, true]);
    const proposed: Partial<InvoiceToDecide> = { state: 'AWAITING_SECOND', proposal: proposalOf(wanted), proposedBy: 'ana' };
    expect(rules(proposed, wanted, 299n)).toEqual(['four-eyes']);
    expect(rules(proposed, wanted, 299n, 'ben')).toEqual([300n, false]);
    expect(rules(proposed, wants('SHORT_PAY', ['2', 99n]), 298n, 'ben')).toEqual([299n, true]);
  });
});

it('works decimals out exactly', () => {
  const number = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
  fc.assert(
    fc.property(number, (n) => {
      const digits = String(n < 0n ? -n : n).padStart(5, '0');
      const text = `${n < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
      expect(toTenThousandths(text)).toBe(n);
      const { minor, exact } = toMinor(n, 4, 'IDR');
      const off = n - minor * 100n;
      expect([exact, off >= -50n && off <= 50n]).toEqual([off === 0n, true]);
      expect(divideHalfUp(-n, 100n)).toBe(-minor);
    }),
  );
});

it('is loaded with rules that hold together', () => {
  expect(faultsOfBilling(billingIndonesia)).toEqual([]);
  expect(faultsOfBilling({ ...billingIndonesia, mandate: { IDR: 0n }, budget: { IDR: -1n }, rates: { IDR: { '*': 0n } } })).toHaveLength(4);
  const policy = policyFor('ID', '2026-01-01');
  expect(faultsOf({ ...policy, billing: { ...policy.billing, mandate: { IDR: 10n ** 18n } } })).toEqual([
    expect.stringContaining('one person may decide more'),
  ]);
});
