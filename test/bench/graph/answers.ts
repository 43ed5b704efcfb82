// Whether two contenders gave the same answer: by content, after what one of them may not show is masked in the other.
import { isDeepStrictEqual } from 'node:util';
import { laid } from './postgraphile.js';
import type { QueryName } from './queries.js';

const ending = (value: string): string => `***${value.length > 6 ? value.slice(-3) : ''}`;

/** An answer with instants written alike, and masked as a collector sees it unless it came to one. */
function seen(value: unknown, byCollector: boolean, key = '', owner: object = {}): unknown {
  if (Array.isArray(value)) return value.map((each) => seen(each, byCollector, key));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, seen(each, byCollector, name, value)]));
  if (typeof value !== 'string') return value;
  const secret = key === 'nationalId' || key === 'accountNo' || (key === 'value' && 'consent' in owner);
  if (secret && !byCollector) return ending(value);
  return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value;
}

/** @throws where the answer of a contender is not the floor's */
export function mustBeEqual(query: QueryName, who: string, floor: string, answer: string): void {
  const data = (text: string) => {
    const { data, errors } = JSON.parse(text) as { data: Record<string, unknown>; errors?: unknown };
    if (errors) throw new Error(`${who} answers ${query} with ${JSON.stringify(errors).slice(0, 500)}`);
    return data;
  };
  const expected = seen(data(floor), false);
  const given = who === 'postgraphile' ? laid[query](data(answer)) : data(answer);
  const got = seen(given, who === 'casegraph' || who === 'stored');
  if (!isDeepStrictEqual(got, expected)) throw new Error(`${who} answers ${query} otherwise than the floor: ${difference(got, expected)}`);
}

function difference(got: any, expected: any, path = 'data'): string {
  if (got && expected && typeof got === 'object' && typeof expected === 'object')
    for (const key of new Set([...Object.keys(expected), ...Object.keys(got)]))
      if (!isDeepStrictEqual(got[key], expected[key])) return difference(got[key], expected[key], `${path}.${key}`);
  return `${path} is ${JSON.stringify(got)?.slice(0, 200)}, not ${JSON.stringify(expected)?.slice(0, 200)}`;
}
