// A bureau's ledger against what we last said: a table of all that may differ.
import { compareLedger, type Ours, type Theirs } from '../../src/domain/bureau/reconcile.js';

const held = {
  accountRef: 'A1',
  reportKey: 'b/l/1',
  state: 'OVERDUE' as const,
  overdueSince: '2026-01-10',
  daysPastDue: 31,
  overdueMinor: 100n,
  currency: 'IDR',
  qualityClass: 2,
  disputed: false,
};
const ours: Ours = { ...held, loanId: 'l', acceptedVersion: 1, pending: false };
const theirs: Theirs = { ...held, version: 1 };

it.each<[string, Partial<Ours> | null, Partial<Theirs> | null, string[]]>([
  ['all alike', {}, {}, []],
  ['a report that the bureau has not', {}, null, ['MISSING_AT_BUREAU']],
  ['a deletion of what the bureau has not', { state: 'DELETED' }, null, []],
  ['a cure of what the bureau never took', { state: 'CURED', acceptedVersion: 0 }, null, []],
  ['a cure that the bureau took once', { state: 'CURED' }, null, ['MISSING_AT_BUREAU']],
  ['an overdue account that we know nothing of', null, {}, ['MISSING_HERE']],
  ['a cured account that we know nothing of', null, { state: 'CURED' }, ['MISSING_HERE']],
  ['a deleted account that we know nothing of', null, { state: 'DELETED' }, []],
  ['a cure that the bureau has not', { state: 'CURED' }, {}, ['STATE_DIFFERS']],
  ['a flag that the bureau has cured', {}, { state: 'CURED' }, ['STATE_DIFFERS']],
  ['a deletion that the bureau has not', { state: 'DELETED' }, {}, ['STATE_DIFFERS']],
  ['an older flag at the bureau', { reportKey: 'b/l/2' }, {}, ['STATE_DIFFERS']],
  ['another date', {}, { overdueSince: '2026-01-11' }, ['FIGURES_DIFFER']],
  ['another number of days', {}, { daysPastDue: 30 }, ['FIGURES_DIFFER']],
  ['another amount', {}, { overdueMinor: 101n }, ['FIGURES_DIFFER']],
  ['another currency', {}, { currency: 'USD' }, ['FIGURES_DIFFER']],
  ['another class', {}, { qualityClass: 3 }, ['FIGURES_DIFFER']],
  ['figures of what is cured on both sides', { state: 'CURED' }, { state: 'CURED', overdueSince: null, overdueMinor: null }, []],
  ['a mark that the bureau has not', { disputed: true }, {}, ['MARK_DIFFERS']],
  ['a mark that only the bureau has, and another amount', {}, { disputed: true, overdueMinor: 1n }, ['FIGURES_DIFFER', 'MARK_DIFFERS']],
  ['a mark on what is deleted', { state: 'DELETED' }, { state: 'DELETED', disputed: true }, []],
  ['an account number that the bureau has not learned', { accountRef: 'A2' }, {}, ['IDENTIFIER_DIFFERS']],
  ['a difference while a hand-over is on its way', { pending: true, overdueMinor: 5n, disputed: true }, {}, ['PENDING']],
  ['a report that is on its way', { pending: true }, null, ['PENDING']],
  ['no difference while a hand-over is on its way', { pending: true }, {}, []],
])('finds of %s what there is to mend', (_, mine, their, kinds) => {
  const found = compareLedger(mine ? [{ ...ours, ...mine }] : [], their ? [{ ...theirs, ...their }] : []);
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
  for (const { mend } of found) expect(mend).not.toBe('');
});
