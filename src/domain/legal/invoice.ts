// A law firm's invoice: its states, and what is found when it is held against its own arithmetic, the matter, the agreed terms and what was billed before.
import { places, toMinor, toTenThousandths } from '../decimal.js';
import type { LocalDate } from '../fact.js';
import { sha256 } from '../ids.js';
import { exponentOf, minorToDecimal } from '../money.js';
import { activityCodes, expenseCodes, taskCodes, type BillingRules } from './billing-rules.js';

export const invoiceStates = ['RECEIVED', 'CHECKED', 'AWAITING_SECOND', 'APPROVED', 'SHORT_PAID', 'REJECTED'] as const;
export type InvoiceState = (typeof invoiceStates)[number];
export const invoiceDecisions = ['APPROVE', 'SHORT_PAY', 'REJECT'] as const;
export type InvoiceDecisionName = (typeof invoiceDecisions)[number];
export const lineResults = ['OK', 'FLAGGED', 'ERROR'] as const;
export type LineResult = (typeof lineResults)[number];
export type InvoiceStepName = 'UNREADABLE' | 'CHECK' | 'PROPOSE' | InvoiceDecisionName;

/** What was decided is told to the firm and stays. */
export const invoiceSteps: Readonly<Record<InvoiceState, Partial<Record<InvoiceStepName, InvoiceState>>>> = {
  RECEIVED: { UNREADABLE: 'REJECTED', CHECK: 'CHECKED' },
  CHECKED: { PROPOSE: 'AWAITING_SECOND', APPROVE: 'APPROVED', SHORT_PAY: 'SHORT_PAID', REJECT: 'REJECTED' },
  AWAITING_SECOND: { PROPOSE: 'AWAITING_SECOND', APPROVE: 'APPROVED', SHORT_PAY: 'SHORT_PAID', REJECT: 'REJECTED' },
  APPROVED: {},
  SHORT_PAID: {},
  REJECTED: {},
};

/** One line as the firm's file had it; amounts are decimal text. */
export interface BilledLine {
  line: number;
  number: string;
  type: 'E' | 'F' | 'IF' | 'IE';
  on: LocalDate;
  units: string | null;
  unitCost: string | null;
  adjustment: string | null;
  taxTotal: string | null;
  total: string;
  taskCode: string | null;
  expenseCode: string | null;
  activityCode: string | null;
  timekeeperId: string | null;
  classification: string | null;
  description: string;
  firmMatterId: string;
  clientMatterId: string | null;
}

export interface BilledInvoice {
  number: string;
  date: LocalDate;
  billingFrom: LocalDate;
  billingTo: LocalDate;
  total: string;
  taxTotal: string | null;
  netTotal: string | null;
  currency: string | null;
  lines: BilledLine[];
}

/** `grave`: it cannot be paid as it is; else a person decides. */
export interface Finding {
  code: string;
  words: string;
  grave: boolean;
}

export interface Matter {
  /** The firm's own number, once it is known. */
  partnerRef: string | null;
  /** By which the firm may name the matter to us. */
  ourRefs: readonly string[];
  currency: string;
}

/** What was billed before by the firm. */
export interface BilledBefore {
  /** An invoice of this number that was not rejected. */
  sameNumber: boolean;
  /** By content, of the lines of its other invoices that were not rejected: the invoice's number. */
  lines: ReadonlyMap<string, string>;
  /** Of the matter, not rejected, in minor units of the matter's currency: what is to be paid where that is decided. */
  billedMinor: bigint;
}

export interface JudgedLine {
  line: BilledLine;
  contentSha256: string;
  totalMinor: bigint;
  result: LineResult;
  findings: Finding[];
}

export interface JudgedInvoice {
  currency: string;
  totalMinor: bigint;
  /** The worst of its own findings and its lines. */
  result: LineResult;
  findings: Finding[];
  lines: JudgedLine[];
}

/** What makes a line the same as another, wherever it stands. */
export const contentOf = (of: BilledLine): string =>
  sha256(
    JSON.stringify([
      [of.type, of.on, of.units, of.unitCost, of.adjustment, of.taxTotal, of.total, of.taskCode, of.expenseCode, of.activityCode],
      [of.timekeeperId, of.classification, of.description, of.firmMatterId, of.clientMatterId],
    ]),
  );

