// Who gets which case of a batch: reproducible, within one case of the shares, never above capacity, and nobody without a reason.
import fc from 'fast-check';
import { byRules, millionthsOf, quotas, rowOf, split, type Candidate, type Offer } from '../../src/domain/placement/allocation.js';
import type { AgencyTerms } from '../../src/domain/placement/eligibility.js';
import { faultsOfPlacementRules, rateAt } from '../../src/domain/placement/rules.js';
import { anywherePlacement, indonesiaPlacement } from '../../src/policies/placement.js';

const today = '2026-03-02';
const terms: AgencyTerms = {
  licenceNo: 'L-1',
  licenceExpiresOn: '2030-01-01',
  attestedBy: 'x',
  attestationExpiresOn: '2030-01-01',
  jurisdictions: ['ID', 'CN'],
  segments: [],
  level: 'PRIMARY',
  mostCases: null,
  mostAmount: null,
  suspended: false,
};
const candidate = (n: number, over: Partial<Candidate> = {}): Candidate => ({
  caseId: `case_${String(n).padStart(4, '0')}`,
  jurisdiction: 'ID',
  segment: 'RETAIL',
  daysPastDue: 100,
  overdue: { IDR: 100n },
  outstanding: { IDR: 1_000n },
  ...over,
});
const offer = (agencyId: string, over: Partial<AgencyTerms> = {}, load = { cases: 0, minor: 0n }): Offer => ({
  agencyId,
  terms: { ...terms, ...over },
  load,
});

const batches = fc.record({
  count: fc.integer({ min: 0, max: 120 }),
  parts: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 5 }),
  seed: fc.string({ maxLength: 8 }),
});
/** Any parts as shares with six decimals whose sum is 1 at most. */
const sharesOf = (parts: readonly number[]) => {
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part, i) => ({
    agencyId: `agency-${i}`,
    share: (Math.max(1, Math.floor((part / sum) * (1_000_000 - parts.length))) / 1_000_000).toFixed(6),
  }));
};

it('a split is the same in whatever order the cases come, and within one case of each share', () => {
  fc.assert(
    fc.property(batches, ({ count, parts, seed }) => {
      const shares = sharesOf(parts);
      const cases = Array.from({ length: count }, (_, n) => candidate(n));
      const offers = shares.map(({ agencyId }) => offer(agencyId));
      const allotted = split(cases, shares, offers, seed, today);
      expect(split(cases.toReversed(), shares, offers.toReversed(), seed, today)).toEqual(allotted);
      expect(allotted.map(({ caseId }) => caseId)).toEqual(cases.map(({ caseId }) => caseId));
      for (const { agencyId, share } of shares) {
        const got = allotted.filter((each) => each.agencyId === agencyId).length;
        expect(Math.abs(got - Number(share) * count)).toBeLessThan(1);
      }
    }),
    { numRuns: 100 },
  );
});

it('no agency ever holds more than it may, in cases or money', () => {
  const limits = fc.record({
    mostCases: fc.option(fc.integer({ min: 0, max: 40 })),
    most: fc.option(fc.bigInt({ min: 0n, max: 40_000n })),
    held: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(limits, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 80 }), fc.boolean(), (all, count, ruled) => {
      const shares = sharesOf(all.map(() => 1));
      const cases = Array.from({ length: count }, (_, n) => candidate(n, { outstanding: { IDR: BigInt(n * 37), CNY: 5n } }));
      const offers = all.map(({ mostCases, most, held }, i) =>
        offer(
          `agency-${i}`,
          { mostCases, mostAmount: most === null ? null : { minor: most, currency: 'IDR' } },
          { cases: held, minor: BigInt(held) },
        ),
      );
      const allotted = ruled
        ? byRules(cases, () => anywherePlacement.allocation, offers, 's', today)
        : split(cases, shares, offers, 's', today);
      expect(allotted).toHaveLength(count);
      for (const { agencyId, terms: own, load } of offers) {
        const mine = allotted
          .filter((each) => each.agencyId === agencyId)
          .map(({ caseId }) => cases.find((each) => each.caseId === caseId)!);
        if (!mine.length) continue;
        if (own.mostCases !== null) expect(load.cases + mine.length).toBeLessThanOrEqual(own.mostCases);
        if (own.mostAmount) {
          const sum = mine.reduce((total, { outstanding }) => total + outstanding['IDR']!, load.minor);
          expect(sum <= own.mostAmount.minor).toBe(true);
        }
      }
      for (const { agencyId, reason } of allotted) expect(agencyId === null).toBe(reason !== null);
    }),
    { numRuns: 100 },
  );
});

