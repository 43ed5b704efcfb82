// Fineract's bytes: a message that Fineract's own library wrote is read to the last digit, and bytes that are broken are never read as something else.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readerOf } from '../../connectors/core-banking/fineract/avro-reader.js';
import { createFineractFormat } from '../../connectors/core-banking/fineract/format.js';
import { readFramed } from '../../connectors/core-banking/fineract/framed.js';
import { readSchemas } from '../../connectors/core-banking/fineract/schema-set.js';
import { bulk, framed, loanAccount, message, namespace, writers } from '../support/fineract-world.js';

const schemas = readSchemas('schema/sources/fineract');
const format = createFineractFormat({ JURISDICTION: 'ID' });
const golden = readFileSync('test/connectors/golden/fineract/LoanDelinquencyRangeChange.bin');
const read = (value: Buffer | null) => format.read({ topic: 'external-events', partition: 0, offset: '1', key: null, value, headers: {} });
const reason = (value: Buffer | null): string => {
  const said = read(value);
  return 'unreadable' in said ? said.unreadable : 'read';
};

it('reads a message that Fineract wrote exactly, both levels, with nothing left over', () => {
  const { value } = readFramed(golden, `${namespace}.MessageV1`, 'MessageV1', schemas);
  const { value: data } = readFramed(value.data, value.dataschema, 'data', schemas);
  const amount = '1250000.50000000';
  expect({ ...value, data }).toEqual({
    id: 121,
    source: 'a65d759d-04f9-4ddf-ac52-34fa5d1f5a25',
    type: 'LoanDelinquencyRangeChangeBusinessEvent',
    category: 'Loan',
    createdAt: '2024-09-05T10:15:30.000001',
    businessDate: '2024-09-05',
    tenantId: 'default',
    idempotencyKey: 'abda146d-68b5-48ca-b527-16d2b7c5daef',
    dataschema: 'org.apache.fineract.avro.loan.v1.LoanAccountDelinquencyRangeDataV1',
    data: {
      loanId: '7',
      loanAccountNo: '000000007',
      loanExternalId: 'ext-7',
      delinquencyRange: { id: '3', classification: 'Delinquency Range 30', minimumAgeDays: 4, maximumAgeDays: 60 },
      charges: [],
      currency: { code: 'IDR', name: null, decimalPlaces: 2, inMultiplesOf: null, displaySymbol: null, nameCode: null, displayLabel: null },
      amount: { totalAmount: amount, principalAmount: amount, interestAmount: amount, feeAmount: amount, penaltyAmount: amount },
      delinquentDate: '2024-09-01',
      installmentDelinquencyBuckets: null,
    },
  });
});

it('has for it what the bank counts itself, as a canonical event', () =>
  expect(read(golden)).toEqual({
    events: [
      {
        specversion: '1.0',
        id: 'abda146d-68b5-48ca-b527-16d2b7c5daef',
        source: '/fineract',
        type: 'DelinquencyObserved',
        time: '2024-09-05T10:15:30.000001Z',
        tenantid: 'default',
        aggregateid: 'default/fineract/7',
        sequence: '000000000012100000',
        businessdate: '2024-09-05',
        effectivedate: '2024-09-05',
        completeness: 'FACT',
        rawref: 'external-events/0/1/1fd07bcc226c7826',
        data: { currency: 'IDR', delinquentDate: '2024-09-01', minimumAgeDays: 4, maximumAgeDays: 60, amount: '1250000.5' },
      },
    ],
  }));

it('parks it when it is cut anywhere', () => {
  for (let length = 0; length < golden.length; length++)
    expect([length, reason(golden.subarray(0, length))]).toEqual([
      length,
      expect.stringMatching(length ? /^(TRUNCATED|BROKEN) MessageV1/ : /^EMPTY$/),
    ]);
});

it('parks a whole account when it is cut anywhere, or when its data is', () => {
  const record = 'loan.v1.LoanAccountDataV1';
  const data = loanAccount([{ number: 1, due: '2024-09-01', principal: '100' }]);
  const whole = message({ type: 'LoanBalanceChangedBusinessEvent', record, data });
  for (let length = 1; length < whole.length; length++)
    expect([length, reason(whole.subarray(0, length))]).toEqual([length, expect.stringMatching(/^(TRUNCATED|BROKEN) MessageV1/)]);
  const inner = framed(`${namespace}.${record}`, data);
  const told = { id: 1, source: 's', type: 'LoanBalanceChangedBusinessEvent', category: 'Loan', createdAt: '2024-09-05T10:15:30.000001' };
  for (let length = 0; length < inner.length; length++) {
    const cut = framed(`${namespace}.MessageV1`, {
      ...told,
      businessDate: '2024-09-05',
      tenantId: 'default',
      idempotencyKey: 'k',
      dataschema: `${namespace}.${record}`,
      data: inner.subarray(0, length),
    });
    expect([length, reason(cut)]).toEqual([length, expect.stringMatching(/^(TRUNCATED|BROKEN) MessageV1\.data/)]);
  }
});