const resultOf = (findings: readonly Finding[]): LineResult =>
  findings.some(({ grave }) => grave) ? 'ERROR' : findings.length ? 'FLAGGED' : 'OK';
const worst = (results: readonly LineResult[]): LineResult =>
  lineResults[Math.max(0, ...results.map((each) => lineResults.indexOf(each)))]!;
const grave = (code: string, words: string): Finding => ({ code, words, grave: true });
const flag = (code: string, words: string): Finding => ({ code, words, grave: false });

/** Structure has passed: amounts are decimals of four places at most. */
export function judgeInvoice(invoice: BilledInvoice, matter: Matter, rules: BillingRules, before: BilledBefore): JudgedInvoice {
  const currency = invoice.currency ?? matter.currency;
  const met = new Map(before.lines);
  const lines = invoice.lines.map((line): JudgedLine => {
    const contentSha256 = contentOf(line);
    const findings = [
      ...arithmeticOf(line, currency),
      ...matterOf(line, matter),
      ...periodOf(line, invoice),
      ...codesOf(line),
      ...rateOf(line, currency, rules),
    ];
    const other = met.get(contentSha256);
    if (other !== undefined) findings.push(flag('DUPLICATE_LINE', `the same was billed in invoice ${other}`));
    else met.set(contentSha256, invoice.number);
    return { line, contentSha256, totalMinor: minorOf(line.total, currency), result: resultOf(findings), findings };
  });
  const totalMinor = minorOf(invoice.total, currency);
  const findings = ofWhole(invoice, matter, rules, before, totalMinor);
  return { currency, totalMinor, result: worst([resultOf(findings), ...lines.map(({ result }) => result)]), findings, lines };
}

const scaled = (text: string | null): bigint => (text === null ? 0n : toTenThousandths(text)!);
const minorOf = (text: string, currency: string): bigint => toMinor(scaled(text), places, currency).minor;

function arithmeticOf(line: BilledLine, currency: string): Finding[] {
  const total = toMinor(scaled(line.total), places, currency);
  if (!total.exact) return [grave('NOT_OF_CURRENCY', `LINE_ITEM_TOTAL has more decimals than ${currency}`)];
  // Eight places: the product of two numbers of four. What an adjustment of the whole invoice has no units for, its adjustment says.
  const exact = scaled(line.units) * scaled(line.unitCost) + (scaled(line.adjustment) + scaled(line.taxTotal)) * 10_000n;
  const worked = toMinor(exact, 2 * places, currency);
  if (worked.minor === total.minor) return [];
  const says = `units × unit cost + adjustment${line.taxTotal === null ? '' : ' + tax'} is ${minorToDecimal(worked.minor, currency)}`;
  return [grave('LINE_TOTAL', `LINE_ITEM_TOTAL is ${line.total}, but ${says}`)];
}

function matterOf(line: BilledLine, { partnerRef, ourRefs }: Matter): Finding[] {
  const ours = line.clientMatterId !== null && ourRefs.includes(line.clientMatterId);
  const findings: Finding[] = [];
  if (line.clientMatterId !== null && !ours) findings.push(grave('CLIENT_MATTER', 'CLIENT_MATTER_ID is no number of this matter'));
  if (partnerRef !== null && line.firmMatterId !== partnerRef)
    findings.push(grave('FIRM_MATTER', `LAW_FIRM_MATTER_ID is not ${partnerRef}, the firm's number of this matter`));
  if (partnerRef === null && !ours) findings.push(flag('MATTER_UNSAID', 'Neither number says which matter it is'));
  return findings;
}

function periodOf({ on }: BilledLine, { billingFrom, billingTo }: BilledInvoice): Finding[] {
  return on < billingFrom || on > billingTo ? [flag('OUT_OF_PERIOD', `${on} is not between ${billingFrom} and ${billingTo}`)] : [];
}

