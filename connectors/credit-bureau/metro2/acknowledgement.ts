// The bureau's answer to a file, as CSV: the bureaus publish no format of it, so this is the one that a tenant maps theirs to.
import { parse } from 'csv-parse/sync';
import type { Acknowledgement } from '../../bureau-file.js';

const columns = ['level', 'file', 'key', 'code', 'field', 'message', 'result'] as const;
type Row = Record<(typeof columns)[number], string>;

const levels = ['TRANSPORT', 'FILE', 'RECORD'];
const results = ['ACCEPTED', 'WARNED', 'REJECTED'];

/**
 * One header line with the names `level,file,key,code,field,message,result` in any order, then a line for each thing answered.
 * `level` TRANSPORT, FILE or RECORD; `file` the same on every line; `key` the account number in the file, for a record;
 * `code` what is wrong, unless it was accepted; `field` and `message` may be empty; `result` ACCEPTED, WARNED or REJECTED.
 */
export function readAcknowledgement(bytes: Buffer): { acknowledgement: Acknowledgement } | { problem: string } {
  let rows: Row[];
  try {
    rows = parse<Row>(bytes, { bom: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    return { problem: `it is not CSV of ${columns.join(',')}: ${(error as { code?: string }).code ?? 'unreadable'}` };
  }
  const problem = problemOf(rows);
  return problem === null ? { acknowledgement: toAcknowledgement(rows) } : { problem };
}

function problemOf(rows: readonly Row[]): string | null {
  const [first] = rows;
  if (!first) return 'it answers nothing';
  const missing = columns.find((column) => first[column] === undefined);
  if (missing) return `the column ${missing} is missing`;
  const answered = new Map<string, boolean>();
  for (const [i, row] of rows.entries()) {
    const where = `answer ${i + 1}`;
    if (!levels.includes(row.level)) return `${where}: level is none of ${levels.join(', ')}`;
    if (!results.includes(row.result)) return `${where}: result is none of ${results.join(', ')}`;
    if (!row.file || row.file !== first.file) return `${where}: file is not the one that the first answer names`;
    if ((row.level === 'RECORD') !== (row.key !== '')) return `${where}: a key belongs to an answer of level RECORD, and only there`;
    if (row.result !== 'ACCEPTED' && !row.code) return `${where}: code is missing`;
    const thing = `${row.level} ${row.key}`;
    const taken = row.result !== 'REJECTED';
    if ((answered.get(thing) ?? taken) !== taken) return `${where}: it was answered before that this was ${taken ? 'rejected' : 'taken'}`;
    answered.set(thing, taken);
  }
  const refused = answered.get('FILE ') === false || answered.get('TRANSPORT ') === false;
  return refused && rows.some(({ level, result }) => level === 'RECORD' && result !== 'REJECTED')
    ? 'it takes a record of a file that was rejected'
    : null;
}

function toAcknowledgement(rows: readonly Row[]): Acknowledgement {
  const of = (level: string) => rows.filter((row) => row.level === level);
  const records = of('RECORD');
  const taken = records.filter(({ result }) => result !== 'REJECTED').map(({ key }) => key);
  return {
    file: rows[0]?.file ?? '',
    level: records.length ? 'RECORD' : of('FILE').length ? 'FILE' : 'TRANSPORT',
    taken: [...of('TRANSPORT'), ...of('FILE')].every(({ result }) => result !== 'REJECTED'),
    problems: rows
      .filter(({ result }) => result !== 'ACCEPTED')
      .map(({ code, field, key, message, result }) => ({
        ...(key && { key }),
        code,
        ...(field && { field }),
        words: message,
        ...(result === 'WARNED' && { warning: true }),
      })),
    ...(records.some(({ result }) => result === 'ACCEPTED') && { takenKeys: [...new Set(taken)] }),
  };
}
