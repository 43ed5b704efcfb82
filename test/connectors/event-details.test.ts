// What bureaus ask beside the figures: carried from the event into the fact as it is told, kept within bounds, and kept out of reasons and positions.
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { dataOf, keptBase, keptData, toJson } from '../../src/domain/loan/kept-position.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import { toFact } from '../../src/events/to-fact.js';

const format = createCanonicalFormat();
const wholes: Record<string, any> = {
  BorrowerUpdated: {
    borrowerId: 'B1',
    name: 'Siti Rahma',
    jurisdiction: 'ID',
    language: 'id',
    timeZone: 'Asia/Jakarta',
    contactPoints: [],
    details: {
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
        lines: ['Jl. Melati 7', 'RT 02'],
        city: 'Bandung',
        cityCode: '0191',
        region: 'Jawa Barat',
        postalCode: '40111',
        country: 'ID',
      },
      codes: { pekerjaan: '099', statusKawin: '1' },
    },
  },
  LoanAccountSnapshotted: {
    loanAccountId: 'L1',
    accountNo: 'L1',
    borrowerId: 'B1',
    productId: 'P',
    productClass: 'CONSUMER',
    jurisdiction: 'ID',
    currency: 'IDR',
    status: 'ACTIVE',
    principal: '100.00',
    disbursedOn: '2026-01-02',
    guarantors: [
      { guarantorId: 'G1', name: 'Budi', phone: '+62 811', idNumber: '3171234567890001', percent: 33.33, address: 'Jl. Mawar 1' },
    ],
    details: {
      kind: 'REVOLVING',
      branch: '001',
      interestRate: '12.5',
      interestFixed: false,
      creditLimit: '250.50',
      codes: { jenisKredit: '05' },
      originalCreditor: { name: 'First Bank', code: 'A1', classification: '08' },
    },
  },
  CollateralUpdated: {
    collateralId: 'C1',
    borrowerId: 'B1',
    kind: 'VEHICLE',
    description: 'Car',
    value: '10.00',
    currency: 'IDR',
    valuedOn: '2026-01-02',
    details: { owner: 'Siti Rahma', evidence: 'BPKB 1', bindingCode: '03', boundOn: '2026-01-02', codes: { statusAgunan: '1' } },
  },
};
const types = Object.keys(wholes);

function read(type: string, data: unknown) {
  const event = {
    specversion: '1.0',
    id: 'a',
    source: '/core',
    type,
    time: '2026-01-02T03:04:05Z',
    tenantid: 't',
    aggregateid: 't/core/L1',
    sequence: '1',
    businessdate: '2026-01-02',
    effectivedate: '2026-01-02',
    data,
  };
  const said = format.read({ topic: 't', partition: 0, offset: '0', key: null, value: Buffer.from(JSON.stringify(event)), headers: {} });
  return 'unreadable' in said ? said : toFact(said.events[0]!);
}
const factOf = (type: string, data: unknown): any => {
  const said = read(type, data);
  if (!('fact' in said)) throw new Error(JSON.stringify(said));
  return said.fact;
};
/** The event with another value at a path below its data. */
function changed(type: string, path: string, value: unknown) {
  const data = structuredClone(wholes[type]);
  const names = path.split('/');
  const last = names.pop()!;
  names.reduce((at, name) => (at[name] ??= {}), data)[last] = value;
  return data;
}

it.each(types)('%s: all of it is in the fact, and the same again from the log', (type) => {
  const { data } = factOf(type, wholes[type]);
  const { details, guarantors } = wholes[type];
  expect(data.details).toEqual(type === 'LoanAccountSnapshotted' ? { ...details, creditLimit: 25050n } : details);
  expect(data.guarantors).toEqual(guarantors);
  expect(dataOf(type, JSON.parse(toJson(keptData(data))))).toEqual(data);
});

it.each(types)('%s: what is not told is not in the fact', (type) => {
  const { details: _untold, ...rest } = wholes[type];
  for (const data of [rest, { ...rest, details: {} }]) {
    const fact = factOf(type, data);
    expect(fact.data).not.toHaveProperty('details');
    expect(dataOf(type, JSON.parse(toJson(keptData(fact.data))))).toEqual(fact.data);
  }
  expect(factOf(type, { ...rest, details: { codes: { a: 'b' } } }).data.details).toEqual({ codes: { a: 'b' } });
});

