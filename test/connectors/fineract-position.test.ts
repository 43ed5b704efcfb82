// What Fineract's events come to: the snapshots of its commits say what is paid, however its events are ordered, doubled or late; nothing is paid twice.
import fc from 'fast-check';
import { createFineractFormat } from '../../connectors/core-banking/fineract/format.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { assess } from '../../src/domain/loan/assess.js';
import { toJson } from '../../src/domain/loan/kept-position.js';
import { totalOf } from '../../src/domain/loan/components.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { toFact } from '../../src/events/to-fact.js';
import { policyFor } from '../../src/policies/index.js';
import { bulk, idr, loanAccount, message, transaction, type Line, type Told } from '../support/fineract-world.js';

const policy = policyFor('ID', '2024-09-01');
const formats = {
  contained: createFineractFormat({ JURISDICTION: 'ID' }),
  counted: createFineractFormat({ JURISDICTION: 'ID', TRANSACTIONS: 'counted' }),
};

function factsOf(value: Buffer, how: keyof typeof formats = 'contained'): LoanFact[] {
  const said = formats[how].read({ topic: 't', partition: 0, offset: '0', key: null, value, headers: {} });
  if ('unreadable' in said) throw new Error(said.unreadable);
  return said.events.map((event) => {
    const each = toFact(event);
    if (!('fact' in each)) throw new Error(JSON.stringify(each));
    return each.fact as LoanFact;
  });
}

const account = (id: number, lines: Line[], businessDate: string, more: object = {}, type = 'LoanBalanceChanged'): Told => ({
  id,
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanAccountDataV1',
  data: loanAccount(lines, more),
  businessDate,
});
const paid = (
  id: number,
  number: number,
  on: string,
  amount: string,
  more: object = {},
  type = 'LoanTransactionMakeRepaymentPost',
): Told => ({
  id,
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanTransactionDataV1',
  data: transaction(number, on, amount, more),
  businessDate: on,
});
const adjusted = (id: number, on: string, old: object, renewed: object | null = null): Told => ({
  id,
  type: 'LoanAdjustTransactionBusinessEvent',
  record: 'loan.v1.LoanTransactionAdjustmentDataV1',
  data: { transactionToAdjust: old, newTransactionDetail: renewed },
  businessDate: on,
});
const two = (paidOfFirst = '0'): Line[] => [
  { number: null, due: '2024-08-01' },
  { number: 1, from: '2024-08-01', due: '2024-09-01', principal: '100', paid: paidOfFirst },
  { number: 2, from: '2024-09-01', due: '2024-10-01', principal: '100' },
];

const at = (asOf: string, facts: readonly LoanFact[]) => {
  const is = assess(facts.reduce(fold, unseen), asOf, policy);
  const { result, overdueSince, daysPastDue, delinquentDays, pausedDays, paused, doubts } = is;
  return { result, overdueSince, daysPastDue, delinquentDays, pausedDays, paused, doubts, overdue: Number(is.overdueTotal) / 100 };
};

/** How it stands, after it was seen that any order of the messages with any of them twice comes to the same. */
function standing(asOf: string, told: readonly (Told | Buffer)[], how: keyof typeof formats = 'contained') {
  const messages = told.map((each) => factsOf(Buffer.isBuffer(each) ? each : message(each), how));
  const whole = messages.flat();
  const position = toJson(whole.reduce(fold, unseen));
  fc.assert(
    fc.property(
      fc.shuffledSubarray(messages, { minLength: messages.length }),
      fc.array(fc.constantFrom(...messages), { maxLength: 5 }),
      (shuffled, again) => expect(toJson([...again, ...shuffled, ...again].flat().reduce(fold, unseen))).toBe(position),
    ),
    { numRuns: 30 },
  );
  return at(asOf, whole);
}

const disbursed = account(10, two(), '2024-08-01', {}, 'LoanDisbursal');

it('does not pay twice what the snapshot of the same commit contains, though the transaction has the higher id', () => {
  const commit = [account(20, two('40'), '2024-09-03'), paid(21, 51, '2024-09-03', '40')];
  expect(standing('2024-09-05', [disbursed, ...commit])).toMatchObject({
    overdue: 60,
    overdueSince: '2024-09-01',
    daysPastDue: 4,
    doubts: [],
  });
});

it('pays what is counted on top of an older snapshot, and what no snapshot that has come contains yet', () => {
  expect(standing('2024-09-05', [disbursed, paid(21, 51, '2024-09-03', '40')], 'counted')).toMatchObject({ overdue: 60 });
  expect(standing('2024-09-05', [disbursed, paid(21, 51, '2024-09-03', '40')], 'contained')).toMatchObject({ overdue: 60 });
});