it('never throws, whatever bytes are changed', () => {
  const whole = bulk([
    {
      type: 'LoanBalanceChangedBusinessEvent',
      record: 'loan.v1.LoanAccountDataV1',
      data: loanAccount([{ number: 1, due: '2024-09-01', principal: '100' }]),
    },
  ]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
      const broken = Buffer.from(whole);
      for (const [at, byte] of changes) broken[at] = byte;
      const said = read(broken);
      expect('unreadable' in said ? said.unreadable : said.events).toBeTruthy();
    }),
    { numRuns: 3_000 },
  );
});

const withByte = (bytes: Buffer, at: number, byte: number) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + 1)]);

it.each<[string, Buffer | null, RegExp]>([
  ['a tombstone', null, /^EMPTY$/],
  ['the framing of a schema registry', withByte(golden, 0, 0), /^WRONG_MAGIC MessageV1 does not begin with C3 01$/],
  ['another version of the encoding', withByte(golden, 1, 2), /^WRONG_MAGIC MessageV1/],
  ['an unknown fingerprint', withByte(golden, 2, 0xff), new RegExp(`^UNKNOWN_FINGERPRINT ffd07bcc226c7826 ${namespace}.MessageV1$`)],
  ['bytes left over', Buffer.concat([golden, Buffer.from([0])]), /^BROKEN MessageV1: TRAILING_BYTES after MessageV1$/],
  [
    'data without an envelope',
    framed(`${namespace}.client.v1.ClientDataV1`, { id: '3' }),
    /^WRONG_RECORD MessageV1 is ClientDataV1, not .*MessageV1$/,
  ],
  ['a message that is too long', Buffer.alloc(10_000_001), /^TOO_LARGE/],
])('parks %s with its reason', (_, value, expected) => expect(reason(value)).toMatch(expected));

it('parks data of an unknown fingerprint with its record, reads nothing of it, and reads the next message', () => {
  const at = golden.indexOf(Buffer.from('2c0e6cb20acf624e', 'hex'));
  const changed = withByte(golden, at, 0x2d);
  expect(reason(changed)).toBe(`UNKNOWN_FINGERPRINT 2d0e6cb20acf624e ${namespace}.loan.v1.LoanAccountDelinquencyRangeDataV1`);
  expect(reason(golden)).toBe('read');
});

it('does not believe a count that the bytes cannot hold', () => {
  const { type } = schemas.get(writers.get(`${namespace}.BulkMessagePayloadV1`)!.fingerprint)!;
  const decode = readerOf(type);
  for (const bytes of [
    [0xfe, 0xff, 0xff, 0xff, 0x0f], // 2147483647 items
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00], // the lowest count there is
    [0x02, 0x02, 0x01], // a string of -1 bytes
    Array(12).fill(0xff), // an integer without an end
  ])
    expect(() => decode(Buffer.from(bytes))).toThrow(/^(TRUNCATED|NEGATIVE_LENGTH|INTEGER_TOO_LONG) at /);
});

it('refuses text that is not UTF-8, naming the field and not the text', () => {
  const bytes = framed(`${namespace}.client.v1.ClientDataV1`, { id: '3', displayName: 'Siti' });
  bytes[bytes.indexOf('Siti')] = 0xff;
  expect(() => readFramed(bytes, `${namespace}.client.v1.ClientDataV1`, 'data', schemas)).toThrow(
    'BROKEN data: NOT_UTF8 at ClientDataV1.displayName',
  );
});

/** Any value of a type, with long ids beyond a float's digits and amounts to the last of 20. */
function anyOf(type: any, depth = 0): fc.Arbitrary<any> {
  const { typeName } = type;
  if (typeName === 'logical:decimal')
    return fc.bigInt(-(10n ** 20n) + 1n, 10n ** 20n - 1n).map((n) => {
      const digits = (n < 0n ? -n : n).toString().padStart(9, '0');
      return `${n < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
    });
  if (typeName === 'record') return fc.record(Object.fromEntries(type.fields.map((each: any) => [each.name, anyOf(each.type, depth + 1)])));
  if (typeName === 'array') return depth > 4 ? fc.constant([]) : fc.array(anyOf(type.itemsType, depth + 1), { maxLength: 3 });
  if (typeName.startsWith('union:')) {
    const other = type.types.find((each: any) => each.typeName !== 'null');
    return depth > 4 ? fc.constant(null) : fc.option(anyOf(other, depth), { nil: null, freq: 4 });
  }
  const simple: Record<string, fc.Arbitrary<any>> = {
    boolean: fc.boolean(),
    int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    string: fc.string({ unit: 'binary', maxLength: 20 }),
    bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  };
  return simple[typeName] ?? fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String);
}

it.each([...writers.keys()])('reads what the Avro library wrote of %s', (record) => {
  const { type, fingerprint } = writers.get(record)!;
  const { read } = schemas.get(fingerprint)!;
  fc.assert(
    fc.property(anyOf(type), (value) => expect(read(type.toBuffer(value))).toEqual(value)),
    { numRuns: 25 },
  );
});
