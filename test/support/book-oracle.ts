// The demo book's own events in the words of the oracle, and the rules of its countries.
import type { Line, Rules, Told } from './delinquency-oracle.js';

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

export const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
/** All of the book's currencies have two decimals. */
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
