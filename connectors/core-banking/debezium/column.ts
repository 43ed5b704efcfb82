// A column's value as text, whole number, truth value, decimal or date, however Connect wrote it; what it cannot be is said, its value never.
import type { ColumnSchema } from './change.js';
import { isObject, type Json } from './exact-json.js';

export type Kind = 'text' | 'integer' | 'number' | 'boolean' | 'decimal' | 'date';

/** What the mapping knows of a column and the message does not say. */
export interface ColumnHint {
  /** Decimal places of a binary decimal or of a whole number of small units. */
  scale?: number;
  /** What a number that stands for a date or time counts since 1970. */
  unit?: 'days' | 'millis' | 'micros' | 'nanos';
}

export class Unfit extends Error {}

/** @param timeZone in which a moment becomes a date. @throws Unfit with what is amiss, to be put behind the column's name */
export function columnAs(kind: Kind, value: Json, schema: ColumnSchema | undefined, hint: ColumnHint, timeZone: string): Json {
  if (/Duration|Interval/.test(schema?.name ?? '')) throw new Unfit('is an interval, whose months came as days');
  switch (kind) {
    case 'decimal':
      return decimalOf(value, schema, hint.scale);
    case 'date':
      return dateOf(value, schema, hint.unit, timeZone);
    case 'integer': {
      const whole = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
      if (!Number.isSafeInteger(whole)) throw new Unfit('is not a whole number');
      return whole;
    }
    case 'number':
      return typeof value === 'number' && hint.scale === undefined ? value : Number(decimalOf(value, schema, hint.scale));
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 0 || value === 1) return value === 1;
      throw new Unfit('is neither true nor false');
    case 'text':
      return textOf(value);
  }
}

export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  throw new Unfit(typeof value === 'number' ? 'is a fraction, which is no text' : 'is not a single value');
}

const mostPlaces = 4; // of a canonical amount

function decimalOf(value: Json, schema: ColumnSchema | undefined, scale: number | undefined): string {
  if (isObject(value)) {
    if (!Number.isInteger(value['scale'])) throw new Unfit('is not a decimal');
    return scaled(bytesOf(value['value']!), value['scale'] as number);
  }
  if (schema?.type === 'bytes') {
    const said = Number(schema.parameters?.['scale'] ?? NaN);
    return scaled(bytesOf(value), Number.isInteger(said) ? said : (scale ?? missingScale()));
  }
  if (schema?.type === 'float' || schema?.type === 'double')
    throw new Unfit('is a floating-point number: set decimal.handling.mode=string');
  const whole = typeof value === 'number' || (typeof value === 'string' && schema !== undefined && schema.type !== 'string');
  if (whole) {
    if (scale === undefined) throw new Unfit('is a number and not a decimal: set decimal.handling.mode=string, or scale in the mapping');
    const digits = String(value);
    if (!/^-?\d{1,20}$/.test(digits)) throw new Unfit('is not a whole number of small units');
    return scaled(BigInt(digits), scale);
  }
  if (typeof value !== 'string') throw new Unfit('is not a decimal');
  // Without schemas a binary decimal is but base64, some of which are digits: the mapping says that it is one.
  if (schema === undefined && scale !== undefined && base64.test(value)) return scaled(bytesOf(value), scale);
  const [, sign, integer, fraction = '', exponent] = /^(-?)(\d{1,60})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(value) ?? [];
  if (integer === undefined) {
    throw new Unfit(/^(nan|[+-]?inf(inity)?|(positive|negative)_infinity)$/i.test(value) ? 'is no finite number' : 'is not a decimal');
  }
  return scaled(BigInt(`${sign}${integer}${fraction}`), fraction.length - Number(exponent ?? 0));
}

function missingScale(): never {
  throw new Unfit('is a binary decimal whose scale is not said: set decimal.handling.mode=string, or scale in the mapping');
}

const base64 = /^(?=.)(?:[A-Za-z0-9+/]{4}){0,10}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Two's complement, most significant byte first. */
function bytesOf(value: Json): bigint {
  if (typeof value !== 'string' || !base64.test(value)) throw new Unfit('is not a binary decimal');
  const hex = Buffer.from(value, 'base64').toString('hex');
  return BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`));
}

/** Plain text without needless zeros. */
function scaled(unscaled: bigint, scale: number): string {
  if (Math.abs(scale) > 100) throw new Unfit('is not a decimal of a sensible scale');
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString() + (scale < 0 ? '0'.repeat(-scale) : '');
  const places = Math.max(scale, 0);
  const padded = digits.padStart(places + 1, '0');
  const fraction = padded.slice(padded.length - places).replace(/0+$/, '');
  if (places && fraction.length > mostPlaces) throw new Unfit(`has more than ${mostPlaces} decimals`);
  const integer = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, '');
  return `${unscaled < 0n ? '-' : ''}${integer}${places && fraction ? `.${fraction}` : ''}`;
}

const perDay = { days: 1n, millis: 86_400_000n, micros: 86_400_000_000n, nanos: 86_400_000_000_000n } as const;
const unitOfName: Readonly<Record<string, keyof typeof perDay>> = {
  'io.debezium.time.Date': 'days',
  'org.apache.kafka.connect.data.Date': 'days',
  'io.debezium.time.Timestamp': 'millis',
  'org.apache.kafka.connect.data.Timestamp': 'millis',
  'io.debezium.time.MicroTimestamp': 'micros',
  'io.debezium.time.NanoTimestamp': 'nanos',
};
const firstDay = BigInt(Date.UTC(1900, 0, 1) / 86_400_000);
const lastDay = BigInt(Date.UTC(2199, 11, 31) / 86_400_000);

function dateOf(value: Json, schema: ColumnSchema | undefined, hinted: keyof typeof perDay | undefined, timeZone: string): string {
  const digits = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (/^-?\d{1,20}$/.test(digits)) {
    const unit = unitOfName[schema?.name ?? ''] ?? hinted ?? 'days';
    const count = BigInt(digits);
    const day = count / perDay[unit] - (count < 0n && count % perDay[unit] !== 0n ? 1n : 0n);
    if (day < firstDay || day > lastDay) throw new Unfit(`is no date from 1900 to 2199, counted in ${unit}`);
    return new Date(Number(day) * 86_400_000).toISOString().slice(0, 10);
  }
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(digits) ?? [];
  if (date === undefined || Number.isNaN(Date.parse(date)) || new Date(date).toISOString().slice(0, 10) !== date)
    throw new Unfit('is not a date');
  const moment = time && zone && schema?.name !== 'io.debezium.time.IsoTimestamp' ? Date.parse(digits.replace(/(\.\d{3})\d+/, '$1')) : null;
  if (moment !== null && Number.isNaN(moment)) throw new Unfit('is not a moment');
  const day = moment === null ? date : dayIn(timeZone, moment);
  if (day < '1900-01-01' || day > '2199-12-31') throw new Unfit('is no date from 1900 to 2199');
  return day;
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** The date on the wall of a time zone. @throws RangeError for a zone that does not exist */
export function dayIn(timeZone: string, ms: number): string {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    calendars.set(timeZone, calendar);
  }
  return calendar.format(ms);
}