it('another seed shares out otherwise; what shares leave stays with the bank; a case that one may not have is shared with none', () => {
  const cases = Array.from({ length: 60 }, (_, n) => candidate(n, n < 10 ? { jurisdiction: 'CN' } : {}));
  const offers = [offer('a'), offer('b', { jurisdictions: ['ID'] })];
  const shares = [
    { agencyId: 'a', share: '0.4' },
    { agencyId: 'b', share: '0.4' },
  ];
  const [one, other] = ['one', 'other'].map((seed) => split(cases, shares, offers, seed, today));
  expect(one).not.toEqual(other);
  const count = (ruleId: string) => one!.filter((each) => each.ruleId === ruleId).length;
  expect([count('split'), count('control-group'), count('agency-jurisdiction')]).toEqual([40, 10, 10]);
});

it.each([
  ['0.5', 500_000n],
  ['1', 1_000_000n],
  ['0.000001', 1n],
  ['0', null],
  ['1.000001', null],
  ['0.0000001', null],
  ['-0.5', null],
  ['.5', null],
  ['1e-1', null],
])('the share %s is %s millionths', (share, millionths) => expect(millionthsOf(share)).toBe(millionths));

it('quotas add up, whatever the remainders', () => {
  expect(quotas(10, [333_333n, 333_333n, 333_334n])).toEqual([3, 3, 4, 0]);
  expect(quotas(1, [500_000n, 500_000n])).toEqual([1, 0, 0]);
  expect(quotas(3, [500_000n])).toEqual([2, 1]);
});

it.each([
  [{ daysPastDue: 361 }, 'aged'],
  [{ daysPastDue: 360 }, 'mid-stage'],
  [{ daysPastDue: 180 }, 'rest'],
  [{ daysPastDue: 180, overdue: { IDR: 100_000_000_00n } }, 'large'],
  [{ daysPastDue: 180, overdue: { IDR: 99_999_999_99n } }, 'rest'],
])('the table of Indonesia has for %j the row %s', (over, id) =>
  expect(rowOf(indonesiaPlacement.allocation, candidate(1, over))!.id).toBe(id),
);

it('by the table each level takes turns, and a level that is not there leaves its cases out', () => {
  const cases = [...Array.from({ length: 7 }, (_, n) => candidate(n)), candidate(8, { daysPastDue: 400 })];
  const allotted = byRules(
    cases,
    () => indonesiaPlacement.allocation,
    [offer('a'), offer('b'), offer('c', { level: 'SECONDARY' })],
    's',
    today,
  );
  const got = (agencyId: string | null) => allotted.filter((each) => each.agencyId === agencyId).length;
  expect([got('a'), got('b'), got('c'), got(null)].toSorted()).toEqual([0, 1, 3, 4]);
  expect(allotted.at(-1)).toMatchObject({ agencyId: null, ruleId: 'aged' });
});

it('rules of placement that cannot be used are named', () => {
  expect(faultsOfPlacementRules(anywherePlacement)).toEqual([]);
  const wrong = {
    ...anywherePlacement,
    statusEveryDays: 0,
    tailDays: -1,
    laterRates: [{ fromDaysPastDue: 0, rate: '1.5' }],
    allocation: [],
  };
  expect(faultsOfPlacementRules(wrong)).toHaveLength(5);
});

it('the rate is that of the age', () => {
  const rule = { rates: [{ fromDaysPastDue: 0, rate: '0.18' }, ...anywherePlacement.laterRates] };
  expect([0, 180, 181, 360, 361, 5_000].map((age) => rateAt(rule, age))).toEqual([
    '0.18',
    '0.18',
    '0.300000',
    '0.300000',
    '0.400000',
    '0.400000',
  ]);
});
