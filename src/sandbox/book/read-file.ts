// Reads one CSV file of a book row by row: columns by the names of the header, in any order, each cell checked.
import { parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { cellFault, form, type FileName } from './columns.js';
import type { Mistakes } from './mistakes.js';

export interface Row {
  line: number;
  /** By column; a cell that is absent or empty is not there, nor is one with a mistake. */
  cells: Record<string, string>;
  /** No required cell is missing and none has a mistake. */
  whole: boolean;
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** @param onRow gets every row in the order of the file, also those with mistakes */
export async function readFile(folder: string, file: FileName, mistakes: Mistakes, onRow: (row: Row) => void): Promise<void> {
  const columns = form[file];
  const input = createReadStream(join(folder, file));
  const parser = input.pipe(parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, encoding: 'utf8' }));
  input.on('error', (error) => parser.destroy(error));
  let header: string[] | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (!header) {
        header = record.map((name) => name.trim());
        if (!headerFits(file, header, mistakes)) return;
        continue;
      }
      if (record.length !== header.length) {
        mistakes.add(file, info.lines, null, `${header.length} cells expected, as the header has; there are ${record.length}`);
        continue;
      }
      onRow(rowOf(file, header, record, info.lines, columns, mistakes));
    }
    if (!header) mistakes.add(file, 1, null, 'a header with the names of the columns expected; the file is empty');
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (code === 'ENOENT') mistakes.add(file, null, null, 'this file is expected in the folder');
    else if (code?.startsWith('CSV_'))
      mistakes.add(file, lines ?? null, null, `CSV with cells in closed double quotes where they need them expected (${code})`);
    else throw error;
  }
}

function headerFits(file: FileName, header: readonly string[], mistakes: Mistakes): boolean {
  const columns = form[file];
  const names = Object.keys(columns);
  let fits = true;
  const say = (column: string, expected: string) => {
    fits = false;
    mistakes.add(file, 1, column, expected);
  };
  header.forEach((name, i) => {
    if (!names.includes(name)) say(name, `there is no such column; the columns are ${names.join(', ')}`);
    else if (header.indexOf(name) !== i) say(name, 'each column once expected');
  });
  for (const name of names) if (columns[name]!.required && !header.includes(name)) say(name, 'this column is expected');
  return fits;
}

function rowOf(
  file: FileName,
  header: readonly string[],
  record: readonly string[],
  line: number,
  columns: (typeof form)[FileName],
  mistakes: Mistakes,
): Row {
  const cells: Record<string, string> = {};
  let whole = true;
  header.forEach((name, i) => {
    const text = record[i]!.trim();
    const column = columns[name]!;
    const fault = text === '' ? (column.required ? 'this cell must not be empty' : null) : faultOf(column, text);
    if (fault) {
      whole = false;
      mistakes.add(file, line, name, fault);
    } else if (text !== '') cells[name] = text;
  });
  return { line, cells, whole };
}

function faultOf(column: Parameters<typeof cellFault>[0], text: string): string | null {
  if (text.includes('\uFFFD')) return 'text in UTF-8 expected';
  const fault = cellFault(column, text);
  return fault && `${fault} expected`;
}
