// The fold of a loan's facts: any order and any repetition of the same facts makes the same position.
import fc from 'fast-check';
import { keptBase, keptPostings, positionOf, toJson } from '../../src/domain/loan/kept-position.js';
import { owed } from '../../src/domain/loan/owed.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { charged, line, paid, rescheduled, reversed, snapshot } from '../support/read-model.js';

const facts = [
  snapshot(1, [line(1, '2024-09-01', 100), line(2, '2024-10-01', 100)]),
  paid(2, 'a', '2024-09-02', 60),
  paid(3, 'b', '2024-09-03', 30, { principal: 30n }),
  charged(4, 'c', '2024-09-05', 7),
  reversed(5, 'a', '2024-09-10'),
  rescheduled(6, '2024-09-12', [line(1, '2024-09-01', 100, 30), line(2, '2024-11-01', 100)]),
  paid(7, 'd', '2024-09-20', 50),
  reversed(8, 'b', '2024-09-25'),
];
const whole = facts.reduce(fold, unseen);
const order = ['penalty', 'fee', 'interest', 'principal'] as const;

it('comes to the same position in any order, with any repetition', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), fc.array(fc.constantFrom(...facts)), (shuffled, again) => {
      expect(toJson([...shuffled, ...again].reduce(fold, unseen))).toBe(toJson(whole));
    }),
    { numRuns: 500 },
  );
});

it('is kept and read again as it was', () => {
  expect(toJson(positionOf(JSON.parse(toJson(keptBase(whole))), JSON.parse(JSON.stringify(keptPostings(whole)))))).toBe(toJson(whole));
});

it('drops an older snapshot after a newer', () => {
  const older = snapshot(1, [line(1, '2024-01-01', 999)]);
  const newer = snapshot(2, [line(1, '2024-09-01', 100)]);
  expect(toJson([newer, older].reduce(fold, unseen))).toBe(toJson([newer].reduce(fold, unseen)));
});

it('reopens a repayment that the schedule already contained when it is reversed', () => {
  const lines = owed(whole, order);
  expect(lines.map(({ outstanding }) => outstanding.principal)).toEqual([50n, 100n]);
});

it('never owes less than nothing nor more than is due, whatever is paid and reversed', () => {
  const payment = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), amount: fc.integer({ min: 1, max: 400 }), back: fc.boolean() });
  fc.assert(
    fc.property(fc.array(payment, { maxLength: 12 }), (payments) => {
      const told = payments.flatMap(({ id, amount, back }, i) => [
        paid(10 + 2 * i, `${id}${i}`, '2024-09-02', amount),
        ...(back ? [reversed(11 + 2 * i, `${id}${i}`, '2024-09-03')] : []),
      ]);
      const position = [facts[0]!, ...told].reduce(fold, unseen);
      const kept = payments.filter(({ back }) => !back).reduce((sum, { amount }) => sum + amount, 0);
      const open = owed(position, order).map(({ outstanding }) => Number(outstanding.principal));
      expect(open.reduce((a, b) => a + b, 0)).toBe(Math.max(0, 200 - kept));
      expect(open[0]).toBe(Math.max(0, 100 - kept)); // the oldest first
    }),
  );
});
