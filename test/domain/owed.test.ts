// What is owed after reversals, waivers, charges and things told again, beside a snapshot that contains some of them.
import { assess } from '../../src/domain/loan/assess.js';
import { owed } from '../../src/domain/loan/owed.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { faultsOf, policyFor } from '../../src/policies/index.js';
import { charged, chargedBack, line, paid, paused, reversed, snapshot, told } from '../support/read-model.js';

const policy = policyFor('ID', '2026-01-01');
const open = (...facts: LoanFact[]) =>
  owed(facts.reduce(fold, unseen), policy.allocation).map(({ outstanding }) => Number(outstanding.principal + outstanding.penalty));
const whole = line(1, '2024-09-01', 100);
const met = line(1, '2024-09-01', 100, 100);
const posted = (sequence: number, transactionId: string, kind: string, amount: number) =>
  told('LoanTransactionPosted', sequence, '2024-08-01', {
    transactionId,
    kind,
    valueOn: '2024-08-01',
    postedOn: '2024-08-01',
    amount: BigInt(amount),
    currency: 'IDR',
    portions: null,
  });
const charge = (type: string, sequence: number, amount: number) =>
  told(type, sequence, '2024-08-01', { chargeId: 'c', dueOn: '2024-08-01', amount: BigInt(amount), penalty: true });

it('spreads a back-dated repayment over what a reversal reopens, whichever has the older value date', () =>
  expect(open(paid(2, 'a', '2024-08-20', 100), snapshot(3, [met]), paid(4, 'b', '2024-08-10', 70), reversed(5, 'a', '2024-09-10'))).toEqual(
    [30],
  ));

it('takes a reversal first from what was paid beyond all lines', () =>
  expect(open(paid(1, 'a', '2024-08-10', 70), paid(2, 'b', '2024-08-20', 70), snapshot(3, [met]), reversed(4, 'b', '2024-09-10'))).toEqual([
    30,
  ]));

it('owes again what was waived or written off when that is reversed', () => {
  expect(open(posted(1, 'w', 'WAIVER', 60), snapshot(2, [{ ...whole, waived: { ...whole.due, principal: 60n } }]))).toEqual([40]);
  expect(
    open(
      posted(1, 'w', 'WAIVER', 60),
      snapshot(2, [{ ...whole, waived: { ...whole.due, principal: 60n } }]),
      reversed(3, 'w', '2024-09-01'),
    ),
  ).toEqual([100]);
  expect(
    open(
      posted(1, 'w', 'WRITE_OFF', 60),
      snapshot(2, [{ ...whole, writtenOff: { ...whole.due, principal: 60n } }]),
      reversed(3, 'w', '2024-09-01'),
    ),
  ).toEqual([100]);
});

it('counts a transaction once that is told again after a snapshot that contains it', () => {
  const first = [paid(1, 'a', '2024-08-10', 60), snapshot(2, [line(1, '2024-09-01', 100, 60)])];
  expect(open(...first, paid(3, 'a', '2024-08-10', 60))).toEqual([40]);
  expect(open(...first, paid(3, 'a', '2024-08-10', 50))).toEqual([50]);
  expect(open(...first, paid(3, 'a', '2024-08-10', 50), reversed(4, 'a', '2024-09-10'))).toEqual([100]);
});

it('takes a reversal that is told again for the same one', () =>
  expect(
    open(
      paid(1, 'a', '2024-08-10', 60),
      reversed(2, 'a', '2024-08-12'),
      snapshot(3, [line(1, '2024-09-01', 100, 20)]),
      reversed(4, 'a', '2024-08-12'),
    ),
  ).toEqual([80]));

it('counts a charge once, whether it is told again, waived or removed', () => {
  expect(open(snapshot(1, [whole]), charge('ChargeApplied', 2, 10))).toEqual([110]);
  expect(open(snapshot(1, [whole]), charge('ChargeApplied', 2, 10), charge('ChargeWaived', 3, 10), charge('ChargeRemoved', 4, 10))).toEqual(
    [100],
  );
  const contained = { ...whole, due: { ...whole.due, penalty: 10n } };
  expect(open(charge('ChargeApplied', 1, 10), snapshot(2, [contained]), charge('ChargeApplied', 3, 15))).toEqual([115]);
  expect(open(charge('ChargeApplied', 1, 10), snapshot(2, [contained]), charge('ChargeRemoved', 3, 10))).toEqual([100]);
});

it('pays the oldest due date first where the source tells its lines in another order', () =>
  expect(open(snapshot(1, [line(2, '2024-10-01', 100), whole]), paid(2, 'a', '2024-08-01', 100))).toEqual([0, 100]));

it('does not depend on arrival where the source gives two facts the same place', () => {
  const pairs: [LoanFact, LoanFact][] = [
    [paid(2, 'a', '2024-08-10', 60), paid(2, 'a', '2024-08-10', 50)],
    [paused(2, '2024-09-03', '2024-09-09'), paused(2, '2024-09-03', '2024-09-05')],
    [reversed(2, 'a', '2024-09-03'), reversed(2, 'a', '2024-09-04')],
    [charge('ChargeApplied', 2, 10), charge('ChargeApplied', 2, 15)],
    [charge('ChargeWaived', 2, 10), charge('ChargeRemoved', 3, 15)],
  ];
  for (const [a, b] of pairs) expect([a, b].reduce(fold, unseen)).toEqual([b, a].reduce(fold, unseen));
});

it('knows a transaction whose place is 0 though its reversal came first', () =>
  expect([reversed(1, 'a', '2024-09-03'), paid(0, 'a', '2024-08-10', 60)].reduce(fold, unseen).postings).toMatchObject([
    { amount: 60n, reversal: { sequence: 1n } },
  ]));

describe('the assessment', () => {
  const is = (asOf: string, ...facts: LoanFact[]) => assess(facts.reduce(fold, unseen), asOf, policy);
  it('counts a chargeback in another currency for nothing, and says so', () =>
    expect(is('2024-08-20', snapshot(1, [{ ...met, fromOn: '2024-08-01' }]), chargedBack(2, 'c', '2024-08-10', 80, 'USD'))).toMatchObject({
      result: 'CURRENT',
      doubts: expect.arrayContaining(['CURRENCY_DIFFERS c']),
    }));
  it('has at hand the pause that will count once the next due date is missed', () =>
    expect(is('2024-08-20', snapshot(1, [whole], { pauses: [{ from: '2024-08-25', until: '2024-09-05' }] }))).toMatchObject({
      result: 'CURRENT',
      pausedDays: 0,
      pauses: [[expect.any(Number), expect.any(Number)]],
    }));
  it('is of no live loan when a closed one comes without lines', () =>
    expect(is('2024-09-20', snapshot(1, [], { status: 'WRITTEN_OFF' }))).toMatchObject({ result: 'NONE' }));
  it('charges of the day itself are owed with the line that they fall due with', () =>
    expect(Number(is('2024-09-20', snapshot(1, [whole]), charged(2, 'p', '2024-08-20', 5)).overdueTotal)).toBe(105));
});

it('refuses a policy whose order of allocation leaves a component out', () =>
  expect(faultsOf({ ...policy, allocationOf: { P: ['principal', 'interest'] } }).join()).toContain('does not name each component once'));
