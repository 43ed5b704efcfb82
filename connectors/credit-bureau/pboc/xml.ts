// The little XML that a PBOC record is: elements without attributes, one record a line.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Breaks of line and characters that XML does not know become one blank, since a record is one line. */
export const escaped = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ')
    .trim()
    .replace(/[&<>"']/g, (character) => entities[character]!);

/** `element('Name', { First: 'a', Second: '' })` → `<Name><First>a</First></Name>`: what is empty is left out; the order is that of the object. */
export const element = (name: string, fields: Readonly<Record<string, string>>, more = ''): string => {
  const inner = Object.entries(fields).map(([field, value]) => (value === '' ? '' : `<${field}>${escaped(value)}</${field}>`));
  return `<${name}>${inner.join('')}${more}</${name}>`;
};

export const wrapped = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;
