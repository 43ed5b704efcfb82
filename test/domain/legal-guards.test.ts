// What stands against legal action: each rule alone, and what lifts it.
import { guard, type CaseSituation } from '../../src/domain/case/guards.js';
import { policyFor } from '../../src/policies/index.js';

const { pursuit } = policyFor('ID', '2026-06-01');
/** Nothing stands against it. */
const ready: CaseSituation = {
  status: 'OPEN',
  legal: 'ACCEPTED',
  placement: 'NONE',
  ownership: 'OWNED',
  legalEligible: true,
  overdueSince: '2026-01-01',
  heldScopes: [],
  arrangement: 'NONE',
  pursuit,
  heldTypes: [],
  hardshipCause: 'REFUSAL',
  contactAttempts: 3,
  rightPartyContacts: 1,
  filingDueInDays: null,
  documentKinds: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS', 'CONTACT_LOG', 'DEMAND_PROOF'],
};
const rules = (action: 'APPROVE_FILING' | 'INSTRUCT_LAW_FIRM' | 'INSTRUCT_MATTER' | 'CONTINUE_MATTER', over: Partial<CaseSituation>) =>
  guard(action, { ...ready, ...(action === 'INSTRUCT_LAW_FIRM' ? { legal: 'PRE_LEGAL' } : {}), ...over }).against.map(
    ({ ruleId }) => ruleId,
  );

it.each([
  [{}, []],
  [{ hardshipCause: null }, ['hardship-assessed']],
  [{ hardshipCause: 'TEMPORARY_HARDSHIP' }, ['suit-not-barred']],
  [{ hardshipCause: 'DISPUTE' }, ['suit-not-barred']],
  [{ contactAttempts: 2 }, ['enough-attempts']],
  [{ rightPartyContacts: 0 }, ['enough-attempts']],
  [{ contactAttempts: 0, rightPartyContacts: 0, hardshipCause: 'UNREACHABLE' }, []],
  [{ documentKinds: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS'] }, ['evidence-complete']],
  [{ heldTypes: ['COURT_STAY'] }, ['no-stay']],
  [{ heldTypes: ['BANKRUPTCY'] }, ['no-stay']],
  [{ heldTypes: ['COMPLAINT'], heldScopes: ['CONTACT'] }, []],
  [{ heldScopes: ['LEGAL'] }, ['no-legal-hold']],
  [{ arrangement: 'PROMISED' }, ['no-arrangement']],
  [{ arrangement: 'PROMISED', filingDueInDays: 31 }, ['no-arrangement']],
  [{ arrangement: 'PROMISED', filingDueInDays: 30 }, []],
  [{ arrangement: 'PROMISED', filingDueInDays: -1 }, []],
  [{ legalEligible: false }, ['legal-eligible']],
  [{ legal: 'NONE' }, ['live-matter']],
] as [Partial<CaseSituation>, string[]][])('a suit at %j is held up by %j', (over, expected) =>
  expect(rules('APPROVE_FILING', over)).toEqual(expected),
);

it('a hand-over asks for stays, arrangements and evidence, and not yet for what only a suit needs', () => {
  const bare = { hardshipCause: null, contactAttempts: 0, rightPartyContacts: 0, documentKinds: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS'] };
  expect(rules('INSTRUCT_LAW_FIRM', bare)).toEqual([]);
  expect(rules('INSTRUCT_LAW_FIRM', { ...bare, heldTypes: ['BANKRUPTCY'], arrangement: 'PROMISED', documentKinds: ['CONTRACT'] })).toEqual([
    'no-stay',
    'no-arrangement',
    'evidence-complete',
  ]);
});

it('renewals and talks go on under a hold, other instructions do not', () => {
  expect([rules('CONTINUE_MATTER', { heldScopes: ['LEGAL'] }), rules('INSTRUCT_MATTER', { heldScopes: ['LEGAL'] })]).toEqual([
    [],
    ['no-legal-hold'],
  ]);
});

it('the words name what is missing, and the law or default behind it', () => {
  const { against } = guard('APPROVE_FILING', { ...ready, contactAttempts: 1, rightPartyContacts: 0, documentKinds: ['SCHEDULE'] });
  expect(against.map(({ message }) => message)).toEqual([
    'Before it come 3 attempts to reach the borrower and 1 that do (there were 1 and 0), or proof that nobody can',
    'Evidence is missing: CONTRACT, REPAYMENTS, DEMAND_PROOF',
  ]);
  expect(against.every(({ citation }) => citation === pursuit.beforeFiling.citation)).toBe(true);
});
