// The columns of LEDES 1998B and LEDES98BI V2, in their order: how long each may be, and what it has to be.

/** `code`: one of E, F, IF, IE. `number`: digits before and after the point. `rate`: a share from 0 to 1. */
export type Kind =
  | { is: 'text'; most: number }
  | { is: 'date' }
  | { is: 'number'; whole: number; decimals: number }
  | { is: 'code' }
  | { is: 'currency' }
  | { is: 'account' }
  | { is: 'rate' };

export interface LedesColumn {
  name: string;
  kind: Kind;
  required?: true;
  /** The same on each line of one invoice. */
  ofInvoice?: true;
}

const text = (most: number): Kind => ({ is: 'text', most });
const number = (whole: number, decimals: number): Kind => ({ is: 'number', whole, decimals });
const long = 15 * 1_024;
const date: Kind = { is: 'date' };
const of = (name: string, kind: Kind, ...marks: ('required' | 'ofInvoice')[]): LedesColumn => ({
  name,
  kind,
  ...(marks.includes('required') ? { required: true } : {}),
  ...(marks.includes('ofInvoice') ? { ofInvoice: true } : {}),
});

/** LEDES 1998B: read in two public implementations and a page of its specification. */
export const columns1998B: readonly LedesColumn[] = [
  of('INVOICE_DATE', date, 'required', 'ofInvoice'),
  of('INVOICE_NUMBER', text(20), 'required'),
  of('CLIENT_ID', text(20), 'required'),
  of('LAW_FIRM_MATTER_ID', text(20), 'required'),
  of('INVOICE_TOTAL', number(12, 4), 'required', 'ofInvoice'),
  of('BILLING_START_DATE', date, 'required', 'ofInvoice'),
  of('BILLING_END_DATE', date, 'required', 'ofInvoice'),
  of('INVOICE_DESCRIPTION', text(long)),
  of('LINE_ITEM_NUMBER', text(20), 'required'),
  of('EXP/FEE/INV_ADJ_TYPE', { is: 'code' }, 'required'),
  of('LINE_ITEM_NUMBER_OF_UNITS', number(10, 4)),
  of('LINE_ITEM_ADJUSTMENT_AMOUNT', number(10, 4)),
  of('LINE_ITEM_TOTAL', number(10, 4), 'required'),
  of('LINE_ITEM_DATE', date, 'required'),
  of('LINE_ITEM_TASK_CODE', text(20)),
  of('LINE_ITEM_EXPENSE_CODE', text(20)),
  of('LINE_ITEM_ACTIVITY_CODE', text(20)),
  of('TIMEKEEPER_ID', text(20)),
  of('LINE_ITEM_DESCRIPTION', text(long)),
  of('LAW_FIRM_ID', text(20), 'required'),
  of('LINE_ITEM_UNIT_COST', number(10, 4)),
  of('TIMEKEEPER_NAME', text(30)),
  of('TIMEKEEPER_CLASSIFICATION', text(10)),
  of('CLIENT_MATTER_ID', text(20)),
];

/**
 * What 98BI V2 adds. Names and order: read in four public implementations. That CLIENT_TAX_ID and MATTER_NAME have to be there, and the lengths of
 * names and addresses, in one of them only; lengths of TIMEKEEPER_LAST_NAME and TIMEKEEPER_FIRST_NAME (30) are taken from TIMEKEEPER_NAME, unverified.
 */
export const columns98BI: readonly LedesColumn[] = [
  ...columns1998B,
  of('PO_NUMBER', text(100), 'ofInvoice'),
  of('CLIENT_TAX_ID', text(20), 'required', 'ofInvoice'),
  of('MATTER_NAME', text(255), 'required'),
  of('INVOICE_TAX_TOTAL', number(12, 4), 'ofInvoice'),
  of('INVOICE_NET_TOTAL', number(12, 4), 'required', 'ofInvoice'),
  of('INVOICE_CURRENCY', { is: 'currency' }, 'ofInvoice'),
  of('TIMEKEEPER_LAST_NAME', text(30)),
  of('TIMEKEEPER_FIRST_NAME', text(30)),
  of('ACCOUNT_TYPE', { is: 'account' }),
  of('LAW_FIRM_NAME', text(60)),
  of('LAW_FIRM_ADDRESS_1', text(60)),
  of('LAW_FIRM_ADDRESS_2', text(60)),
  of('LAW_FIRM_CITY', text(40)),
  of('LAW_FIRM_STATEorREGION', text(40)),
  of('LAW_FIRM_POSTCODE', text(20)),
  of('LAW_FIRM_COUNTRY', text(3)),
  of('CLIENT_NAME', text(60)),
  of('CLIENT_ADDRESS_1', text(60)),
  of('CLIENT_ADDRESS_2', text(60)),
  of('CLIENT_CITY', text(40)),
  of('CLIENT_STATEorREGION', text(40)),
  of('CLIENT_POSTCODE', text(20)),
  of('CLIENT_COUNTRY', text(3)),
  of('LINE_ITEM_TAX_RATE', { is: 'rate' }),
  of('LINE_ITEM_TAX_TOTAL', number(10, 4), 'required'),
  of('LINE_ITEM_TAX_TYPE', text(20)),
  of('INVOICE_REPORTED_TAX_TOTAL', number(12, 4), 'ofInvoice'),
  of('INVOICE_TAX_CURRENCY', { is: 'currency' }, 'ofInvoice'),
];

export type LedesFormat = 'LEDES1998B' | 'LEDES98BI V2';
/** By what the first line says before its `[]`. */
export const columnsOf: Readonly<Record<LedesFormat, readonly LedesColumn[]>> = {
  LEDES1998B: columns1998B,
  'LEDES98BI V2': columns98BI,
};
export const isLedesFormat = (text: string): text is LedesFormat => Object.hasOwn(columnsOf, text);
