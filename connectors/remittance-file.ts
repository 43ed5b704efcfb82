// The file format of remittances: comma-separated lines, H for the head, one L for each payment, T with count and control totals. Read strictly.
import type { ReadRemittance, RemittanceFile, RemittanceLine, RemittanceProblem } from './contract/remittance.js';
import { headRules, lineRules, mostLines, problemsOf, totalRules } from './remittance-fields.js';

export const remittanceColumns = {
  H: ['version', 'ref', 'remittedOn', 'currency', 'basis'],
  L: ['paymentIdentifier', 'type', 'placement', 'paidOn', 'amount', 'principal', 'interest', 'fee', 'penalty', 'via', 'reverses'],
  T: ['count', 'principal', 'interest', 'fee', 'penalty', 'amount'],
} as const;

const mostBytes = 20 * 1_024 * 1_024;
const mostProblems = 100;

type Record_ = { line: number; of: Record<string, string> };

export function readRemittanceFile(text: string): ReadRemittance {
  const problems: RemittanceProblem[] = [];
  const say = (line: number, code: string, words: string) => void problems.push({ line, field: null, code, words });
  if (text.length > mostBytes)
    return { problems: [{ line: 1, field: null, code: 'TOO_LARGE', words: `A file may have ${mostBytes} characters` }] };
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > mostLines + 2)
    return { problems: [{ line: mostLines + 3, field: null, code: 'TOO_MANY_LINES', words: `A file may have ${mostLines} payments` }] };
  const records = (kind: keyof typeof remittanceColumns, from: number, to: number): Record_[] =>
    lines.slice(from, to).flatMap((line, i) => {
      const [first, ...fields] = line.split(',');
      const names = remittanceColumns[kind];
      const at = from + i + 1;
      if (problems.length >= mostProblems) return [];
      if (first !== kind) return (say(at, 'RECORD', `A line ${kind} was expected`), []);
      if (line.includes('"')) return (say(at, 'QUOTES', 'No field is quoted'), []);
      if (fields.length !== names.length)
        return (say(at, 'COLUMN_COUNT', `A line ${kind} has ${names.length + 1} fields, not ${fields.length + 1}`), []);
      return [{ line: at, of: Object.fromEntries(names.map((name, n) => [name, fields[n]!])) }];
    });
  if (lines.length < 2)
    return { problems: [{ line: 1, field: null, code: 'RECORD', words: 'A file has a line H, a line for each payment, and a line T' }] };
  const [head] = records('H', 0, 1);
  const payments = records('L', 1, lines.length - 1);
  const [trailer] = records('T', lines.length - 1, lines.length);
  if (head && head.of['version'] !== '1') say(1, 'VERSION', 'The version of the format is not 1');
  if (head) problems.push(...problemsOf(1, head.of, headRules));
  for (const { line, of } of payments) if (problems.length < mostProblems) problems.push(...problemsOf(line, of, lineRules));
  if (trailer) problems.push(...problemsOf(trailer.line, trailer.of, totalRules));
  if (problems.length || !head || !trailer) return { problems: problems.slice(0, mostProblems) };
  const { ref, remittedOn, currency, basis } = head.of as Record<string, string>;
  const { count, ...totals } = trailer.of as Record<string, string>;
  const remittance = {
    ref,
    remittedOn,
    currency,
    basis,
    lines: payments.map(({ line, of }) => ({
      line,
      ...of,
      reverses: of['reverses'] || null,
    })),
    totals: {
      ...totals,
      count: Number(count),
    },
  };
  return { remittance: remittance as unknown as RemittanceFile };
}

/** The text of a file; what it is given has to be of the form that it reads. */
export function writeRemittanceFile({ ref, remittedOn, currency, basis, lines, totals }: RemittanceFile): string {
  const line = (of: RemittanceLine) => ['L', ...remittanceColumns.L.map((name) => of[name] ?? '')].join(',');
  const trailer = ['T', ...remittanceColumns.T.map((name) => String(totals[name]))].join(',');
  return [`H,1,${ref},${remittedOn},${currency},${basis}`, ...lines.map(line), trailer].map((each) => `${each}\r\n`).join('');
}
