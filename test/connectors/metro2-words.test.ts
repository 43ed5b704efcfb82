// What the Metro 2 writer makes of standings, terms and codes, and which records it refuses to tell.
import { FileFault, type FileAccount, type FileHeader, type FileRecord, type FileStanding } from '../../connectors/bureau-file.js';
import { createMetro2 } from '../../connectors/credit-bureau/metro2/format.js';
import { borrower, fileOf, headerOf, problemsOf, recordOf, stream, sums } from '../support/metro2.js';

const asOf = '2024-02-29';
const behind = { firstDelinquencyOn: '2023-06-15' };
const writtenOff = { on: '2024-02-01', amount: '799.50' };
const sale = { buyer: 'Summit Assets', buyerReports: true, stillManaged: false };
const paid = { state: 'PAID', stateSince: '2024-02-12', outstanding: sums('0') } as const;

const line = async (record: FileRecord, settings = {}) => {
  const text = await fileOf([record], asOf, settings);
  expect(await problemsOf(text)).toEqual([]);
  return text.split('\n')[1]!;
};

it.each<[status: string, rating: string, first: string, standing: Partial<FileStanding>, collateralStatus?: string]>([
  ['11', ' ', '', { daysPastDue: 29 }],
  ['71', ' ', '07152023', { ...behind, daysPastDue: 30 }],
  ['71', ' ', '07152023', { ...behind, daysPastDue: 59 }],
  ['78', ' ', '07152023', { ...behind, daysPastDue: 60 }],
  ['80', ' ', '07152023', { ...behind, daysPastDue: 90 }],
  ['82', ' ', '07152023', { ...behind, daysPastDue: 120 }],
  ['83', ' ', '07152023', { ...behind, daysPastDue: 179 }],
  ['84', ' ', '07152023', { ...behind, daysPastDue: 180 }],
  ['93', ' ', '07152023', { ...behind, state: 'IN_COLLECTION' }],
  ['97', ' ', '07152023', { ...behind, state: 'WRITTEN_OFF', writtenOff }],
  ['97', ' ', '07152023', { ...behind, state: 'SOLD', sale, writtenOff }],
  ['05', '0', '', { state: 'SOLD', sale }],
  ['05', '2', '07152023', { ...behind, state: 'SOLD', sale, daysPastDue: 60 }],
  ['05', 'G', '07152023', { ...behind, state: 'SOLD', sale, history: ['IN_COLLECTION'] }],
  ['13', '0', '', { ...paid, history: [] }],
  ['13', '0', '', { ...paid, history: [45] }],
  ['13', '0', '', { ...paid, firstDelinquencyOn: '2024-01-20', history: [11] }],
  ['13', '1', '02112024', { ...paid, firstDelinquencyOn: '2024-01-12', history: [19] }],
  ['13', '3', '07152023', { ...paid, ...behind, history: ['ZERO_BALANCE', 95] }],
  ['13', '0', '', { ...paid, state: 'CANCELLED' }],
  ['62', ' ', '07152023', { ...paid, ...behind, history: ['ZERO_BALANCE', 'IN_COLLECTION'] }],
  ['64', ' ', '07152023', { ...paid, ...behind, writtenOff }],
  ['61', ' ', '07152023', { ...paid, ...behind }, '95'],
  ['63', ' ', '07152023', { ...paid, ...behind }, '96'],
  ['65', '4', '07152023', { ...paid, ...behind, history: [130] }, '65'],
  ['88', '6', '07152023', { ...behind, daysPastDue: 200 }, '88'],
  ['89', '6', '07152023', { ...behind, daysPastDue: 200 }, '89'],
  ['94', '6', '07152023', { ...behind, daysPastDue: 200 }, '94'],
  ['95', '6', '07152023', { ...behind, daysPastDue: 200 }, '95'],
  ['96', ' ', '07152023', { ...behind, daysPastDue: 200 }, '96'],
])('tells status %s, rating "%s", first delinquency %s of %j', async (...[status, rating, first, standing, collateralStatus]) => {
  const codes = { accountType: '01', ...(collateralStatus && { collateralStatus }) };
  const said = await line(recordOf({ account: { codes }, standing }));
  expect([said.slice(123, 125), said.slice(125, 126), said.slice(189, 197)]).toEqual([status, rating, first || '00000000']);
});

