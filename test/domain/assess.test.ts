// Days past due by the reference cases: what is owed, since when, and which days count.
import { plusDays } from '../../src/domain/day.js';
import { assess } from '../../src/domain/loan/assess.js';
import { totalOf } from '../../src/domain/loan/components.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import type { Policy } from '../../src/domain/policy.js';
import { policyFor } from '../../src/policies/index.js';
import { charged, line, paid, rescheduled, reversed, snapshot } from '../support/read-model.js';

const policy: Policy = {
  ...policyFor('ID', '2026-01-01'),
  buckets: [
    { id: 'EARLY', min: 4, max: 60 },
    { id: 'LATE', min: 61, max: null },
  ],
};
const at = (asOf: string, ...facts: LoanFact[]) => {
  const is = assess(facts.reduce(fold, unseen), asOf, policy);
  return {
    result: is.result,
    since: is.overdueSince,
    dpd: is.daysPastDue,
    days: is.delinquentDays,
    overdue: Number(totalOf(is.overdue)),
    bucket: is.bucket,
    paused: is.pausedDays,
  };
};
const one = [line(1, '2024-09-01', 100)];
const two = [line(1, '2024-09-01', 100), line(2, '2024-10-01', 100)];

describe('a loan with one instalment of 100 due on 2024-09-01', () => {
  it.each([
    ['is current on the due date itself', '2024-09-01', { result: 'CURRENT', dpd: 0, since: null }],
    ['is one day past due on the next', '2024-09-02', { result: 'PAST_DUE', dpd: 1, since: '2024-09-01', bucket: 'CURRENT' }],
    ['is in the first bucket after four', '2024-09-05', { dpd: 4, bucket: 'EARLY' }],
    ['stays in it to the last day', '2024-10-31', { dpd: 60, bucket: 'EARLY' }],
    ['and leaves it on the next', '2024-11-01', { dpd: 61, bucket: 'LATE' }],
  ])('%s', (_, asOf, expected) => expect(at(asOf, snapshot(1, one))).toMatchObject(expected));

  it('keeps its date when a part is paid', () =>
    expect(at('2024-09-05', snapshot(1, one), paid(2, 'a', '2024-09-02', 60))).toMatchObject({ since: '2024-09-01', dpd: 4, overdue: 40 }));
  it('counts grace off the days that treatments count, and never off those of regulators', () =>
    expect(at('2024-09-08', snapshot(1, one, { graceDays: 10 }))).toMatchObject({ dpd: 7, days: 0, overdue: 100, bucket: 'CURRENT' }));
  it('is within tolerance while too little is late', () =>
    expect(at('2024-09-20', snapshot(1, [line(1, '2024-09-01', 100, 99)], { tolerance: 1 }))).toMatchObject({
      result: 'WITHIN_TOLERANCE',
      dpd: 0,
    }));
  it('is nothing when it was waived', () =>
    expect(at('2024-09-20', snapshot(1, [{ ...one[0]!, waived: one[0]!.due }]))).toMatchObject({ result: 'CURRENT' }));
  it('counts only the rest when a part was written off', () =>
    expect(at('2024-09-20', snapshot(1, [{ ...one[0]!, writtenOff: { ...one[0]!.due, principal: 30n } }]))).toMatchObject({ overdue: 70 }));
  it.each(['CHARGED_OFF', 'CLOSED_OBLIGATIONS_MET', 'OVERPAID', 'TRANSFERRED'] as const)('is not aged when %s', (status) =>
    expect(at('2024-09-20', snapshot(1, one, { status }))).toMatchObject({ result: 'NONE', dpd: 0 }),
  );
  it('owes as if never paid after a reversal', () =>
    expect(at('2024-09-20', snapshot(1, one), paid(2, 'a', '2024-09-03', 100), reversed(3, 'a', '2024-09-10'))).toMatchObject({
      since: '2024-09-01',
      dpd: 19,
      overdue: 100,
    }));
  it('owes a charge with it', () =>
    expect(at('2024-09-20', snapshot(1, one), charged(2, 'c', '2024-08-20', 5))).toMatchObject({ overdue: 105 }));
});

