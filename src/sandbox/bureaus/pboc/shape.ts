// Whether the elements of a record are those of the layout, in its order and of its types.
import type { Field, FieldType, SegmentLayout } from './layout.js';
import type { XmlElement } from './xml.js';

export interface Fault {
  field: string;
  code: string;
  words: string;
}

/** Text by element; those that are not there are not in it. */
export type Values = Readonly<Record<string, string>>;

export interface Segment {
  values: Values;
  repeated: readonly Values[];
}

const shapes: Readonly<Record<FieldType, (text: string) => boolean>> = {
  text: (text) => text === text.trim(),
  id: (text) => /^[0-9A-Za-z]{1,60}$/.test(text),
  date: isDate,
  month: (text) => isDate(`${text}-01`),
  amount: (text) => /^(0|[1-9]\d{0,29})$/.test(text),
  count: (text) => /^(0|[1-9]\d{0,4})$/.test(text),
  code: (text) => /^[0-9A-Za-z]{1,14}$/.test(text),
};

export function segmentOf(element: XmlElement, layout: SegmentLayout, faults: Fault[]): Segment {
  const { repeats } = layout;
  const groups = repeats ? element.children.filter(({ name }) => name === repeats.name) : [];
  const plain = { ...element, children: element.children.slice(0, element.children.length - groups.length) };
  const values = valuesOf(plain, layout.fields, faults);
  const repeated = repeats ? groups.map((group) => valuesOf(group, repeats.fields, faults)) : [];
  if (repeats && Number(values[repeats.count]) !== groups.length)
    faults.push({ field: repeats.count, code: 'ABE010', words: `${groups.length} of ${repeats.name} are there` });
  return { values, repeated };
}

export function valuesOf(element: XmlElement, fields: readonly Field[], faults: Fault[]): Values {
  const values: Record<string, string> = {};
  let place = -1;
  for (const { name, text, children } of element.children) {
    const at = fields.findIndex((field) => field.name === name);
    if (at < 0 || at <= place || children.length)
      faults.push({
        field: name,
        code: 'TAG',
        words: at < 0 ? `not an element of ${element.name}` : 'out of its order, twice, or not text',
      });
    place = Math.max(place, at);
    values[name] = text;
  }
  if (element.text) faults.push({ field: element.name, code: 'TAG', words: 'it holds elements, not text' });
  for (const field of fields) {
    const fault = faultOf(field, values[field.name] ?? '');
    if (fault) faults.push({ field: field.name, ...fault });
  }
  return values;
}

function faultOf({ type, required, codes }: Field, text: string): Omit<Fault, 'field'> | null {
  if (text === '') return required ? { code: 'REQUIRED', words: 'it must not be empty' } : null;
  if (codes) return codes.has(text) ? null : { code: 'CODE', words: `one of ${[...codes].join(' ')} expected` };
  return shapes[type](text) ? null : { code: 'TYPE', words: `${type} expected` };
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}
