// What a simulated law firm bills, and how it checks what it is told of its invoices.
import { createHash } from 'node:crypto';
import type { Refusal } from '../desk.js';

interface Money {
  amount: string;
  currency: string;
}
interface Decision {
  decision: unknown;
  submitted: Money | null;
  payable: Money | null;
  lines: { submitted: Money; payable: Money }[];
}

/** How a firm says it. */
export interface FirmSpeech {
  news: string;
  file(of: { name: string; sha256: string; content: string }): Record<string, unknown>;
  decision(body: any): Decision;
  words: { approved: string; shortPaid: string; rejected: string };
}

const header =
  'INVOICE_DATE|INVOICE_NUMBER|CLIENT_ID|LAW_FIRM_MATTER_ID|INVOICE_TOTAL|BILLING_START_DATE|BILLING_END_DATE|INVOICE_DESCRIPTION|LINE_ITEM_NUMBER|EXP/FEE/INV_ADJ_TYPE|' +
  'LINE_ITEM_NUMBER_OF_UNITS|LINE_ITEM_ADJUSTMENT_AMOUNT|LINE_ITEM_TOTAL|LINE_ITEM_DATE|LINE_ITEM_TASK_CODE|LINE_ITEM_EXPENSE_CODE|LINE_ITEM_ACTIVITY_CODE|TIMEKEEPER_ID|' +
  'LINE_ITEM_DESCRIPTION|LAW_FIRM_ID|LINE_ITEM_UNIT_COST|TIMEKEEPER_NAME|TIMEKEEPER_CLASSIFICATION|CLIENT_MATTER_ID|PO_NUMBER|CLIENT_TAX_ID|MATTER_NAME|INVOICE_TAX_TOTAL|' +
  'INVOICE_NET_TOTAL|INVOICE_CURRENCY|TIMEKEEPER_LAST_NAME|TIMEKEEPER_FIRST_NAME|ACCOUNT_TYPE|LAW_FIRM_NAME|LAW_FIRM_ADDRESS_1|LAW_FIRM_ADDRESS_2|LAW_FIRM_CITY|' +
  'LAW_FIRM_STATEorREGION|LAW_FIRM_POSTCODE|LAW_FIRM_COUNTRY|CLIENT_NAME|CLIENT_ADDRESS_1|CLIENT_ADDRESS_2|CLIENT_CITY|CLIENT_STATEorREGION|CLIENT_POSTCODE|CLIENT_COUNTRY|' +
  'LINE_ITEM_TAX_RATE|LINE_ITEM_TAX_TOTAL|LINE_ITEM_TAX_TYPE|INVOICE_REPORTED_TAX_TOTAL|INVOICE_TAX_CURRENCY';

/** Two hours of a partner and the court's fee. */
export function pretendInvoice(of: {
  number: string;
  matterRef: string;
  caseRef: string;
  currency: string;
  hourly: number;
  on: string;
}): Buffer {
  const { number, matterRef, caseRef, currency, hourly } = of;
  const on = of.on.replaceAll('-', '');
  const total = `${hourly * 3}.00`;
  const line = (n: number, type: 'F' | 'E', units: number, task: string, expense: string, activity: string, words: string): string =>
    [
      on,
      number,
      'BANK',
      matterRef,
      total,
      on,
      on,
      'Work on the claim',
      n,
      type,
      units,
      '',
      `${hourly * units}.00`,
      on,
      task,
      expense,
      activity,
    ]
      .concat([
        type === 'F' ? 'TK-1' : '',
        words,
        '01.234.567.8',
        `${hourly}.00`,
        type === 'F' ? 'Tan Melati' : '',
        type === 'F' ? 'PARTNR' : '',
        caseRef,
      ])
      .concat(['', '09.876.543.2', 'Recovery of a loan', '0.00', total, currency, 'Tan', 'Melati', 'O', ...Array<string>(14).fill('')])
      .concat(['0', '0.00', 'VAT', '', ''])
      .join('|');
  const lines = [line(1, 'F', 2, 'L120', '', 'A103', 'Drafts the claim'), line(2, 'E', 1, '', 'E112', '', 'Court fee')];
  return Buffer.from(['LEDES98BI V2', header, ...lines].map((each) => `${each}[]\r\n`).join(''));
}

const minor = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''));

/** @returns why it does not take the decision, or null */
export function judgeDecision({ decision: read, words }: FirmSpeech, body: unknown): Refusal | null {
  const { decision, submitted, payable, lines } = read(body);
  if (!Object.values(words).includes(decision as string)) return { code: 'INVALID', reason: 'The decision is not known' };
  if (decision === words.rejected) return null;
  if (!submitted || !payable) return { code: 'INVALID', reason: 'What is paid is missing' };
  const cut = lines.reduce((sum, line) => sum + minor(line.submitted) - minor(line.payable), 0n);
  const owed = minor(submitted) - minor(payable);
  return cut === owed ? null : { code: 'SUM', reason: 'The lines that are cut do not make the difference' };
}

/** A file with one invoice, as it comes with the news. */
export function billOf({ file }: FirmSpeech, of: { number: string; matterRef: string; caseRef: string; currency: string; on: string }) {
  const bytes = pretendInvoice({ ...of, hourly: of.currency === 'IDR' ? 2_000_000 : 250 });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return file({ name: `${of.number}.txt`, sha256, content: bytes.toString('base64') });
}
