// The demo book tells all that the bureaus' files need: numbers that keep their country's rule, and records that each bureau takes.
import type { FileHeader, FileRecord } from '../../connectors/bureau-file.js';
import { createPbocFormat } from '../../connectors/credit-bureau/pboc/format.js';
import { createSlikFormat } from '../../connectors/credit-bureau/slik/format.js';
import type { BorrowerUpdate, CollateralUpdate } from '../../src/domain/borrower.js';
import type { AccountSnapshot } from '../../src/domain/loan/loan-facts.js';
import { minorToDecimal } from '../../src/domain/money.js';
import { toFact } from '../../src/events/to-fact.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { readPboc } from '../../src/sandbox/bureaus/pboc/read.js';
import { readSlik } from '../../src/sandbox/bureaus/slik/read.js';
import { bytesOf, inChunks, inOrder, standing, streamed } from '../support/asia-records.js';
import { fileOf, problemsOf, readText } from '../support/metro2.js';

const events = [...generateBook({ ...demoBook, borrowers: 300, loans: 450 })].flatMap((day) => day.events.map(({ event }) => event));
const told = <T>(type: string): T[] =>
  events.filter((event) => event['type'] === type).map((event) => (toFact(event as never) as { fact: { data: T } }).fact.data);
const borrowers = new Map(told<BorrowerUpdate>('BorrowerUpdated').map((each) => [each.borrowerId, each]));
const accounts = told<AccountSnapshot>('LoanAccountSnapshotted');
const collaterals = told<CollateralUpdate>('CollateralUpdated');
const of = (country: string) => [...borrowers.values()].filter(({ jurisdiction }) => jurisdiction === country);
const guarantorNumbers = (country: string) =>
  accounts.filter(({ jurisdiction }) => jurisdiction === country).flatMap(({ guarantors }) => guarantors.map(({ idNumber }) => idNumber!));

const header: FileHeader = {
  reporter: { code: '251220', type: '0101', name: 'Bank' },
  period: { from: '2026-09-01', to: '2026-09-30' },
  createdAt: { on: '2026-10-01', time: '00:00:00' },
  sequence: 1,
};
const usd = (minor: bigint) => minorToDecimal(minor, 'USD'); // all of the book's currencies have two decimals

function recordOf(snapshot: AccountSnapshot): FileRecord {
  const { accountNo, borrowerId, currency, disbursedOn, guarantors, lines, principal } = snapshot;
  const { details, name, nationalId, contactPoints } = borrowers.get(borrowerId)!;
  const { kind = 'PERSON', familyName: family, givenName: given, postal, ...party } = details!;
  const { kind: accountKind = 'INSTALMENT', creditLimit, codes = {}, ...account } = snapshot.details!;
  const accountRef = accountNo.slice(3);
  return {
    key: `${accountRef}/1`,
    action: 'CREATE',
    account: {
      ...account,
      ...(creditLimit === undefined ? {} : { creditLimit: usd(creditLimit) }),
      accountRef,
      kind: accountKind,
      codes,
      currency,
      originalPrincipal: usd(principal),
      openedOn: disbursedOn,
      maturesOn: lines!.at(-1)!.dueOn,
      instalments: lines!.length,
      everyMonths: 1,
    },
    borrower: {
      ...party,
      ref: borrowerId,
      kind,
      name: { full: name, ...(family && { family }), ...(given && { given }) },
      ...(nationalId && { idNumber: nationalId }),
      ...(postal && { address: postal }),
      phones: [contactPoints[0]!.value],
    },
    associates: guarantors.map(({ address, guarantorId, idNumber, name: full, percent }) => ({
      role: 'GUARANTOR',
      ref: guarantorId,
      kind: 'PERSON',
      name: { full },
      idKind: 'NATIONAL',
      idNumber: idNumber!,
      percent: percent!,
      address: { lines: [address!] },
      phones: [],
    })),
    collaterals: collaterals
      .filter(({ loanRef }) => loanRef?.endsWith(`/${accountRef}`))
      .map(({ collateralId, details: more, description, kind: type, value, valuedOn }) => ({
        ...more,
        ref: collateralId,
        type,
        description,
        value: { amount: usd(value), currency: 'IDR' },
        valuedOn,
      })),
    standing: standing({ stateSince: disbursedOn, qualityClassSince: disbursedOn, regularPayment: '0.00' }),
  };
}
const recordsOf = (country: string, currencies: readonly string[]) =>
  inOrder(accounts.filter(({ currency, jurisdiction }) => jurisdiction === country && currencies.includes(currency)).map(recordOf));

