// What is the same in all canonical events that are made of Fineract's: the envelope, and amounts and dates as they are taken over.
import type { CanonicalEvent } from '../../contract/source.js';
import { Unreadable } from './framed.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

/** With the attributes that the envelope's schema asks for and the gateway does not need. */
export interface FineractEvent extends CanonicalEvent {
  specversion: '1.0';
  completeness: 'SNAPSHOT' | 'DELTA' | 'FACT';
  rawref: string;
}

export interface Made {
  type: string;
  /** Tells the events of one message apart; the first has none. */
  part?: string;
  /** What comes after tenant and system: a loan, or `borrower/…`. */
  about: string;
  completeness?: FineractEvent['completeness'];
  /** Without one, the business date. */
  effectiveDate?: string | null;
  data: Record<string, unknown>;
}

/** The row's id has 10 digits, an item of a bulk 5; all events of one message stand at the same place, so that each order of them is the same. */
export function eventOf(made: Made, from: Occurrence, { source, system, idWraps }: FineractSettings): FineractEvent {
  const sequence = (BigInt(idWraps) * 2n ** 32n + BigInt(from.messageId)) * 100_000n + BigInt(from.item);
  return {
    specversion: '1.0',
    id: made.part ? `${from.id}/${made.part}` : from.id,
    source,
    type: made.type,
    time: from.time,
    tenantid: from.tenant,
    aggregateid: `${from.tenant}/${system}/${made.about}`,
    sequence: String(sequence).padStart(18, '0'),
    businessdate: from.businessDate,
    effectivedate: made.effectiveDate ?? from.businessDate,
    completeness: made.completeness ?? 'FACT',
    rawref: from.rawref,
    data: said(made.data),
  };
}

/** Without what is null: not said and null are the same in Fineract. */
export function said<T>(fields: Record<string, T>): Record<string, NonNullable<T>> {
  const told: Record<string, NonNullable<T>> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined) told[name] = value;
  }
  return told;
}

/** @throws Unreadable */
export function needed<T>(value: T | null | undefined, path: string): T {
  if (value === null || value === undefined || value === '') throw new Unreadable(`DATA ${path} is missing`);
  return value;
}

/** @throws Unreadable where a setting says nothing of what the message is about: it can be read again when it does */
export function set(value: string | null, setting: string, of: string): string {
  if (value === null) throw new Unreadable(`SETTING FINERACT_${setting} says nothing of this ${of}`);
  return value;
}

/**
 * `1250000.50000000` → `1250000.5`; null stays null.
 * @throws Unreadable when it has more decimals than any currency: nothing is rounded
 */
export function amount(value: string | null | undefined, path: string, field = ''): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw new Unreadable(`DATA ${pathTo(path, field)} is not a decimal`);
  const point = value.indexOf('.');
  if (point < 0) return value;
  let end = value.length;
  while (value[end - 1] === '0') end--;
  if (end - point > 5) throw new Unreadable(`DATA ${pathTo(path, field)} has more decimals than any currency`);
  return value.slice(0, end === point + 1 ? point : end);
}

const pathTo = (path: string, field: string): string => (field ? `${path}.${field}` : path);

/** Of two amounts as `amount` gives them. */
export function sumOf(a: string, b: string): string {
  const unscaled = (text: string) => {
    const [whole, fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(4, '0'));
  };
  const sum = unscaled(a) + unscaled(b);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(5, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}
