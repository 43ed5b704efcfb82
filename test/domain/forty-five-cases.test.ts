// The 45 cases of delinquency, by number. Unless said: instalments of 100 due 2024-09-01 (and 2024-10-01 where two), nothing paid, no grace, no tolerance, no pause.
import { judge } from '../../src/domain/case/judge.js';
import { classify } from '../../src/domain/classification.js';
import { plusDays } from '../../src/domain/day.js';
import { assess } from '../../src/domain/loan/assess.js';
import { totalOf } from '../../src/domain/loan/components.js';
import type { LoanFact, LoanStatus } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import type { Policy } from '../../src/domain/policy.js';
import { faultsOf, policyFor } from '../../src/policies/index.js';
import { schemesFor } from '../../src/policies/schemes.js';
import { borrowerIdOf } from '../../src/storage/borrowers.js';
import { loanIdOf } from '../../src/storage/loans.js';
import { chargedBack, line, paid, paused, reversed, snapshot, told } from '../support/read-model.js';

const policy: Policy = {
  ...policyFor('ID', '2026-01-01'),
  buckets: [
    { id: 'EARLY', min: 4, max: 60 },
    { id: 'LATE', min: 61, max: null },
  ],
};
const one = [line(1, '2024-09-01', 100)];
const two = [line(1, '2024-09-01', 100), line(2, '2024-10-01', 100)];
const fifty = [{ ...line(1, '2024-09-01', 100, 50), fromOn: '2024-08-01' }];
const positionOf = (facts: readonly LoanFact[]) => facts.reduce(fold, unseen);
const at = (asOf: string, facts: readonly LoanFact[], by: Policy = policy) => {
  const is = assess(positionOf(facts), asOf, by);
  const {
    result,
    overdueSince: since,
    daysPastDue: dpd,
    delinquentDays,
    regulatoryDays,
    pausedDays,
    paused,
    bucket,
    qualityClass,
    doubts,
  } = is;
  return {
    result,
    since,
    dpd,
    delinquentDays,
    regulatoryDays,
    pausedDays,
    paused,
    bucket,
    qualityClass,
    doubts,
    lines: Number(totalOf(is.overdue)),
    total: Number(is.overdueTotal),
  };
};
/** The counter of the European Union, on 200.00 of 10,000.00 late and as much again two months later. */
const counted = (asOf: string, ...facts: LoanFact[]) => {
  const lines = [line(1, '2024-01-01', 200_00), line(2, '2024-03-01', 200_00), line(3, '2030-01-01', 9_600_00)];
  const rules = policyFor('DE', asOf);
  const inRupiah = { ...rules, defaultCounter: { ...rules.defaultCounter!, currency: 'IDR' } };
  const { materialSince, defaultSince } = assess(positionOf([snapshot(1, lines), ...facts]), asOf, inRupiah);
  return [materialSince, defaultSince];
};
type Case = [id: number, said: string, () => void];
/** A table row: the position on a day is at least this. */
const row = (id: number, said: string, asOf: string, facts: LoanFact[], expected: object): Case => [
  id,
  said,
  () => expect(at(asOf, facts)).toMatchObject(expected),
];
const pauses = (...all: [string, string][]) => snapshot(1, one, { pauses: all.map(([from, until]) => ({ from, until })) });
const none = { result: 'NONE', dpd: 0, total: 0 };

