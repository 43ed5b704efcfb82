// The kinds of files that partners may leave: what they collected, what they bill, and what agencies have to say. Read by the formats, taken by one action each.
import { isUtf8 } from 'node:buffer';
import { takeInvoices, type ReadInvoiceFile } from '../actions/record-invoice.js';
import { takeRemittance } from '../actions/record-remittance.js';
import { takeAgencyNews, type LineOfNews } from '../actions/take-agency-file.js';
import type { ReportedRemittance } from '../domain/placement/remittance.js';
import type { FileHandler, FileVerdict, InboundFile } from './inbound-file.js';
import type { Tx } from '../storage/store.js';

interface LineProblem {
  line: number | null;
  words: string;
}

const mostProblems = 50;
const refused = (problems: readonly LineProblem[]): FileVerdict => ({
  refused: problems.slice(0, mostProblems).map(({ line, words }) => (line === null ? words : `line ${line}: ${words}`)),
});

/** All of these are text. */
const ofText = (what: string, name: RegExp, take: (tx: Tx, text: string, file: InboundFile) => Promise<FileVerdict>): FileHandler => ({
  what,
  matches: (file) => name.test(file.name),
  take: async (tx, file) => (isUtf8(file.bytes) ? take(tx, file.bytes.toString('utf8'), file) : { refused: ['it is not UTF-8'] }),
});

export const createRemittanceFiles = (
  read: (text: string) => { remittance: ReportedRemittance } | { problems: LineProblem[] },
): FileHandler =>
  ofText('remittance*.csv', /^remittance.*\.csv$/i, async (tx, text, { partnerId }) => {
    const file = read(text);
    if ('problems' in file) return refused(file.problems);
    const taken = await takeRemittance(tx, partnerId, file.remittance, null);
    return 'problems' in taken ? refused(taken.problems) : { taken: { remittance: file.remittance.ref, ...taken } };
  });

export const createInvoiceFiles = (read: (text: string) => ReadInvoiceFile): FileHandler =>
  ofText('invoice*.txt', /^invoice.*\.txt$/i, async (tx, text, { partnerId, name }) => {
    const file = read(text);
    const taken = await takeInvoices(tx, partnerId, { fileName: name, file });
    return 'refused' in taken
      ? { refused: taken.refused.split('\n').slice(0, mostProblems) }
      : { taken: { ...taken, invoices: file.invoices.length } };
  });

export const createNewsFiles = (
  read: (text: string) => { news: LineOfNews[] } | { problems: { line: number; problem: string }[] },
): FileHandler =>
  ofText('status*.csv', /^status.*\.csv$/i, async (tx, text, { partnerId, sha256 }) => {
    const file = read(text);
    const taken = 'news' in file ? await takeAgencyNews(tx, partnerId, sha256, file.news) : file;
    return 'problems' in taken ? refused(taken.problems.map(({ line, problem }) => ({ line, words: problem }))) : { taken };
  });
