// A mapping is judged when the gateway starts: what could not be read, or would be read wrongly, is named with its table.
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDebeziumFormat } from '../../connectors/core-banking/debezium/format.js';
import { sourceFormats } from '../../connectors/index.js';
import { changed, exampleMapping, formatWith, goldenOf, mappingWith, messageOf, ofTable, readAll } from '../support/golden-debezium.js';

const off = goldenOf('off');
const topicsOf = (...tables: string[]) => tables.map((each) => `bank.${each}`);

it('the example is right, and its file is read by the name in DEBEZIUM_MAPPING', () => {
  expect(mappingWith()).toMatchObject({ tenant: 'bank', timeZone: 'Europe/Berlin' });
  const format = sourceFormats['debezium']!({ MAPPING: 'schema/sources/debezium/core-example.json' }, topicsOf('core.loan'));
  expect(format.joined).toBeUndefined();
  expect(format.read(messageOf(ofTable(off, 'core.loan')[0]!))).toMatchObject({ events: [{ type: 'LoanAccountSnapshotted' }] });
});

const first = (mapping: any, table: string) => mapping.tables[table].facts[0];
it.each<[RegExp, (mapping: any) => void]>([
  [/\/tenant|'tenant'/, (mapping) => delete mapping.tenant],
  [/\/currency/, (mapping) => (mapping.currency = 'euro')],
  [/\/timeZone/, (mapping) => (mapping.timeZone = 'Mars/Olympus')],
  [/\/tables/, (mapping) => (mapping.tables = { loan: mapping.tables['core.loan'] })],
  [/colour/, (mapping) => (mapping.colour = 'red')],
  [/core\.loan LoanAccountSnapshotted does not say its loan/, (mapping) => delete first(mapping, 'core.loan').loan],
  [/core\.loan LoanAccountSnapshotted lacks principal/, (mapping) => delete first(mapping, 'core.loan').data.principal],
  [/core\.installment InstallmentChanged lacks dueDate/, (mapping) => delete first(mapping, 'core.installment').data.dueDate],
  [/core\.payment LoanTransactionPosted\/colour is not in/, (mapping) => (first(mapping, 'core.payment').data.colour = { constant: 1 })],
  [
    /core\.installment InstallmentChanged\/principal is made of several/,
    (mapping) => (first(mapping, 'core.installment').data.principal = { column: 'amount' }),
  ],
  [
    /core\.customer BorrowerUpdated\/details\/codes\/1st is not in/,
    (mapping) => (first(mapping, 'core.customer').data.details = { codes: { '1st': { column: 'job' } } }),
  ],
  [
    /core\.customer BorrowerUpdated\/details\/codes is made of several/,
    (mapping) => (first(mapping, 'core.customer').data.details = { codes: { column: 'codes' } }),
  ],
  [/pays twice/, (mapping) => delete first(mapping, 'core.payment').data.contained],
  [
    /core\.loan LoanAccountSnapshotted\/contained is not in/,
    (mapping) => (first(mapping, 'core.loan').data.contained = { constant: true }),
  ],
])('says what is wrong: %s', (reason, change) => {
  expect(() => mappingWith(change)).toThrow(reason);
  expect(() => mappingWith(change)).toThrow(/^DEBEZIUM_MAPPING/);
});

