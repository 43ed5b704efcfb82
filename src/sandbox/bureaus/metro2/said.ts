// One record or segment as it was read: its fields by name, each checked for its type alone.
import type { Note } from './problems.js';

/** `9 N Amount past due`: bytes, type, name. */
type NameIn<Row> = Row extends `${number} ${string} ${infer Name}` ? Name : never;
export type NameOf<Table extends readonly string[]> = NameIn<Table[number]>;

export interface Said<Name extends string = string> {
  /** Without the blanks that fill it. */
  text(name: Name): string;
  /** NaN where it is not in digits. */
  number(name: Name): number;
  /** `YYYY-MM-DD`, null for zeros and for what is no date. */
  date(name: Name): string | null;
}

interface Place {
  name: string;
  type: string;
  from: number;
  to: number;
}
const known = new Map<readonly string[], readonly Place[]>();

/** The fields of a table with where they begin and end, from 0. */
function placesOf(table: readonly string[]): readonly Place[] {
  const before = known.get(table);
  if (before) return before;
  let to = 0;
  const places = table.map((row) => {
    const [bytes = '', type = '', ...words] = row.split(' ');
    return { name: words.join(' '), type, from: to, to: (to += Number(bytes)) };
  });
  known.set(table, places);
  return places;
}

export const lengthOf = (table: readonly string[]) => placesOf(table).at(-1)?.to ?? 0;

export function read<const Table extends readonly string[]>(table: Table, text: string, note: Note): Said<NameOf<Table>> {
  const fields = new Map<string, string>();
  for (const { from, name, to, type } of placesOf(table)) {
    const raw = text.slice(from, to);
    const fault = faultOf(name, type, raw);
    if (fault) note(name, ...fault);
    fields.set(name, raw);
  }
  const raw = (name: string) => fields.get(name) ?? '';
  return {
    text: (name) => raw(name).trimEnd(),
    number: (name) => (/^\d+$/.test(raw(name)) ? Number(raw(name)) : NaN),
    date: (name) => dateOf(raw(name)),
  };
}

function faultOf(name: string, type: string, raw: string): [code: string, words: string] | null {
  if (name === 'Reserved') return raw.trim() ? ['RESERVED', 'blanks expected'] : null;
  if (type === 'AR' ? !raw.trim() : type.endsWith('R') && /^[ 0]*$/.test(raw)) return ['REQUIRED', 'it always has to be said'];
  switch (type[0]) {
    case 'A':
      if (!/^[ -~]*$/.test(raw)) return ['ASCII', 'printable ASCII expected'];
      if (/[a-z]/.test(raw)) return ['CASE', 'upper case expected'];
      return /^ +\S/.test(raw) ? ['JUSTIFIED', 'text at the left expected'] : null;
    case 'N':
      if (/^-| *-\d/.test(raw)) return ['M8', 'a sum of at least zero expected'];
      return /^\d+$/.test(raw) ? null : ['NUMERIC', 'digits expected'];
    case 'D':
      return /^0+$/.test(raw) || dateOf(raw) ? null : ['DATE', 'a date as MMDDYYYY, or zeros, expected'];
    default:
      return /^0+$/.test(raw) || (dateOf(raw.slice(0, 8)) && /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(raw.slice(8)))
        ? null
        : ['STAMP', 'a time as MMDDYYYYHHMMSS, or zeros, expected'];
  }
}

function dateOf(raw: string): string | null {
  const [, month, day, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(raw) ?? [];
  if (!month || !day || !year || year === '0000') return null;
  const lengths = [
    31,
    Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  const last = lengths[Number(month) - 1];
  return last && Number(day) >= 1 && Number(day) <= last ? `${year}-${month}-${day}` : null;
}
