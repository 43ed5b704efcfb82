// Rows of LEDES files for tests, written from the public column lists: an invoice that is right, and what it takes to spoil it.
import { columns1998B } from '../../connectors/law-firm/ledes/columns.js';
import { writeLedes } from '../../connectors/law-firm/ledes/write.js';

export type Row = Record<string, string>;

/** A fee of two hours and an expense, in US dollars. */
export const rows1998B = (over: Row = {}): Row[] => {
  const common: Row = {
    INVOICE_DATE: '20260531',
    INVOICE_NUMBER: '2026-17',
    CLIENT_ID: 'BANK',
    LAW_FIRM_MATTER_ID: 'HL-000001',
    INVOICE_TOTAL: '912.50',
    BILLING_START_DATE: '20260501',
    BILLING_END_DATE: '20260531',
    LAW_FIRM_ID: '24-6437381',
    CLIENT_MATTER_ID: 'RC-B1-1',
    INVOICE_DESCRIPTION: 'For services rendered',
  };
  const fee: Row = {
    ...common,
    LINE_ITEM_NUMBER: '1',
    'EXP/FEE/INV_ADJ_TYPE': 'F',
    LINE_ITEM_NUMBER_OF_UNITS: '2.5',
    LINE_ITEM_UNIT_COST: '300',
    LINE_ITEM_TOTAL: '750.00',
    LINE_ITEM_DATE: '20260512',
    LINE_ITEM_TASK_CODE: 'L120',
    LINE_ITEM_ACTIVITY_CODE: 'A103',
    TIMEKEEPER_ID: 'TK1',
    TIMEKEEPER_NAME: 'Arnsley Robert',
    TIMEKEEPER_CLASSIFICATION: 'ASSOC',
    LINE_ITEM_DESCRIPTION: 'Drafts the claim',
  };
  const expense: Row = {
    ...common,
    LINE_ITEM_NUMBER: '2',
    'EXP/FEE/INV_ADJ_TYPE': 'E',
    LINE_ITEM_NUMBER_OF_UNITS: '1',
    LINE_ITEM_UNIT_COST: '175',
    LINE_ITEM_ADJUSTMENT_AMOUNT: '-12.5',
    LINE_ITEM_TOTAL: '162.50',
    LINE_ITEM_DATE: '20260513',
    LINE_ITEM_EXPENSE_CODE: 'E112',
    LINE_ITEM_DESCRIPTION: 'Court fee',
  };
  return [fee, expense].map((row) => ({ ...row, ...over }));
};

/** The same of a firm abroad, with tax on the fee. */
export const rows98BI = (currency: string, over: Row = {}): Row[] =>
  rows1998B().map((row, i) => ({
    ...row,
    CLIENT_TAX_ID: '76-1235',
    MATTER_NAME: 'Recovery of a loan',
    INVOICE_TOTAL: '987.50',
    INVOICE_TAX_TOTAL: '75.00',
    INVOICE_NET_TOTAL: '912.50',
    INVOICE_CURRENCY: currency,
    TIMEKEEPER_LAST_NAME: i ? '' : 'Arnsley',
    TIMEKEEPER_FIRST_NAME: i ? '' : 'Robert',
    ACCOUNT_TYPE: 'O',
    LINE_ITEM_TAX_RATE: i ? '0' : '0.1',
    LINE_ITEM_TAX_TOTAL: i ? '0' : '75.00',
    LINE_ITEM_TAX_TYPE: 'VAT',
    ...(i ? {} : { LINE_ITEM_TOTAL: '825.00' }),
    ...over,
  }));

export const good1998B = (): string => writeLedes('LEDES1998B', rows1998B());
export const good98BI = (currency = 'IDR'): string => writeLedes('LEDES98BI V2', rows98BI(currency));

export const header1998B = columns1998B.map(({ name }) => name).join('|');
/** As a firm would write it that does not check. */
export const rawLedes = (
  rows: readonly Row[],
  { first = 'LEDES1998B[]', names = header1998B, end = '[]', columns = columns1998B } = {},
): string => [first, `${names}[]`, ...rows.map((row) => columns.map(({ name }) => row[name] ?? '').join('|') + end)].join('\n');

