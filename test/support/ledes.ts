// Rows of LEDES files for tests, written from the public column lists: an invoice that is right, and what it takes to spoil it.
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
