// Reads a CSV file of an agency strictly: its columns, in their order, and no row of another width; what is wrong is named by its line.
import { parse } from 'csv-parse/sync';

export interface FileProblem {
  /** Of the file, the first is 1. */
  line: number;
  /** Names columns, and never what is personal in them. */
  problem: string;
}

export function readTable<Row extends Record<string, string>>(
  text: string,
  columns: readonly string[],
): { rows: { line: number; row: Row }[]; count: number; problems: FileProblem[] } {
  let records: { info: { lines: number }; record: string[] }[];
  try {
    records = parse(text, { info: true, relax_column_count: true, bom: true, skip_empty_lines: false }) as never;
  } catch (error) {
    const { lines = 1, code = 'CSV' } = error as { lines?: number; code?: string };
    return { rows: [], count: 0, problems: [{ line: lines, problem: `is no CSV: ${code}` }] };
  }
  const [head, ...body] = records;
  if (head?.record.join() !== columns.join())
    return { rows: [], count: 0, problems: [{ line: 1, problem: `the columns must be ${columns.join(', ')}` }] };
  const problems: FileProblem[] = [];
  const rows = body.flatMap(({ info, record }) => {
    if (record.length === columns.length)
      return { line: info.lines, row: Object.fromEntries(columns.map((name, i) => [name, record[i]])) as Row };
    problems.push({ line: info.lines, problem: `has ${record.length} fields in place of ${columns.length}` });
    return [];
  });
  return { rows, count: body.length, problems };
}

/** What no field of a file may hold. */
export const textProblem = (value: string): string | null =>
  value.length > 500 ? 'is longer than 500 characters' : /\p{Cc}/u.test(value) ? 'holds a control character' : null;
