// The form of a book of files: which columns each file has, what each of them must be, and what a cell becomes.
import { decimalToMinor, exponentOf } from '../../domain/money.js';

export type Kind = 'id' | 'text' | 'date' | 'amount' | 'currency' | 'country' | 'whole';

export interface Column {
  kind: Kind;
  required?: boolean;
  /** Of characters; 64 for ids. */
  longest?: number;
  most?: number;
}

export type FileName = 'loans.csv' | 'instalments.csv' | 'payments.csv' | 'borrowers.csv';

/** The published form; schema/book/README.md says the same in words. */
export const form: Record<FileName, Record<string, Column>> = {
  'loans.csv': {
    loan_id: { kind: 'id', required: true },
    currency: { kind: 'currency', required: true },
    principal: { kind: 'amount', required: true },
    disbursed_on: { kind: 'date', required: true },
    borrower_id: { kind: 'id' },
    account_no: { kind: 'id' },
    product_id: { kind: 'id' },
    product_class: { kind: 'id' },
    jurisdiction: { kind: 'country' },
    grace_days: { kind: 'whole', most: 365 },
    arrears_tolerance: { kind: 'amount' },
  },
  'instalments.csv': {
    loan_id: { kind: 'id', required: true },
    number: { kind: 'whole', required: true, most: 10_000 },
    due_on: { kind: 'date', required: true },
    principal: { kind: 'amount', required: true },
    interest: { kind: 'amount' },
    fee: { kind: 'amount' },
    penalty: { kind: 'amount' },
  },
  'payments.csv': {
    loan_id: { kind: 'id', required: true },
    payment_id: { kind: 'id', required: true },
    value_date: { kind: 'date', required: true },
    amount: { kind: 'amount', required: true },
    posted_date: { kind: 'date' },
    reversed_on: { kind: 'date' },
  },
  'borrowers.csv': {
    borrower_id: { kind: 'id', required: true },
    name: { kind: 'text', required: true, longest: 200 },
    jurisdiction: { kind: 'country' },
    national_id: { kind: 'text', longest: 40 },
    language: { kind: 'text', longest: 20 },
    time_zone: { kind: 'text', longest: 60 },
    segment: { kind: 'text', longest: 40 },
    branch: { kind: 'text', longest: 40 },
    portfolio: { kind: 'text', longest: 40 },
    address: { kind: 'text', longest: 500 },
    phone: { kind: 'text', longest: 500 },
    email: { kind: 'text', longest: 500 },
  },
};

/** @returns what a cell should have been; null when it is that. Amounts are checked against their currency by `amountFault`. */
export function cellFault({ kind, longest = 64, most = 0 }: Column, text: string): string | null {
  switch (kind) {
    case 'date':
      return isDate(text) ? null : 'a date YYYY-MM-DD between 1900-01-01 and 2199-12-31';
    case 'amount':
      return /^(0|[1-9]\d{0,14})(\.\d{1,4})?$/.test(text) ? null : 'a decimal amount such as 1250.50, without sign, blanks or separators';
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? null : 'an ISO 4217 currency such as USD';
    case 'country':
      return /^[A-Z]{2}$/.test(text) ? null : 'an ISO 3166-1 alpha-2 country such as ID';
    case 'whole':
      return /^(0|[1-9]\d{0,5})$/.test(text) && Number(text) <= most ? null : `a whole number up to ${most}`;
    default:
      return text.length <= longest ? null : `at most ${longest} characters`;
  }
}

export const amountFault = (text: string, currency: string): string | null =>
  decimalToMinor(text, currency) === null ? `an amount with at most ${exponentOf(currency)} decimals, as ${currency} has` : null;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1900-01-01' || text > '2199-12-31') return false;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