describe('a loan with two overdue instalments', () => {
  it('is overdue since the second when the first was paid', () =>
    expect(at('2024-10-05', snapshot(1, two), paid(2, 'a', '2024-09-20', 100))).toMatchObject({ since: '2024-10-01', dpd: 4 }));
  it('is overdue since the first when the source says that the second was paid', () =>
    expect(at('2024-10-05', snapshot(1, [two[0]!, line(2, '2024-10-01', 100, 100)]))).toMatchObject({ since: '2024-09-01', dpd: 34 }));
  it('has what a new schedule leaves, and none of the old', () =>
    expect(at('2024-10-05', snapshot(1, two), rescheduled(2, '2024-09-10', [line(1, '2024-12-01', 200)]))).toMatchObject({
      result: 'CURRENT',
      overdue: 0,
    }));
});

describe('pauses', () => {
  const paused = (asOf: string, ...pauses: [from: string, until: string][]) =>
    at(asOf, snapshot(1, one, { pauses: pauses.map(([from, until]) => ({ from, until })) }));
  it.each([
    ['count only from the due date on', '2024-09-11', [['2024-08-20', '2024-09-04']], 3, 7],
    ['of another episode count nothing', '2024-09-11', [['2024-07-01', '2024-07-20']], 0, 10],
    [
      'that overlap count each day once',
      '2024-09-21',
      [
        ['2024-09-02', '2024-09-10'],
        ['2024-09-04', '2024-09-06'],
        ['2024-09-08', '2024-09-12'],
      ],
      10,
      10,
    ],
    ['that end as they begin count nothing', '2024-09-11', [['2024-09-03', '2024-09-03']], 0, 10],
    ['do not count their last day', '2024-09-05', [['2024-09-03', '2024-09-05']], 2, 2],
  ] as [string, string, [string, string][], number, number][])('%s', (_, asOf, pauses, days, delinquent) =>
    expect(paused(asOf, ...pauses)).toMatchObject({ dpd: expect.any(Number), paused: days, days: delinquent }),
  );
});

it('counts days exactly over 29 February and the end of a year', () => {
  expect(at('2024-03-01', snapshot(1, [line(1, '2024-02-29', 1)]))).toMatchObject({ dpd: 1 });
  expect(at('2025-03-01', snapshot(1, [line(1, '2024-02-29', 1)]))).toMatchObject({ dpd: 366 });
  expect(at('2025-01-01', snapshot(1, [line(1, '2024-12-31', 1)]))).toMatchObject({ dpd: 1 });
});

describe('the next step', () => {
  it('is exactly the next day on which anything changes', () => {
    const position = [snapshot(1, two, { graceDays: 3, pauses: [{ from: '2024-09-20', until: '2024-09-25' }] })].reduce(fold, unseen);
    const shown = (asOf: string) => {
      const { result, bucket, qualityClass, overdue, delinquentDays } = assess(position, asOf, policyFor('ID', asOf));
      const crossed = policyFor('ID', asOf).thresholds.filter(({ days }) => delinquentDays >= days && result === 'PAST_DUE').length;
      return JSON.stringify([result, bucket, qualityClass, String(totalOf(overdue)), crossed]);
    };
    for (let day = '2024-08-20'; day < '2025-06-01'; day = plusDays(day, 1)) {
      const { nextStepOn } = assess(position, day, policyFor('ID', day));
      for (let next = plusDays(day, 1); next < (nextStepOn ?? '2025-07-01'); next = plusDays(next, 1))
        if (shown(next) !== shown(day)) throw new Error(`${day} says ${nextStepOn}, but ${next} differs`);
    }
  });
});

it.each([
  [
    'ID',
    [
      [0, 1],
      [1, 2],
      [90, 2],
      [91, 3],
      [120, 3],
      [121, 4],
      [180, 4],
      [181, 5],
    ],
  ],
  [
    'CN',
    [
      [0, 1],
      [1, 2],
      [90, 2],
      [91, 3],
      [270, 3],
      [271, 4],
      [360, 4],
      [361, 5],
    ],
  ],
] as [string, [number, number][]][])('classes in %s change on the day after their threshold', (jurisdiction, expected) => {
  const position = [snapshot(1, [line(1, '2024-01-01', 100)], { jurisdiction })].reduce(fold, unseen);
  expect(
    expected.map(([days]) => [days, assess(position, plusDays('2024-01-01', days), policyFor(jurisdiction, '2025-01-01')).qualityClass]),
  ).toEqual(expected);
});
