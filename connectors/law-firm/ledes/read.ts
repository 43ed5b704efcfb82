// Reads a LEDES file strictly: every problem with its line and column, or the invoices that it holds. It never throws.
import { createHash } from 'node:crypto';
import type { InvoiceFile, InvoiceFileProblem, SubmittedInvoice, SubmittedLine } from '../../contract/law-firm.js';
import { columnsOf, isLedesFormat, type LedesColumn } from './columns.js';
import { faultOf } from './fields.js';

export const mostBytes = 5 * 1_024 * 1_024;
export const mostLines = 20_000;
const mostProblems = 100;

type Row = { line: number; of: Record<string, string> };
type Say = (line: number, column: string | null, code: string, words: string) => void;

/** @param text the bytes of the file as Latin-1, so that what is not ASCII stays countable */
export function readLedes(text: string): InvoiceFile {
  const problems: InvoiceFileProblem[] = [];
  let count = 0;
  const say: Say = (line, column, code, words) => {
    count++;
    if (problems.length < mostProblems) problems.push({ line, column, code, words });
  };
  const { format, rows } = readRows(text, say);
  if (!count) sayOfInvoices(rows, columnsOf[format!], say);
  return {
    format,
    sha256: createHash('sha256').update(text, 'latin1').digest('hex'),
    problems,
    problemCount: count,
    invoices: count ? [] : invoicesOf(rows, format === 'LEDES98BI V2'),
  };
}

function readRows(text: string, say: Say): { format: InvoiceFile['format']; rows: Row[] } {
  const none = { format: null, rows: [] };
  if (text.length > mostBytes) return (say(1, null, 'TOO_LARGE', `The file has more than ${mostBytes} bytes`), none);
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > mostLines + 2) return (say(mostLines + 3, null, 'TOO_MANY_LINES', `A file may have ${mostLines} line items`), none);
  const [first = '', header = ''] = lines;
  const format = first.endsWith('[]') ? first.slice(0, -2) : first;
  if (!first.endsWith('[]') || !isLedesFormat(format))
    return (say(1, null, 'UNKNOWN_FORMAT', 'The first line is neither LEDES1998B[] nor LEDES98BI V2[]'), none);
  const columns = columnsOf[format];
  sayOfHeader(header, columns, say);
  if (lines.length < 3) say(lines.length, null, 'NO_LINE_ITEM', 'The file has no line item');
  const rows = lines.slice(2).flatMap((line, n) => rowOf(line, n + 3, columns, say) ?? []);
  return { format, rows };
}

function sayOfHeader(header: string, columns: readonly LedesColumn[], say: Say): void {
  if (!header.endsWith('[]')) say(2, null, 'NO_TERMINATOR', 'The line does not end with []');
  const names = header.replace(/\[\]$/, '').split('|');
  if (names.length !== columns.length) say(2, null, 'COLUMN_COUNT', `The header names ${names.length} columns, not ${columns.length}`);
  columns.forEach(({ name }, i) => {
    if (names[i] !== undefined && names[i] !== name) say(2, name, 'WRONG_HEADER', `Column ${i + 1} has another name`);
  });
}

function rowOf(line: string, at: number, columns: readonly LedesColumn[], say: Say): Row | null {
  // eslint-disable-next-line no-control-regex
  if (/[^\x20-\x7e]/.test(line)) say(at, null, 'NOT_ASCII', 'The line has characters other than printable ASCII');
  if (!line.endsWith('[]')) return (say(at, null, 'NO_TERMINATOR', 'The line does not end with []'), null);
  const body = line.slice(0, -2);
  if (body.includes('[]')) say(at, null, 'TERMINATOR_INSIDE', 'The line has [] before its end');
  const fields = body.split('|');
  if (fields.length !== columns.length)
    return (say(at, null, 'COLUMN_COUNT', `The line has ${fields.length} columns, not ${columns.length}`), null);
  const of: Record<string, string> = {};
  columns.forEach(({ name, kind, required }, i) => {
    const field = fields[i]!;
    of[name] = field;
    if (field.trim() === '') return void (required && say(at, name, 'MISSING', `${name} is missing`));
    const fault = faultOf(kind, field);
    if (fault) say(at, name, fault.code, `${name} ${fault.words}`);
  });
  // Adjustments of the whole invoice have no units.
  if (of['EXP/FEE/INV_ADJ_TYPE'] === 'F' || of['EXP/FEE/INV_ADJ_TYPE'] === 'E')
    for (const name of ['LINE_ITEM_NUMBER_OF_UNITS', 'LINE_ITEM_UNIT_COST'])
      if (!of[name]) say(at, name, 'MISSING', `${name} is missing on a fee or an expense`);
  return { line: at, of };
}

