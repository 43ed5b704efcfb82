// The log by month: months are made when they are needed and may be detached; a fact that is sent again counts once, whatever date it comes under.
import { recordLoanFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { foldAsOf } from '../../src/actions/fold-as-of.js';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { toFact } from '../../src/events/to-fact.js';
import { digestOf } from '../../src/storage/digest.js';
import { openScratch } from '../../src/storage/scratch.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';

let database: Database;
let store: Store;
let offset = 0n;

beforeAll(async () => {
  database = await openDatabase();
  ({ store } = database);
}, 120_000);
afterAll(() => database?.stop(), 60_000);

function fact(loan: string, type: string, sequence: number, businessdate: string, data: object): SourceFact {
  const read = toFact({
    id: `${loan}/${sequence}`,
    source: '/core-banking/log',
    type,
    time: `${businessdate}T01:00:00Z`,
    tenantid: 'log',
    aggregateid: `log/core/${loan}`,
    sequence: String(sequence),
    businessdate,
    effectivedate: '2026-03-10',
    data,
  });
  if (!('fact' in read)) throw new Error(JSON.stringify(read));
  return read.fact;
}
const snapshot = (loan: string, on: string) =>
  fact(loan, 'LoanAccountSnapshotted', 1, on, {
    loanAccountId: loan,
    accountNo: loan,
    borrowerId: `B${loan}`,
    productId: 'PL',
    productClass: 'CONSUMER',
    jurisdiction: 'ID',
    currency: 'USD',
    status: 'ACTIVE',
    principal: '100.00',
    disbursedOn: '2026-02-01',
    installments: [{ installmentNumber: 1, dueDate: '2026-03-01', principal: { due: '100.00' } }],
  });
const payment = (loan: string, sequence: number, on: string) =>
  fact(loan, 'LoanTransactionPosted', sequence, on, {
    transactionId: `T${sequence}`,
    kind: 'REPAYMENT',
    valueDate: '2026-03-10',
    postedDate: '2026-03-10',
    amount: '10.00',
    currency: 'USD',
  });
const reversal = (loan: string, sequence: number, on: string) =>
  fact(loan, 'LoanTransactionReversed', sequence, on, { transactionId: `T${sequence - 1}`, reversedOn: '2026-03-11' });

async function record(...facts: SourceFact[]) {
  const expectedOffset = offset;
  const recorded = await recordLoanFacts(store, {
    topic: 'log',
    partition: 0,
    expectedOffset,
    nextOffset: expectedOffset + 1n,
    facts,
    unreadable: [],
  });
  offset = expectedOffset + 1n;
  return recorded;
}
const rows = <Row extends object>(text: string) => store.transaction((tx) => tx.query<Row>(text));
const paid = async (loan: string) =>
  (await rows<{ outstanding_minor: string }>(`select outstanding_minor from loan where aggregate_id = 'log/core/${loan}'`))[0]!
    .outstanding_minor;

it('counts an event once that is sent again under another business date, although the log then has it twice', async () => {
  await advanceBusinessDate(store, 'log', '2026-03-10');
  await record(snapshot('A', '2026-03-10'), payment('A', 2, '2026-03-10'), payment('A', 4, '2026-03-10'), reversal('A', 5, '2026-03-10'));
  await advanceBusinessDate(store, 'log', '2026-03-11');
  await record(payment('A', 6, '2026-03-11')); // to an open case
  const before = await store.transaction(digestOf);
  expect(await record(payment('A', 6, '2026-03-11'))).toMatchObject({ recorded: 0, duplicates: 1 });
  const again = await record(
    snapshot('A', '2026-03-12'),
    payment('A', 2, '2026-03-12'),
    payment('A', 4, '2026-03-12'),
    reversal('A', 5, '2026-03-12'),
    payment('A', 6, '2026-04-01'),
  );
  expect(again.recorded).toBe(5);
  expect((await store.transaction(digestOf)).tables).toEqual(before.tables);
  expect(await paid('A')).toBe('8000');
});

it('goes on when an old month of the log is detached, also with what comes late for that month', async () => {
  await record(snapshot('B', '2026-03-12'), payment('B', 2, '2026-03-12'));
  const [{ count: held }] = (await rows<{ count: string }>(`select count(*) from event_log_2026_03 where tenant = 'log'`)) as [
    { count: string },
  ];
  await rows('alter table event_log detach partition event_log_2026_03');
  await record(payment('B', 3, '2026-04-02'));
  expect(await paid('B')).toBe('8000');
  // The process believes the month to be there: the first try finds that out, as the intake's would, and the second makes a new one.
  await expect(record(payment('B', 4, '2026-03-12'), payment('B', 2, '2026-03-12'))).rejects.toThrow(/no partition/);
  await record(payment('B', 4, '2026-03-12'), payment('B', 2, '2026-03-12'));
  expect(await paid('B')).toBe('7000');
  expect(await rows('select fact_id from event_log_2026_03_late order by 1')).toEqual([{ fact_id: 'B/2' }, { fact_id: 'B/4' }]);
  expect(await rows(`select count(*) from event_log_2026_03 where tenant = 'log'`)).toEqual([{ count: held }]);
});

it('refuses to tell the past without a month that is detached, and tells it again once that is attached', async () => {
  await advanceBusinessDate(store, 'lookback', '2026-01-10');
  await rows('alter table event_log detach partition event_log_2026_01');
  const lookBack = (): Promise<void> =>
    openScratch(store).then((scratch) => scratch((tx) => foldAsOf((work) => work(tx), ['borrower_0'], { validAt: null, knownAt: null })));
  await expect(lookBack()).rejects.toThrow(/The log is without 2026-01/);
  await rows(`alter table event_log attach partition event_log_2026_01 for values from ('2026-01-01') to ('2026-02-01')`);
  await rows('alter table event_log detach partition event_log_2026_03_late');
  await rows(`alter table event_log attach partition event_log_2026_03 for values from ('2026-03-01') to ('2026-04-01')`);
  await lookBack();
});