it.each(['05', '13', 'DA'] as const)('tells a sold account as the tenant has it: %s', async (transferredAs) => {
  const said = await line(recordOf({ standing: { state: 'SOLD', stateSince: '2024-02-12', sale } }), { transferredAs });
  expect([said.slice(123, 125), said.slice(150, 152), said.slice(197, 205), said.slice(426)]).toEqual([
    transferredAs,
    'AH',
    '02122024',
    `K22${'SUMMIT ASSETS'.padEnd(31)}`,
  ]);
});

it.each<[duration: string, frequency: string, limit: string, highest: string, account: Partial<FileAccount>]>([
  ['120', 'M', '000000000', '000012000', {}],
  ['039', 'Q', '000000000', '000012000', { instalments: 13, everyMonths: 3 }],
  ['001', 'P', '000000000', '000012000', { instalments: 1, everyMonths: 0, openedOn: '2024-01-31', maturesOn: '2024-02-29' }],
  ['018', 'P', '000000000', '000012000', { instalments: 1, everyMonths: 0, openedOn: '2023-01-15', maturesOn: '2024-07-15' }],
  ['026', 'W', '000000000', '000012000', { instalments: 26, codes: { accountType: '01', termsFrequency: 'W' } }],
  ['030', 'M', '000000000', '000012000', { kind: 'MORTGAGE', instalments: 355 }],
  ['REV', 'M', '000005001', '000012000', { kind: 'REVOLVING', creditLimit: '5000.50' }],
  ['LOC', 'M', '000005000', '000008000', { kind: 'LINE_OF_CREDIT', creditLimit: '5000.49', originalPrincipal: '100' }],
  ['001', 'M', '000000000', '000012000', { kind: 'OPEN' }],
])('tells terms %s %s, limit %s and highest credit %s of %j', async (duration, frequency, limit, highest, account) => {
  const said = await line(recordOf({ account }));
  expect([said.slice(101, 104), said.slice(104, 105), said.slice(83, 92), said.slice(92, 101)]).toEqual([
    duration,
    frequency,
    limit,
    highest,
  ]);
});

it.each<[amount: string, standing: Partial<FileStanding>]>([
  ['000000031', { overdueFrom30Days: '30.50', overdue: sums('500') }],
  [
    '000000160',
    {
      overdue: sums('500', '30', '20', '10'),
      overduePrincipalByAge: [
        { fromDays: 1, toDays: 29, principal: '400' },
        { fromDays: 30, toDays: null, principal: '100' },
      ],
    },
  ],
  ['000000560', { overdue: sums('500', '30', '20', '10'), overduePrincipalByAge: [{ fromDays: 1, toDays: 90, principal: '500' }] }],
])('tells what is thirty days late, %s, of %j', async (amount, standing) =>
  expect((await line(recordOf({ standing: { ...behind, daysPastDue: 45, ...standing } }))).slice(163, 172)).toBe(amount),
);

it('tells a balance in favour of the customer as nothing, and rounds a sum once', async () => {
  const balance = async (outstanding: FileStanding['outstanding']) => (await line(recordOf({ standing: { outstanding } }))).slice(154, 163);
  expect(await balance(sums('-10.00', '3.00'))).toBe('000000000');
  expect(await balance(sums('0.25', '0.25', '0', '0'))).toBe('000000001');
  expect(await balance(sums('10.49'))).toBe('000000010');
});

it.each<[comment: string, condition: string, change: Parameters<typeof recordOf>[0]]>([
  ['BP', 'XA', { account: { codes: { accountType: '01', specialComment: 'BP', complianceCondition: 'XA' } } }],
  ['  ', 'XD', { account: { codes: { accountType: '01', complianceCondition: 'XA' } }, rest: { mark: 'DISPUTED' } }],
  ['  ', 'XE', { account: { codes: { accountType: '01', complianceCondition: 'XA' } }, rest: { mark: 'DISPUTE_RESOLVED_DISAGREES' } }],
  ['  ', 'XR', { account: { codes: { accountType: '01', complianceCondition: 'XA' } }, rest: { mark: 'REMOVE' } }],
  ['AU', '  ', { standing: { ...paid, history: [], specialTrades: [{ kind: 'FORGIVEN', on: '2024-02-12', amount: '5.00' }] } }],
])('tells comment %s and condition %s of %j', async (comment, condition, change) =>
  expect((await line(recordOf(change))).slice(150, 154)).toBe(comment + condition),
);

