// The traps of Debezium's change events, each on messages that it really sent for the life of a small loan database.
import { publishedEvent } from '../../connectors/core-banking/debezium/published.js';
import { changed, flattened, formatWith, goldenOf, messageOf, ofTable, readAll } from '../support/golden-debezium.js';

const off = goldenOf('off');
const on = goldenOf('on');
const table = (name: string, messages = off) => ofTable(messages, `core.${name}`);
const brief = (read: ReturnType<typeof readAll>) =>
  read.map((each) => (typeof each === 'string' ? each : each.map(({ type, aggregateid, data }) => [type, aggregateid, data])));

/** A mapping that looks at core.edge: one fact a column of the kind that is wanted. */
const edge = (field: string, column: object) => (mapping: any) => {
  mapping.tables['core.edge'] = {
    facts: [
      {
        type: 'CollateralUpdated',
        data: {
          collateralId: { column: 'id' },
          borrowerId: { constant: 'B' },
          kind: { constant: 'OTHER' },
          description: { constant: 'x' },
          value: { constant: '1' },
          valuedOn: { constant: '2026-01-01' },
          [field]: column,
        },
      },
    ],
  };
};
const account = (replicaIdentity: unknown, by: string) => (mapping: any) => {
  mapping.tables['core.account'] = {
    replicaIdentity,
    facts: [
      {
        type: 'InstallmentChanged',
        loan: { column: by },
        data: {
          installmentNumber: { constant: 1 },
          dueDate: { constant: '2026-01-01' },
          principal: { due: { column: 'balance' } },
        },
      },
    ],
  };
};

it('1 (tombstones): the null after a delete says nothing, with a key or without', () => {
  const tombstones = off.filter(({ value }) => value === null);
  expect(tombstones.length).toBeGreaterThan(5);
  for (const read of readAll(formatWith(), tombstones)) expect(read).toEqual([]);
});

it('2 (trap 7): `before` of an instalment under REPLICA IDENTITY DEFAULT is made up, and only its key is believed', () => {
  const deleted = table('installment')[9]!;
  expect(JSON.parse(deleted.value!)).toMatchObject({ op: 'd', before: { due_date: 0, amount: '0.0000' } });
  expect(brief(readAll(formatWith(), [deleted]))).toEqual([
    [['InstallmentChanged', 'bank/core/100', { installmentNumber: 50, currency: 'EUR', removed: true }]],
  ]);
  const payment = changed(table('payment')[0]!, (payload) => Object.assign(payload, { op: 'd', before: payload.after, after: null }));
  const byDefault = formatWith((mapping) => (mapping.tables['core.payment'].replicaIdentity = 'default'));
  expect(readAll(byDefault, [payment])).toEqual([
    'COLUMN core.payment.loan_id is not told of a row that is gone: set REPLICA IDENTITY FULL',
  ]);
  expect(brief(readAll(formatWith(), [payment]))).toEqual([
    [['LoanTransactionReversed', 'bank/core/100', expect.objectContaining({ transactionId: '10000000-0000-4000-8000-000000000001' })]],
  ]);
});

it('3 (trap 8): a large column that was left alone is never taken for its value, under the old key or a new one', () => {
  const [updated, renamed] = [table('customer')[3]!, table('customer')[9]!];
  for (const message of [updated, renamed]) expect(message.value).toContain('"notes":"__debezium_unavailable_value"');
  const mapsNotes = (mapping: any) => (mapping.tables['core.customer'].facts[0].data.address = { column: 'notes' });
  for (const read of readAll(formatWith(mapsNotes), [updated, renamed]))
    expect(read).toBe('COLUMN core.customer.notes was left alone and is not in the event: set REPLICA IDENTITY FULL, or do not map it');
  expect(brief(readAll(formatWith(), [updated]))).toEqual([[['BorrowerUpdated', 'bank/core/borrower/2', expect.anything()]]]);
  // Where `before` is the whole row, the column is left as it was.
  const whole = changed(updated, (payload) => (payload.before = { ...payload.after, notes: 'Jl. Merdeka 1' }));
  const full = formatWith((mapping) => {
    mapsNotes(mapping);
    mapping.tables['core.customer'].replicaIdentity = 'full';
  });
  expect(brief(readAll(full, [whole]))).toEqual([
    [[expect.anything(), expect.anything(), expect.objectContaining({ address: 'Jl. Merdeka 1' })]],
  ]);
});

