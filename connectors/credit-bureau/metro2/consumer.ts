// A borrower or an associate as a consumer: name, social security number, birth date, telephone, address.
import { FileFault, type FileParty } from '../../bureau-file.js';
import { toAscii } from './ascii.js';

const generations: Readonly<Record<string, string>> = {
  JR: 'J',
  SR: 'S',
  II: '2',
  III: '3',
  IV: '4',
  V: '5',
  VI: '6',
  VII: '7',
  VIII: '8',
  IX: '9',
};
const insolvencies = /^([A-HZVQSU]|1A)$/;

/** @throws FileFault for who is no consumer, or cannot be told apart from others (M9) */
export function consumerOf(key: string, party: FileParty) {
  if (party.kind !== 'PERSON') throw new FileFault(key, 'surname', 'M9', `${party.ref} is no consumer`);
  if (party.insolvency !== undefined && !insolvencies.test(party.insolvency))
    throw new FileFault(key, 'consumerInformation', 'M15', `${party.insolvency} is no code of a bankruptcy or of its removal`);
  const socialSecurityNumber = numberOf(key, party);
  if (!socialSecurityNumber && !party.bornOn)
    throw new FileFault(key, 'socialSecurityNumber', 'M9', `${party.ref} has neither a social security number nor a birth date`);
  return {
    ...nameOf(key, party),
    socialSecurityNumber,
    dateOfBirth: party.bornOn ?? '',
    telephone: telephoneOf(party.phones),
    consumerInformation: party.insolvency ?? '',
  };
}

/** A generation stands last in the family name; names of several words are hyphenated there, and spread over first and middle name. */
function nameOf(key: string, { ref, name }: FileParty) {
  const words = (text: string | undefined, field: string) => {
    const said = toAscii(text ?? '');
    if (!said) throw new FileFault(key, field, 'LAYOUT', `${ref} has none that ASCII can write`);
    return said.split(' ');
  };
  const family = words(name.family, 'surname');
  const generationCode = family.length > 1 ? (generations[family.at(-1)?.replace('.', '') ?? ''] ?? '') : '';
  const [firstName = '', ...middle] = words(name.given, 'firstName');
  return { surname: (generationCode ? family.slice(0, -1) : family).join('-'), firstName, middleName: middle.join(' '), generationCode };
}

/** Empty where there is none. A taxpayer's number that begins with 9 is none. */
function numberOf(key: string, party: FileParty): string {
  const given = party.idKind === 'NATIONAL' ? party.idNumber : party.taxNumber;
  const digits = (given ?? '').replace(/[- ]/g, '');
  if (party.idKind === 'NATIONAL' && digits && !/^\d{9}$/.test(digits))
    throw new FileFault(key, 'socialSecurityNumber', 'LAYOUT', 'it has nine digits');
  return /^(?!000|666|9)\d{9}$/.test(digits) ? digits : '';
}

/** The first with an area code and seven digits. */
export function telephoneOf(phones: readonly string[]): string {
  const digits = phones.map((phone) => phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, ''));
  return digits.find((phone) => phone.length === 10) ?? '';
}

export function addressOf(key: string, { ref, address }: FileParty) {
  if (!address) throw new FileFault(key, 'addressLine1', 'LAYOUT', `${ref} has no address`);
  const [addressLine1 = '', ...more] = address.lines;
  const said = {
    addressLine1,
    addressLine2: more.join(' '),
    city: address.city ?? '',
    state: (address.region ?? '').toUpperCase(),
    postalCode: (address.postalCode ?? '').replace('-', ''),
    countryCode: (address.country ?? '').toUpperCase(),
  };
  const american = said.countryCode === '' || said.countryCode === 'US';
  if (american && !/^\d{5}(\d{4})?$/.test(said.postalCode))
    throw new FileFault(key, 'postalCode', 'LAYOUT', `${ref} needs one of five or nine digits`);
  if (!/^[A-Z]{2}$/.test(said.state)) throw new FileFault(key, 'state', 'LAYOUT', `${ref} needs a state of two letters`);
  return said;
}

/** J1 is for who lives with the borrower. */
export const livesWith = (key: string, party: FileParty, borrower: FileParty) =>
  !party.address || JSON.stringify(addressOf(key, party)) === JSON.stringify(addressOf(key, borrower));
