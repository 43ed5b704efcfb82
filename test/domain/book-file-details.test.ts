// What bureaus ask of a bank's own book, in optional columns: into the facts as it stands there, and refused by file, line and column.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { toFact } from '../../src/events/to-fact.js';
import { daysOfFiles } from '../../src/sandbox/book/from-files.js';
import { readBook } from '../../src/sandbox/book/read-book.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'casegraph-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const format = createCanonicalFormat();
const csv = (cells: Record<string, string>) =>
  `${Object.keys(cells).join()}\n${Object.values(cells)
    .map((cell) => `"${cell}"`)
    .join()}\n`;
function write(loan: Record<string, string>, borrower: Record<string, string>): void {
  const loans = { loan_id: 'L1', borrower_id: 'B1', currency: 'IDR', principal: '100', disbursed_on: '2026-01-10', ...loan };
  writeFileSync(join(folder, 'loans.csv'), csv(loans));
  writeFileSync(join(folder, 'borrowers.csv'), csv({ borrower_id: 'B1', name: 'Siti Rahma', ...borrower }));
  writeFileSync(join(folder, 'instalments.csv'), 'loan_id,number,due_on,principal\nL1,1,2026-02-10,100\n');
  writeFileSync(join(folder, 'payments.csv'), 'loan_id,payment_id,value_date,amount\n');
}

async function detailsOf(loan: Record<string, string>, borrower: Record<string, string>): Promise<Record<string, unknown>> {
  write(loan, borrower);
  const settings = { tenant: 'book', until: '2026-01-10', jurisdiction: 'ID' };
  const events = [...daysOfFiles(await readBook(folder, settings), settings)].flatMap((day) => day.events);
  return Object.fromEntries(
    events.map(({ event }) => {
      const said = format.read({
        topic: 't',
        partition: 0,
        offset: '0',
        key: null,
        value: Buffer.from(JSON.stringify(event)),
        headers: {},
      });
      if ('unreadable' in said) throw new Error(said.unreadable);
      const { fact } = toFact(said.events[0]!) as { fact: { type: string; data: { details?: unknown } } };
      return [fact.type, fact.data.details];
    }),
  );
}

it('every column is in the facts', async () =>
  expect(
    await detailsOf(
      { kind: 'REVOLVING', branch: '001', interest_rate: '12.5', credit_limit: '250.50', codes: 'akad=00; jenisKredit=05' },
      {
        kind: 'PERSON',
        family_name: 'Rahma',
        given_name: 'Siti',
        id_kind: 'NATIONAL',
        tax_number: '01.234.567.8-901.000',
        born_on: '1980-02-29',
        birth_place: 'Bandung',
        gender: 'F',
        mothers_name: 'Dewi',
        street: 'Jl. Melati 7, RT 02',
        city: 'Bandung',
        city_code: '0191',
        region: 'Jawa Barat',
        postal_code: '40111',
        country: 'ID',
        codes: 'tempatBekerja=PT A=B',
      },
    ),
  ).toEqual({
    LoanAccountSnapshotted: {
      kind: 'REVOLVING',
      branch: '001',
      interestRate: '12.5',
      creditLimit: 25050n,
      codes: { akad: '00', jenisKredit: '05' },
    },
    BorrowerUpdated: {
      kind: 'PERSON',
      familyName: 'Rahma',
      givenName: 'Siti',
      idKind: 'NATIONAL',
      taxNumber: '01.234.567.8-901.000',
      bornOn: '1980-02-29',
      birthPlace: 'Bandung',
      gender: 'F',
      mothersName: 'Dewi',
      postal: {
        lines: ['Jl. Melati 7, RT 02'],
        city: 'Bandung',
        cityCode: '0191',
        region: 'Jawa Barat',
        postalCode: '40111',
        country: 'ID',
      },
      codes: { tempatBekerja: 'PT A=B' },
    },
  }));

it('without them, or with empty cells, there are none', async () => {
  const none = { LoanAccountSnapshotted: undefined, BorrowerUpdated: undefined };
  expect(await detailsOf({}, {})).toEqual(none);
  expect(await detailsOf({ codes: '', branch: '' }, { codes: '', city: '' })).toEqual(none);
  expect(await detailsOf({}, { city: 'Bandung' })).toEqual({ ...none, BorrowerUpdated: { postal: { lines: [], city: 'Bandung' } } });
});

const secret = 'geheim';
const oneOf = (words: string) => `one of ${words}`;
const codes = 'up to 80 codes as name=value;name=value, each name once and of letters and digits';
it.each<[string, string, string, string]>([
  ['loans.csv', 'kind', secret, oneOf('INSTALMENT, MORTGAGE, REVOLVING, LINE_OF_CREDIT, OPEN')],
  ['loans.csv', 'branch', 'x'.repeat(41), 'at most 40 characters'],
  ['loans.csv', 'interest_rate', '12,5', 'percent a year such as 12.5, below 1000'],
  ['loans.csv', 'interest_rate', '1000', 'percent a year such as 12.5, below 1000'],
  ['loans.csv', 'interest_rate', '-1', 'percent a year such as 12.5, below 1000'],
  ['loans.csv', 'credit_limit', '1.005', 'an amount with at most 2 decimals, as IDR has,'],
  ['loans.csv', 'codes', secret, codes],
  ['loans.csv', 'codes', 'akad=', codes],
  ['loans.csv', 'codes', 'akad=00;', codes],
  ['loans.csv', 'codes', 'akad=00;akad=01', codes],
  ['loans.csv', 'codes', '1akad=00', codes],
  ['loans.csv', 'codes', `akad=${'x'.repeat(201)}`, codes],
  ['loans.csv', 'codes', Array.from({ length: 81 }, (_, i) => `c${i}=1`).join(';'), codes],
  ['borrowers.csv', 'kind', 'person', oneOf('PERSON, COMPANY')],
  ['borrowers.csv', 'id_kind', secret, oneOf('NATIONAL, PASSPORT, COMPANY')],
  ['borrowers.csv', 'gender', secret, oneOf('F, M')],
  ['borrowers.csv', 'born_on', '1981-02-29', 'a date YYYY-MM-DD between 1900-01-01 and 2199-12-31'],
  ['borrowers.csv', 'family_name', 'x'.repeat(201), 'at most 200 characters'],
  ['borrowers.csv', 'mothers_name', 'x'.repeat(201), 'at most 200 characters'],
  ['borrowers.csv', 'tax_number', 'x'.repeat(41), 'at most 40 characters'],
  ['borrowers.csv', 'city_code', '03 94', 'a code of up to 20 letters and digits'],
  ['borrowers.csv', 'country', 'Indonesia', 'an ISO 3166-1 alpha-2 country such as ID'],
])('%s: %s is refused where it stands', async (file, column, cell, expected) => {
  const row = { [column]: cell };
  write(file === 'loans.csv' ? row : {}, file === 'loans.csv' ? {} : row);
  const error: Error | null = await readBook(folder, { jurisdiction: 'ID' }).then(
    () => null,
    (thrown: Error) => thrown,
  );
  expect(error?.message.split('\n').slice(1)).toEqual([`${file}, line 2, column ${column}: ${expected} expected`]);
  expect(error?.message).not.toContain(secret);
});
