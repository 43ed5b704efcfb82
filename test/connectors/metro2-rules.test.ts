// Each rule M1 to M16, and each corrupted file, as the sandbox's bureau refuses it.
import type { FileRecord } from '../../connectors/bureau-file.js';
import { changed, fileOf, problemsOf, readText, recordOf, sums } from '../support/metro2.js';

const asOf = '2024-02-29';
const late = { daysPastDue: 45, firstDelinquencyOn: '2024-01-15', overdue: sums('100.00', '20.00'), overdueFrom30Days: '120.00' };
const good = recordOf();
const records = {
  current: good,
  late: recordOf({ standing: late }),
  veryLate: recordOf({ standing: { ...late, daysPastDue: 200, firstDelinquencyOn: '2023-08-01' } }),
  writtenOff: recordOf({ standing: { ...late, state: 'WRITTEN_OFF', writtenOff: { on: '2024-02-01', amount: '8000.00' } } }),
  paid: recordOf({ standing: { state: 'PAID', stateSince: '2024-02-10', outstanding: sums('0'), history: [0] } }),
  paidLate: recordOf({
    standing: {
      state: 'PAID',
      stateSince: '2024-02-20',
      outstanding: sums('0'),
      history: ['IN_COLLECTION', 90],
      firstDelinquencyOn: '2023-10-01',
    },
  }),
  sold: recordOf({
    standing: {
      ...late,
      state: 'SOLD',
      stateSince: '2024-02-12',
      sale: { buyer: 'Summit Assets', buyerReports: true, stillManaged: false },
    },
  }),
  bankrupt: recordOf({ borrower: { insolvency: 'A', insolvencySince: '2024-01-05' } }),
  agency: recordOf({
    account: { codes: { accountType: '48' }, originalCreditor: { name: 'First Bank', classification: '08' } },
    standing: { ...late, state: 'IN_COLLECTION' },
  }),
  buyer: recordOf({
    account: { codes: { accountType: '0C' }, originalCreditor: { name: 'First Bank', classification: '08' } },
    standing: { ...late, state: 'IN_COLLECTION' },
  }),
  renumbered: recordOf({ account: { accountRef: 'LOAN2', formerAccountRef: 'LOAN1' }, rest: { action: 'IDENTIFIER' } }),
  card: recordOf({ account: { kind: 'REVOLVING', creditLimit: '5000', codes: { accountType: '18' } } }),
  open: recordOf({ account: { kind: 'OPEN' } }),
  associated: recordOf({
    rest: { associates: [{ ...good.borrower, ref: 'P2', role: 'JOINT', idNumber: '234567891' }] },
  }),
  elsewhere: recordOf({
    rest: { associates: [{ ...good.borrower, ref: 'P2', role: 'GUARANTOR', address: { ...good.borrower.address!, city: 'Chicago' } }] },
  }),
};
type Name = keyof typeof records;

it.each(Object.entries(records))('takes %s', async (_name, record: FileRecord) =>
  expect(await problemsOf(await fileOf([record], asOf))).toEqual([]),
);