it('a file that is not there or no JSON, and a patience that is none, are named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-mapping-'));
  try {
    const file = join(folder, 'mapping.json');
    expect(() => createDebeziumFormat({})).toThrow(/^DEBEZIUM_MAPPING is not set/);
    expect(() => createDebeziumFormat({ MAPPING: file })).toThrow(/^DEBEZIUM_MAPPING cannot be read/);
    writeFileSync(file, '{');
    expect(() => createDebeziumFormat({ MAPPING: file })).toThrow(/^DEBEZIUM_MAPPING cannot be read/);
    writeFileSync(file, JSON.stringify(exampleMapping()));
    expect(() => createDebeziumFormat({ MAPPING: file, PATIENCE_MS: 'soon' })).toThrow(/^DEBEZIUM_PATIENCE_MS/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('a table whose topic is not read would be waited for in vain', () => {
  const tables = ['core.customer', 'core.loan', 'core.installment'];
  expect(() => formatWith(undefined, topicsOf(...tables, 'transaction'))).toThrow(/^SOURCES has no topic of the table core\.payment/);
  expect(formatWith(undefined, topicsOf(...tables, 'core.payment', 'transaction')).joined).toBeDefined();
  const renamed = (mapping: any) => (mapping.tables['core.payment'].topic = 'payments');
  expect(formatWith(renamed, [...topicsOf(...tables, 'transaction'), 'payments']).joined).toBeDefined();
});

const payment = () => ofTable(off, 'core.payment')[0]!;
it.each<[string, unknown, (mapping: any) => void, object | string]>([
  ['a value that is mapped', 'ach', (fact) => (fact.data.kind = { column: 'channel', map: { ach: 'RECOVERY' } }), { kind: 'RECOVERY' }],
  [
    'a value that is not',
    'pigeon',
    (fact) => (fact.data.kind = { column: 'channel', map: { ach: 'RECOVERY' } }),
    'COLUMN core.payment.channel has a value that the mapping does not name',
  ],
  ['a default', null, (fact) => (fact.data.replacesId = { column: 'channel', default: 'none' }), { replacesId: 'none' }],
  ['a null that is needed', null, (fact) => (fact.data.transactionId = { column: 'channel' }), 'COLUMN core.payment.channel is null'],
  ['small units', 123456, (fact) => (fact.data.amount = { column: 'channel', scale: 2 }), { amount: '1234.56' }],
  ['binary, by its scale', 'BfXhAA==', (fact) => (fact.data.amount = { column: 'channel', scale: 4 }), { amount: '10000' }],
  [
    'binary that looks like digits, and is below zero',
    '1250',
    (fact) => (fact.data.amount = { column: 'channel', scale: 2 }),
    expect.stringMatching(/^DATA core\.payment LoanTransactionPosted \/amount must match/) as never,
  ],
  ['text, though a scale is said', '12.50', (fact) => (fact.data.amount = { column: 'channel', scale: 2 }), { amount: '12.5' }],
  [
    'a whole number of what?',
    123456,
    (fact) => (fact.data.amount = { column: 'channel' }),
    'COLUMN core.payment.channel is a number and not a decimal: set decimal.handling.mode=string, or scale in the mapping',
  ],
  [
    'a fraction as a number',
    7.5,
    (fact) => (fact.data.transactionId = { column: 'channel' }),
    'COLUMN core.payment.channel is a fraction, which is no text',
  ],
  [
    'too many decimals',
    '1.23456',
    (fact) => (fact.data.amount = { column: 'channel' }),
    'COLUMN core.payment.channel has more than 4 decimals',
  ],
  ['an exponent', '12E+2', (fact) => (fact.data.amount = { column: 'channel' }), { amount: '1200' }],
  ['a zero of scale 7', '0E-7', (fact) => (fact.data.amount = { column: 'channel' }), { amount: '0' }],
  [
    'a negative amount',
    '-5.00',
    (fact) => (fact.data.amount = { column: 'channel' }),
    expect.stringMatching(/^DATA core\.payment LoanTransactionPosted \/amount must match/) as never,
  ],
  ['epoch days', 20494, (fact) => (fact.data.valueDate = { column: 'channel' }), { valueDate: '2026-02-10' }],
  ['the day before 1970', -1, (fact) => (fact.data.valueDate = { column: 'channel' }), { valueDate: '1969-12-31' }],
  ['milliseconds', 1770767999999, (fact) => (fact.data.valueDate = { column: 'channel', unit: 'millis' }), { valueDate: '2026-02-10' }],
  [
    'nanoseconds beyond 2^53',
    '1770767999999999999',
    (fact) => (fact.data.valueDate = { column: 'channel', unit: 'nanos' }),
    { valueDate: '2026-02-10' },
  ],
  [
    'milliseconds that were not said',
    1770767999999,
    (fact) => (fact.data.valueDate = { column: 'channel' }),
    'COLUMN core.payment.channel is no date from 1900 to 2199, counted in days',
  ],
  [
    'a moment, in the time zone of the books',
    '2026-02-10T23:59:59.999999Z',
    (fact) => (fact.data.valueDate = { column: 'channel' }),
    { valueDate: '2026-02-11' },
  ],
  ['an ISO date', '2026-02-10Z', (fact) => (fact.data.valueDate = { column: 'channel' }), { valueDate: '2026-02-10' }],
  [
    'a date that is none',
    '2026-02-30',
    (fact) => (fact.data.valueDate = { column: 'channel' }),
    'COLUMN core.payment.channel is not a date',
  ],
  ['the day of the change', 'x', (fact) => (fact.data.postedDate = { event: 'date' }), { postedDate: '2026-11-22' }],
  ['a list', ['a'], (fact) => (fact.data.transactionId = { column: 'channel' }), 'COLUMN core.payment.channel is not a single value'],
  [
    'a number with a slash',
    'a/b',
    (fact) => (fact.loan = { column: 'channel' }),
    expect.stringMatching(/^DATA core\.payment .* has a blank or slash/) as never,
  ],
])('reads %s', (_, channel, change, expected) => {
  const format = formatWith((mapping) => {
    mapping.tables['core.payment'].facts[0].data.postedDate = { event: 'date' };
    change(mapping.tables['core.payment'].facts[0]);
  });
  const [read] = readAll(format, [changed(payment(), ({ after }) => (after.channel = channel))]);
  expect(typeof read === 'string' ? read : read![0]!.data).toEqual(
    typeof expected === 'string' || 'asymmetricMatch' in expected ? expected : expect.objectContaining(expected),
  );
});

it('a row that says nothing yet is no fact, and one of several facts is chosen by a column', () => {
  expect(readAll(formatWith(), [ofTable(off, 'core.loan')[1]!])).toEqual([[]]); // pending
  const format = formatWith((mapping) => {
    const [posted] = mapping.tables['core.payment'].facts;
    posted.when = { column: 'channel', in: ['ach', null] };
    mapping.tables['core.payment'].facts.push({
      type: 'LoanTransactionReversed',
      loan: posted.loan,
      when: { column: 'channel', in: ['returned'] },
      data: { transactionId: { column: 'id' }, reversedOn: { event: 'date' } },
    });
  });
  const types = (channel: string | null) =>
    readAll(format, [changed(payment(), ({ after }) => (after.channel = channel))]).map((each: any) => each.map(({ type }: any) => type));
  expect([types('ach'), types('returned'), types(null), types('other')]).toEqual([
    [['LoanTransactionPosted']],
    [['LoanTransactionReversed']],
    [['LoanTransactionPosted']],
    [[]],
  ]);
});

it('a list leaves out what its columns do not fill', () => {
  const format = formatWith((mapping) => {
    mapping.tables['core.customer'].facts[0].data.contactPoints = [
      { channel: { constant: 'PHONE' }, value: { column: 'phone' } },
      { channel: { constant: 'EMAIL' }, value: { column: 'email' }, consent: { column: 'active' } },
    ];
  });
  const [read] = readAll(format, [changed(ofTable(off, 'core.customer')[0]!, ({ after }) => (after.email = 'a@b.c'))]);
  expect(read).toMatchObject([{ data: { contactPoints: [{ channel: 'EMAIL', value: 'a@b.c', consent: true }] } }]);
});

it('what bureaus ask comes from columns, by names of their own where they are codes, and what is null is not told', () => {
  const customer = formatWith((mapping) => {
    mapping.tables['core.customer'].facts[0].data.details = {
      bornOn: { column: 'born' },
      gender: { column: 'sex', map: { '1': 'M', '2': 'F' } },
      mothersName: { column: 'mother' },
      postal: { lines: [{ column: 'street' }, { column: 'more' }], cityCode: { column: 'town' } },
      codes: { pekerjaan: { column: 'job' }, statusKawin: { column: 'married' } },
    };
  });
  const told = changed(ofTable(off, 'core.customer')[0]!, ({ after }) =>
    Object.assign(after, { born: 3652, sex: 2, mother: null, street: 'Jl. Melati 7', more: null, town: 394, job: '099', married: null }),
  );
  expect(readAll(customer, [told])).toMatchObject([
    [
      {
        data: {
          details: { bornOn: '1980-01-01', gender: 'F', postal: { lines: ['Jl. Melati 7'], cityCode: '394' }, codes: { pekerjaan: '099' } },
        },
      },
    ],
  ]);
  expect(JSON.stringify(readAll(customer, [told]))).not.toContain('null');
  const loan = formatWith((mapping) => {
    const { data } = mapping.tables['core.loan'].facts[0];
    data.details = { interestRate: { column: 'rate' }, creditLimit: { column: 'most' } };
    data.guarantors = [{ guarantorId: { column: 'g' }, name: { column: 'g' }, percent: { column: 'share' } }];
  });
  const accountOf = (share: unknown) =>
    readAll(loan, [
      changed(ofTable(off, 'core.loan')[0]!, ({ after }) => Object.assign(after, { rate: '12.50', most: '99.90', g: 'G', share })),
    ]);
  const of = (percent: number) => [
    [{ data: { details: { interestRate: '12.5', creditLimit: '99.9' }, guarantors: [{ guarantorId: 'G', name: 'G', percent }] } }],
  ];
  expect(accountOf('33.33')).toMatchObject(of(33.33));
  expect(accountOf(50)).toMatchObject(of(50));
  expect(accountOf(101)).toEqual([expect.stringMatching(/^DATA core\.loan LoanAccountSnapshotted \/guarantors\/0\/percent/)]);
});

it('a row of a loan that moves to another loan goes from the one and comes to the other, where the old row is told whole', () => {
  const format = formatWith((mapping) => (mapping.tables['core.installment'].replicaIdentity = 'full'));
  const moved = changed(ofTable(off, 'core.installment')[5]!, (payload) => (payload.before = { ...payload.after, loan_id: 99 }));
  expect(readAll(format, [moved])).toMatchObject([
    [
      { aggregateid: 'bank/core/99', data: { removed: true } },
      { aggregateid: 'bank/core/100', data: { principal: { paid: '1250' } } },
    ],
  ]);
});

it('a table that is not REPLICA IDENTITY FULL, though the mapping says so, is found out by its first update', () => {
  const format = formatWith((mapping) => (mapping.tables['core.installment'].replicaIdentity = 'full'));
  expect(readAll(format, [ofTable(off, 'core.installment')[5]!])).toEqual([expect.stringMatching(/^IDENTITY core\.installment is not/)]);
});

it('a charge whose row is deleted is removed, where the old row is told whole', () => {
  const charges = (replicaIdentity: string) => (mapping: any) => {
    mapping.tables['core.payment'] = {
      replicaIdentity,
      facts: [
        {
          type: 'ChargeApplied',
          loan: { column: 'loan_id' },
          data: {
            chargeId: { column: 'id' },
            dueDate: { column: 'value_date' },
            amount: { column: 'amount' },
            penalty: { constant: true },
          },
        },
      ],
    };
  };
  const deleted = changed(payment(), (payload) => Object.assign(payload, { op: 'd', before: payload.after, after: null }));
  expect(readAll(formatWith(charges('full')), [deleted])).toMatchObject([
    [{ type: 'ChargeRemoved', aggregateid: 'bank/core/100', data: { amount: '1250', dueDate: '2026-02-10', penalty: true } }],
  ]);
  expect(readAll(formatWith(charges('default')), [deleted])).toEqual([
    'COLUMN core.payment.loan_id is not told of a row that is gone: set REPLICA IDENTITY FULL',
  ]);
});

it('a business date comes from a row of its own, and is about the whole bank', () => {
  const format = formatWith((mapping) => {
    mapping.tables['core.payment'] = { facts: [{ type: 'BusinessDateAdvanced', data: { businessDate: { column: 'value_date' } } }] };
  });
  expect(readAll(format, [payment()])).toMatchObject([
    [{ type: 'BusinessDateAdvanced', aggregateid: 'bank', effectivedate: '2026-02-10', data: { businessDate: '2026-02-10' } }],
  ]);
});