it('4 (trap 9): under REPLICA IDENTITY USING INDEX the key of a delete is made up; the index is believed, and nothing outside of it', () => {
  const [, , , , moved, gone, , renamed, , deleted] = table('account');
  expect([gone!.key, deleted!.key, moved!.key]).toEqual(['{"id":0}', '{"id":0}', '{"id":20}']);
  const read = brief(readAll(formatWith(account(['iban'], 'iban')), [gone!, renamed!, deleted!]));
  expect(read).toEqual([
    [['InstallmentChanged', 'bank/core/GB00BANK0004', { installmentNumber: 1, currency: 'EUR', removed: true }]],
    [['InstallmentChanged', 'bank/core/GB00BANK0444', expect.objectContaining({ principal: { due: '7' } })]],
    [['InstallmentChanged', 'bank/core/GB00BANK0444', { installmentNumber: 1, currency: 'EUR', removed: true }]],
  ]);
  // A primary key that moves is a plain update there, without a word of the old one: no fact may be known by it.
  expect(() => formatWith(account(['iban'], 'id'))).toThrow(/core\.account .* column id, which is not in its replica identity \(iban\)/);
});

it('5 (trap 10): BEGIN, END and events of a transaction have ids of their own; they meet on the part before the colon', () => {
  for (const messages of [off, on]) {
    const format = formatWith(undefined, [...new Set(messages.map(({ topic }) => topic))]);
    const of = (message: (typeof off)[number]) => format.joined!.of(messageOf(message));
    const end = ofTable(messages, 'transaction').find(({ value }) => /END/.test(value!) && /"830:/.test(value!))!;
    expect(of(end)).toEqual({ transaction: '830', parts: { 'core.installment': 6, 'core.payment': 1, 'core.loan': 1 } });
    const row = of(table('installment', messages)[0]!);
    expect(row).toEqual({ transaction: '830', part: 'core.installment', order: 1 });
    expect(
      ofTable(messages, 'transaction')
        .filter(({ value }) => /BEGIN/.test(value!))
        .map(of),
    ).not.toContainEqual(expect.anything());
  }
});

it('6 (trap 10): a key change counts two, a logical message has a Java object for its table, and other tables are not waited for', () => {
  const format = formatWith(undefined, [...new Set(off.map(({ topic }) => topic))]);
  const parts = new Map(
    ofTable(off, 'transaction')
      .map((message) => format.joined!.of(messageOf(message)))
      .flatMap((of) => (of && 'parts' in of ? [[of.transaction, of.parts] as const] : [])),
  );
  expect(parts.get('837')).toEqual({ 'core.installment': 2 });
  expect(parts.get('852')).toEqual({}); // io.debezium…LogicalDecodingMessageId@54ffc924
  expect(parts.get('844')).toEqual({}); // core.journal
  const seen = new Map<string, Record<string, number>>();
  for (const message of off) {
    const of = format.joined!.of(messageOf(message));
    if (!of || 'parts' in of) continue;
    const counts = seen.get(of.transaction) ?? {};
    seen.set(of.transaction, { ...counts, [of.part]: (counts[of.part] ?? 0) + 1 });
  }
  for (const [transaction, expected] of parts) expect([transaction, seen.get(transaction) ?? {}]).toEqual([transaction, expected]);
});

it('7 (trap 11): a truncate is parked with the table it emptied, for it says no row; of a table that is not mapped it says nothing', () => {
  const truncates = off.filter(({ value }) => value && JSON.parse(value).op === 't');
  expect(truncates.map(({ key }) => key)).toEqual([null, null, null]);
  expect(readAll(formatWith(), truncates)).toEqual([
    expect.stringMatching(/^TRUNCATE core\.installment/),
    expect.stringMatching(/^TRUNCATE core\.payment/),
    [],
  ]);
});

it('8 (trap 12): NaN and infinities are no amounts, as decimals or as doubles', () => {
  const unfit = /^COLUMN core\.edge\.\w+ is (no finite number|a number and not a decimal|a floating-point number: set decimal)/;
  const reads = (column: string, messages: typeof off) => readAll(formatWith(edge('value', { column })), table('edge', messages));
  for (const [column, rows] of [
    ['n', [8]],
    ['nu', [5, 6, 7]],
    ['f', [0, 1, 2, 3, 9]],
  ] as const)
    for (const row of rows) expect(reads(column, off)[row]).toMatch(unfit);
  expect(reads('n', on)[2]).toMatch(unfit);
  for (const read of reads('f', on)) expect(read).toMatch(/is a floating-point number: set decimal\.handling\.mode=string$/);
});

it('9 (trap 13): infinite and far-off dates and times are no dates, in whatever form; an ordinary one is', () => {
  const rows = table('edge');
  for (const [column, unit] of [
    ['d', undefined],
    ['ts', 'micros'],
    ['tstz', undefined],
  ] as const) {
    const reads = readAll(formatWith(edge('valuedOn', { column, ...(unit ? { unit } : {}) })), rows);
    for (const i of [0, 1, 2, 3, 4]) expect(reads[i]).toMatch(new RegExp(`^COLUMN core\\.edge\\.${column} is (no|not a) date`));
    expect(reads[9]).toMatchObject([{ data: { valuedOn: '2026-01-01' } }]);
  }
  // ±2^63 microseconds came whole, and not rounded to a float.
  expect(readAll(formatWith(edge('description', { column: 'ts' })), rows.slice(0, 2))).toMatchObject([
    [{ data: { description: '9223372036854775807' } }],
    [{ data: { description: '-9223372036854775808' } }],
  ]);
});

it('10 (trap 14): an interval is refused, because a month came as 30.4375 days', () => {
  const grace = (mapping: any) => (mapping.tables['core.installment'].facts[0].data.installmentNumber = { column: 'grace' });
  expect(readAll(formatWith(grace), table('installment', on).slice(0, 1))).toEqual([
    expect.stringMatching(/^COLUMN core\.installment\.grace is an interval/),
  ]);
  expect(readAll(formatWith(grace), table('installment').slice(0, 1))).toEqual([
    expect.stringMatching(/^DATA core\.installment .*installmentNumber/),
  ]);
});

it('11 (trap 15): a binary decimal takes its scale from its schema, from the mapping, or is refused with its column', () => {
  const first = table('installment')[0]!;
  const precise = changed(first, (payload) => (payload.after.amount = 'AL68IA==')); // 12500000, scale 4
  expect(readAll(formatWith(), [precise])).toEqual([expect.stringMatching(/^COLUMN core\.installment\.amount is not a decimal/)]);
  const scaled = formatWith((mapping) => (mapping.tables['core.installment'].facts[0].data.principal.due.scale = 4));
  expect(readAll(scaled, [precise])).toMatchObject([[{ data: { principal: { due: '1250' } } }]]);
  const withSchema = (() => {
    const message = table('installment', on)[0]!;
    const whole = JSON.parse(message.value!);
    const amount = whole.schema.fields[1].fields.find(({ field }: { field: string }) => field === 'amount');
    Object.assign(amount, { type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal', version: 1, parameters: { scale: '4' } });
    whole.payload.after.amount = 'AL68IA==';
    return { ...message, value: JSON.stringify(whole) };
  })();
  expect(readAll(formatWith(), [withSchema])).toMatchObject([[{ data: { principal: { due: '1250' } } }]]);
  const variable = changed(first, (payload) => (payload.after.amount = { scale: 2, value: 'AeJA' })); // 123456
  expect(readAll(formatWith(), [variable])).toMatchObject([[{ data: { principal: { due: '1234.56' } } }]]);
});

it('12 (traps 16–18): the same row says the same with schemas and without, with its digits unharmed', () => {
  for (const name of ['loan', 'payment', 'customer']) {
    const [a, b] = [table(name)[0]!, table(name, on)[0]!];
    const said = (message: typeof a) => brief(readAll(formatWith(), [message]));
    expect(said(a)).toEqual(said(b));
    expect(said(a)[0]).toHaveLength(1);
  }
  const long = changed(table('loan')[0]!, (payload) => (payload.after.id = 'NUMBER'));
  const exact = { ...long, value: long.value!.replace('"NUMBER"', '9007199254740993') };
  expect(readAll(formatWith(), [exact])).toMatchObject([
    [{ aggregateid: 'bank/core/9007199254740993', data: { accountNo: '9007199254740993' } }],
  ]);
});

it('13 (trap 19): one bad row is parked with a reason that names its column and not its value, and the rows around it are read', () => {
  const rows = readAll(formatWith(edge('valuedOn', { column: 'd' })), table('edge'));
  expect(rows.filter((each) => typeof each !== 'string')).toHaveLength(1);
  for (const { value } of table('edge'))
    for (const row of rows.filter((each) => typeof each === 'string'))
      expect(row).not.toContain(String(JSON.parse(value!).after.d ?? 'none'));
});

it('14 (trap 20): what is deleted goes, line by line and payment by payment; an account whose row is gone is stale and not settled', () => {
  const deleted = table('loan')[7]!;
  expect(brief(readAll(formatWith(), [deleted]))).toEqual([
    [['LoanAccountStale', 'bank/core/1010', { reason: expect.stringMatching(/gone at the source/) }]],
  ]);
  const parked = formatWith((mapping) => delete mapping.tables['core.customer'].onDelete);
  const gone = changed(table('customer')[7]!, () => {});
  expect(readAll(parked, [{ ...gone, headers: {} }])).toEqual([expect.stringMatching(/^DELETE core\.customer/)]);
  expect(readAll(formatWith(), [{ ...gone, headers: {} }])).toEqual([[]]);
});

it('15 (key changes): a rename is told by its second half alone: the old number goes, the new one comes, and nothing is closed', () => {
  for (const messages of [off, on]) {
    const [first, , second] = table('installment', messages).filter(({ headers, value }) => Object.keys(headers).length || value === null);
    expect(readAll(formatWith(), [first!])).toEqual([[]]);
    expect(brief(readAll(formatWith(), [second!]))).toEqual([
      [
        ['InstallmentChanged', 'bank/core/100', { installmentNumber: 5, currency: 'EUR', removed: true }],
        ['InstallmentChanged', 'bank/core/100', expect.objectContaining({ installmentNumber: 50, dueDate: '2026-06-10' })],
      ],
    ]);
  }
  const loan = table('loan')[6]!;
  expect(brief(readAll(formatWith(), [loan]))).toEqual([
    [
      ['LoanAccountStale', 'bank/core/101', expect.anything()],
      ['LoanAccountSnapshotted', 'bank/core/1010', expect.objectContaining({ loanAccountId: '1010', status: 'ACTIVE' })],
    ],
  ]);
  // A loan that is known by a number of its own is the same loan whatever its key.
  const byReference = formatWith((mapping) => {
    mapping.tables['core.loan'].facts[0].loan = { column: 'customer_id' };
    mapping.tables['core.loan'].facts[0].data.accountNo = { column: 'customer_id' };
  });
  expect(brief(readAll(byReference, [loan]))).toEqual([[['LoanAccountSnapshotted', 'bank/core/3', expect.anything()]]]);
});

it('tells snapshot reads as replays, whether the word is a boolean or one of several', () => {
  const read = readAll(formatWith(), [table('loan')[0]!, table('customer')[0]!]).flat();
  expect(read).toMatchObject([{ replay: true }, { replay: true }]);
  const update = table('loan')[3]!;
  expect(readAll(formatWith(), [update])[0]).not.toMatchObject([{ replay: true }]);
  for (const [word, replay] of [
    [true, true],
    ['incremental', true],
    [false, undefined],
    ['false', undefined],
    [null, undefined],
  ] as const)
    expect(
      readAll(formatWith(), [changed(update, (payload) => (payload.source.snapshot = word))]).map(([event]: any) => event.replay),
    ).toEqual([replay]);
});

it('orders by the log: digits of lsn, or of file and position, with an id of its own for everything at one place', () => {
  const mapped = ['customer', 'loan', 'installment', 'payment'];
  const events = readAll(
    formatWith(),
    mapped.flatMap((name) => table(name)),
  ).flatMap((each) => (typeof each === 'string' ? [] : each));
  expect(events.length).toBeGreaterThan(20);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const { id, sequence } of events) expect([id.startsWith(`${sequence}.`), /^\d{1,18}$/.test(sequence)]).toEqual([true, true]);
  const mysql = changed(table('loan')[3]!, ({ source }) => {
    delete source.lsn;
    Object.assign(source, { connector: 'mysql', file: 'mysql-bin.000123', pos: 4294967295, row: 7 });
  });
  expect(readAll(formatWith(), [mysql])).toMatchObject([[{ sequence: '1234294967295', id: expect.stringContaining('.200000007.') }]]);
  const nowhere = changed(table('loan')[3]!, ({ source }) => delete source.lsn);
  expect(readAll(formatWith(), [nowhere])).toEqual([expect.stringMatching(/^SOURCE has neither lsn nor file/)]);
  const far = changed(table('loan')[3]!, ({ source }) => (source.lsn = '9'.repeat(19)));
  expect(readAll(formatWith(), [far])).toEqual([expect.stringMatching(/^SOURCE lsn has more than 18 digits/)]);
});

it('reads what ExtractNewRecordState leaves, by the table of its topic', () => {
  const topics = [...new Set(off.map(({ topic }) => topic))];
  for (const name of ['loan', 'installment', 'payment', 'customer'])
    for (const message of table(name).filter(({ value }) => value && JSON.parse(value).op !== 't')) {
      const [whole] = readAll(formatWith(undefined, topics), [message]);
      const [flat] = readAll(formatWith(undefined, topics), [flattened(message)]);
      // Without `before` a full row that is gone, or was moved, is known by its key.
      expect([name, flat]).toEqual([name, typeof whole === 'string' ? expect.any(String) : whole]);
    }
  const row = flattened(table('loan')[3]!);
  expect(formatWith(undefined, topics).joined!.of(messageOf(row))).toEqual({ transaction: '830', part: 'core.loan', order: null });
});

it('takes a column that the table does not have yet or any more for none, and says so where it is needed', () => {
  const [read] = readAll(formatWith(), [table('customer')[0]!]);
  expect(read).toMatchObject([{ type: 'BorrowerUpdated' }]);
  expect((read as any)[0].data).not.toHaveProperty('segment');
  expect(readAll(formatWith(), [table('customer')[10]!])).toMatchObject([[{ data: { segment: 'sme' } }]]);
  const dropped = changed(table('loan')[3]!, ({ after }) => delete after.principal);
  expect(readAll(formatWith(), [dropped])).toEqual(['COLUMN core.loan.principal is not in the row']);
});

it('makes events that the published schemas accept, out of all that was recorded', () => {
  for (const messages of [off, on])
    for (const events of readAll(formatWith(), messages))
      if (typeof events !== 'string')
        for (const { type, data, id, aggregateid, effectivedate } of events) {
          const { isValid } = publishedEvent(type);
          expect([isValid(data), isValid.errors]).toEqual([true, null]);
          expect(id.length).toBeLessThan(80);
          expect(aggregateid).toMatch(/^bank\/core\//);
          expect(effectivedate).toMatch(/^\d{4}-\d\d-\d\d$/);
        }
});
