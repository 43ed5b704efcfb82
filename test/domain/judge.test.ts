// What an assessment means for a case: entries, cures and thresholds, judged on facts.
import fc from 'fast-check';
import { guard, caseActions, type CaseSituation } from '../../src/domain/case/guards.js';
import { judge } from '../../src/domain/case/judge.js';
import { stageOf, stages } from '../../src/domain/case/stage.js';
import type { Assessment } from '../../src/domain/loan/assess.js';
import { policyFor, faultsOf, loadPolicies } from '../../src/policies/index.js';
import { renderReminder } from '../../src/domain/reminder.js';
import { decimalToMinor, minorToDecimal } from '../../src/domain/money.js';

const policy = policyFor('ID', '2026-01-01');
const late = (days: number): Assessment => ({ result: days > 0 ? 'PAST_DUE' : 'CURRENT', delinquentDays: days }) as Assessment;

describe('thresholds', () => {
  it('are all crossed by a jump from 5 to 95 days, each once', () => {
    const first = judge({ inArrears: true, crossed: [1] }, late(95), 'ACTIVE', policy);
    expect(first.crosses.map(({ days }) => days)).toEqual([7, 31, 61, 91]);
    expect(judge({ inArrears: true, crossed: [1, 7, 31, 61, 91] }, late(96), 'ACTIVE', policy).crosses).toEqual([]);
  });
  it('are crossed once an episode on any way through the days', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }), (way) => {
        const crossed: number[] = [];
        way.forEach((days, i) =>
          crossed.push(
            ...judge({ inArrears: i > 0, crossed: [...crossed] }, late(days), 'ACTIVE', policy).crosses.map((each) => each.days),
          ),
        );
        expect(crossed.length).toBe(new Set(crossed).size);
        expect([...crossed].sort((a, b) => a - b)).toEqual(
          policy.thresholds.map(({ days }) => days).filter((days) => days <= Math.max(...way)),
        );
      }),
    );
  });
});

it('takes a written-off loan for not cured, and a repaid one for cured', () => {
  const gone = { result: 'NONE', delinquentDays: 0 } as Assessment;
  expect(judge({ inArrears: true, crossed: [] }, gone, 'WRITTEN_OFF', policy).cures).toBe(false);
  expect(judge({ inArrears: true, crossed: [] }, gone, 'CLOSED_OBLIGATIONS_MET', policy).cures).toBe(true);
  expect(judge({ inArrears: true, crossed: [] }, late(0), 'ACTIVE', policy).cures).toBe(true);
});

describe('the stage', () => {
  const calm = {
    status: 'OPEN',
    ownership: 'OWNED',
    legal: 'NONE',
    placement: 'NONE',
    arrangement: 'NONE',
    treatment: 'NONE',
    overdueSince: null,
  };
  it.each([
    ['CURRENT', {}],
    ['REMINDER', { overdueSince: '2026-01-01' }],
    ['SOFT', { treatment: 'SOFT_COLLECTION' }],
    ['FIELD', { treatment: 'FIELD_VISIT' }],
    ['ARRANGEMENT', { treatment: 'FIELD_VISIT', arrangement: 'PROMISED' }],
    ['PLACED', { arrangement: 'PROMISED', placement: 'PLACED' }],
    ['PRE_LEGAL', { placement: 'PLACED', legal: 'PRE_LEGAL' }],
    ['LITIGATION', { legal: 'FILED' }],
    ['ENFORCEMENT', { legal: 'ENFORCEMENT' }],
    ['TRANSFERRED', { legal: 'FILED', ownership: 'TRANSFERRED' }],
    ['CLOSED', { legal: 'FILED', ownership: 'TRANSFERRED', status: 'CLOSED' }],
  ])('is %s by the first rank that holds', (expected, over) => expect(stageOf({ ...calm, ...over })).toBe(expected));
  it('is always one that the schema knows', () => {
    const word = fc.constantFrom(
      'NONE',
      'PRE_LEGAL',
      'INSTRUCTED',
      'FILED',
      'PLACED',
      'RECALL_REQUESTED',
      'PROMISED',
      'REMINDER',
      'TRANSFERRED',
      'OWNED',
      'OPEN',
      'CLOSED',
    );
    fc.assert(
      fc.property(
        fc.record({ status: word, ownership: word, legal: word, placement: word, arrangement: word, treatment: word }),
        (regions) => expect(stages).toContain(stageOf(regions)),
      ),
    );
  });
});