it('tells a change of numbers: the account’s, the reporter’s, or both', async () => {
  const said = async (account: Partial<FileAccount>) => await line(recordOf({ account, rest: { action: 'IDENTIFIER' } }));
  const codes = { accountType: '01', formerIdentification: '54321AB' };
  const account = await said({ formerAccountRef: 'OLD1' });
  expect([account.slice(20, 72), account.slice(426)]).toEqual([`${'12345AB'.padEnd(22)}${'OLD1'.padEnd(30)}`, `L11${'LOAN1'.padEnd(51)}`]);
  const reporter = await said({ codes });
  expect([reporter.slice(20, 72), reporter.slice(426)]).toEqual([
    `${'54321AB'.padEnd(22)}${'LOAN1'.padEnd(30)}`,
    `L12${' '.repeat(30)}${'12345AB'.padEnd(21)}`,
  ]);
  expect((await said({ codes, formerAccountRef: 'OLD1' })).slice(426)).toBe(`L13${'LOAN1'.padEnd(30)}${'12345AB'.padEnd(21)}`);
});

it('lets the tenant say the account number, and answers by it', async () => {
  const settings = { accountNumber: (ref: string) => ref.replace('-', '').toUpperCase() };
  const record = recordOf({ account: { accountRef: 'loan-7' } });
  expect((await line(record, settings)).slice(42, 72)).toBe('LOAN7'.padEnd(30));
  expect(createMetro2(settings).acknowledgementKeys?.(record)).toEqual(['LOAN7']);
});

