// What is decided on a request: by the first rule that stands against it, from when it would be allowed, and of several cases together.
import { decisionOn, decisionOnAll, type Judged } from '../../src/domain/case/request-decision.js';

const situation = {
  status: 'OPEN',
  legal: 'NONE',
  placement: 'NONE',
  ownership: 'OWNED',
  legalEligible: true,
  heldScopes: ['SALE', 'LEGAL', 'SALE'],
  name: 'kept out of it',
};
const decided = (against: Judged['against'], policyVersion = 'ID-1') =>
  decisionOn({ action: 'PLACE_HOLD', situation, against, policyVersion, on: '2026-04-01' });
const stands = (ruleId: string, earliestAllowedAt?: string) => ({
  ruleId,
  message: `${ruleId} stands`,
  ...(earliestAllowedAt ? { earliestAllowedAt } : {}),
});

it('is allowed by the action where no rule stands against it, and keeps what the rules look at, nothing else', () =>
  expect(decided([])).toEqual({
    outcome: 'ALLOWED',
    ruleId: 'PLACE_HOLD',
    policyVersion: 'ID-1',
    reasons: [],
    inputs: {
      action: 'PLACE_HOLD',
      status: 'OPEN',
      legal: 'NONE',
      placement: 'NONE',
      ownership: 'OWNED',
      legalEligible: true,
      overdueSince: null,
      heldScopes: ['LEGAL', 'SALE'],
    },
    decidedOn: '2026-04-01',
  }));

it.each([
  ['one that can tell', [stands('a', '2026-04-02T08:00:00Z')], '2026-04-02T08:00:00Z'],
  ['several, from the latest on', [stands('a', '2026-04-02T08:00:00Z'), stands('b', '2026-04-03T08:00:00Z')], '2026-04-03T08:00:00Z'],
  ['one of which cannot tell', [stands('a', '2026-04-02T08:00:00Z'), stands('b')], undefined],
])('says when it would be allowed against %s', (_, against, expected) => {
  const { outcome, ruleId, earliestAllowedAt } = decided(against);
  expect([outcome, ruleId, earliestAllowedAt]).toEqual(['REFUSED', 'a', expected]);
});

it('is refused for all by the first case that refuses', () => {
  expect(decisionOnAll({})).toBeUndefined();
  const one = decided([stands('a')]);
  expect(decisionOnAll({ x: one })).toBe(one);
  expect(decisionOnAll({ w: decided([]), x: decided([stands('b')], 'CN-1'), y: one })).toEqual({
    ...one,
    ruleId: 'b',
    policyVersion: 'CN-1, ID-1',
    reasons: ['b stands', 'a stands'],
    inputs: { cases: 3, refusedBy: ['x', 'y'] },
  });
  expect(decisionOnAll({ w: decided([]), x: decided([]) })).toMatchObject({
    outcome: 'ALLOWED',
    reasons: [],
    inputs: { cases: 2, refusedBy: [] },
  });
});
