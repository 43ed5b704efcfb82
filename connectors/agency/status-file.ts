// A file of what an agency has to say, for agencies without an API: CSV with a row for each piece of news and a trailer with their count. Whole or not at all.
import type { Callback } from '../contract.js';
import { problemOfAgencyNews } from '../contract/agency-news.js';
import { readTable, textProblem, type FileProblem } from './table.js';

export const statusColumns = [
  'record',
  'placement_ref',
  'agency_ref',
  'sequence',
  'occurred_at',
  'event',
  'calls',
  'messages',
  'letters',
  'visits',
  'complaints',
  'contact',
  'promised_amount',
  'promised_currency',
  'promised_on',
  'code',
  'reason',
] as const;
type Row = Record<(typeof statusColumns)[number], string>;

/** The words of the file for what happened. */
const events: Readonly<Record<string, string>> = {
  ACKNOWLEDGED: 'placement.acknowledged',
  REFUSED: 'placement.refused',
  STATUS: 'placement.status',
  RECALL_OBJECTED: 'placement.recallObjected',
  RECALLED: 'placement.recalled',
  RETURNED: 'placement.returned',
  CLOSED: 'placement.closed',
};
/** What each event may bring beside its name. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  REFUSED: ['code', 'reason'],
  STATUS: [
    'calls',
    'messages',
    'letters',
    'visits',
    'complaints',
    'contact',
    'promised_amount',
    'promised_currency',
    'promised_on',
    'reason',
  ],
  RECALL_OBJECTED: ['promised_amount', 'promised_currency', 'promised_on', 'reason'],
  RETURNED: ['reason'],
  CLOSED: ['code', 'reason'],
};

export interface NewsInFile {
  line: number;
  callback: Callback;
}

/** @returns the news in the order of the file, as a callback would have brought them; or all that is wrong with it, by line */
export function readStatusFile(text: string): { news: NewsInFile[] } | { problems: FileProblem[] } {
  const { rows, count, problems } = readTable<Row>(text, statusColumns);
  const say = (line: number, problem: string) => void problems.push({ line, problem });
  const news: NewsInFile[] = [];
  const seen = new Set<string>();
  const end = rows.at(-1);
  for (const { line, row } of rows) {
    if (row.record === 'E' && row === end?.row) continue;
    const before = problems.length;
    for (const problem of problemsOf(row)) say(line, problem);
    const key = `${row.placement_ref} ${row.sequence}`;
    if (seen.has(key)) say(line, 'placement_ref and sequence are there twice');
    seen.add(key);
    if (problems.length > before) continue;
    const callback = callbackOf(row);
    const problem = problemOfAgencyNews(callback);
    if (problem) say(line, problem);
    else news.push({ line, callback });
  }
  if (!problems.some(({ line }) => line === 1)) {
    if (end?.row.record !== 'E') say(end?.line ?? 1, 'the file has no end');
    else if (end.row.sequence !== String(count - 1)) say(end.line, `the end counts ${end.row.sequence} rows and there are ${count - 1}`);
  }
  return problems.length ? { problems: problems.sort((a, b) => a.line - b.line) } : { news };
}

function problemsOf(row: Row): string[] {
  const problems: string[] = [];
  if (row.record !== 'N') problems.push('record must be N, or E at the end');
  if (!/^handoff_[0-9a-z]{16}$/.test(row.placement_ref)) problems.push('placement_ref is no placement');
  if (!row.agency_ref || row.agency_ref.length > 100) problems.push('agency_ref must have 1 to 100 characters');
  if (!/^[1-9]\d{0,14}$/.test(row.sequence)) problems.push('sequence is no number above zero');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(row.occurred_at) || Number.isNaN(Date.parse(row.occurred_at)))
    problems.push('occurred_at is no instant in UTC');
  if (!Object.hasOwn(events, row.event)) problems.push(`event must be one of ${Object.keys(events).join(', ')}`);
  const allowed = ['record', 'placement_ref', 'agency_ref', 'sequence', 'occurred_at', 'event', ...(fieldsOf[row.event] ?? [])];
  for (const column of statusColumns) {
    if (row[column] && Object.hasOwn(events, row.event) && !allowed.includes(column))
      problems.push(`${column} is nothing that ${row.event} brings`);
    const odd = textProblem(row[column]);
    if (odd) problems.push(`${column} ${odd}`);
  }
  for (const column of ['calls', 'messages', 'letters', 'visits', 'complaints'] as const)
    if (!/^(\d{1,5})?$/.test(row[column])) problems.push(`${column} is no count`);
  return problems;
}

function callbackOf(row: Row): Callback {
  const count = (column: 'calls' | 'messages' | 'letters' | 'visits' | 'complaints') => (row[column] ? Number(row[column]) : undefined);
  const activity = known({ calls: count('calls'), messages: count('messages'), letters: count('letters'), visits: count('visits') });
  const promised = [row.promised_amount, row.promised_currency, row.promised_on].some(Boolean);
  const promise = promised
    ? { amount: { amount: row.promised_amount, currency: row.promised_currency }, dueOn: row.promised_on }
    : undefined;
  const words = row.reason || undefined;
  const isNote = row.event === 'STATUS' || row.event === 'CLOSED';
  return {
    type: events[row.event]!,
    deliveryId: row.placement_ref,
    partnerRef: row.agency_ref,
    sequence: Number(row.sequence),
    occurredAt: row.occurred_at,
    data: known({
      activity: Object.keys(activity).length ? activity : undefined,
      complaints: count('complaints'),
      contact: row.contact || undefined,
      promise,
      code: row.code || undefined,
      ...(isNote ? { note: words } : { reason: words }),
    }),
  };
}

const known = (all: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