const cases: Case[] = [
  row(1, 'on the due date it is current', '2024-09-01', [snapshot(1, one)], { result: 'CURRENT', dpd: 0 }),
  row(2, 'a day later it is one day past due', '2024-09-02', [snapshot(1, one)], { result: 'PAST_DUE', dpd: 1 }),
  row(3, 'four days past due is the first bucket', '2024-09-05', [snapshot(1, one)], { dpd: 4, bucket: 'EARLY' }),
  row(4, 'a part payment keeps the date', '2024-09-05', [snapshot(1, one), paid(2, 'a', '2024-09-03', 60)], {
    since: '2024-09-01',
    dpd: 4,
    total: 40,
  }),
  row(5, 'the oldest paid in full moves the date on', '2024-10-05', [snapshot(1, two), paid(2, 'a', '2024-09-20', 100)], {
    since: '2024-10-01',
    dpd: 4,
  }),
  row(6, 'the second paid before the first does not', '2024-10-05', [snapshot(1, [two[0]!, line(2, '2024-10-01', 100, 100)])], {
    since: '2024-09-01',
    dpd: 34,
  }),
  [
    7,
    'a back-dated payment that is reversed was never there, on each day between',
    () => {
      const facts = [snapshot(1, one), paid(2, 'a', '2024-09-02', 100), reversed(3, 'a', '2024-09-15')];
      for (let day = '2024-09-02'; day <= '2024-09-25'; day = plusDays(day, 1)) expect(at(day, facts)).toEqual(at(day, facts.slice(0, 1)));
      expect(at('2024-09-25', facts.slice(0, 2))).toMatchObject({ result: 'CURRENT' });
    },
  ],
  row(9, 'a chargeback makes it late before any due date', '2024-08-20', [snapshot(1, fifty), chargedBack(2, 'c', '2024-08-10', 80)], {
    result: 'PAST_DUE',
    since: '2024-08-10',
    dpd: 10,
    total: 30,
    lines: 0,
  }),
  row(10, 'and stays the date when the instalment falls due', '2024-09-05', [snapshot(1, fifty), chargedBack(2, 'c', '2024-08-10', 80)], {
    since: '2024-08-10',
    dpd: 26,
    total: 50,
  }),
  row(
    11,
    'of two chargebacks each adds what newly went below zero',
    '2024-08-20',
    [snapshot(1, fifty), chargedBack(2, 'c', '2024-08-10', 80), chargedBack(3, 'd', '2024-08-12', 20)],
    {
      since: '2024-08-10',
      total: 50,
    },
  ),
  row(12, 'grace counts for treatments, never for regulators', '2024-09-08', [snapshot(1, one, { graceDays: 10 })], {
    dpd: 7,
    delinquentDays: 0,
    total: 100,
    bucket: 'CURRENT',
    regulatoryDays: 7,
  }),
  row(13, 'a pause counts from the due date on', '2024-09-11', [pauses(['2024-08-20', '2024-09-04'])], {
    pausedDays: 3,
    dpd: 10,
    delinquentDays: 7,
  }),
  row(14, 'a pause of a former episode counts nothing', '2024-09-11', [pauses(['2024-07-01', '2024-07-20'])], {
    pausedDays: 0,
    delinquentDays: 10,
  }),
  row(
    15,
    'pauses that overlap count each day once',
    '2024-09-21',
    [pauses(['2024-09-02', '2024-09-10'], ['2024-09-04', '2024-09-06'], ['2024-09-08', '2024-09-12'])],
    {
      pausedDays: 10,
      delinquentDays: 10,
    },
  ),
  row(
    16,
    'a pause that is resumed as it begins counts nothing',
    '2024-09-11',
    [
      snapshot(1, one),
      paused(2, '2024-09-03', '2024-09-09'),
      told('DelinquencyResumed', 3, '2024-09-03', { startOn: '2024-09-03', endOn: '2024-09-03' }),
    ],
    { pausedDays: 0, delinquentDays: 10 },
  ),
  row(17, 'the last day of a pause is a paused day that counts', '2024-09-05', [pauses(['2024-09-03', '2024-09-05'])], {
    paused: true,
    pausedDays: 2,
    delinquentDays: 2,
  }),
  row(
    18,
    'days before the first bucket are in none, the former lifted',
    '2024-10-03',
    [snapshot(1, two), paid(2, 'a', '2024-10-03', 100)],
    { dpd: 2, bucket: 'CURRENT' },
  ),
  [
    19,
    'buckets that overlap or are unsorted are refused at load',
    () => {
      const wrong = (...buckets: Policy['buckets'][number][]) => faultsOf({ ...policy, buckets }).join();
      expect(wrong({ id: 'A', min: 1, max: 30 }, { id: 'B', min: 30, max: null })).toContain('overlap');
      expect(wrong({ id: 'B', min: 31, max: 60 }, { id: 'A', min: 1, max: 30 })).toContain('overlap');
      expect(wrong({ id: 'A', min: 1, max: 30 }, { id: 'B', min: 40, max: null })).toContain('leave a gap');
    },
  ],
  row(
    20,
    'of a schedule that was replaced nothing is left over',
    '2024-12-20',
    [snapshot(1, two), told('RepaymentScheduleReplaced', 2, '2024-09-10', { reason: 'RE_AMORTIZE', lines: [line(1, '2024-12-01', 150)] })],
    {
      since: '2024-12-01',
      total: 150,
      dpd: 19,
    },
  ),
  [
    21,
    're-ageing restarts the days, keeps the history and marks the loan as restructured',
    () => {
      const facts = [
        snapshot(1, two),
        paid(2, 'a', '2024-09-02', 10),
        told('RepaymentScheduleReplaced', 3, '2024-09-20', { reason: 'RE_AGE', lines: [line(1, '2024-12-01', 190)] }),
      ];
      expect(at('2024-09-21', facts)).toMatchObject({ result: 'CURRENT', dpd: 0, qualityClass: 3 });
      expect(positionOf(facts)).toMatchObject({ postings: [{ transactionId: 'a' }], restructured: { on: '2024-09-20' } });
      expect(at('2024-12-02', facts)).toMatchObject({ since: '2024-12-01', dpd: 1 });
    },
  ],
  row(22, 'a residue under the tolerance counts no days', '2024-09-20', [snapshot(1, [line(1, '2024-09-01', 100, 99)], { tolerance: 1 })], {
    result: 'WITHIN_TOLERANCE',
    dpd: 0,
    total: 1,
  }),
  row(23, 'a waiver closes an instalment', '2024-10-05', [snapshot(1, [{ ...two[0]!, waived: two[0]!.due }, two[1]!])], {
    since: '2024-10-01',
    total: 100,
  }),
  row(
    24,
    'of what is written off in part the rest counts',
    '2024-09-20',
    [snapshot(1, [{ ...one[0]!, writtenOff: { ...one[0]!.due, principal: 30n } }])],
    { total: 70, dpd: 19 },
  ),
  [
    25,
    'a loan that was charged off ages only where the policy says so',
    () => {
      const facts = [snapshot(1, one, { status: 'CHARGED_OFF' })];
      expect(at('2024-09-20', facts, { ...policy, ageChargedOff: true })).toMatchObject({ result: 'PAST_DUE', dpd: 19 });
      expect(at('2024-09-20', facts, { ...policy, ageChargedOff: false })).toMatchObject(none);
    },
  ],
  [
    26,
    'overpaid and closed loans are not aged',
    () =>
      (['OVERPAID', 'CLOSED_OBLIGATIONS_MET'] as LoanStatus[]).forEach((status) =>
        expect(at('2024-09-20', [snapshot(1, one, { status })])).toMatchObject(none),
      ),
  ],
  [
    27,
    'days are exact over 29 February and after a 31st',
    () => {
      const days = (due: string, asOf: string) => at(asOf, [snapshot(1, [line(1, due, 1)])]).dpd;
      expect([
        days('2024-02-29', '2024-03-01'),
        days('2024-02-29', '2025-02-28'),
        days('2024-08-31', '2024-10-01'),
        days('2023-02-28', '2023-03-01'),
      ]).toEqual([1, 365, 31, 1]);
    },
  ],
  [
    28,
    'a skipped day loses no threshold, and the next crosses none again',
    () => {
      const on = (day: string, crossed: number[]) =>
        judge({ inArrears: true, crossed }, assess(positionOf([snapshot(1, one)]), day, policy), 'ACTIVE', policy).crosses.map(
          ({ days }) => days,
        );
      expect(on('2024-09-09', [1])).toEqual([7]);
      expect(on('2024-09-10', [1, 7])).toEqual([]);
    },
  ],
  [
    29,
    'the same event twice changes nothing',
    () => {
      const facts = [
        snapshot(1, one),
        paid(2, 'a', '2024-09-03', 60),
        reversed(3, 'a', '2024-09-04'),
        paused(4, '2024-09-05', '2024-09-08'),
      ];
      const position = positionOf(facts);
      for (const fact of facts) expect(fold(position, fact)).toBe(position);
    },
  ],
  [
    30,
    'an older snapshot after a newer is dropped',
    () => {
      const newer = fold(unseen, snapshot(2, one));
      expect(fold(newer, snapshot(1, two))).toBe(newer);
    },
  ],
  [
    31,
    'facts out of order come to the same end',
    () => {
      const facts = [
        snapshot(1, two),
        paid(2, 'a', '2024-09-03', 60),
        reversed(3, 'a', '2024-09-04'),
        snapshot(4, [line(1, '2024-09-01', 100, 10), two[1]!]),
        paid(5, 'b', '2024-09-20', 90),
      ];
      const orders = facts.map((_, k) => [...facts.slice(k), ...facts.slice(0, k)]);
      for (const order of [...orders, facts.toReversed()]) expect(positionOf(order)).toEqual(positionOf(facts));
      expect(at('2024-10-05', facts.toReversed())).toMatchObject({ since: '2024-10-01' });
    },
  ],
  [
    34,
    "the source's count of days may be one off, not two",
    () => {
      const observed = (days: number) =>
        at('2024-09-11', [snapshot(1, one, { principal: 100 }), told('DelinquencyObserved', 2, '2024-09-11', { days })]).doubts;
      expect([observed(10), observed(9), observed(8)]).toEqual([[], [], ['SOURCE_DAYS_DIFFER']]);
    },
  ],
  [
    36,
    "the source's outstanding and its lines may be one minor unit apart, not two",
    () => {
      const doubts = (outstanding: bigint) =>
        at('2024-08-01', [snapshot(1, one, { principal: 100, sourceOutstanding: outstanding })]).doubts;
      expect([doubts(100n), doubts(99n), doubts(98n)]).toEqual([[], [], ['OUTSTANDING_DIFFERS']]);
    },
  ],
  [
    37,
    'a due date on a rest day is moved once, and not where the source has moved it',
    () => {
      const resting = { ...policy, calendar: { restDays: [6, 7], holidays: ['2024-09-02'] } };
      const since = (rollDueDates: boolean, due: string) =>
        at('2024-09-20', [snapshot(1, [line(1, due, 100)], { rollDueDates })], resting).since;
      expect([since(true, '2024-09-01'), since(false, '2024-09-01'), since(true, '2024-09-03'), since(false, '2024-09-03')]).toEqual([
        '2024-09-03',
        '2024-09-01',
        '2024-09-03',
        '2024-09-03',
      ]);
    },
  ],
  [
    38,
    'classes change on the day after their threshold, and the worst driver decides',
    () => {
      const tiers = (jurisdiction: string, ...days: number[]) =>
        days.map(
          (each) =>
            at(plusDays('2024-09-01', each), [snapshot(1, one, { jurisdiction })], policyFor(jurisdiction, '2025-12-01')).qualityClass,
        );
      expect(tiers('ID', 90, 91, 120, 121, 180, 181)).toEqual([2, 3, 3, 4, 4, 5]);
      expect(tiers('CN', 90, 91, 270, 271, 360, 361)).toEqual([2, 3, 3, 4, 4, 5]);
      const [scheme] = schemesFor('ID', 'CONSUMER', '2025-12-01');
      expect(classify(scheme!, 30, { judgemental: 1, oneObligor: 4, restructured: 3 })).toMatchObject({
        tier: { tier: 4 },
        drivers: { days: 2 },
      });
    },
  ],
  [
    39,
    'default is the 91st material day in a row; one quiet day begins again',
    () => {
      expect(counted('2024-01-01')).toEqual(['2024-01-02', '2024-04-01']);
      expect(counted('2024-04-01')).toEqual(['2024-01-02', '2024-04-01']);
      expect(plusDays('2024-01-02', 90)).toBe('2024-04-01');
      const quiet = paid(2, 't1', '2024-03-01', 150_00);
      expect(counted('2024-02-29', quiet)).toEqual(['2024-01-02', '2024-05-31']);
      expect(counted('2024-03-02', quiet)).toEqual(['2024-03-02', '2024-05-31']);
    },
  ],
  [
    40,
    'days that were missed are counted one by one',
    () => {
      const quiet = paid(2, 't1', '2024-03-01', 150_00);
      for (let day = '2024-03-02'; day < '2024-06-10'; day = plusDays(day, 1))
        expect(counted(day, quiet)).toEqual(counted('2024-06-10', quiet));
    },
  ],
  [
    42,
    'loan 7 and client 7 of tenants A and B are four identities',
    () =>
      expect(new Set(['A', 'B'].flatMap((tenant) => [loanIdOf(`${tenant}/core/7`), borrowerIdOf(`${tenant}/core/borrower/7`)])).size).toBe(
        4,
      ),
  ],
  [
    44,
    'a pause that changes without a transaction is assessed again',
    () => {
      const facts = [snapshot(1, one), paused(2, '2024-09-03', '2024-09-09')];
      expect(at('2024-09-11', facts)).toMatchObject({ pausedDays: 6, delinquentDays: 4 });
      expect(at('2024-09-11', [...facts, paused(3, '2024-09-03', '2024-09-05')])).toMatchObject({ pausedDays: 2, delinquentDays: 8 });
    },
  ],
  [
    45,
    'a loan that the source calls stale is so until its next snapshot',
    () => {
      const stale = [snapshot(1, one, { principal: 100 }), told('LoanAccountStale', 2, '2024-09-11', { reason: 'COB_LOCKED' })];
      expect(at('2024-09-11', stale).doubts).toEqual(['STALE COB_LOCKED']);
      expect(at('2024-09-11', [...stale, snapshot(3, one, { principal: 100 })]).doubts).toEqual([]);
    },
  ],
];

/** What needs a store or a source format is tried where that is. */
const elsewhere: Record<number, string> = {
  8: 'test/integration/scenarios.test.ts',
  32: 'test/connectors/fineract-*.test.ts',
  33: 'test/connectors/fineract-*.test.ts',
  35: 'test/integration/scenarios.test.ts',
  41: 'test/connectors/debezium-*.test.ts',
  43: 'test/connectors/fineract-*.test.ts',
};

it.each(cases)('case %i: %s', (_id, _said, holds) => holds());

it('are all 45, each once', () =>
  expect([...cases.map(([id]) => id), ...Object.keys(elsewhere).map(Number)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 45 }, (_, i) => i + 1),
  ));
