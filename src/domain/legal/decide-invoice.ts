// Whether a decision on an invoice can stand, and what it pays line by line: pure, so that a dry run says the same.
import { minorToDecimal } from '../money.js';
import type { InvoiceDecisionName, InvoiceState, LineResult } from './invoice.js';
import { invoiceSteps } from './invoice.js';

export interface InvoiceToDecide {
  state: InvoiceState;
  currency: string | null;
  totalMinor: bigint | null;
  /** Of the invoice as a whole: one that is grave rules out all but a rejection. */
  graveFindings: number;
  lines: readonly { number: string; totalMinor: bigint; result: LineResult }[];
  proposal: string | null;
  proposedBy: string | null;
}

export interface WantedDecision {
  decision: InvoiceDecisionName;
  /** The lines that are not paid in full. */
  cuts: readonly { number: string; payableMinor: bigint; reason: string }[];
  words: string;
}

export interface Objection {
  ruleId: string;
  message: string;
}

export type InvoiceVerdict =
  | { against: Objection[] }
  /** By number of the line: what is paid. `second` is what another person has to say as well. */
  | { payable: ReadonlyMap<string, bigint>; payableMinor: bigint; second: string | null };

const stand = (ruleId: string, message: string): { against: Objection[] } => ({ against: [{ ruleId, message }] });

/** The same decision of two people has the same text. */
export const proposalOf = ({ decision, cuts }: WantedDecision): string =>
  JSON.stringify([decision, ...cuts.map(({ number, payableMinor }) => [number, String(payableMinor)]).sort()]);

/** @param mandateMinor above this two people decide; null where one never may alone */
export function judgeDecision(invoice: InvoiceToDecide, wanted: WantedDecision, mandateMinor: bigint | null, user: string): InvoiceVerdict {
  const { decision, cuts } = wanted;
  const { lines, currency } = invoice;
  if (!invoiceSteps[invoice.state][decision])
    return stand('invoice-waits', `The invoice is ${invoice.state.toLowerCase().replace('_', ' ')}`);
  if (decision === 'REJECT') return { payable: new Map(lines.map(({ number }) => [number, 0n])), payableMinor: 0n, second: null };
  if (invoice.graveFindings) return stand('invoice-payable', 'What was found of the invoice as a whole leaves only its rejection');
  const cut = new Map(cuts.map((each) => [each.number, each]));
  const against: Objection[] = [];
  for (const { number } of cuts)
    if (!lines.some((line) => line.number === number)) against.push({ ruleId: 'line-known', message: `The invoice has no line ${number}` });
  if (cut.size !== cuts.length) against.push({ ruleId: 'line-once', message: 'A line is named twice' });
  if (decision === 'APPROVE' && cuts.length) against.push({ ruleId: 'approval-whole', message: 'An approval pays every line' });
  if (decision === 'SHORT_PAY' && !cuts.length)
    against.push({ ruleId: 'short-pay-names-lines', message: 'A short payment names the lines that are cut' });
  const payable = new Map<string, bigint>();
  for (const { number, totalMinor, result } of lines) {
    const paid = cut.get(number)?.payableMinor ?? totalMinor;
    payable.set(number, paid);
    if (result === 'ERROR' && paid !== 0n)
      against.push({ ruleId: 'no-error-line', message: `Line ${number} has an error and cannot be paid` });
    if (cut.has(number) && (paid < 0n ? paid < totalMinor : paid >= totalMinor && totalMinor > 0n))
      against.push({
        ruleId: 'cut-below-line',
        message: `Line ${number} is cut to less than its ${minorToDecimal(totalMinor, currency!)}`,
      });
  }
  const payableMinor = [...payable.values()].reduce((sum, each) => sum + each, 0n);
  if (payableMinor < 0n) against.push({ ruleId: 'payable-not-below-zero', message: 'Less than nothing would be paid' });
  if (against.length) return { against };
  const alone = mandateMinor !== null && payableMinor <= mandateMinor;
  if (alone) return { payable, payableMinor, second: null };
  const agreed = invoice.proposal === proposalOf(wanted) && invoice.proposedBy !== user;
  if (invoice.proposedBy === user && invoice.proposal === proposalOf(wanted))
    return stand('four-eyes', 'Another person has to decide the same');
  return { payable, payableMinor, second: agreed ? null : proposalOf(wanted) };
}
