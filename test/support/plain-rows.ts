// The rows of all nouns in memory, their values as the graph says them and as they compare in Postgres.
import { Int } from 'type-graphql';
import { allNouns, nounOf, type Declared } from '../../src/graphql/reader/nouns.js';
import { DateTime, Decimal, Sequence } from '../../src/graphql/scalars.js';
import type { Row } from './plain-rights.js';

export type Rows = Record<string, Row[]>;
type Column = Extract<Declared, { is: 'column' }>;

export const isMoney = (type: unknown): boolean => typeof type === 'function' && ![String, Boolean, Number].includes(type as never);
const columnsOf = (noun: string): [key: string, declared: Column, type: unknown][] =>
  [...nounOf(noun).members].flatMap(([key, { declared, type }]): [string, Column, unknown][] =>
    declared.is === 'column' && !isMoney(type()) ? [[key, declared, type()]] : [],
  );

/** Each computed column by a select of its own expression, instants to the microsecond. */
export async function loadRows(query: (text: string) => Promise<Record<string, any>[]>): Promise<Rows> {
  const all: Rows = {};
  for (const { type, table } of allNouns()) {
    const columns = columnsOf(type.name).map(([key, { sql, stem }, of]) => {
      const value = sql.replaceAll('@', 't').replaceAll('#', stem);
      return `${of === DateTime ? `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')` : Array.isArray(of) ? value : `(${value})::text`} as "=${key}"`;
    });
    all[type.name] = (await query(`select ${['t.*', ...columns].join(', ')} from ${table.name} t order by id`)).map((row) => ({
      ...row,
      ...Object.fromEntries(columnsOf(type.name).map(([key, , of]) => [key, parsed(of, row[`=${key}`])])),
      id: row['id'],
      noun: type.name,
    }));
  }
  return all;
}

const parsed = (type: unknown, value: any): unknown => {
  if (value === null) return null;
  return type === Int ? Number(value) : type === Boolean ? value === 'true' : value;
};

/** Something that compares as Postgres does: text by its bytes. */
export function comparableOf(type: unknown, value: any): any {
  if (value == null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (type === Decimal) return Number(value);
  if (type === Sequence) return BigInt(value);
  if (type === DateTime)
    return value
      .replace('Z', '')
      .replace(/(?<!\.\d*)$/, '.')
      .padEnd(26, '0');
  return Buffer.from(value);
}
export const compare = (a: any, b: any): number => (Buffer.isBuffer(a) ? Buffer.compare(a, b) : a < b ? -1 : a > b ? 1 : 0);

const threeDecimals = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];
const noDecimals = ['JPY', 'KRW', 'VND'];
export function amountOf(minor: string, currency: string): string {
  const places = threeDecimals.includes(currency) ? 3 : noDecimals.includes(currency) ? 0 : 2;
  const digits = minor.replace('-', '').padStart(places + 1, '0');
  return (minor.startsWith('-') ? '-' : '') + (places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits);
}
export const said = (type: unknown, value: any): unknown =>
  type === DateTime && value !== null ? `${value.replace(/\.?0+$/, '')}Z` : value;