it('takes the next snapshot for the truth where transactions are counted, too', () =>
  expect(
    standing(
      '2024-09-05',
      [disbursed, paid(21, 51, '2024-09-03', '40'), account(30, two('40'), '2024-09-04', {}, 'LoanAccountSnapshot')],
      'counted',
    ),
  ).toMatchObject({
    overdue: 60,
  }));

it('owes as if never paid after a reversal, whether its snapshot comes before or after it', () => {
  const old = transaction(51, '2024-09-03', '100', { manuallyReversed: true, reversedOnDate: '2024-09-10' });
  const story = [disbursed, account(20, two('100'), '2024-09-03'), paid(21, 51, '2024-09-03', '100')];
  const after = { overdue: 100, overdueSince: '2024-09-01', daysPastDue: 19, doubts: [] };
  expect(standing('2024-09-20', story)).toMatchObject({ overdue: 0, result: 'CURRENT' });
  expect(standing('2024-09-20', [...story, account(30, two(), '2024-09-10'), adjusted(31, '2024-09-10', old)])).toMatchObject(after);
  expect(standing('2024-09-20', [...story, adjusted(30, '2024-09-10', old), account(31, two(), '2024-09-10')])).toMatchObject(after);
  const counted = [disbursed, paid(21, 51, '2024-09-03', '100'), adjusted(31, '2024-09-10', old)];
  expect(standing('2024-09-20', counted, 'counted')).toMatchObject(after);
});

it('opens again what a snapshot contained when its payment is reversed and no snapshot comes with that', () => {
  const old = transaction(51, '2024-09-03', '40', { manuallyReversed: true });
  const story = [
    disbursed,
    paid(21, 51, '2024-09-03', '40'),
    account(25, two('40'), '2024-09-04', {}, 'LoanAccountSnapshot'),
    adjusted(31, '2024-09-10', old),
  ];
  expect(standing('2024-09-20', story, 'counted')).toMatchObject({ overdue: 100 });
});

it('opens nothing when history is reversed, though more is known to be paid than the schedule holds, and not all is known', () => {
  const all: Line[] = [
    { ...two('100')[1]!, due: '2024-09-01' },
    { ...two()[2]!, paid: '100' },
  ];
  const overpaid = [paid(21, 51, '2024-08-20', '170'), paid(22, 52, '2024-08-21', '50')];
  const reversal = adjusted(31, '2024-09-10', transaction(52, '2024-08-21', '50', { manuallyReversed: true }));
  expect(standing('2024-10-05', [disbursed, ...overpaid, account(30, all, '2024-09-10'), reversal])).toMatchObject({
    overdue: 0,
    result: 'CURRENT',
    doubts: [],
  });
});

it('replaces a transaction that is replayed because one was booked before it', () => {
  const replayed = bulk(
    [adjusted(0, '', transaction(51, '2024-09-03', '40'), transaction(53, '2024-09-03', '40')), paid(0, 52, '2024-09-02', '10')],
    { id: 30, businessDate: '2024-09-04' },
  );
  const story = [disbursed, paid(21, 51, '2024-09-03', '40'), replayed];
  expect(standing('2024-09-05', story, 'counted')).toMatchObject({ overdue: 50 });
  expect(standing('2024-09-05', [...story, account(20, two('40'), '2024-09-03'), account(29, two('50'), '2024-09-04')])).toMatchObject({
    overdue: 50,
    doubts: [],
  });
  const { postings } = story.flatMap((each) => factsOf(Buffer.isBuffer(each) ? each : message(each))).reduce(fold, unseen);
  expect(postings.map(({ transactionId, amount, reversal }) => [transactionId, amount, reversal?.on ?? null])).toEqual([
    ['51', 4000n, '2024-09-04'],
    ['52', 1000n, null],
    ['53', 4000n, null],
  ]);
});

/** Fineract adds a chargeback to what is due in its period. */
const chargedBack = (amount: number): Line[] => [{ ...two('50')[1]!, principal: String(100 + amount) }, two()[2]!];
const back = { type: { code: 'loanTransactionType.chargeback', chargeback: true } };
const chargeback = [
  disbursed,
  account(20, two('50'), '2024-08-05'),
  paid(21, 51, '2024-08-05', '50'),
  account(30, chargedBack(80), '2024-08-10', { summary: { principalDisbursed: '200', principalAdjustments: '80' } }),
  paid(31, 52, '2024-08-10', '80', back, 'LoanChargebackTransaction'),
];

