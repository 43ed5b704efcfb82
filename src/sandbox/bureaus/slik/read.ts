// Reads a month's delivery of SLIK files as OJK would, and says what is wrong with it: with a row, with a file, and between files.
import { linesOf, type DeliveredFile, type Problem } from '../delivered.js';
import { layout, reporterTypes, segments } from './layout.js';
import { faultsOfAccount, faultsOfCells, type Cells } from './rules.js';

export interface SlikRow {
  segment: string;
  line: number;
  cells: Cells;
}

/** What is remembered of a delivery: numbers and CIFs, never rows. */
interface Seen {
  debtors: Set<string>;
  /** By the kind of thing and its number. */
  keys: Set<string>;
  rows: Map<string, number>;
  said: { file: string; segment: string; rows: number }[];
}

type Say = (problem: Omit<Problem, 'file'>) => void;

/**
 * Rows and problems are told as they are met; a row with a problem is told, too.
 * @param files one reporter's month, in any order
 */
export async function readSlik(
  files: readonly DeliveredFile[],
  told: { problem: (problem: Problem) => void; row?: (row: SlikRow) => void },
): Promise<void> {
  const seen: Seen = { debtors: new Set(), keys: new Set(), rows: new Map(), said: [] };
  // S8 needs the debtors before those who refer to them.
  for (const file of files.toSorted((a, b) => rank(a.name) - rank(b.name)))
    await readFile(file, seen, (problem) => told.problem({ file: file.name, ...problem }), told.row);
  const say = (file: string, words: string) =>
    told.problem({ file, line: file ? 1 : 0, key: '', field: 'jumlahDataSegmen', code: 'S9', words });
  for (const segment of segments) if (!seen.rows.has(segment)) say('', `${segment} is not there; it has to be sent even if it is empty`);
  for (const { file, segment, rows } of seen.said)
    if (seen.rows.get(segment) !== rows) say(file, `${rows} rows of ${segment} announced, ${seen.rows.get(segment)} there`);
}

const rank = (name: string): number => segments.findIndex((segment) => segment === name.split('.')[4]);

async function readFile({ name, bytes }: DeliveredFile, seen: Seen, say: Say, onRow?: (row: SlikRow) => void): Promise<void> {
  const [, type, code, year, month, segment] =
    /^(\d{4})\.([0-9A-Za-z]{6})\.(\d{4})\.(0[1-9]|1[0-2])\.([A-Z]\d\d)\.[1-9]\d*\.txt$/.exec(name) ?? [];
  const whole = (of: string, words: string) => say({ line: 0, key: '', field: '', code: of, words });
  if (!segment || !layout[segment] || !reporterTypes.has(type!)) return whole('NAME', 'type.code.YYYY.MM.segment.sequence.txt expected');
  const expected = ['H', type, code, year, month, segment];
  let header: { rows: number } | null = null;
  let rows = 0;
  let lines = 0;
  for await (const line of linesOf(bytes)) {
    lines++;
    const at = { line: line.number, key: '', field: '' };
    if ('fault' in line) {
      say({ ...at, code: line.fault, words: 'this line cannot be read, nor what comes after it' });
      break;
    }
    if (line.end !== '\r\n') say({ ...at, code: line.end ? 'CRLF' : 'TRUNCATED', words: 'a line ends in CR LF' });
    const texts = line.text.split('|');
    if (header) {
      rows++;
      readRow(segment, texts, line.number, seen, say, onRow);
      continue;
    }
    const [inFile, inSegment] = texts.slice(6).map((text) => (/^(0|[1-9]\d*)$/.test(text) ? Number(text) : NaN));
    if (texts.length !== 8 || expected.some((text, i) => text !== texts[i]) || Number.isNaN(inFile! + inSegment!)) {
      say({ ...at, code: 'HEADER', words: `${expected.join('|')}|rows in file|rows in segment expected` });
      return;
    }
    header = { rows: inFile! };
    seen.said.push({ file: name, segment, rows: inSegment! });
  }
  if (!lines) return whole('EMPTY', 'a header expected');
  seen.rows.set(segment, (seen.rows.get(segment) ?? 0) + rows);
  if (header && header.rows !== rows)
    say({ line: 1, key: '', field: 'jumlahDataFile', code: 'S9', words: `${header.rows} rows announced, ${rows} there` });
}

function readRow(segment: string, texts: readonly string[], line: number, seen: Seen, say: Say, onRow?: (row: SlikRow) => void): void {
  const columns = layout[segment]!;
  const [flag, ...values] = texts;
  const fits = segment === 'D02' ? values.length >= 1 : values.length === columns.length;
  if (flag !== 'D' || !fits) return say({ line, key: '', field: '', code: 'COLUMNS', words: `D and ${columns.length} columns expected` });
  const cells: Cells = Object.fromEntries(columns.map(({ name }, i) => [name, values[i]!]));
  const key = keyOf(segment, cells);
  let shaped = true;
  for (const fault of faultsOfCells(columns, cells)) {
    shaped = false;
    say({ line, key, ...fault });
  }
  if (shaped && segment.startsWith('F')) for (const fault of faultsOfAccount(cells)) say({ line, key, ...fault });
  const unique = `${segment.startsWith('F') ? 'F' : segment.startsWith('D') ? 'D' : segment}/${key}`;
  if (seen.keys.has(unique)) say({ line, key, field: columns[0]!.name, code: 'S2', words: 'told before in this delivery' });
  seen.keys.add(unique);
  if (segment.startsWith('D')) seen.debtors.add(cells.cif!);
  else if (!seen.debtors.has(cells.cif!)) say({ line, key, field: 'cif', code: 'S8', words: 'no such debtor in D01 or D02' });
  onRow?.({ segment, line, cells });
}

/** As a result names the row: by account or CIF, and by both numbers in A01 and P01. */
function keyOf(segment: string, cells: Cells): string {
  if (segment.startsWith('D')) return cells.cif!;
  if (segment === 'A01') return `${cells.kodeRegistrasi}/${cells.nomorRekening}`;
  return segment === 'P01' ? `${cells.nomorIdentitas}/${cells.nomorRekening}` : cells.nomorRekening!;
}
