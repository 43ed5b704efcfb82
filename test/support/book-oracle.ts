// The demo book's own events in the words of the oracle, and the rules of its countries.
import type { BookDay } from '../../src/sandbox/book/generate.js';
import type { Line, Rules, Told } from './delinquency-oracle.js';
import { flagsOf, type Arrival, type Expected, type FlagRules } from './flag-oracle.js';

const buckets: Rules['buckets'] = [
  ['D1_30', 1, 30],
  ['D31_60', 31, 60],
  ['D61_90', 61, 90],
  ['D91_120', 91, 120],
  ['D121_180', 121, 180],
  ['D181_PLUS', 181, Infinity],
];
export const rules: Record<string, Rules> = {
  ID: { buckets, classes: [0, 1, 91, 121, 181], watch: { performing: [90, 2], bad: [180, 3] } },
  CN: { buckets, classes: [0, 1, 91, 271, 361], watch: { performing: [365, 2], bad: [365, 3] } },
  US: { buckets, classes: [0, 31, 91, 181, 361], watch: null },
};
const flagRules: Record<string, FlagRules> = {
  ID: { flagAt: 31, updateAt: [91, 121, 181], noticeDays: null },
  CN: { flagAt: 31, updateAt: [91, 271, 361], noticeDays: 5 },
  US: { flagAt: 31, updateAt: [91, 181, 361], noticeDays: null },
};

export const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** All of the book's currencies have two decimals. */
export const decimalOf = (amount: number): string =>
  `${amount < 100 ? '0' : String(amount).slice(0, -2)}.${String(amount).padStart(2, '0').slice(-2)}`;
const minor = (text: string | undefined): number => (text === undefined ? 0 : Number(text.replace('.', '')));

const linesOf = (installments: any[]): Line[] =>
  installments.map((each) => ({
    number: each.installmentNumber,
    from: dayOf(each.fromDate),
    due: dayOf(each.dueDate),
    cells: ['penalty', 'fee', 'interest', 'principal'].map((part) => ({
      due: minor(each[part]?.due),
      paid: minor(each[part]?.paid),
      waived: 0,
      writtenOff: 0,
    })),
  }));

export function toldBy({ type, data, sequence, effectivedate }: any): Told {
  const place = { at: Number(sequence), on: dayOf(effectivedate) };
  switch (type) {
    case 'LoanAccountSnapshotted': {
      const terms = { status: data.status, grace: data.graceOnArrearsAgeing, tolerance: minor(data.arrearsTolerance), judged: 1 };
      return { ...place, is: 'account', ...terms, lines: data.installments ? linesOf(data.installments) : null };
    }
    case 'RepaymentScheduleReplaced':
      return { ...place, is: 'schedule', lines: linesOf(data.installments), eased: data.reason === 'RESCHEDULE', wasBad: true };
    case 'LoanTransactionPosted':
      return { ...place, is: 'money', id: data.transactionId, kind: data.kind, amount: minor(data.amount) };
    case 'LoanTransactionReversed':
      return { ...place, is: 'undone', id: data.transactionId };
    case 'ChargeApplied':
      return { ...place, is: 'charge', id: data.chargeId, due: dayOf(data.dueDate), amount: minor(data.amount) };
    case 'DelinquencyPaused':
      return { ...place, is: 'pause', from: dayOf(data.startDate), until: dayOf(data.endDate) };
    default:
      throw new Error(`The oracle does not know ${type}`);
  }
}

/** What is told beside the book, on a business date. */
export interface Beside {
  loan: string;
  businessDate: string;
  told: Told;
}
export interface History {
  jurisdiction: string;
  history: Arrival[];
}
/** What the source has told of each loan, by aggregate. */
export function historiesOf(days: readonly BookDay[], beside: readonly Beside[]): Map<string, History> {
  const loans = new Map<string, History>();
  for (const { businessDate, events } of days)
    for (const { key, event } of events as { key: string; event: any }[]) {
      if (event.type === 'BorrowerUpdated' || event.type === 'CollateralUpdated') continue;
      const known = loans.get(key) ?? { jurisdiction: '', history: [] };
      if (event.type === 'LoanAccountSnapshotted') known.jurisdiction = event.data.jurisdiction;
      known.history.push({ arrived: dayOf(businessDate), told: toldBy(event) });
      loans.set(key, known);
    }
  for (const { loan, businessDate, told } of beside) loans.get(loan)!.history.push({ arrived: dayOf(businessDate), told });
  return loans;
}

/** What the bureau must have been told of each loan, up to the business date after the last of the days. */
export function flagsOfBook(days: readonly BookDay[], beside: readonly Beside[]): Map<string, Expected[]> {
  const [first, last] = [dayOf(days[0]!.businessDate) + 1, dayOf(days.at(-1)!.businessDate) + 1];
  return new Map(
    [...historiesOf(days, beside)].map(([loan, { jurisdiction, history }]) => [
      loan,
      flagsOf(history, first, last, rules[jurisdiction]!, flagRules[jurisdiction]!),
    ]),
  );
}
