// What bureaus ask of the demo book's people, loans and security beside their figures, as far as each country's format needs it.
import type { AccountDetails, Guarantor } from '../../domain/loan/loan-facts.js';
import type { BorrowerDetails, CollateralUpdate } from '../../domain/borrower.js';
import type { LocalDate } from '../../domain/fact.js';
import { npwp } from './identity-numbers.js';
import { familyNames, genderOf, givenNames, type Person } from './people.js';
import { towns, type Country } from './places.js';
import type { Random } from './random.js';

type Codes = Record<string, string>;

/** @param random a stream of its own, here and below: the figures of the book do not depend on it */
export function borrowerDetails(country: Country, person: Person, branch: string, random: Random): BorrowerDetails {
  const { family, given, gender, bornOn, street, town } = person;
  return {
    kind: 'PERSON',
    familyName: family,
    givenName: given,
    idKind: 'NATIONAL',
    bornOn,
    birthPlace: random.pick(towns[country]).city,
    gender,
    ...(country === 'ID' ? indonesian(random) : {}),
    postal: {
      lines: [street],
      city: town.city,
      ...(town.cityCode ? { cityCode: town.cityCode } : {}),
      region: town.region,
      postalCode: town.postalCode,
      country,
    },
    ...(country === 'ID' ? { codes: indonesianCodes(town.cityCode, branch, random) } : {}),
  };
}

function indonesian(random: Random): BorrowerDetails {
  const mother = `${random.pick(givenNames.ID.filter((name) => genderOf(name) === 'F'))} ${random.pick(familyNames.ID)}`;
  const taxNumber = npwp(random.int(1_000_000, 99_999_999), random.int(1, 999));
  return { mothersName: mother, ...(random.chance(0.7) ? { taxNumber } : {}) };
}

function indonesianCodes(kabKotaDebitur: string, branch: string, random: Random): Codes {
  return {
    kabKotaDebitur,
    pekerjaan: random.pick(['001', '008', '011', '099']),
    bidangUsaha: random.pick(['009000', '471101', '620100']),
    penghasilan: `${random.int(36, 600)}000000`,
    sumberPenghasilan: random.pick(['1', '2', '3']),
    tanggungan: String(random.int(0, 4)),
    hubunganPelapor: '9900',
    golonganDebitur: '9000',
    statusKawin: random.pick(['1', '2', '3']),
    tempatBekerja: `Kantor ${branch}`,
  };
}

export interface Terms {
  currency: string;
  /** Of a month, in thousandths. */
  ratePerMille: number;
  flat: boolean;
  guaranteed: boolean;
  secured: boolean;
  branch: string;
}

export function accountDetails(country: Country, account: string, terms: Terms, random: Random): AccountDetails {
  const tenths = terms.ratePerMille * 12;
  return {
    kind: 'INSTALMENT',
    branch: terms.branch,
    interestRate: `${Math.floor(tenths / 10)}${tenths % 10 ? `.${tenths % 10}` : ''}`,
    interestFixed: true,
    codes: accountCodes(country, account, terms, random),
  };
}

function accountCodes(country: Country, account: string, { currency, flat, guaranteed, secured }: Terms, random: Random): Codes {
  switch (country) {
    case 'ID':
      return {
        jenisKredit: '05',
        akad: '00',
        kategoriDebitur: random.pick(['10', '20', '99']),
        jenisPenggunaan: '3',
        orientasiPenggunaan: '9',
        sektorEkonomi: random.pick(['001110', '004190', '009000']),
        jenisSukuBunga: '1',
        kreditProgram: '001',
        sumberDana: '99',
        ...(guaranteed ? { golonganPenjamin: '9000' } : {}),
        ...(currency === 'IDR' ? {} : { kurs: '16250' }), // one rate for all months: the book has no market
      };
    case 'CN':
      return {
        BusiLines: '1',
        BusiDtlLines: random.pick(['91', '99']),
        RepayMode: flat ? '12' : '11',
        GuarMode: secured ? (guaranteed ? '5' : '2') : guaranteed ? '3' : '4',
        FundSou: '1',
        LoanForm: '1',
        LoanConCode: `CON${account}`,
      };
    case 'US':
      return { accountType: secured ? '02' : '01', residenceCode: random.pick(['O', 'R']), addressIndicator: 'C' };
  }
}

/** @param person whose number and address the guarantor has */
export const guarantorDetails = ({ nationalId, address }: Person, random: Random): Pick<Guarantor, 'idNumber' | 'percent' | 'address'> => ({
  idNumber: nationalId,
  percent: random.pick([25, 50, 100]),
  address,
});

/** The bureau's kind, how it is bound, and the paper that proves it. */
const indonesianSecurity: Record<string, readonly [kind: string, binding: string, paper: string]> = {
  REAL_ESTATE: ['161', '01', 'SHM'],
  VEHICLE: ['189', '03', 'BPKB'],
  GOLD: ['040', '02', 'SBG'],
};

export function collateralDetails(
  country: Country,
  collateral: { id: string; kind: string; owner: string; boundOn: LocalDate },
  random: Random,
): CollateralUpdate['details'] {
  const { id, kind, owner, boundOn } = collateral;
  switch (country) {
    case 'ID': {
      const [jenisAgunan, bindingCode, paper] = indonesianSecurity[kind]!;
      const evidence = `${paper} ${random.int(10_000, 99_999)}`;
      return { owner, evidence, bindingCode, boundOn, codes: { statusAgunan: '1', jenisAgunan } };
    }
    case 'CN':
      return { owner, boundOn, codes: { Ccc: `CCC${id}` } };
    case 'US':
      return { owner, boundOn };
  }
}
