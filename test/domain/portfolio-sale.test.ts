// The cut-off of a sale against an oracle of its own, and the rules of bids, prices and loans that must not be sold.
import fc from 'fast-check';
import { fold, unseen } from '../../src/domain/loan/position.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { againstDeal, dealActions } from '../../src/domain/sale/deal.js';
import { dayIn, isZone, passOn, type Term } from '../../src/domain/sale/cut-off.js';
import { againstSelling, type Saleable } from '../../src/domain/sale/never-sell.js';
import { fractionOf, reaches, shareOut } from '../../src/domain/sale/price.js';
import { faultsOfSale } from '../../src/domain/sale/rules.js';
import { ranked, saleStates } from '../../src/domain/sale/sale.js';
import { saleAnywhere, saleChina, saleIndonesia } from '../../src/policies/sale.js';
import { paid, reversed } from '../support/read-model.js';

const jakarta: Term = { cutOffAt: new Date('2026-06-01T00:00:00+07:00'), zone: 'Asia/Jakarta', returnedAt: null };
const at = (term: Term, valueOn: string, toldAt: string) =>
  passOn(term, { kind: 'REPAYMENT', valueOn, amount: 5n, reversed: false }, new Date(toldAt), 0n) !== null;

it.each([
  ['a second before midnight', '2026-05-31', '2026-05-31T23:59:59+07:00', false],
  ['at midnight', '2026-06-01', '2026-06-01T00:00:00+07:00', true],
  ['at 00:00:01', '2026-06-01', '2026-06-01T00:00:01+07:00', true],
  ['at 00:00:01, which is the day before in UTC', '2026-06-01', '2026-05-31T17:00:01Z', true],
  ['before, and told three days late', '2026-05-31', '2026-06-03T09:00:00+07:00', false],
  ['after, and told ahead of its value date', '2026-06-02', '2026-05-31T09:00:00+07:00', true],
  ['back-dated over the cut-off', '2026-05-20', '2026-06-01T00:00:01+07:00', false],
])('a payment received %s', (_, valueOn, toldAt, buyers) => expect(at(jakarta, valueOn, toldAt)).toBe(buyers));

it('reads a cut-off within a day to the second where the day of the payment is known, and else by the end of that day', () => {
  const noon = { ...jakarta, cutOffAt: new Date('2026-06-01T12:00:00+07:00') };
  expect([at(noon, '2026-06-01', '2026-06-01T11:59:59+07:00'), at(noon, '2026-06-01', '2026-06-01T12:00:00+07:00')]).toEqual([false, true]);
  expect(at(noon, '2026-06-01', '2026-06-02T08:00:00+07:00')).toBe(true);
  const back = { ...jakarta, returnedAt: new Date('2026-07-01T00:00:00+07:00') };
  expect([at(back, '2026-06-30', '2026-07-03T00:00:00Z'), at(back, '2026-07-01', '2026-07-01T03:00:00Z')]).toEqual([true, false]);
});

/** What core banking says, in any order: payments with a value date around the cut-off, told then or later, told again with another amount, undone. */
const hour = 3_600_000;
const story = fc.array(
  fc.record({
    payment: fc.integer({ min: 0, max: 3 }),
    act: fc.constantFrom('post', 'post', 'post', 'reverse'),
    amount: fc.integer({ min: 1, max: 9 }),
    hours: fc.integer({ min: -60, max: 60 }),
    lateHours: fc.constantFrom(0, 0, 0, 30, 200),
    kind: fc.constantFrom('REPAYMENT', 'REPAYMENT', 'RECOVERY', 'WAIVER'),
  }),
  { maxLength: 14 },
);
const zones = ['Asia/Jakarta', 'Asia/Shanghai', 'UTC', 'America/New_York'];

