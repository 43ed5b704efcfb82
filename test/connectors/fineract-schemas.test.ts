// Fineract's writer schemas: the shipped set has the fingerprints that stand on the wire, and what is wrong with a bank's own set is named.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fingerprintOf } from '../../connectors/core-banking/fineract/fingerprint.js';
import { readSchemas } from '../../connectors/core-banking/fineract/schema-set.js';
import { createFineractFormat } from '../../connectors/core-banking/fineract/format.js';

/** As they stand on the wire, of Fineract as of October 2024. */
const known: Readonly<Record<string, string>> = {
  BulkMessageItemV1: 'ad7fee7b9ca5e780',
  BulkMessagePayloadV1: 'c4defed1e3cc0ac9',
  MessageV1: '1fd07bcc226c7826',
  'client.v1.ClientCollateralManagementDataV1': '7b5c2300b837880b',
  'client.v1.ClientTimelineDataV1': '9fd89da0e98ee1ec',
  'generic.v1.CodeValueDataV1': '9ac8acca2abe079b',
  'generic.v1.CurrencyDataV1': 'df929eabacc2905d',
  'generic.v1.EnumOptionDataV1': 'c58903fc85bfa72a',
  'gl.v1.GLAccountDataV1': 'c39aa2d595a9120e',
  'group.v1.GroupRoleDataV1': '27e5dad1a8cdaa1c',
  'loan.v1.DelinquencyPausePeriodV1': 'b49c401de413bb58',
  'loan.v1.DelinquencyRangeDataV1': '6578ebd1a7622ef0',
  'loan.v1.DisbursementDataV1': 'd5ceaf90487fa122',
  'loan.v1.LoanAccountStayedLockedDataV1': 'c154ac70ab31857b',
  'loan.v1.LoanAccountsStayedLockedDataV1': '3cbf0ef9c8be8673',
  'loan.v1.LoanAmountDataV1': '5f8daebaa6e1095b',
  'loan.v1.LoanApplicationTimelineDataV1': '09d352bc2f571e93',
  'loan.v1.LoanChargeDataRangeViewV1': '7fc492e34c44b39c',
  'loan.v1.LoanChargePaidByDataV1': '3f6cae6b8f82b759',
  'loan.v1.LoanInstallmentChargeDataV1': 'd8e0a7b2415c2197',
  'loan.v1.LoanInstallmentDelinquencyBucketDataV1': '1ff5d58184f92f3c',
  'loan.v1.LoanProductBorrowerCycleVariationDataV1': '0850e71a64d75ca4',
  'loan.v1.LoanProductGuaranteeDataV1': 'd893a49a199b4f47',
  'loan.v1.LoanProductInterestRecalculationDataV1': '7fb71cbe65a4c753',
  'loan.v1.LoanSchedulePeriodDataV1': 'e2a816926b5303d8',
  'loan.v1.LoanStatusEnumDataV1': 'e4ee2e989586ef4e',
  'loan.v1.LoanSummaryDataV1': '40f8a5e7cd6ac9cc',
  'loan.v1.LoanTermVariationsDataV1': '263500b56dab5a8f',
  'loan.v1.LoanTransactionEnumDataV1': 'e30935db9319d072',
  'loan.v1.LoanTransactionRelationDataV1': 'c3ff60efd4274745',
  'loan.v1.UnpaidChargeDataV1': 'f3a425eb055f8fb2',
  'office.v1.OfficeDataV1': 'dbbf2d1d06145b34',
  'payment.v1.PaymentTypeDataV1': '014e4e08e8adeab4',
  'portfolio.v1.ChargeDataV1': 'b01cdad60a4c205c',
  'portfolio.v1.PortfolioAccountDataV1': '6500ed2d154fc651',
  'portfolio.v1.RateDataV1': '98a26f7ca163bdce',
  'generic.v1.CalendarDataV1': '253ffe3e5929087e',
  'group.v1.GroupGeneralDataV1': 'd67bbe04fe67acf2',
  'loan.v1.CollectionDataV1': 'd9f0d3ef3712fd74',
  'loan.v1.DelinquencyBucketDataV1': 'b80d8323b114e2ea',
  'loan.v1.LoanAccountDelinquencyRangeDataV1': '2c0e6cb20acf624e',
  'loan.v1.LoanAccountSummaryDataV1': 'cce069bc7abae83e',
  'loan.v1.LoanChargeDataV1': 'bf7e956b0f6107ea',
  'loan.v1.LoanInterestRecalculationDataV1': 'd1d36dcc12091e1e',
  'loan.v1.LoanOwnershipTransferDataV1': '86e01a6600f30ef0',
  'loan.v1.LoanProductDataV1': '4faa334b7e4c1243',
  'loan.v1.LoanScheduleDataV1': 'f8994e86782b5ccd',
  'payment.v1.PaymentDetailDataV1': 'a8faceba1a8620fa',
  'client.v1.ClientDataV1': '568dc616a866b865',
  'savings.v1.AccountTransferDataV1': 'dba7aa8c12699d0e',
  'loan.v1.LoanTransactionDataV1': '4c3cc1b621591623',
  'loan.v1.LoanAccountDataV1': 'ef89e3deed9f87b7',
  'loan.v1.LoanTransactionAdjustmentDataV1': '5361430f984ea611',
};

