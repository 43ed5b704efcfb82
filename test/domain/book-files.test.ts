// A bank's own book from files: what it says day by day, and how its mistakes are told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { toFact } from '../../src/events/to-fact.js';
import { daysOfFiles } from '../../src/sandbox/book/from-files.js';
import { BadBook } from '../../src/sandbox/book/mistakes.js';
import { readBook } from '../../src/sandbox/book/read-book.js';

const example = 'schema/book/example';
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'casegraph-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = {
  'loans.csv': 'loan_id,currency,principal,disbursed_on,jurisdiction\nL1,USD,100.00,2026-01-10,US\n',
  'instalments.csv': 'loan_id,number,due_on,principal\nL1,1,2026-02-10,60.00\nL1,2,2026-03-10,40.00\n',
  'payments.csv': 'loan_id,payment_id,value_date,amount\nL1,P1,2026-02-11,60\n',
};
const write = (files: Record<string, string | Buffer>) => {
  for (const [name, text] of Object.entries({ ...good, ...files })) writeFileSync(join(folder, name), text);
};
const mistakesOf = async (files: Record<string, string | Buffer>, mostMistakes = 100): Promise<string[]> => {
  write(files);
  const error = await readBook(folder, { mostMistakes }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return [];
  if (!(error instanceof BadBook)) throw error;
  return error.message.split('\n').slice(1);
};

it('plays the example as events that the gateway reads, each on the day on which the bank told it', async () => {
  const book = await readBook(example);
  const days = [...daysOfFiles(book, { tenant: 'book', until: '2026-05-21' })];
  expect([days[0]!.businessDate, days.at(-1)!.businessDate, days.length]).toEqual(['2026-01-15', '2026-05-21', 127]);
  const format = createCanonicalFormat();
  const told = days.flatMap(({ businessDate, events }) =>
    events.map(({ key, event }) => {
      const read = format.read({
        topic: 't',
        partition: 0,
        offset: '0',
        key: null,
        value: Buffer.from(JSON.stringify(event)),
        headers: {},
      });
      if ('unreadable' in read) throw new Error(read.unreadable);
      const fact = toFact(read.events[0]!);
      if (!('fact' in fact)) throw new Error('unreadable' in fact ? fact.unreadable : 'a mark');
      expect(fact.fact.aggregateId).toBe(key);
      return `${businessDate} ${fact.fact.type} ${fact.fact.id} of ${fact.fact.effectiveOn}`;
    }),
  );
  expect(told.filter((each) => each.includes('book/files/A-101'))).toEqual([
    '2026-02-01 LoanAccountSnapshotted book/files/A-101/account of 2026-02-01',
    '2026-03-01 LoanTransactionPosted book/files/A-101/payment/P-3 of 2026-03-01',
    '2026-03-05 LoanTransactionReversed book/files/A-101/reversal/P-3 of 2026-03-05',
  ]);
  expect(told).toContain('2026-03-12 LoanTransactionPosted book/files/A-100/payment/P-2 of 2026-03-10');
  expect(told.filter((each) => each.includes('BorrowerUpdated'))).toHaveLength(2);
  expect(told).toHaveLength(3 + 2 + 6 + 1);
});

it('ends a book on the day that is asked for', async () => {
  const days = [...daysOfFiles(await readBook(example), { tenant: 'book', until: '2026-03-10' })];
  expect(days.at(-1)!.businessDate).toBe('2026-03-10');
  expect(days.flatMap(({ events }) => events.map(({ event }) => event['id']))).not.toContain('book/files/A-100/payment/P-2');
});

it('orders a payment behind the account even when it came before the disbursal', async () => {
  write({ 'payments.csv': 'loan_id,payment_id,value_date,amount\nL1,P1,2026-01-05,60\n' });
  const events = [...daysOfFiles(await readBook(folder), { tenant: 'book', until: '2026-01-20' })].flatMap((day) => day.events);
  const sequences = events.map(({ event }) => [event['type'], String(event['sequence'])] as const);
  expect(sequences.map(([type]) => type)).toEqual(['LoanTransactionPosted', 'LoanAccountSnapshotted']);
  expect(sequences[0]![1] > sequences[1]![1]).toBe(true);
});

it('reads columns in any order, a byte order mark, CRLF and quotes', async () => {
  write({
    'loans.csv': '\uFEFFdisbursed_on,"currency",loan_id,jurisdiction,principal\r\n2026-01-10,USD,"L,1",US,100\r\n',
    'instalments.csv': 'principal,due_on,number,loan_id\r\n100,2026-02-10,1,"L,1"\r\n',
    'payments.csv': 'loan_id,payment_id,value_date,amount\r\n',
  });
  const book = await readBook(folder);
  expect([...book.loans.keys()]).toEqual(['L,1']);
  expect([book.firstDate, book.lastDate]).toEqual(['2026-01-10', '2026-01-10']);
});

it('tells every mistake with its file, line and column, and never what stands there', async () => {
  const secret = 'geheim';
  const told = await mistakesOf({
    'loans.csv': `loan_id,currency,principal,disbursed_on,jurisdiction\nL1,USD,100.00,2026-01-10,US\nL2,${secret},1,2026-01-10,US\nL3,USD,-1,2026-02-30,\nL1,USD,1,2026-01-10,US\nL4,JPY,1.50,2026-01-10,JP\n`,
    'instalments.csv': `loan_id,number,due_on,principal\nL1,1,2026-02-10,60.001\nL1,2,10.03.2026,40.00\nL1,2,2026-03-10,40.00\nL1,2,2026-03-10,40.00\n${secret},1,2026-03-10,1\nL1,3,2026-03-10\n`,
    'payments.csv': `loan_id,payment_id,value_date,amount,reversed_on\nL1,P1,2026-02-11,NaN,\nL1,,2026-02-11,1,\nL1,P2,2026-02-11,1,2026-02-10\nL1,P2,2026-02-11,"1,000.00",\nL1,P2,2026-02-12,1,\n`,
  });
  expect(told).toEqual([
    'loans.csv, line 3, column currency: an ISO 4217 currency such as USD expected',
    'loans.csv, line 4, column principal: a decimal amount such as 1250.50, without sign, blanks or separators expected',
    'loans.csv, line 4, column disbursed_on: a date YYYY-MM-DD between 1900-01-01 and 2199-12-31 expected',
    'loans.csv, line 5, column loan_id: each loan once expected',
    'loans.csv, line 6, column principal: an amount with at most 0 decimals, as JPY has, expected',
    'instalments.csv, line 2, column principal: an amount with at most 2 decimals, as USD has, expected',
    'instalments.csv, line 3, column due_on: a date YYYY-MM-DD between 1900-01-01 and 2199-12-31 expected',
    'instalments.csv, line 5, column number: each number of a loan once expected',
    'instalments.csv, line 6, column loan_id: a loan of loans.csv expected',
    'instalments.csv, line 7: 4 cells expected, as the header has; there are 3',
    'payments.csv, line 2, column amount: a decimal amount such as 1250.50, without sign, blanks or separators expected',
    'payments.csv, line 3, column payment_id: this cell must not be empty',
    'payments.csv, line 4, column reversed_on: a day not before the payment was posted expected',
    'payments.csv, line 5, column amount: a decimal amount such as 1250.50, without sign, blanks or separators expected',
    'payments.csv, line 6, column payment_id: each payment of a loan once expected',
  ]);
  expect(told.join()).not.toContain(secret);
});

it.each<[string, Record<string, string | Buffer>, string]>([
  [
    'a column that nobody knows',
    { 'payments.csv': 'loan_id,payment_id,value_date,amount,ammount2\n' },
    'payments.csv, line 1, column ammount2: there is no such column',
  ],
  [
    'a column that is missing',
    { 'payments.csv': 'loan_id,payment_id,amount\n' },
    'payments.csv, line 1, column value_date: this column is expected',
  ],
  [
    'a column that is there twice',
    { 'payments.csv': 'loan_id,payment_id,value_date,amount,amount\n' },
    'payments.csv, line 1, column amount: each column once',
  ],
  ['an empty file', { 'payments.csv': '' }, 'payments.csv, line 1: a header'],
  ['a quote that is never closed', { 'payments.csv': `${good['payments.csv']}L1,"P2,2026-02-11,1\n` }, 'payments.csv, line'],
  [
    'bytes that are no UTF-8',
    { 'payments.csv': Buffer.from('loan_id,payment_id,value_date,amount\nL1,P\xe9,2026-02-11,1\n', 'latin1') },
    'payments.csv, line 2, column payment_id: text in UTF-8 expected',
  ],
  [
    'a loan without instalments',
    { 'instalments.csv': 'loan_id,number,due_on,principal\n' },
    'loans.csv, line 2, column loan_id: instalments of this loan',
  ],
  [
    'a loan of no jurisdiction',
    { 'loans.csv': 'loan_id,currency,principal,disbursed_on\nL1,USD,100.00,2026-01-10\n' },
    'loans.csv, line 2, column jurisdiction: a country',
  ],
  [
    'a book without loans',
    {
      'loans.csv': 'loan_id,currency,principal,disbursed_on\n',
      'instalments.csv': 'loan_id,number,due_on,principal\n',
      'payments.csv': 'loan_id,payment_id,value_date,amount\n',
    },
    'loans.csv: at least one loan',
  ],
  [
    'a borrower that is not in their file',
    {
      'borrowers.csv': 'borrower_id,name,jurisdiction\nB1,Ada,US\n',
      'loans.csv': 'loan_id,borrower_id,currency,principal,disbursed_on,jurisdiction\nL1,B2,USD,100.00,2026-01-10,US\n',
    },
    'loans.csv, line 2, column borrower_id: a borrower of borrowers.csv',
  ],
])('refuses %s', async (_, files, told) => {
  expect((await mistakesOf(files))[0]).toMatch(new RegExp(`^${told.replaceAll('.', '\\.')}`));
});

it('names a file that is missing', async () => {
  write({});
  rmSync(join(folder, 'payments.csv'));
  await expect(readBook(folder)).rejects.toThrow('payments.csv: this file is expected in the folder');
});

it('tells as many mistakes as the limit and counts the rest', async () => {
  const told = await mistakesOf({ 'payments.csv': `loan_id,payment_id,value_date,amount\n${'L1,P,yesterday,1\n'.repeat(30)}` }, 5);
  expect(told).toHaveLength(6);
  expect(told.at(-1)).toBe('… and 25 more');
});