const secret = 'Siti 3174010101900001';
const long = (length: number) => 'x'.repeat(length);
const manyCodes = Object.fromEntries(Array.from({ length: 81 }, (_, i) => [`code${i}`, '1']));
it.each<[string, string, unknown, string?]>([
  ['BorrowerUpdated', 'details/colour', secret, '/details'],
  ['BorrowerUpdated', 'details/kind', secret],
  ['BorrowerUpdated', 'details/idKind', 'national'],
  ['BorrowerUpdated', 'details/gender', 'X'],
  ['BorrowerUpdated', 'details/familyName', ''],
  ['BorrowerUpdated', 'details/givenName', long(201)],
  ['BorrowerUpdated', 'details/taxNumber', long(41)],
  ['BorrowerUpdated', 'details/bornOn', '1981-02-29'],
  ['BorrowerUpdated', 'details/bornOn', '1899-12-31'],
  ['BorrowerUpdated', 'details/birthPlace', null],
  ['BorrowerUpdated', 'details/mothersName', `a\u0000${secret}`],
  ['BorrowerUpdated', 'details/postal', { city: secret }],
  ['BorrowerUpdated', 'details/postal/lines', Array(6).fill('a')],
  ['BorrowerUpdated', 'details/postal/cityCode', 'a b'],
  ['BorrowerUpdated', 'details/postal/country', 'Indonesia'],
  ['BorrowerUpdated', 'details/codes', { [secret]: '1' }],
  ['BorrowerUpdated', 'details/codes', { [secret]: 1 }],
  ['BorrowerUpdated', 'details/codes', manyCodes],
  ['BorrowerUpdated', 'details/codes/pekerjaan', 99],
  ['LoanAccountSnapshotted', 'details/kind', 'CARD'],
  ['LoanAccountSnapshotted', 'details/interestRate', '-1'],
  ['LoanAccountSnapshotted', 'details/interestRate', '1000'],
  ['LoanAccountSnapshotted', 'details/interestRate', 12.5],
  ['LoanAccountSnapshotted', 'details/creditLimit', '250.505'],
  ['LoanAccountSnapshotted', 'details/creditLimit', '-1.00'],
  ['LoanAccountSnapshotted', 'details/originalCreditor', { code: 'A1' }],
  ['LoanAccountSnapshotted', 'guarantors/0/percent', 100.01],
  ['LoanAccountSnapshotted', 'guarantors/0/percent', -1],
  ['LoanAccountSnapshotted', 'guarantors/0/idNumber', long(41)],
  ['LoanAccountSnapshotted', 'guarantors/0/address', long(501)],
  ['CollateralUpdated', 'details/boundOn', '2200-01-01'],
  ['CollateralUpdated', 'details/bindingCode', secret],
  ['CollateralUpdated', 'details/owner', long(201)],
])('%s is parked for its %s, by the path and without the value', (type, path, value, named = `/${path}`) => {
  const said = read(type, changed(type, path, value));
  expect(said).toEqual({ unreadable: expect.stringMatching(new RegExp(`^DATA ${named}[ /]`)) });
  expect(JSON.stringify(said)).not.toContain(secret);
});

it('names the currency that a credit limit does not fit', () =>
  expect(read('LoanAccountSnapshotted', changed('LoanAccountSnapshotted', 'details/creditLimit', '1.001'))).toEqual({
    unreadable: 'DATA /details/creditLimit has more decimals than IDR',
  }));

it('keeps none of it in the position of a loan', () => {
  const kept = JSON.parse(toJson(keptBase(fold(unseen, factOf('LoanAccountSnapshotted', wholes['LoanAccountSnapshotted'])))));
  expect(kept.account.guarantors).toEqual([{ guarantorId: 'G1', name: 'Budi', phone: '+62 811' }]);
  expect(kept.account).not.toHaveProperty('details');
});