const shipped = 'schema/sources/fineract';
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'casegraph-avro-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(files: Record<string, unknown>): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}
const record = (name: string, type: unknown = 'int') => ({ type: 'record', namespace: 'x', name, fields: [{ name: 'a', type }] });

it('takes fingerprints as the Avro specification does', () => {
  expect(fingerprintOf('"int"')).toBe(Buffer.from('7275d51a3f395c8f', 'hex').reverse().toString('hex'));
  expect(fingerprintOf('"string"')).toBe(Buffer.from('8f014872634503c7', 'hex').reverse().toString('hex'));
});

it('ships each record with the fingerprint that Fineract writes', () => {
  const found = Object.fromEntries(
    [...readSchemas(shipped)].map(([fingerprint, { record }]) => [record.replace('org.apache.fineract.avro.', ''), fingerprint]),
  );
  expect(found).toEqual(known);
});

it('reads several releases at once, each in a folder of its own', () => {
  cpSync(join(shipped, '2024-10'), join(folder, 'one'), { recursive: true });
  put({ 'two/A.avsc': record('A'), 'two/deep/B.avsc': record('B', ['null', 'A']), 'three/A.avsc': record('A', 'long') });
  const names = [...readSchemas(folder).values()].map((each) => each.record);
  expect(names.filter((name) => name.startsWith('x.')).sort()).toEqual(['x.A', 'x.A', 'x.B']);
  expect(names).toHaveLength(Object.keys(known).length + 3);
});

it('puts a decimal of 20 digits with 8 decimals for the word that Fineract writes', () => {
  const [schema] = readSchemas(put({ 'A.avsc': record('A', 'bigdecimal') })).values();
  expect(schema!.read(Buffer.from([2, 0xff]))).toEqual({ a: '-0.00000001' });
});

it.each<[string, Record<string, unknown>, RegExp]>([
  ['text that is not JSON', { 'A.avsc': '{"type":' }, /A\.avsc is not JSON/],
  ['a file without a record', { 'A.avsc': { type: 'enum', name: 'A', symbols: [] } }, /A\.avsc is not a record/],
  ['a record that is not there', { 'A.avsc': record('A', 'y.B') }, /A\.avsc: x\.A needs y\.B, which no file holds/],
  ['a record twice', { 'A.avsc': record('A'), 'B.avsc': record('A') }, /B\.avsc holds x\.A, and so does A\.avsc/],
  [
    'records that contain each other',
    { 'A.avsc': record('A', 'B'), 'B.avsc': record('B', 'A') },
    /A\.avsc: x\.A contains itself by way of x\.B/,
  ],
  [
    'a type that is none',
    { 'A.avsc': record('A', { type: 'bytes', logicalType: 'decimal', scale: 2, fields: 1 }), 'B.avsc': record('B', []) },
    /B\.avsc: x\.B is not Avro/,
  ],
  [
    'one fingerprint for two scales',
    {
      'one/A.avsc': record('A', { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 8 }),
      'two/A.avsc': record('A', { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 6 }),
    },
    /x\.A has other decimals in two/,
  ],
])('refuses %s, with file and record', (_, files, reason) => expect(() => readSchemas(put(files))).toThrow(reason));

it('names its setting', () => {
  const start = (SCHEMAS: string) => () => createFineractFormat({ JURISDICTION: 'ID', SCHEMAS });
  expect(start(join(folder, 'nowhere'))).toThrow(/FINERACT_SCHEMAS cannot be used: .*no such file/);
  expect(start(put({ 'A.avsc': record('A') }))).toThrow('FINERACT_SCHEMAS holds no org.apache.fineract.avro.MessageV1');
});

it('refuses a release whose fields are of another kind than they are read as, and takes one that has fewer or more', () => {
  cpSync(join(shipped, '2024-10'), folder, { recursive: true });
  const file = join(folder, 'loan/v1/LoanAccountDataV1.avsc');
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const start = (change: (fields: { name: string; type: unknown }[]) => unknown[]) => {
    writeFileSync(file, JSON.stringify({ ...schema, fields: change(schema.fields) }));
    return () => createFineractFormat({ JURISDICTION: 'ID', SCHEMAS: folder });
  };
  expect(start((fields) => fields.map((each) => (each.name === 'status' ? { ...each, type: ['null', 'string'] } : each)))).toThrow(
    /LoanAccountDataV1\.status is string, and is read as org\.apache\.fineract\.avro\.loan\.v1\.LoanStatusEnumDataV1$/,
  );
  expect(start((fields) => [...fields.filter(({ name }) => name !== 'chargedOff'), { name: 'fresh', type: 'int' }])).not.toThrow();
});