describe('guards', () => {
  const open: CaseSituation = {
    status: 'OPEN',
    legal: 'PRE_LEGAL',
    placement: 'NONE',
    ownership: 'OWNED',
    legalEligible: true,
    overdueSince: '2026-01-01',
    heldScopes: [],
  };
  it.each([
    ['legal-eligible', { legalEligible: false }],
    ['one-live-matter', { legal: 'FILED' }],
    ['one-contact-owner', { placement: 'PLACED' }],
    ['no-legal-hold', { heldScopes: ['LEGAL'] }],
    ['still-owned', { ownership: 'SALE_PENDING' }],
    ['case-open', { status: 'CLOSED' }],
  ])('refuse a law firm by rule %s', (ruleId, over) =>
    expect(guard('INSTRUCT_LAW_FIRM', { ...open, ...over }).against.map((each) => each.ruleId)).toEqual([ruleId]),
  );
  it('allow a law firm when none stands against it', () =>
    expect(guard('INSTRUCT_LAW_FIRM', open)).toEqual({ allowed: true, against: [] }));
  it('let a hold stop only what is in its scope', () => {
    const held = { ...open, heldScopes: ['BUREAU'] };
    // A dispute is known by its hold.
    for (const action of caseActions.filter((each) => each !== 'RELEASE_HOLD' && !/^(INVESTIGATE|RESOLVE)_/.test(each)))
      expect([action, guard(action, held)]).toEqual([action, guard(action, open)]);
  });
});

describe('policies', () => {
  it('without faults are what ships', () => expect(() => loadPolicies()).not.toThrow());
  it.each([
    [
      'overlap',
      {
        buckets: [
          { id: 'A', min: 1, max: 30 },
          { id: 'B', min: 30, max: null },
        ],
      },
    ],
    [
      'leave a gap',
      {
        buckets: [
          { id: 'A', min: 1, max: 30 },
          { id: 'B', min: 40, max: null },
        ],
      },
    ],
    [
      'does not follow',
      {
        thresholds: [
          { days: 30, does: [] },
          { days: 7, does: [] },
        ],
      },
    ],
    ['an inquiry for COLLECTION has no basis', { inquiries: { ...policy.inquiries, purposes: { COLLECTION: { bases: [] } } } }],
    ['a cost or a lifetime below zero', { inquiries: { ...policy.inquiries, cacheDays: -1 } }],
    ['does not state {days}', { reminders: { ...policy.reminders, templates: { en: '{amount} {payBy} {contact}' } } }],
  ])('that are wrong are refused: %s', (said, over) => expect(faultsOf({ ...policy, ...over } as never).join()).toContain(said));
  it('render reminders with amount, days, deadline and contact', () =>
    expect(
      renderReminder(policy, 'id-ID', { name: 'Siti', overdueMinor: 125_000_050n, currency: 'IDR', days: 7, payBy: '2026-01-10' }).text,
    ).toMatch(/Siti.*IDR 1\.250\.000,50.*7 hari.*2026-01-10.*1500-888/));
});

it('carries money exactly to decimal text and back', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      fc.constantFrom('IDR', 'CNY', 'JPY', 'BHD', 'CLF'),
      (minor, currency) => {
        expect(decimalToMinor(minorToDecimal(minor, currency), currency)).toBe(minor);
      },
    ),
  );
  expect(decimalToMinor('1.001', 'IDR')).toBeNull();
  expect(decimalToMinor('1.5', 'JPY')).toBeNull();
  expect(minorToDecimal(5n, 'BHD')).toBe('0.005');
});