it.each(['contained', 'counted'] as const)('is past due before any due date when more is taken back than was paid (%s)', (how) => {
  expect(standing('2024-08-20', chargeback, how)).toMatchObject({
    result: 'PAST_DUE',
    overdueSince: '2024-08-10',
    daysPastDue: 10,
    overdue: 30,
    doubts: [],
  });
  expect(standing('2024-09-05', chargeback, how)).toMatchObject({ overdueSince: '2024-08-10', daysPastDue: 26, overdue: 130 });
});

it('agrees with the count of the bank, which is from the day of the chargeback as well', () => {
  const counted = (pastDueDays: number) =>
    account(40, chargedBack(80), '2024-08-20', {
      summary: { principalDisbursed: '200', principalAdjustments: '80' },
      delinquent: { pastDueDays, delinquentDays: pastDueDays },
    });
  expect(standing('2024-08-20', [...chargeback, counted(10)]).doubts).toEqual([]);
  expect(standing('2024-08-20', [...chargeback, counted(0)]).doubts).toEqual(['SOURCE_DAYS_DIFFER']);
});

it('is as it was when the chargeback is undone', () => {
  const undone = [
    account(40, two('50'), '2024-08-15'),
    adjusted(41, '2024-08-15', transaction(52, '2024-08-10', '80', { ...back, manuallyReversed: true })),
  ];
  expect(standing('2024-08-20', [...chargeback, ...undone])).toMatchObject({ result: 'CURRENT', overdue: 0, doubts: [] });
});

describe('a charge', () => {
  const charge = (id: number, type: string, more: object = {}): Told => ({
    id,
    type: `${type}BusinessEvent`,
    record: 'loan.v1.LoanChargeDataV1',
    data: { id: '12', loanId: '7', amount: '5', dueDate: '2024-09-01', penalty: true, currency: idr, ...more },
    businessDate: '2024-09-02',
  });
  const charged = (waived = '0'): Line[] => [{ ...two()[1]!, more: { penaltyChargesDue: '5', penaltyChargesWaived: waived } }, two()[2]!];

  it('is owed once, whether its snapshot comes before or after it', () => {
    const more = { summary: { penaltyChargesOutstanding: '5' } };
    expect(standing('2024-09-05', [disbursed, account(20, charged(), '2024-09-02', more), charge(21, 'LoanAddCharge')])).toMatchObject({
      overdue: 105,
      doubts: [],
    });
    expect(standing('2024-09-05', [disbursed, charge(20, 'LoanAddCharge'), account(21, charged(), '2024-09-02', more)])).toMatchObject({
      overdue: 105,
      doubts: [],
    });
  });
  it('is owed no more when it is waived', () => {
    const waived = [account(30, charged('5'), '2024-09-03'), charge(31, 'LoanWaiveCharge', { amountWaived: '5' })];
    expect(standing('2024-09-05', [disbursed, charge(20, 'LoanAddCharge'), ...waived])).toMatchObject({ overdue: 100, doubts: [] });
  });
  it('is owed beside the schedule where the bank sends no snapshot with it', () =>
    expect(standing('2024-09-05', [disbursed, charge(20, 'LoanAddCharge')], 'counted')).toMatchObject({ overdue: 105 }));
});

describe('a pause', () => {
  const paused = (id: number, on: string, start: string, end: string) =>
    account(
      id,
      two(),
      on,
      { delinquent: { delinquencyPausePeriods: [{ pausePeriodStart: start, pausePeriodEnd: end }] } },
      'LoanAccountDelinquencyPauseChanged',
    );

  it('holds on its last day, which counts again (case 17), and re-assesses without a transaction (case 44)', () => {
    expect(standing('2024-09-05', [disbursed])).toMatchObject({ delinquentDays: 4, paused: false });
    expect(standing('2024-09-05', [disbursed, paused(20, '2024-09-03', '2024-09-03', '2024-09-05')])).toMatchObject({
      daysPastDue: 4,
      delinquentDays: 2,
      pausedDays: 2,
      paused: true,
    });
  });
  it('that was ended early counts to the day on which it was', () => {
    const story = [disbursed, paused(20, '2024-09-03', '2024-09-03', '2024-09-09'), paused(30, '2024-09-05', '2024-09-03', '2024-09-05')];
    expect(standing('2024-09-11', story)).toMatchObject({ pausedDays: 2, delinquentDays: 8, paused: false });
  });
  it('that was ended on its first day counts for nothing (case 16)', () => {
    const story = [disbursed, paused(20, '2024-09-03', '2024-09-03', '2024-09-09'), paused(30, '2024-09-03', '2024-09-03', '2024-09-03')];
    expect(standing('2024-09-11', story)).toMatchObject({ pausedDays: 0, delinquentDays: 10 });
  });
});

