// The form of a book of files: which columns each file has, what each of them must be, and what a cell becomes.
import { decimalToMinor, exponentOf } from '../../domain/money.js';

export type Kind = 'id' | 'text' | 'date' | 'amount' | 'currency' | 'country' | 'whole' | 'word' | 'town' | 'rate' | 'codes';

export interface Column {
  kind: Kind;
  required?: boolean;
  /** Of characters; 64 for ids. */
  longest?: number;
  most?: number;
  /** Of a `word`: which it may be. */
  among?: readonly string[];
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
    kind: { kind: 'word', among: ['INSTALMENT', 'MORTGAGE', 'REVOLVING', 'LINE_OF_CREDIT', 'OPEN'] },
    branch: { kind: 'text', longest: 40 },
    interest_rate: { kind: 'rate' },
    credit_limit: { kind: 'amount' },
    codes: { kind: 'codes' },
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
    kind: { kind: 'word', among: ['PERSON', 'COMPANY'] },
    family_name: { kind: 'text', longest: 200 },
    given_name: { kind: 'text', longest: 200 },
    id_kind: { kind: 'word', among: ['NATIONAL', 'PASSPORT', 'COMPANY'] },
    tax_number: { kind: 'text', longest: 40 },
    born_on: { kind: 'date' },
    birth_place: { kind: 'text', longest: 100 },
    gender: { kind: 'word', among: ['F', 'M'] },
    mothers_name: { kind: 'text', longest: 200 },
    street: { kind: 'text', longest: 200 },
    city: { kind: 'text', longest: 100 },
    city_code: { kind: 'town' },
    region: { kind: 'text', longest: 100 },
    postal_code: { kind: 'text', longest: 20 },
    country: { kind: 'country' },
    codes: { kind: 'codes' },
  },
};

/** @returns what a cell should have been; null when it is that. Amounts are checked against their currency by `amountFault`. */
export function cellFault({ kind, longest = 64, most = 0, among = [] }: Column, text: string): string | null {
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
    case 'word':
      return among.includes(text) ? null : `one of ${among.join(', ')}`;
    case 'town':
      return /^[0-9A-Za-z]{1,20}$/.test(text) ? null : 'a code of up to 20 letters and digits';
    case 'rate':
      return /^(0|[1-9]\d{0,2})(\.\d{1,6})?$/.test(text) ? null : 'percent a year such as 12.5, below 1000';
    case 'codes':
      return codesOf(text) ? null : `up to ${mostCodes} codes as name=value;name=value, each name once and of letters and digits`;
    default:
      return text.length <= longest ? null : `at most ${longest} characters`;
  }
}

const mostCodes = 80;

/** `akad=00;jenisKredit=05` by name; null where it is not in that form. Values hold no semicolon. */
export function codesOf(text: string): Record<string, string> | null {
  const pairs = text.split(';').map((each) => /^([A-Za-z][A-Za-z0-9]{0,39})=(.{1,200})$/s.exec(each.trim()));
  const codes = Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!]] : [])));
  return Object.keys(codes).length === pairs.length && pairs.length <= mostCodes ? codes : null;
}

export const amountFault = (text: string, currency: string): string | null =>
  decimalToMinor(text, currency) === null ? `an amount with at most ${exponentOf(currency)} decimals, as ${currency} has` : null;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1900-01-01' || text > '2199-12-31') return false;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
