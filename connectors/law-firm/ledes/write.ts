// Writes a LEDES file: rows by column name, each field checked by the same table that the reader goes by.
import { columnsOf, type LedesFormat } from './columns.js';
import { faultOf } from './fields.js';

export class LedesFault extends Error {}

/** @param rows a line item each; a column that is left out is empty. @throws LedesFault that names the row and the column */
export function writeLedes(format: LedesFormat, rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = columnsOf[format];
  const names = new Set(columns.map(({ name }) => name));
  const line = (row: Readonly<Record<string, string>>, n: number): string => {
    const odd = Object.keys(row).find((name) => !names.has(name));
    if (odd) throw new LedesFault(`row ${n + 1}: ${format} has no column ${odd}`);
    return columns
      .map(({ name, kind, required }) => {
        const field = row[name] ?? '';
        if (!/^[\x20-\x7e]*$/.test(field) || field.includes('|') || field.includes('[]'))
          throw new LedesFault(`row ${n + 1}: ${name} has a character that LEDES cannot carry`);
        const fault = field === '' ? (required ? { words: 'is missing' } : null) : faultOf(kind, field);
        if (fault) throw new LedesFault(`row ${n + 1}: ${name} ${fault.words}`);
        return field;
      })
      .join('|');
  };
  return [format, columns.map(({ name }) => name).join('|'), ...rows.map(line)].map((each) => `${each}[]\r\n`).join('');
}
