// Lays values into a layout of fixed positions, and refuses what does not fit.
import { FileFault } from '../../bureau-file.js';
import { toAscii } from './ascii.js';
import { asWritten, isDate } from './calendar.js';
import type { FieldType, Layout, Values } from './layout.js';

/**
 * @param key of the record that is told, for the fault
 * @returns text of exactly the layout's length
 * @throws FileFault with rule LAYOUT for what is missing, too long or of the wrong type
 */
export function render<Name extends string>(key: string, { rows }: Layout<Name>, values: Values<NoInfer<Name>>): string {
  return rows
    .map(([name, from, to, type, need]) => {
      const value = values[name] ?? '';
      const text = write[type](String(value), to - from + 1);
      if (text === null) throw new FileFault(key, name, 'LAYOUT', `it does not fit ${to - from + 1} places of type ${type}`);
      if (need === 'R' && (type === 'AN' || type === 'TEXT' ? /^ *$/ : /^0*$/).test(text))
        throw new FileFault(key, name, 'LAYOUT', 'it always has to be said');
      return text;
    })
    .join('');
}

const write: Readonly<Record<FieldType, (value: string, length: number) => string | null>> = {
  AN: (value, length) => (/^[ -~]*$/.test(value) && value.length <= length ? value.padEnd(length) : null),
  TEXT: (value, length) => toAscii(value)?.slice(0, length).padEnd(length) ?? null,
  N: (value, length) => (/^\d*$/.test(value) && value.length <= length ? value.padStart(length, '0') : null),
  DATE: (value, length) => (value === '' ? '0'.repeat(length) : isDate(value) ? asWritten(value) : null),
  STAMP: (value, length) => {
    const [date = '', time = ''] = value.split('T');
    const clock = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(time);
    if (value === '') return '0'.repeat(length);
    return isDate(date) && clock ? asWritten(date) + clock[1] + clock[2] + (clock[3] ?? '00') : null;
  },
};