it.each<[rule: string, field: string, of: Name, from: number, to: number, value: string]>([
  ['M1', 'Payment rating', 'paid', 126, 126, ' '],
  ['M1', 'Payment rating', 'current', 126, 126, '0'],
  ['M1', 'Payment rating', 'paid', 126, 126, '9'],
  ['M2', 'Date of first delinquency', 'late', 190, 197, '00000000'],
  ['M2', 'Date of first delinquency', 'paidLate', 190, 197, '00000000'],
  ['M2', 'Date of first delinquency', 'sold', 190, 197, '00000000'],
  ['M2', 'Date of first delinquency', 'bankrupt', 190, 197, '00000000'],
  ['M2', 'Date of first delinquency', 'current', 190, 197, '01152024'],
  ['M2', 'Date of first delinquency', 'paid', 190, 197, '01152024'],
  ['M2', 'Date of first delinquency', 'late', 190, 197, '03012024'],
  ['M2', 'Date of first delinquency', 'veryLate', 190, 197, '02012024'],
  ['M4', 'Original charge-off amount', 'writtenOff', 173, 181, '000000000'],
  ['M4', 'Original charge-off amount', 'late', 173, 181, '000000100'],
  ['M5', 'Date of account information', 'current', 182, 189, '01312024'],
  ['M5', 'Date of account information', 'current', 182, 189, '03012024'],
  ['M5', 'Date of account information', 'paid', 182, 189, '02092024'],
  ['M5', 'Date opened', 'current', 76, 83, '03012024'],
  ['M5', 'Date of last payment', 'current', 206, 213, '03012024'],
  ['M5', 'Date closed', 'sold', 198, 205, '03012024'],
  ['M6', 'Payment history profile', 'current', 127, 130, '0B01'],
  ['M6', 'Payment history profile', 'current', 127, 130, '0?01'],
  ['M7', 'Account status', 'current', 124, 125, '99'],
  ['M7', 'Account status', 'current', 124, 125, '  '],
  ['M7', 'Compliance condition code', 'current', 153, 154, 'ZZ'],
  ['M8', 'Amount past due', 'current', 164, 172, '000000001'],
  ['M8', 'Current balance', 'current', 155, 163, '-00000001'],
  ['M9', 'Social security number', 'current', 298, 314, '99999999900000000'],
  ['M9', 'Social security number', 'associated', 426 + 70, 426 + 86, '0'.repeat(17)],
  ['M9', 'Social security number', 'elsewhere', 426 + 70, 426 + 86, '0'.repeat(17)],
  ['M10', 'Terms duration', 'current', 102, 104, 'REV'],
  ['M10', 'Terms duration', 'card', 102, 104, '012'],
  ['M10', 'Credit limit', 'card', 84, 92, '000000000'],
  ['M10', 'Credit limit', 'current', 84, 92, '000000100'],
  ['M10', 'Scheduled monthly payment amount', 'open', 106, 114, '000000100'],
  ['M10', 'Terms frequency', 'current', 105, 105, 'D'],
  ['M11', 'Special comment', 'sold', 151, 152, '  '],
  ['M11', 'Special comment', 'current', 151, 152, 'AH'],
  ['M11', 'Current balance', 'sold', 155, 163, '000000001'],
  ['M11', 'Amount past due', 'sold', 164, 172, '000000001'],
  ['M11', 'Scheduled monthly payment amount', 'sold', 106, 114, '000000001'],
  ['M11', 'Date closed', 'sold', 198, 205, '00000000'],
  ['M11', 'Purchased/sold indicator', 'buyer', 426 + 34 + 3, 426 + 34 + 3, '9'],
  ['M12', 'Original creditor name', 'current', 74, 75, '48'],
  ['M12', 'Original creditor name', 'late', 74, 75, '0C'],
  ['M13', 'New consumer account number', 'renumbered', 426 + 4, 426 + 33, 'LOAN1'],
  ['M13', 'New consumer account number', 'renumbered', 426 + 4, 426 + 33, ''],
  ['M13', 'New identification number', 'renumbered', 426 + 3, 426 + 3, '3'],
  ['M15', 'Account status', 'bankrupt', 124, 125, 'A '],
  ['M15', 'Account status', 'bankrupt', 124, 125, '1A'],
  ['M15', 'Consumer information indicator', 'bankrupt', 326, 327, 'W '],
  ['M16', 'Current balance', 'paid', 155, 163, '000000001'],
  ['M16', 'Amount past due', 'paidLate', 164, 172, '000000001'],
  ['M16', 'Scheduled monthly payment amount', 'paid', 106, 114, '000000001'],
  ['CODE', 'Portfolio type', 'current', 73, 73, 'X'],
  ['CODE', 'ECOA code', 'current', 325, 325, '4'],
  ['CODE', 'Creditor classification', 'agency', 426 + 33, 426 + 34, '16'],
  ['CODE', 'Identification number', 'current', 21, 40, '00000'],
  ['CODE', 'Consumer account number', 'current', 43, 72, 'LOAN-1'],
  ['CODE', 'Consumer account number', 'current', 43, 72, 'L123456789'],
  ['CODE', 'Social security number', 'current', 298, 306, '912345678'],
  ['DATE', 'Date opened', 'current', 76, 83, '02302020'],
  ['DATE', 'Date of birth', 'current', 307, 314, '02291981'],
  ['STAMP', 'Timestamp', 'current', 6, 19, '02292024240000'],
  ['NUMERIC', 'Current balance', 'current', 155, 163, '00000A001'],
  ['NUMERIC', 'Current balance', 'current', 155, 163, '        1'],
  ['CASE', 'Surname', 'current', 232, 256, 'Nunez'],
  ['JUSTIFIED', 'City', 'current', 394, 413, ' SPRINGFIELD'],
  ['ASCII', 'City', 'current', 394, 413, 'SPR\u00cdNGFIELD'],
  ['REQUIRED', 'First name', 'current', 257, 276, ''],
  ['RESERVED', 'Reserved', 'current', 215, 231, 'X'],
  ['SEGMENT', 'Segment identifier', 'agency', 426 + 1, 426 + 2, 'K9'],
])('refuses %s: %s of %s at %i–%i as "%s"', async (rule, field, of, from, to, value) => {
  expect(await problemsOf(changed(await fileOf([records[of]], asOf), 1, from, to, value))).toContain(`${rule} ${field}`);
});

it('refuses M14: any total of the trailer that is not what a recount gives', async () => {
  const text = await fileOf([records.late], asOf);
  for (let from = 12; from <= 399; from += 9) {
    const reserved = from === 21;
    const codes = await problemsOf(changed(text, -1, from, from + 8, '000000123'));
    expect(codes).toEqual([reserved ? 'RESERVED Reserved' : expect.stringMatching(/^M14 /)]);
  }
});