it('passes on what is the buyer’s, exactly once, in whatever order it is told: against an oracle that keeps no sums', () => {
  fc.assert(
    fc.property(
      story,
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      fc.option(fc.integer({ min: 20, max: 40 })),
      (told, zone, cutHour, returnHours) => {
        const cutOffAt = new Date(Date.UTC(2026, 5, 10, cutHour));
        const returnedAt = returnHours === null ? null : new Date(+cutOffAt + returnHours * hour);
        const term: Term = { cutOffAt, zone, returnedAt };
        const facts = told.map(({ payment, act, amount, hours, lateHours, kind }, n) => {
          const received = new Date(+cutOffAt + hours * hour);
          const valueOn = dayIn(zone, received);
          const fact = act === 'post' ? paid(n + 1, `p${payment}`, valueOn, amount) : reversed(n + 1, `p${payment}`, valueOn);
          return {
            ...fact,
            data: act === 'post' ? { ...fact.data, kind } : fact.data,
            occurredAt: new Date(+received + lateHours * hour),
          } as LoanFact;
        });
        // By the product: fact by fact, with what was passed on before.
        const passed = new Map<string, bigint>();
        const firstTold = new Map<string, Date>();
        let position = unseen;
        for (const fact of facts) {
          position = fold(position, fact);
          const { transactionId: id, valueOn } = fact.data as { transactionId: string; valueOn?: string };
          if (valueOn && !firstTold.has(`${id} ${valueOn}`)) firstTold.set(`${id} ${valueOn}`, fact.occurredAt);
          const posting = position.postings.find(({ transactionId }) => transactionId === id)!;
          if (posting.sequence < 0n) continue;
          const toldAt = firstTold.get(`${id} ${posting.valueOn}`)!;
          const next = passOn(term, { ...posting, reversed: posting.reversal !== null }, toldAt, passed.get(id) ?? 0n);
          if (next) passed.set(id, (passed.get(id) ?? 0n) + next.amount);
          if (next) expect(passOn(term, { ...posting, reversed: posting.reversal !== null }, toldAt, passed.get(id)!)).toBeNull();
        }
        // By the oracle: of each payment the last word alone, on a clock made of text.
        const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        for (let payment = 0; payment < 4; payment++) {
          const own = facts.filter(({ data }) => (data as any).transactionId === `p${payment}`);
          const last = own.findLast(({ type }) => type === 'LoanTransactionPosted')?.data as any;
          let owed = 0n;
          if (last && !own.some(({ type }) => type === 'LoanTransactionReversed') && last.kind !== 'WAIVER') {
            const first = own.find(({ data }) => (data as any).valueOn === last.valueOn)!;
            const text = clock.format(first.occurredAt);
            const known = text.startsWith(last.valueOn);
            const when = known ? text : `${last.valueOn} 23:59:59.9`;
            const is = (instant: Date) => when >= clock.format(instant);
            if (is(cutOffAt) && !(returnedAt && is(returnedAt))) owed = last.amount;
          }
          expect([payment, passed.get(`p${payment}`) ?? 0n]).toEqual([payment, owed]);
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('knows a zone from none', () => expect(['Asia/Jakarta', 'Mars/Olympus', ''].map(isZone)).toEqual([true, false, false]));

it('shares a price out to the last unit, never more than a unit off, and prices reach the fraction that they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 }),
      fc.bigInt({ min: 0n, max: 10n ** 14n }),
      (weights, total) => {
        const sum = weights.reduce((a, b) => a + b, 0n);
        const shares = shareOut(total, weights);
        expect(shares.reduce((a, b) => a + b, 0n)).toBe(sum ? total : 0n);
        shares.forEach((share, i) => {
          const off = share * sum - total * weights[i]!;
          expect(off > -sum && off < sum).toBe(sum > 0n);
          if (!sum) expect(share).toBe(0n);
        });
        const fraction = fractionOf(total, sum);
        expect(fraction === null).toBe(sum === 0n);
        if (fraction) expect(reaches(total, sum, fraction)).toBe(true);
      },
    ),
  );
  expect([fractionOf(1n, 3n), fractionOf(268_180n, 1_000_000n), reaches(1n, 3n, '0.333334')]).toEqual(['0.333333', '0.268180', false]);
});

it('ranks bids by price, of equal ones the earlier', () => {
  const bid = (id: string, priceMinor: bigint, second: number) => ({ id, priceMinor, submittedAt: new Date(second * 1000) });
  expect(ranked([bid('a', 5n, 3), bid('b', 9n, 2), bid('c', 9n, 1), bid('d', 9n, 1)]).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
});

it('keeps bids sealed to the instant, whatever state the sale is in', () => {
  const bidsCloseAt = new Date('2026-06-10T10:00:00Z');
  for (const state of saleStates) {
    const deal = { state, bidsCloseAt, bidsOpened: false, cutOffAt: null, assigned: false };
    for (const action of ['OPEN_BIDS', 'AWARD_SALE'] as const) {
      const sealed = againstDeal(action, deal, new Date(+bidsCloseAt - 1)).find(({ ruleId }) => ruleId === 'bids-sealed');
      expect(sealed).toMatchObject({ earliestAllowedAt: '2026-06-10T10:00:00.000Z' });
      expect(againstDeal(action, deal, bidsCloseAt).map(({ ruleId }) => ruleId)).not.toContain('bids-sealed');
    }
    expect(againstDeal('OPEN_BIDS', deal, bidsCloseAt).length === 0).toBe(['MARKETED', 'BID'].includes(state));
  }
});
it.each(dealActions)('%s says by which rule it may not be done, in every state in which it may not', (action) => {
  for (const state of saleStates) {
    const against = againstDeal(action, { state, bidsCloseAt: null, bidsOpened: true, cutOffAt: null, assigned: false }, new Date());
    for (const each of against) expect([each.ruleId.length > 0, each.message.length > 0]).toEqual([true, true]);
    if (['REFUSED', 'CANCELLED'].includes(state)) expect(against.length).toBeGreaterThan(0);
  }
});

const clean: Saleable = {
  status: 'ACTIVE',
  currency: 'IDR',
  jurisdiction: 'ID',
  wanted: { currency: 'IDR', jurisdiction: 'ID' },
  outstandingMinor: 100n,
  overdueSince: '2026-01-01',
  caseStatus: 'OPEN',
  legal: 'PRE_LEGAL',
  placement: 'NONE',
  holds: [],
  inSale: false,
  documents: ['ACCOUNT', 'DISBURSEMENT', 'SCHEDULE'],
};
const hold = (type: string, scopes: string[] = ['CONTACT']) => ({ holds: [{ type, scopes }] });
it.each([
  ['a dispute', hold('DISPUTE'), 'no-dispute'],
  ['a debtor who has died', hold('DECEASED'), 'no-deceased'],
  ['a bankruptcy', hold('BANKRUPTCY'), 'no-bankruptcy'],
  ['fraud', hold('FRAUD_INVESTIGATION'), 'no-fraud-investigation'],
  ['a stolen identity', hold('IDENTITY_THEFT'), 'no-identity-theft'],
  ['a hold of the scope', hold('COMPLAINT', ['SALE']), 'no-sale-hold'],
  ['nothing owed', { outstandingMinor: 0n, overdueSince: null }, 'not-paid'],
  ['nothing overdue', { overdueSince: null }, 'in-arrears'],
  ['a document missing', { documents: ['ACCOUNT', 'SCHEDULE'] }, 'documents-complete'],
  ['a live matter', { legal: 'FILED' }, 'one-live-matter'],
  ['a live placement', { placement: 'RECALL_REQUESTED' }, 'one-contact-owner'],
  ['another sale', { inSale: true }, 'one-live-sale'],
  ['another currency', { currency: 'USD' }, 'sale-currency'],
  ['another jurisdiction', { jurisdiction: 'CN' }, 'sale-jurisdiction'],
  ['a closed case', { caseStatus: 'CLOSED' }, 'case-open'],
  ['a transfer that core banking knows of', { status: 'TRANSFERRED' }, 'still-owned'],
])('a loan with %s is not sold', (_, over, ruleId) => {
  expect(againstSelling(clean, saleIndonesia)).toEqual([]);
  expect(againstSelling({ ...clean, ...over }, saleIndonesia).map((each) => each.ruleId)).toEqual([ruleId]);
});
it('asks more documents, and more loans, where a jurisdiction does', () => {
  expect(
    againstSelling({ ...clean, jurisdiction: 'CN', wanted: { currency: 'IDR', jurisdiction: 'CN' } }, saleChina).map(
      ({ ruleId }) => ruleId,
    ),
  ).toEqual(['documents-complete']);
  expect([saleChina.least.loans, saleIndonesia.notice.methods.includes('ELECTRONIC')]).toEqual([3, false]);
});
it('finds what is wrong with rules of sale', () => {
  expect([saleAnywhere, saleChina, saleIndonesia].flatMap(faultsOfSale)).toEqual([]);
  const { putBack, neverSell } = saleAnywhere;
  for (const wrong of [
    { least: { ...saleAnywhere.least, loans: 0 } },
    { notice: { ...saleAnywhere.notice, methods: [] } },
    { putBack: { ...putBack, answerDays: 0 } },
    { putBack: { ...putBack, withinDays: { ...putBack.withinDays, FRAUD: -1 } } },
    { neverSell: { ...neverSell, holds: [] } },
  ])
    expect(faultsOfSale({ ...saleAnywhere, ...wrong })).toHaveLength(1);
});