const [fee, expense] = rows1998B() as [Row, Row];
/** Files that are bad by the public rules: what is wrong with each, its text, and each problem by line, column and code. */
export const badLedes: readonly (readonly [string, string, [number, string | null, string][]])[] = [
  ['a wrong first line', rawLedes([fee], { first: 'LEDES1998BB[]' }), [[1, null, 'UNKNOWN_FORMAT']]],
  ['a first line without its end', rawLedes([fee], { first: 'LEDES1998B' }), [[1, null, 'UNKNOWN_FORMAT']]],
  ['98BI without V2', rawLedes([fee], { first: 'LEDES98BI[]' }), [[1, null, 'UNKNOWN_FORMAT']]],
  ['nothing', '', [[1, null, 'UNKNOWN_FORMAT']]],
  [
    'a wrong name in the header',
    rawLedes([fee], { names: header1998B.replace('INVOICE_DATE', 'INVOIC_DATE') }),
    [[2, 'INVOICE_DATE', 'WRONG_HEADER']],
  ],
  ['a header of 23', rawLedes([fee], { names: header1998B.replace('|CLIENT_MATTER_ID', '') }), [[2, null, 'COLUMN_COUNT']]],
  ['no line item', rawLedes([]), [[2, null, 'NO_LINE_ITEM']]],
  ['dates with hyphens', rawLedes([{ ...fee, INVOICE_DATE: '2026-05-31' }]), [[3, 'INVOICE_DATE', 'NOT_A_DATE']]],
  ['30 February', rawLedes([{ ...fee, LINE_ITEM_DATE: '20260230' }]), [[3, 'LINE_ITEM_DATE', 'NOT_A_DATE']]],
  ['23 columns', rawLedes([fee], { columns: columns1998B.slice(0, 23) }), [[3, null, 'COLUMN_COUNT']]],
  [
    'a line without its end',
    rawLedes([fee, expense], { end: '' }),
    [
      [3, null, 'NO_TERMINATOR'],
      [4, null, 'NO_TERMINATOR'],
    ],
  ],
  ['an end in the middle', rawLedes([{ ...fee, LINE_ITEM_DESCRIPTION: 'Two[]lines' }]), [[3, null, 'TERMINATOR_INSIDE']]],
  ['a pipe in a description', rawLedes([{ ...fee, LINE_ITEM_DESCRIPTION: 'this|that' }]), [[3, null, 'COLUMN_COUNT']]],
  ['letters beyond ASCII', rawLedes([{ ...fee, TIMEKEEPER_NAME: 'Jos\u00e9' }]), [[3, null, 'NOT_ASCII']]],
  [
    'what is required and missing',
    rawLedes([{ ...fee, LAW_FIRM_MATTER_ID: '', LAW_FIRM_ID: ' ' }]),
    [
      [3, 'LAW_FIRM_MATTER_ID', 'MISSING'],
      [3, 'LAW_FIRM_ID', 'MISSING'],
    ],
  ],
  [
    'what is too long',
    rawLedes([{ ...fee, INVOICE_NUMBER: '9'.repeat(21), TIMEKEEPER_CLASSIFICATION: 'ASSOCIATES1' }]),
    [
      [3, 'INVOICE_NUMBER', 'TOO_LONG'],
      [3, 'TIMEKEEPER_CLASSIFICATION', 'TOO_LONG'],
    ],
  ],
  ['another type', rawLedes([{ ...fee, 'EXP/FEE/INV_ADJ_TYPE': 'A' }]), [[3, 'EXP/FEE/INV_ADJ_TYPE', 'NOT_A_TYPE']]],
  ['five decimals', rawLedes([{ ...fee, LINE_ITEM_TOTAL: '750.00001' }]), [[3, 'LINE_ITEM_TOTAL', 'NOT_A_NUMBER']]],
  ['a comma', rawLedes([{ ...fee, INVOICE_TOTAL: '912,50' }]), [[3, 'INVOICE_TOTAL', 'NOT_A_NUMBER']]],
  ['eleven digits', rawLedes([{ ...fee, LINE_ITEM_UNIT_COST: '12345678901' }]), [[3, 'LINE_ITEM_UNIT_COST', 'NOT_A_NUMBER']]],
  ['a fee without hours', rawLedes([{ ...fee, LINE_ITEM_NUMBER_OF_UNITS: '' }]), [[3, 'LINE_ITEM_NUMBER_OF_UNITS', 'MISSING']]],
  ['two totals of one invoice', rawLedes([fee, { ...expense, INVOICE_TOTAL: '1.00' }]), [[4, 'INVOICE_TOTAL', 'DIFFERS']]],
  ['a number of a line twice', rawLedes([fee, { ...expense, LINE_ITEM_NUMBER: '1' }]), [[4, 'LINE_ITEM_NUMBER', 'NOT_UNIQUE']]],
  ['an empty line', rawLedes([fee]) + '\n\n', [[4, null, 'NO_TERMINATOR']]],
];
