// Finds in an event what the schemas allow and no table can hold: one such message would stop its partition for good.

/** Of the published events; the ends of pauses may be open and are bounded below alone. */
const dates = [
  'dueDate',
  'fromDate',
  'valueDate',
  'postedDate',
  'disbursedOn',
  'startDate',
  'endDate',
  'reversedOn',
  'valuedOn',
  'bornOn',
  'boundOn',
  'on',
];
const earliest = '1900-01-01';
const latest = '2199-12-31';
const notText = /[\0\p{Surrogate}]/u;

export const outOfRange = (date: string): boolean => date < earliest || date > latest;

/** @returns the path of the first such field and what is wrong with it, never its value; null when there is none */
export function unstorable(value: unknown, path = '', name = ''): string | null {
  if (typeof value === 'string') {
    if (notText.test(value)) return `${path} has characters that are not text`;
    return dates.includes(name) && outOfRange(value) && !(name === 'endDate' && value > latest) ? `${path} is out of range` : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, each] of Object.entries(value)) {
    const fault = unstorable(each, `${path}/${key}`, key);
    if (fault) return fault;
  }
  return null;
}