function codesOf({ type, taskCode, activityCode, expenseCode, timekeeperId }: BilledLine): Finding[] {
  const findings: Finding[] = [];
  const known = (code: string | null, set: ReadonlySet<string>, what: string) => {
    if (code !== null && !set.has(code)) findings.push(flag('UNKNOWN_CODE', `${what} ${code} is not of UTBMS`));
  };
  known(taskCode, taskCodes, 'task code');
  known(activityCode, activityCodes, 'activity code');
  known(expenseCode, expenseCodes, 'expense code');
  if (type === 'F' && expenseCode !== null) findings.push(flag('EXPENSE_CODE_ON_FEE', 'A fee has an expense code'));
  if (type === 'E' && expenseCode === null) findings.push(flag('NO_EXPENSE_CODE', 'An expense has no expense code'));
  if (type === 'F' && (taskCode === null || activityCode === null))
    findings.push(flag('NO_TASK_CODE', 'A fee has no task or activity code'));
  if (type === 'F' && timekeeperId === null) findings.push(flag('NO_TIMEKEEPER', 'A fee names no timekeeper'));
  return findings;
}

function rateOf({ type, unitCost, classification }: BilledLine, currency: string, { rates }: BillingRules): Finding[] {
  if (type !== 'F' || unitCost === null) return [];
  const agreed = rates[currency];
  const most =
    agreed && ((classification !== null && Object.hasOwn(agreed, classification) ? agreed[classification] : undefined) ?? agreed['*']);
  if (most === undefined) return [flag('NO_AGREED_RATE', `No rate is agreed for ${classification ?? 'nobody'} in ${currency}`)];
  const inTenThousandths = (most * 10_000n) / 10n ** BigInt(exponentOf(currency));
  return scaled(unitCost) <= inTenThousandths
    ? []
    : [flag('RATE', `${unitCost} an hour is more than the agreed ${minorToDecimal(most, currency)}`)];
}

function ofWhole(invoice: BilledInvoice, matter: Matter, rules: BillingRules, before: BilledBefore, totalMinor: bigint): Finding[] {
  const findings: Finding[] = [];
  const { currency, total, taxTotal, netTotal, lines } = invoice;
  if (before.sameNumber) findings.push(grave('DUPLICATE_NUMBER', `The firm has sent another invoice ${invoice.number}`));
  if (currency === null && rules.namedCurrencies.includes(matter.currency))
    findings.push(grave('CURRENCY_UNSAID', `An invoice in ${matter.currency} has to name it, which takes LEDES98BI V2`));
  if (currency !== null && currency !== matter.currency) findings.push(flag('OTHER_CURRENCY', `The matter is in ${matter.currency}`));
  if (invoice.billingFrom > invoice.billingTo) findings.push(grave('PERIOD', 'The billing period ends before it begins'));
  const sum = (of: (line: BilledLine) => string | null) => lines.reduce((all, line) => all + scaled(of(line)), 0n);
  if (sum((line) => line.total) !== scaled(total))
    findings.push(grave('INVOICE_TOTAL', `INVOICE_TOTAL ${total} is not the sum of its lines`));
  if (taxTotal !== null && sum((line) => line.taxTotal) !== scaled(taxTotal))
    findings.push(grave('TAX_TOTAL', `INVOICE_TAX_TOTAL ${taxTotal} is not the sum of its lines`));
  if (netTotal !== null && scaled(netTotal) !== scaled(total) - sum((line) => line.taxTotal))
    findings.push(grave('NET_TOTAL', `INVOICE_NET_TOTAL ${netTotal} is not the total without tax`));
  if (totalMinor < 0n) findings.push(grave('BELOW_ZERO', 'The invoice asks for less than nothing'));
  const budget = rules.budget[matter.currency];
  if ((currency ?? matter.currency) === matter.currency && budget !== undefined && before.billedMinor + totalMinor > budget)
    findings.push(flag('BUDGET', `With it the matter costs more than its ${minorToDecimal(budget, matter.currency)}`));
  return findings;
}

/** As it is told and kept. */
export const findingText = ({ code, words }: Finding): string => `${code}: ${words}`;
