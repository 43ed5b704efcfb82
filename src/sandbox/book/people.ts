// Made-up borrowers of three countries: names, numbers and addresses that look right and are meant for nobody.
import type { LocalDate } from '../../domain/fact.js';
import { nik, residentNumber, socialSecurityNumber, type Gender } from './identity-numbers.js';
import { towns, type Country, type Town } from './places.js';
import type { Random } from './random.js';

export interface Person {
  name: string;
  given: string;
  family: string;
  gender: Gender;
  bornOn: LocalDate;
  nationalId: string;
  phone: string;
  email: string;
  address: string;
  /** The part of the address before the town. */
  street: string;
  town: Town;
  language: string;
}

export const givenNames: Record<Country, readonly string[]> = {
  ID: 'Budi Siti Agus Dewi Eko Rina Joko Putri Hendra Wati Andi Lestari Rizky Yuni Fajar Nur'.split(' '),
  CN: [...'伟芳娜敏静强磊洋艳勇军杰娟涛超丽'],
  US: 'James Maria Robert Linda Michael Patricia David Jennifer'.split(' '),
};
const women = new Set([...'Siti Dewi Rina Putri Wati Lestari Yuni Nur Maria Linda Patricia Jennifer'.split(' '), ...'芳娜敏静艳娟丽']);
export const familyNames: Record<Country, readonly string[]> = {
  ID: "Santoso Wijaya Siregar Hidayat Nasution Kusuma Saputra Pratama Simanjuntak Ma'ruf Halim Setiawan Tarigan Lubis".split(' '),
  CN: [...'王李张刘陈杨黄赵周吴徐孙马朱'],
  US: "Smith Johnson O'Neil Garcia Miller Davis Lopez Brown".split(' '),
};

export const genderOf = (given: string): Gender => (women.has(given) ? 'F' : 'M');

const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('');
const number = (random: Random, count: number): number => Number(digits(random, count));
const two = (value: number): string => String(value).padStart(2, '0');

/** Draws the same numbers in the same order for ever: what comes after a person in the stream depends on it. */
export function personOf(country: Country, index: number, random: Random): Person {
  const town = random.pick(towns[country]);
  const given = random.pick(givenNames[country]);
  const family = random.pick(familyNames[country]);
  const gender = genderOf(given);
  const bornOn = `${random.int(1960, 2003)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  const person = { given, family, gender, bornOn, town, email: `borrower${index}@example.com` };
  switch (country) {
    case 'ID': {
      const district = 1 + (number(random, 4) % 4); // as many as the smallest of the towns has
      const nationalId = nik(town, district, bornOn, gender, 1 + (number(random, 4) % 9999));
      const phone = `+62 8${digits(random, 2)}-${digits(random, 4)}-${digits(random, 4)}`;
      const street = `Jl. Melati No. ${random.int(1, 200)}`;
      return { ...person, name: `${given} ${family}`, nationalId, phone, street, address: `${street}, ${town.full}`, language: 'id' };
    }
    case 'CN': {
      const nationalId = residentNumber(town, bornOn, gender, number(random, 3));
      const phone = `+86 1${random.pick(['38', '59', '86'])} ${digits(random, 4)} ${digits(random, 4)}`;
      const street = `世纪大道${random.int(1, 2000)}号`;
      return { ...person, name: `${family}${given}`, nationalId, phone, street, address: `${town.full}${street}`, language: 'zh' };
    }
    case 'US': {
      const nationalId = socialSecurityNumber(number(random, 4), number(random, 4));
      const phone = `+1 555 01${digits(random, 2)}`;
      const street = `${random.int(1, 9999)} Main St`;
      return { ...person, name: `${given} ${family}`, nationalId, phone, street, address: `${street}, ${town.full}`, language: 'en' };
    }
  }
}