describe('against the period before', () => {
  const next = '2024-03-31';
  const before = async (record: FileRecord) => (await readText(await fileOf([record], asOf))).ledger;
  const after = (history: number, daysPastDue: number, firstDelinquencyOn: string) =>
    fileOf([recordOf({ standing: { ...late, daysPastDue, firstDelinquencyOn, history: [history] } })], next);

  it('takes the same delinquency, a month older', async () =>
    expect(await problemsOf(await after(45, 76, '2024-01-15'), await before(records.late))).toEqual([]));
  it('refuses M3: a delinquency that lasts, with a later beginning', async () =>
    expect(await problemsOf(await after(45, 50, '2024-02-10'), await before(records.late))).toEqual(['M3 Date of first delinquency']));
  it('refuses M3: a debt that was written off, and began anew', async () => {
    const written = recordOf({
      standing: { ...records.writtenOff.standing, firstDelinquencyOn: '2024-03-01', daysPastDue: 30, history: ['WRITTEN_OFF'] },
    });
    expect(await problemsOf(await fileOf([written], next), await before(records.writtenOff))).toEqual(['M3 Date of first delinquency']);
  });
  it('refuses M3: the same by a sale', async () => {
    const sold = recordOf({ standing: { ...records.sold.standing, history: [45], daysPastDue: 50, firstDelinquencyOn: '2024-02-05' } });
    expect(await problemsOf(await fileOf([sold], next), await before(records.late))).toEqual(['M3 Date of first delinquency']);
  });
  it('takes a delinquency that ended on the first of the month and began anew on it', async () =>
    expect(await problemsOf(await after(45, 30, '2024-03-01'), await before(records.late))).toEqual([]));
  it.each([0, 75])('refuses M6: a history that begins with %i days', async (days) =>
    expect(await problemsOf(await after(days, 76, '2024-01-15'), await before(records.late))).toEqual(['M6 Payment history profile']),
  );
  it('refuses M13: a number that was given up, and knows the account by its new one', async () => {
    const ledger = await before(records.renumbered);
    expect(await problemsOf(await fileOf([good], next), ledger)).toContain('M13 Consumer account number');
    const wrong = recordOf({ account: { accountRef: 'LOAN2' }, standing: { history: [45] } });
    expect(await problemsOf(await fileOf([wrong], next), ledger)).toEqual(['M6 Payment history profile']);
    const back = recordOf({ account: { accountRef: 'LOAN1', formerAccountRef: 'LOAN2' }, rest: { action: 'IDENTIFIER' } });
    expect(await problemsOf(await fileOf([back], next), ledger)).toContain('M13 New consumer account number');
  });
});

describe('corrupted files', () => {
  const whole = () => fileOf([records.current, recordOf({ account: { accountRef: 'LOAN9' } })], asOf);
  it.each<[what: string, code: string, corrupt: (text: string) => string]>([
    ['empty', 'EMPTY Record identifier', () => ''],
    ['garbage', 'HEADER Record identifier', () => 'Zm9vYmFy\u0000'.repeat(3000)],
    ['garbage of lines', 'HEADER Record identifier', () => 'abc\n'.repeat(30)],
    ['no header', 'HEADER Record identifier', (text) => text.slice(427)],
    ['truncated in a record', 'LENGTH Record descriptor word', (text) => text.slice(0, 427 * 2 + 100)],
    ['truncated in a record', 'TRUNCATED Record identifier', (text) => text.slice(0, 427 * 2 + 100)],
    ['no trailer', 'TRUNCATED Record identifier', (text) => text.slice(0, 427 * 3)],
    ['a base one byte short', 'LENGTH Record descriptor word', (text) => text.slice(0, 427 + 425) + text.slice(427 + 426)],
    ['a descriptor word that is wrong', 'LENGTH Record descriptor word', (text) => changed(text, 1, 1, 4, '0427')],
    ['a tail after the trailer', 'TAIL Record identifier', (text) => `${text}X`],
    ['a tail on the trailer', 'LENGTH Record descriptor word', (text) => `${text.trimEnd().padEnd(427 * 4 - 1)}X\n`],
    ['wrong base count', 'M14 Base records', (text) => changed(text, -1, 12, 20, '000000003')],
    ['a status that disagrees with the trailer', 'M14 Status 11', (text) => changed(text, 1, 124, 125, '71')],
    ['a record twice', 'DUPLICATE Consumer account number', (text) => changed(text, 2, 43, 72, 'LOAN1')],
    ['a bad date in the header', 'DATE Activity date', (text) => changed(text, 0, 48, 55, '13012024')],
    ['a future activity', 'M5 Activity date', (text) => changed(text, 0, 48, 55, '03012024')],
  ])('refuses %s with %s', async (_what, code, corrupt) => expect(await problemsOf(corrupt(await whole()))).toContain(code));

  it('reads the same file unbroken, and refuses it with a tail', async () => {
    const unbroken = (await whole()).replaceAll('\n', '');
    expect(await readText(unbroken)).toMatchObject({ problems: [], records: 2 });
    expect(await problemsOf(`${unbroken}0426`)).toEqual(['TAIL Record identifier']);
  });
});
