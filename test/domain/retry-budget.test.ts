// The budget of retries: a tenth of first tries while a partner fails, free while it answers, and never in the way of a probe.
import fc from 'fast-check';
import { createRetryBudget, defaultBudget } from '../../src/delivery/retry-budget.js';

const report = (state: 'OPEN' | 'HALF_OPEN' | 'CLOSED') => ({ connectorId: 'a', operation: 'lookUp', state, since: '', failureRate: 1 });
function open(limits = defaultBudget) {
  let now = 0;
  const budget = createRetryBudget(limits, () => now);
  return { budget, pass: (ms: number) => void (now += ms) };
}

it('allows its floor where nothing is offered, and that again after the window', () => {
  const { budget, pass } = open();
  const allowed = () => Array.from({ length: 50 }, () => budget.again('a', 'x')).filter(Boolean).length;
  expect([allowed(), allowed()]).toEqual([10, 0]);
  expect(budget.isSpent('a', 'x')).toBe(true);
  expect(budget.again('b', 'x')).toBe(true); // each partner has its own
  pass(60_001);
  expect(allowed()).toBe(10);
});

it('keeps all calls within 1.1 times what is offered, whatever the partner does, as long as it does not get well', () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ after: fc.integer({ min: 0, max: 400 }), answered: fc.integer({ min: 0, max: 2 }) }), {
        minLength: 200,
        maxLength: 2_000,
      }),
      (steps) => {
        const { budget, pass } = open();
        let [first, again] = [0, 0];
        for (const { after, answered } of steps) {
          pass(after);
          budget.first('a');
          first++;
          budget.heard('a', answered === 0);
          for (let i = 0; i < 5; i++)
            if (budget.again('a', 'x')) {
              again++;
              budget.heard('a', false);
            }
        }
        const seconds = steps.reduce((sum, { after }) => sum + after, 0) / 1000;
        // The floor of each window that began is what a partner that is hardly asked may get on top.
        expect(again).toBeLessThanOrEqual(
          Math.max(first * 0.1, (Math.floor(seconds / 60) + 1) * defaultBudget.floor) + defaultBudget.floor,
        );
      },
    ),
    { numRuns: 50 },
  ));

it('is lifted after ten explicit answers in a row, and back with the first failure', () => {
  const { budget } = open();
  while (budget.again('a', 'x'));
  for (let i = 0; i < 9; i++) budget.heard('a', true);
  expect(budget.again('a', 'x')).toBe(false);
  budget.heard('a', true);
  for (let i = 0; i < 100; i++) expect(budget.again('a', 'x')).toBe(true);
  budget.heard('a', false);
  expect(budget.again('a', 'x')).toBe(false);
});

it('allows a failing partner nothing for the first tries that it answered', () => {
  const { budget } = open({ ...defaultBudget, floor: 1 });
  for (let i = 0; i < 1_000; i++) {
    budget.first('a');
    budget.heard('a', true);
  }
  budget.heard('a', false);
  for (let i = 0; i < 20; i++) budget.first('a');
  expect(Array.from({ length: 50 }, () => budget.again('a', 'x')).filter(Boolean)).toHaveLength(3); // of these 20, and of the ten before it was well
});

it('lets the probe of a half-open circuit through, and takes back what did not reach the partner', () => {
  const { budget } = open({ ...defaultBudget, floor: 1 });
  expect(budget.again('a', 'lookUp')).toBe(true);
  expect(budget.again('a', 'lookUp')).toBe(false);
  budget.notSent('a', 'again');
  expect(budget.again('a', 'lookUp')).toBe(true);
  budget.circuit(report('HALF_OPEN'));
  expect([budget.again('a', 'lookUp'), budget.again('a', 'other')]).toEqual([true, false]);
  budget.circuit(report('OPEN'));
  expect(budget.again('a', 'lookUp')).toBe(false);
});
