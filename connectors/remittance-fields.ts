// The form of a remittance, field by field: the same for a callback and a file.
import type { RemittanceLine, RemittanceProblem } from './contract/remittance.js';

export const mostLines = 50_000;

const isDate = (text: string): boolean => {
  const read = new Date(`${text}T00:00:00Z`);
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
};
const amount = (text: string): boolean => /^\d{1,15}(\.\d{1,4})?$/.test(text);
/** Control totals are payments less reversals, and may be below zero. */
const total = (text: string): boolean => amount(text.replace(/^-/, ''));
const id = (text: string): boolean => /^[\w./:-]{1,60}$/.test(text);

type Rule = [test: (text: string) => boolean, words: string];
const ofAmount: Rule = [amount, 'is not an amount of at most four decimals, without a sign'];
const ofTotal: Rule = [total, 'is not an amount of at most four decimals'];
const ofDate: Rule = [isDate, 'is not a date YYYY-MM-DD'];
const ofId: Rule = [id, 'is not a number of up to 60 letters, digits and . / : _ -'];

export const headRules: Record<string, Rule> = {
  ref: ofId,
  remittedOn: ofDate,
  currency: [(text) => /^[A-Z]{3}$/.test(text), 'is not a currency of ISO 4217'],
  basis: [(text) => /^(NET|GROSS)$/.test(text), 'is neither NET nor GROSS'],
};
export const lineRules: Record<Exclude<keyof RemittanceLine, 'line'>, Rule> = {
  paymentIdentifier: ofId,
  type: [(text) => /^(PA|PAR)$/.test(text), 'is neither PA nor PAR'],
  placement: ofId,
  paidOn: ofDate,
  via: [(text) => /^(PARTNER|BANK)$/.test(text), 'is neither PARTNER nor BANK'],
  reverses: [(text) => text === '' || id(text), 'is not the number of a payment'],
  amount: ofAmount,
  principal: ofAmount,
  interest: ofAmount,
  fee: ofAmount,
  penalty: ofAmount,
};
export const totalRules: Record<string, Rule> = {
  count: [(text) => /^\d{1,6}$/.test(text), 'is not a whole number'],
  amount: ofTotal,
  principal: ofTotal,
  interest: ofTotal,
  fee: ofTotal,
  penalty: ofTotal,
};

/** What is wrong with the fields of one record; words never repeat what is in them. */
export function problemsOf(
  line: number,
  of: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, Rule>>,
): RemittanceProblem[] {
  return Object.entries(rules).flatMap(([field, [test, words]]) => {
    const text = field === 'reverses' ? (of[field] ?? '') : field === 'count' ? String(of[field]) : of[field];
    return typeof text === 'string' && test(text) ? [] : [{ line, field, code: 'FIELD', words: `${field} ${words}` }];
  });
}
