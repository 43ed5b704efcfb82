// Repayments that the source's own schedules contain: none counts twice, and a back-dated one is still seen in the past that it belongs to.
import fc from 'fast-check';
import { assess } from '../../src/domain/loan/assess.js';
import { keptBase, keptPostings, positionOf, toJson } from '../../src/domain/loan/kept-position.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { policyFor } from '../../src/policies/index.js';
import { booked, line, reversed, snapshot } from '../support/read-model.js';

const overdue = (facts: readonly LoanFact[], asOf: string) => {
  const is = assess(facts.reduce(fold, unseen), asOf, policyFor('ID', asOf));
  return { since: is.overdueSince, minor: Number(is.overdueTotal) };
};
const told = (sequence: number, on: string, paid: number) =>
  snapshot(sequence, [line(1, '2024-09-01', 100, paid), line(2, '2024-10-01', 100)], { on });

it('counts a repayment once, though its number is higher than that of the snapshot of the same commit', () => {
  const facts = [
    told(1, '2024-08-01', 0),
    told(10, '2024-09-05', 60),
    booked(11, 'a', { valueOn: '2024-09-05', postedOn: '2024-09-05', amount: 60 }),
  ];
  expect(overdue(facts, '2024-09-10')).toEqual({ since: '2024-09-01', minor: 40 });
});

it('counts it until the snapshot that contains it has come, and not after', () => {
  const payment = booked(11, 'a', { valueOn: '2024-09-05', postedOn: '2024-09-05', amount: 60 });
  expect(overdue([told(1, '2024-08-01', 0), payment], '2024-09-10').minor).toBe(40);
  expect(overdue([told(1, '2024-08-01', 0), payment, told(10, '2024-09-05', 60)], '2024-09-10').minor).toBe(40);
});

it('does the same with a reversal', () => {
  const payment = booked(11, 'a', { valueOn: '2024-09-05', postedOn: '2024-09-05', amount: 60 });
  const back = reversed(13, 'a', '2024-09-07');
  expect(overdue([told(10, '2024-09-05', 60), payment, back], '2024-09-10').minor).toBe(100);
  expect(overdue([told(10, '2024-09-05', 60), payment, back, told(12, '2024-09-07', 0)], '2024-09-10').minor).toBe(100);
});

it('sees a back-dated repayment in the past that it belongs to', () => {
  const facts = [
    told(1, '2024-08-01', 0),
    told(20, '2024-09-20', 100),
    booked(21, 'a', { valueOn: '2024-09-01', postedOn: '2024-09-20', amount: 100 }),
  ];
  const effectiveBefore = (date: string) => facts.filter(({ effectiveOn }) => effectiveOn < date);
  expect(overdue(effectiveBefore('2024-09-10'), '2024-09-10')).toEqual({ since: null, minor: 0 });
  expect(overdue(facts, '2024-09-25')).toEqual({ since: null, minor: 0 });
});

it('is kept and read again as it was', () => {
  const whole = [told(1, '2024-08-01', 0), booked(2, 'a', { valueOn: '2024-09-01', postedOn: '2024-09-02', amount: 5 })].reduce(
    fold,
    unseen,
  );
  const again = positionOf(JSON.parse(toJson(keptBase(whole))), JSON.parse(JSON.stringify(keptPostings(whole))));
  expect(again).toEqual(whole);
});

it('owes what the last snapshot of a source says, in whatever order its messages come', () => {
  const payments = fc.array(fc.record({ day: fc.integer({ min: 2, max: 28 }), amount: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(payments, fc.infiniteStream(fc.nat()), (made, order) => {
      let paid = 0;
      const facts: LoanFact[] = [told(1, '2024-08-01', 0)];
      made
        .sort((a, b) => a.day - b.day)
        .forEach(({ day, amount }, i) => {
          const on = `2024-09-${String(day).padStart(2, '0')}`;
          paid += amount;
          // As it is sent: the balance first, then the transaction of the same commit.
          facts.push(snapshot(10 * (i + 1), [line(1, '2024-09-01', 300, paid)], { on }));
          facts.push(booked(10 * (i + 1) + 1, `t${i}`, { valueOn: on, postedOn: on, amount }));
        });
      const shuffled = facts.map((fact) => ({ fact, key: order.next().value as number })).sort((a, b) => a.key - b.key);
      expect(
        overdue(
          shuffled.map(({ fact }) => fact),
          '2024-10-01',
        ).minor,
      ).toBe(300 - paid);
    }),
  );
});
