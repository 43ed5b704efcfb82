// What a file does with an account at the bureau, by what was told of it before: every case of the table.
import type { BureauFileFormat } from '../../connectors/bureau-file.js';
import { contentOf, decide, type FileKind } from '../../src/reporting/decide.js';
import type { LastTold } from '../../src/storage/bureau-items.js';
import type { Draft } from '../../src/reporting/record.js';

const period = { from: '2026-02-01', to: '2026-02-28' };
const draft = (more: Partial<Draft> = {}, stateSince = '2026-02-10', accountRef = 'A1'): Draft =>
  ({
    aggregateId: 't/core/L1',
    ended: false,
    policyVersion: 'P',
    facts: 1,
    spreadsFrom: null,
    record: { account: { accountRef }, standing: { stateSince } },
    ...more,
  }) as unknown as Draft;
const told = (more: Partial<LastTold> = {}): LastTold => ({
  id: 'item-1',
  accountRef: 'A1',
  ended: false,
  action: 'UPDATE',
  state: 'ACCEPTED',
  recordSha256: 'other',
  version: 3,
  held: true,
  ...more,
});
const refused = told({ state: 'REJECTED', held: false });
const refusedHeld = told({ state: 'REJECTED' });
const same = told({ recordSha256: contentOf(draft().record) });

type Case = [words: string, kind: FileKind, draft: Draft, before: { told?: LastTold; ofPeriod?: LastTold }, actions: string[]];
it.each<Case>([
  ['a new account', 'PERIOD', draft(), {}, ['CREATE 1']],
  ['one that the bureau holds', 'PERIOD', draft(), { told: told() }, ['UPDATE 4']],
  ['one of which nothing was taken', 'PERIOD', draft(), { told: refused }, ['CREATE 4']],
  ['one that ended in the period', 'PERIOD', draft({ ended: true }), { told: told() }, ['UPDATE 4']],
  ['one that ended before, and that was told', 'PERIOD', draft({ ended: true }, '2026-01-10'), { told: told({ ended: true }) }, []],
  ['one that ended before, and that was not told yet', 'PERIOD', draft({ ended: true }, '2026-01-10'), { told: told() }, ['UPDATE 4']],
  ['one that ended before the bureau heard of it', 'PERIOD', draft({ ended: true }, '2026-01-10'), {}, []],
  ['what was refused', 'RESUBMISSION', draft(), { told: refusedHeld, ofPeriod: refusedHeld }, ['UPDATE 4']],
  [
    'what was held back and never told',
    'RESUBMISSION',
    draft(),
    { told: refused, ofPeriod: told({ state: 'HELD_BACK', held: false }) },
    ['CREATE 4'],
  ],
  [
    'a correction that was refused',
    'RESUBMISSION',
    draft(),
    { told: told(), ofPeriod: told({ action: 'CORRECT', state: 'REJECTED' }) },
    ['CORRECT 4'],
  ],
  ['what was taken needs none', 'RESUBMISSION', draft(), { told: told(), ofPeriod: told() }, []],
  ['what would be said otherwise', 'CORRECTION', draft(), { told: told(), ofPeriod: told() }, ['CORRECT 4']],
  ['what would be said the same', 'CORRECTION', draft(), { told: same, ofPeriod: same }, []],
  ['what was refused is for a resubmission', 'CORRECTION', draft(), { told: refused, ofPeriod: refused }, []],
  ['an account that was learned of too late', 'CORRECTION', draft(), {}, ['CREATE 1']],
  ['one that ended, and was never told of the period', 'CORRECTION', draft({ ended: true }), { told: told() }, []],
])('%s', (_words, kind, each, before, actions) => {
  const decided = decide(each, kind, period, before, { changeOfNumber: 'ALONE' });
  expect(decided.map(({ action, version }) => `${action} ${version}`)).toEqual(actions);
  expect(decided.map(({ record }) => record.key)).toEqual(decided.map(({ version }) => `A1/${version}`));
  expect(decided.map(({ corrects }) => corrects)).toEqual(decided.map(() => (kind === 'PERIOD' ? null : (before.ofPeriod?.id ?? null))));
});

it.each<[BureauFileFormat['changeOfNumber'], string[], boolean]>([
  ['ALONE', ['IDENTIFIER 4', 'UPDATE 5'], false],
  ['WITHIN', ['IDENTIFIER 4'], false],
  ['NEVER', ['UPDATE 4'], true],
])('a number that changed, where a format tells it %s', (changeOfNumber, actions, hindered) => {
  const decided = decide(draft({}, '2026-02-10', 'A2'), 'PERIOD', period, { told: told() }, { changeOfNumber });
  expect(decided.map(({ action, version }) => `${action} ${version}`)).toEqual(actions);
  expect(decided[0]!.record.account.formerAccountRef).toBe('A1');
  expect(decided.some(({ hindrance }) => hindrance?.code === 'NUMBER_CHANGED')).toBe(hindered);
});