describe('a number keeps the rule of its country', () => {
  const districts = ['3174', '3273', '3578', '1271', '5171', '7371', '9171', '8171'];
  const nik = /^(\d{4})(0[1-4])(\d\d)(\d\d)(\d\d)(?!0000)\d{4}$/;

  it('NIK: town, birth date with 40 more for women, and a number', () => {
    for (const { details, nationalId } of of('ID')) {
      const [, town, , day, month, year] = nik.exec(nationalId!)!;
      expect(districts).toContain(town);
      const born = `${details!.bornOn!.slice(0, 2)}${year}-${month}-${String(Number(day) % 40).padStart(2, '0')}`;
      expect([born, Number(day) > 40]).toEqual([details!.bornOn, details!.gender === 'F']);
    }
    expect(guarantorNumbers('ID').length).toBeGreaterThan(5);
    for (const number of guarantorNumbers('ID')) expect(number).toMatch(nik);
    expect(new Set(of('ID').map(({ details }) => details!.gender))).toEqual(new Set(['F', 'M']));
  });

  it('NPWP: fifteen digits, the first nine of them by Luhn', () => {
    const numbers = of('ID').flatMap(({ details }) => details!.taxNumber ?? []);
    expect(numbers.length).toBeGreaterThan(50);
    for (const number of numbers) {
      expect(number).toMatch(/^\d\d\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}$/);
      const nine = number.replace(/\D/g, '').slice(0, 9);
      const luhn = [...nine].reverse().map((digit, i) => (i % 2 ? String(2 * Number(digit)) : digit));
      expect([...luhn.join('')].reduce((sum, digit) => sum + Number(digit), 0) % 10).toBe(0);
    }
  });

  const passes = (number: string) => {
    // The recursive form of ISO 7064 MOD 11-2; the book's own uses weights.
    const before = number
      .slice(0, 17)
      .split('')
      .reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0);
    const check = (12 - before) % 11;
    return /^[1-6]\d{16}[\dX]$/.test(number) && number.endsWith(check === 10 ? 'X' : String(check));
  };

  it('the number of a resident: area, birth date, order by gender, check', () => {
    expect([passes('11010519491231002X'), passes('110105194912310021')]).toEqual([true, false]);
    const people = of('CN');
    for (const { details, nationalId } of people) {
      expect([nationalId, passes(nationalId!)]).toEqual([nationalId, true]);
      expect(nationalId!.slice(0, 6)).toBe(details!.postal!.cityCode);
      expect(nationalId!.slice(6, 14)).toBe(details!.bornOn!.replaceAll('-', ''));
      expect(Number(nationalId![16]) % 2).toBe(details!.gender === 'M' ? 1 : 0);
    }
    expect(guarantorNumbers('CN').every(passes)).toBe(true);
    expect(new Set(people.map(({ nationalId }) => nationalId!.at(-1))).size).toBeGreaterThan(5);
  });

  it('a social security number that could be one and is given to nobody', () => {
    expect(of('US').length).toBeGreaterThan(5);
    for (const { nationalId } of of('US')) expect(nationalId).toMatch(/^(?!000|666|9)\d{3}-00-(?!0000)\d{4}$/);
  });
});

it('names are in parts that make the whole', () => {
  for (const { details, jurisdiction, name } of borrowers.values())
    expect(jurisdiction === 'CN' ? `${details!.familyName}${details!.givenName}` : `${details!.givenName} ${details!.familyName}`).toBe(
      name,
    );
});

it('SLIK takes every loan of Indonesia', async () => {
  const records = recordsOf('ID', ['IDR', 'USD']);
  expect(new Set(records.map(({ account }) => account.currency)).size).toBe(2);
  const problems: unknown[] = [];
  const segments = new Map<string, number>();
  const files = await Promise.all(
    createSlikFormat()
      .files(header, streamed(records))
      .map(async (file) => ({ name: file.name, bytes: inChunks(await bytesOf(file)) })),
  );
  await readSlik(files, {
    problem: (problem) => problems.push(problem),
    row: ({ segment }) => segments.set(segment, (segments.get(segment) ?? 0) + 1),
  });
  expect(problems).toEqual([]);
  expect(segments.get('F01')).toBe(records.length);
  for (const segment of ['D01', 'A01', 'P01']) expect(segments.get(segment)).toBeGreaterThan(5);
});

it('PBOC takes every loan of China in yuan', async () => {
  const records = recordsOf('CN', ['CNY']);
  const reporter = { code: '10100000010001', name: 'Bank' };
  const problems: unknown[] = [];
  let read = 0;
  for (const file of createPbocFormat().files({ ...header, reporter }, streamed(records)))
    await readPboc({ name: file.name, bytes: inChunks(await bytesOf(file)) }, new Set(), {
      problem: (problem) => problems.push(problem),
      record: () => read++,
    });
  expect(problems).toEqual([]);
  expect([read, read > 50]).toEqual([records.length, true]);
});

it('Metro 2 takes every loan of the United States, without its guarantors, whose names are not in parts', async () => {
  const records = recordsOf('US', ['USD']).map((record) => ({ ...record, associates: [] }));
  const text = await fileOf(records, header.period.to);
  expect(await problemsOf(text)).toEqual([]);
  expect((await readText(text)).records).toBe(records.length);
  expect(records.length).toBeGreaterThan(5);
});