const changedBorrower = (change: object) => recordOf({ borrower: change });
it.each<[rule: string, field: string, record: FileRecord]>([
  ['M2', 'dateOfFirstDelinquency', recordOf({ standing: { daysPastDue: 30 } })],
  ['M2', 'dateOfFirstDelinquency', recordOf({ standing: { state: 'IN_COLLECTION' } })],
  ['M2', 'dateOfFirstDelinquency', recordOf({ standing: { state: 'IN_COLLECTION', firstDelinquencyOn: '2024-02-01' } })],
  ['M2', 'dateOfFirstDelinquency', recordOf({ standing: { ...paid, writtenOff } })],
  ['M2', 'dateOfFirstDelinquency', changedBorrower({ insolvency: 'A' })],
  ['M3', 'dateOfFirstDelinquency', recordOf({ standing: { daysPastDue: 60, firstDelinquencyOn: '2024-01-01' } })],
  ['M4', 'originalChargeOff', recordOf({ standing: { ...behind, state: 'WRITTEN_OFF' } })],
  ['M5', 'dateOpened', recordOf({ account: { openedOn: '2024-03-01' } })],
  ['M5', 'dateClosed', recordOf({ standing: { ...paid, stateSince: '2024-03-01' } })],
  ['M5', 'dateOfLastPayment', recordOf({ standing: { lastPayment: { on: '2024-03-01', amount: '1' } } })],
  ['M6', 'paymentHistory', recordOf({ standing: { history: ['NO_HISTORY', 0] } })],
  ['M6', 'paymentHistory', recordOf({ standing: { history: [-1] } })],
  ['M6', 'paymentHistory', recordOf({ standing: { history: Array.from({ length: 25 }, () => 0) } })],
  ['M7', 'complianceCondition', recordOf({ account: { codes: { accountType: '01', complianceCondition: 'ZZ' } } })],
  ['M7', 'specialComment', recordOf({ account: { codes: { accountType: '01', specialComment: 'a' } } })],
  ['M7', 'accountStatus', recordOf({ account: { codes: { accountType: '01', collateralStatus: '99' } } })],
  ['M7', 'ecoaCode', recordOf({ account: { codes: { accountType: '01', ecoaCode: '4' } } })],
  ['M7', 'agency', recordOf({ account: { codes: { accountType: '26', mortgageAgency: '01' } } })],
  ['M7', 'specializedPayment', recordOf({ account: { codes: { accountType: '01', specializedPayment: '01' } } })],
  ['M8', 'scheduledPayment', recordOf({ standing: { regularPayment: '-1' } })],
  ['M9', 'socialSecurityNumber', changedBorrower({ idNumber: undefined, bornOn: undefined })],
  ['M9', 'socialSecurityNumber', changedBorrower({ idNumber: '912345678', bornOn: undefined })],
  ['M9', 'surname', changedBorrower({ kind: 'COMPANY' })],
  [
    'M9',
    'socialSecurityNumber',
    recordOf({ rest: { associates: [{ ...borrower, role: 'JOINT', idNumber: undefined, bornOn: undefined }] } }),
  ],
  ['M10', 'creditLimit', recordOf({ account: { kind: 'REVOLVING' } })],
  ['M10', 'termsDuration', recordOf({ account: { instalments: 1000 } })],
  ['M10', 'termsFrequency', recordOf({ account: { everyMonths: 5 } })],
  ['M10', 'termsFrequency', recordOf({ account: { codes: { accountType: '01', termsFrequency: 'D' } } })],
  ['M11', 'otherParty', recordOf({ standing: { state: 'SOLD' } })],
  ['M12', 'originalCreditor', recordOf({ account: { codes: { accountType: '48' } } })],
  ['M12', 'creditorClassification', recordOf({ account: { originalCreditor: { name: 'First Bank' } } })],
  ['M13', 'change', recordOf({ rest: { action: 'IDENTIFIER' } })],
  ['M15', 'consumerInformation', changedBorrower({ insolvency: 'W' })],
  ['M16', 'currentBalance', recordOf({ standing: { ...paid, outstanding: sums('0.01') } })],
  ['M16', 'accountStatus', recordOf({ account: { codes: { accountType: '01', collateralStatus: '65' } } })],
  ['CURRENCY', 'currentBalance', recordOf({ account: { currency: 'IDR' } })],
  ['ACTION', 'correctionIndicator', recordOf({ rest: { action: 'NOTE' } })],
  ['LAYOUT', 'accountType', recordOf({ account: { codes: {} } })],
  ['LAYOUT', 'consumerAccountNumber', recordOf({ account: { accountRef: 'LOAN-1' } })],
  ['LAYOUT', 'consumerAccountNumber', recordOf({ account: { accountRef: 'L123456789' } })],
  ['LAYOUT', 'socialSecurityNumber', changedBorrower({ idNumber: '12345678' })],
  ['LAYOUT', 'surname', changedBorrower({ name: { full: '王伟', family: '王', given: '伟' } })],
  ['LAYOUT', 'firstName', changedBorrower({ name: { full: 'Smith', family: 'Smith' } })],
  ['LAYOUT', 'addressLine1', changedBorrower({ address: undefined })],
  ['LAYOUT', 'state', changedBorrower({ address: { ...borrower.address, region: 'Illinois' } })],
  ['LAYOUT', 'postalCode', changedBorrower({ address: { ...borrower.address, postalCode: '6270' } })],
  ['LAYOUT', 'city', changedBorrower({ address: { ...borrower.address, city: undefined } })],
  ['LAYOUT', 'dateOfBirth', changedBorrower({ bornOn: '1981-02-29' })],
  ['LAYOUT', 'currentBalance', recordOf({ standing: { outstanding: sums('1.005') } })],
  ['LAYOUT', 'currentBalance', recordOf({ standing: { outstanding: sums('1000000000') } })],
])('refuses to tell by %s, %s', async (rule, field, record) => {
  const fault = await fileOf([record], asOf).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(FileFault);
  expect(fault).toMatchObject({ key: record.key, field, rule });
  expect(String(fault).replace(record.key, '')).not.toMatch(/123-?45-?6789|Núñez/);
});

it.each<[field: string, header: Partial<FileHeader>]>([
  ['identificationNumber', { reporter: { code: '00000', name: 'A', address: 'B' } }],
  ['reporterAddress', { reporter: { code: '12345', name: 'A' } }],
  ['dateCreated', { createdAt: { on: '2024-02-28', time: '10:00' } }],
  ['activityDate', { period: { from: '2024-03-01', to: '2024-02-29' } }],
])('refuses a header by %s', (field, header) =>
  expect(() => createMetro2().files({ ...headerOf(asOf), ...header }, stream([]))).toThrow(
    expect.objectContaining({ key: 'header', field }),
  ),
);

it('refuses a file without records', async () =>
  expect(await fileOf([], asOf).catch((error: unknown) => error)).toMatchObject({ key: 'trailer', field: 'baseRecords' }));