/** What one line can not know: that an invoice says of itself the same on each of its lines, and numbers them. */
function sayOfInvoices(rows: readonly Row[], columns: readonly LedesColumn[], say: Say): void {
  const firsts = new Map<string, Row>();
  const numbers = new Set<string>();
  for (const row of rows) {
    const number = row.of['INVOICE_NUMBER']!;
    const first = firsts.get(number) ?? firsts.set(number, row).get(number)!;
    for (const { name, ofInvoice } of columns)
      if (ofInvoice && row.of[name] !== first.of[name]) say(row.line, name, 'DIFFERS', `${name} is another than on line ${first.line}`);
    const key = JSON.stringify([number, row.of['LINE_ITEM_NUMBER']]);
    if (numbers.has(key)) say(row.line, 'LINE_ITEM_NUMBER', 'NOT_UNIQUE', 'LINE_ITEM_NUMBER is used twice in the invoice');
    numbers.add(key);
  }
}

const dateOf = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
const orNull = (text: string | undefined): string | null => (text ? text : null);

function invoicesOf(rows: readonly Row[], international: boolean): SubmittedInvoice[] {
  const invoices = new Map<string, SubmittedInvoice>();
  for (const { line, of } of rows) {
    const number = of['INVOICE_NUMBER']!;
    const known = invoices.get(number) ?? invoices.set(number, headOf(of, international)).get(number)!;
    known.lines.push(lineOf(line, of, international));
  }
  return [...invoices.values()];
}

const headOf = (of: Record<string, string>, international: boolean): SubmittedInvoice => ({
  number: of['INVOICE_NUMBER']!,
  date: dateOf(of['INVOICE_DATE']!),
  billingFrom: dateOf(of['BILLING_START_DATE']!),
  billingTo: dateOf(of['BILLING_END_DATE']!),
  total: of['INVOICE_TOTAL']!,
  taxTotal: international ? orNull(of['INVOICE_TAX_TOTAL']) : null,
  netTotal: international ? orNull(of['INVOICE_NET_TOTAL']) : null,
  currency: international ? orNull(of['INVOICE_CURRENCY']) : null,
  lawFirmTaxId: of['LAW_FIRM_ID']!,
  lines: [],
});

const lineOf = (line: number, of: Record<string, string>, international: boolean): SubmittedLine => ({
  line,
  number: of['LINE_ITEM_NUMBER']!,
  type: of['EXP/FEE/INV_ADJ_TYPE'] as SubmittedLine['type'],
  on: dateOf(of['LINE_ITEM_DATE']!),
  units: orNull(of['LINE_ITEM_NUMBER_OF_UNITS']),
  unitCost: orNull(of['LINE_ITEM_UNIT_COST']),
  adjustment: orNull(of['LINE_ITEM_ADJUSTMENT_AMOUNT']),
  taxTotal: international ? orNull(of['LINE_ITEM_TAX_TOTAL']) : null,
  total: of['LINE_ITEM_TOTAL']!,
  taskCode: orNull(of['LINE_ITEM_TASK_CODE']),
  expenseCode: orNull(of['LINE_ITEM_EXPENSE_CODE']),
  activityCode: orNull(of['LINE_ITEM_ACTIVITY_CODE']),
  timekeeperId: orNull(of['TIMEKEEPER_ID']),
  classification: orNull(of['TIMEKEEPER_CLASSIFICATION']),
  description: of['LINE_ITEM_DESCRIPTION']!,
  firmMatterId: of['LAW_FIRM_MATTER_ID']!,
  clientMatterId: orNull(of['CLIENT_MATTER_ID']),
});
