// Made-up identity and tax numbers that keep the rule of their country.
import type { LocalDate } from '../../domain/fact.js';
import type { Town } from './places.js';

export type Gender = 'F' | 'M';

/** Indonesia's NIK: district, day of birth (of women 40 more), month, year, and a number from 1 on. */
export function nik({ idArea }: Town, district: number, bornOn: LocalDate, gender: Gender, serial: number): string {
  const [year, month, day] = bornOn.split('-') as [string, string, string];
  const born = `${Number(day) + (gender === 'F' ? 40 : 0)}`.padStart(2, '0') + month + year.slice(2);
  return `${idArea}${String(district).padStart(2, '0')}${born}${String(serial).padStart(4, '0')}`;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** China's number of a resident, GB 11643: area, day of birth, an order that is odd for men, and a check of ISO 7064 MOD 11-2. */
export function residentNumber({ idArea }: Town, bornOn: LocalDate, gender: Gender, order: number): string {
  const place = order - (order % 2) + (gender === 'M' ? 1 : 0);
  const digits = `${idArea}${bornOn.replaceAll('-', '')}${String(place).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + '10X98765432'[sum % 11];
}

/** Of the United States. The group 00 is given to nobody. */
export const socialSecurityNumber = (area: number, serial: number): string =>
  `${100 + (area % 566)}-00-${String(1 + (serial % 9999)).padStart(4, '0')}`;

/** Indonesia's NPWP of fifteen digits: the ninth checks those before it (Luhn), then come the office and the branch. */
export function npwp(taxpayer: number, office: number): string {
  const digits = String(taxpayer).padStart(8, '0');
  const sum = [...digits].reduce((total, digit, i) => total + (i % 2 === 0 ? Number(digit) : luhnDouble(Number(digit))), 0);
  const check = (10 - (sum % 10)) % 10;
  return `${digits.slice(0, 2)}.${digits.slice(2, 5)}.${digits.slice(5)}.${check}-${String(office).padStart(3, '0')}.000`;
}

const luhnDouble = (digit: number): number => (digit > 4 ? 2 * digit - 9 : 2 * digit);