it('bears with a count of days by the date of the close of business, one lower, and doubts one that is two off (case 34)', () => {
  const counted = (pastDueDays: number) => account(20, two(), '2024-09-05', { delinquent: { pastDueDays, delinquentDays: pastDueDays } });
  expect(standing('2024-09-05', [disbursed, counted(3)]).doubts).toEqual([]);
  expect(standing('2024-09-05', [disbursed, counted(2)]).doubts).toEqual(['SOURCE_DAYS_DIFFER']);
});

it('doubts a loan that the close of business has left behind, until its next snapshot (case 45)', () => {
  const locked: Told = {
    id: 20,
    type: 'LoanAccountsStayedLockedBusinessEvent',
    record: 'loan.v1.LoanAccountsStayedLockedDataV1',
    data: { loanAccounts: [{ id: '7', accountNo: '000000007' }] },
    businessDate: '2024-09-05',
  };
  expect(standing('2024-09-05', [disbursed, locked]).doubts).toEqual(['STALE COB_LOCKED']);
  expect(standing('2024-09-05', [disbursed, locked, account(30, two(), '2024-09-05')]).doubts).toEqual([]);
});

it('does not take a snapshot for older because its id has become negative (case 43)', () => {
  const story = [account(2 ** 31 - 1, two(), '2024-09-02'), account(-(2 ** 31), two('100'), '2024-09-03')];
  expect(standing('2024-09-05', story)).toMatchObject({ overdue: 0 });
});

it('takes a new schedule that eases the terms with its reason, from the same message', () => {
  const later: Line[] = [{ number: 1, from: '2024-08-01', due: '2024-11-01', principal: '200' }];
  const story = [disbursed, account(20, later, '2024-09-03', {}, 'LoanReAge')];
  expect(standing('2024-09-20', story)).toMatchObject({ result: 'CURRENT', doubts: [] });
  const { restructured, schedule, account: known } = story.flatMap((each) => factsOf(message(each))).reduce(fold, unseen);
  expect(restructured).toMatchObject({ on: '2024-09-03', wasNonPerforming: true });
  expect(schedule!.at[0]).toBe(known!.at[0]);
});

/** A random life: each step is one commit, whose snapshot is written before its transaction. */
const step = fc.record({ kind: fc.constantFrom('pay', 'reverse', 'replace'), amount: fc.integer({ min: 1, max: 60 }), pick: fc.nat() });

it('owes at the end what the last commit left, in any order of all that was told', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (steps, random) => {
      const live = new Map<number, number>();
      let number = 50;
      const told: Told[] = [disbursed];
      steps.forEach(({ kind, amount, pick }, i) => {
        const on = `2024-08-${String(i + 2).padStart(2, '0')}`;
        const old = [...live.keys()][pick % (live.size || 1)];
        const id = 20 + 10 * i;
        const room = 100 - [...live.values()].reduce((a, b) => a + b, 0);
        const fact = (): Told | null => {
          if (kind === 'pay' || old === undefined) {
            if (room <= 0) return null;
            live.set(++number, Math.min(amount, room));
            return paid(id + 1, number, on, String(live.get(number)));
          }
          const was = transaction(old, on, String(live.get(old)));
          live.delete(old);
          if (kind === 'reverse') return adjusted(id + 1, on, { ...was, manuallyReversed: true });
          live.set(++number, Math.min(amount, 100 - [...live.values()].reduce((a, b) => a + b, 0)));
          return adjusted(id + 1, on, was, transaction(number, on, String(live.get(number))));
        };
        const transactionOf = fact();
        if (!transactionOf) return;
        const left = [...live.values()].reduce((a, b) => a + b, 0);
        told.push(account(id, two(String(left)), on), transactionOf);
      });
      const facts = told.map((each) => factsOf(message(each)));
      const order = facts.map((each) => ({ each, by: random.next().value as number })).sort((a, b) => a.by - b.by);
      const position = order.flatMap(({ each }) => each).reduce(fold, unseen);
      expect(toJson(position)).toBe(toJson(facts.flat().reduce(fold, unseen)));
      const is = assess(position, '2024-09-05', policy);
      expect(Number(totalOf(is.overdue)) / 100).toBe(100 - [...live.values()].reduce((a, b) => a + b, 0));
      expect(is.doubts).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
