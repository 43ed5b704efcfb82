// The course of arrears that bureau files tell by, against the assessment of every single day.
import fc from 'fast-check';
import { toDate, toDay } from '../../src/domain/day.js';
import { assess } from '../../src/domain/loan/assess.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { policyFor } from '../../src/policies/index.js';
import { classOn, classSince, courseOf, daysPastDueOn, firstDelinquency, stretchOn } from '../../src/reporting/course.js';
import { draftOf, withObligorClass } from '../../src/reporting/record.js';
import type { BureauSettings } from '../../src/reporting/settings.js';
import { factsOf, firstDay, historyOf } from '../support/loan-histories.js';

interface Day {
  on: string;
  days: number;
  since: string | null;
  class: number;
}

/** Each day by itself: all that is effective by then is folded and assessed. */
function dayByDay(facts: readonly LoanFact[], until: number): Day[] {
  const days: Day[] = [];
  const effective = facts.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
  let position = unseen;
  let next = 0;
  for (let day = firstDay; day <= until; day++) {
    const on = toDate(day);
    for (; next < effective.length && effective[next]!.effectiveOn <= on; next++) position = fold(position, effective[next]!);
    const is = assess(position, on, policyFor(position.account!.jurisdiction, on));
    days.push({ on, days: is.daysPastDue, since: is.overdueSince, class: is.qualityClass });
  }
  return days;
}

const live = (seed: number) => {
  const history = historyOf(seed);
  const plain = history.told.every(
    (each) => !(each.is === 'money' && each.kind === 'CHARGEBACK') && !(each.is === 'account' && each.status !== 'ACTIVE'),
  );
  return plain ? { facts: factsOf(history), until: history.until + 45 } : null;
};

it('says of every day what the day itself says, since when the class holds, and where the arrears began', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const history = live(seed);
      if (!history) return;
      const { facts, until } = history;
      const days = dayByDay(facts, until);
      const course = courseOf(facts, toDate(until), policyFor);
      for (const day of days) {
        const stretch = stretchOn(course, day.on)!;
        expect({ on: day.on, days: daysPastDueOn(stretch, day.on), class: classOn(stretch, day.on) }).toEqual({
          on: day.on,
          days: day.days,
          class: day.class,
        });
        compared++;
      }
      const last = days.at(-1)!;
      expect(classSince(course)).toBe(days.toReversed().find((_, i, all) => all[i + 1]?.class !== last.class)!.on);
      let first: string | null = null;
      for (const { days: late, since } of days) {
        if (late === 0) first = null;
        else if (!first && late >= 30) first = since;
      }
      expect(firstDelinquency(course)).toBe(first);
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(20_000);
});

const settings: BureauSettings = {
  id: 'b',
  format: 'slik',
  tenant: 't',
  jurisdictions: ['ID', 'US'],
  reporter: { code: '1', name: 'R' },
  dueDay: 10,
};
const loan = (number: number, jurisdiction: string, dueOn: string, status = 'ACTIVE'): LoanFact[] => [
  {
    source: '/test',
    id: `L${number}/1`,
    type: 'LoanAccountSnapshotted',
    tenant: 't',
    aggregateId: `t/core/L${number}`,
    sequence: 1n,
    effectiveOn: '2025-01-01',
    businessOn: '2025-01-01',
    occurredAt: new Date(0),
    data: {
      borrowerId: 'B1',
      accountNo: `L${number}`,
      productId: 'P',
      productClass: 'CONSUMER',
      jurisdiction,
      currency: 'IDR',
      status,
      principal: 1_000_000n,
      disbursedOn: '2025-01-01',
      graceDays: 0,
      tolerance: 0n,
      lines: [line(1, dueOn), line(2, '2027-01-01')],
      pauses: [],
      guarantors: [],
    },
  } as unknown as LoanFact,
];
const parts = (principal: bigint) => ({ principal, interest: 0n, fee: 0n, penalty: 0n });
const line = (number: number, dueOn: string) => ({
  number,
  fromOn: null,
  dueOn,
  due: parts(500_000n),
  paid: parts(0n),
  waived: parts(0n),
  writtenOff: parts(0n),
});
const period = { from: '2026-02-01', to: '2026-02-28' };
const draft = (facts: LoanFact[]) =>
  draftOf({ aggregateId: facts[0]!.aggregateId, facts, borrower: [], collaterals: [] }, period, settings, policyFor)!;

it('gives the worst class of a borrower to the live loans beside it where the rules say so', () => {
  const bad = draft(loan(1, 'ID', '2025-10-01')); // 150 days
  const good = draft(loan(2, 'ID', '2026-12-01'));
  expect([bad, good].map(({ record }) => record.standing.qualityClass)).toEqual([4, 1]);
  expect(withObligorClass([bad, good]).map(({ record }) => record.standing.qualityClass)).toEqual([4, 4]);
  const watched = draft(loan(3, 'ID', '2026-02-20')); // 8 days: class 2 spreads to nobody
  expect(withObligorClass([watched, good]).map(({ record }) => record.standing.qualityClass)).toEqual([2, 1]);
  const elsewhere = [draft(loan(4, 'US', '2025-10-01')), draft(loan(5, 'US', '2026-12-01'))];
  expect(withObligorClass(elsewhere).map(({ record }) => record.standing.qualityClass)).toEqual([3, 1]);
});

it('tells of a loan only what is effective in the period, from the day on which it was opened', () => {
  expect(
    draftOf(
      { aggregateId: 't/core/L1', facts: loan(1, 'ID', '2026-01-01'), borrower: [], collaterals: [] },
      { from: '2024-11-01', to: '2024-11-30' },
      settings,
      policyFor,
    ),
  ).toBeNull();
  expect(
    draftOf({ aggregateId: 't/core/L1', facts: loan(1, 'CN', '2026-01-01'), borrower: [], collaterals: [] }, period, settings, policyFor),
  ).toBeNull();
  const { standing } = draft(loan(1, 'ID', '2026-01-29')).record;
  expect(standing).toMatchObject({
    state: 'ACTIVE',
    daysPastDue: 30,
    overdueSince: '2026-01-29',
    firstDelinquencyOn: '2026-01-29',
    overdueFrom30Days: '5000.00',
    instalmentsOverdue: 1,
    dueInPeriod: '0.00',
    nextDueOn: '2027-01-01',
  });
  expect(standing.overduePrincipalByAge.find(({ fromDays }) => fromDays === 30)).toEqual({
    fromDays: 30,
    toDays: 30,
    principal: '5000.00',
  });
  expect(toDay(period.to) - toDay('2026-01-29')).toBe(30);
});
