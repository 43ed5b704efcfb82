// The canonical format: what is right is read, what is wrong is named by its path and never by its value.
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { toFact } from '../../src/events/to-fact.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';

const format = createCanonicalFormat();
const posted = {
  specversion: '1.0',
  id: 'a',
  source: '/core',
  type: 'LoanTransactionPosted',
  time: '2026-01-02T03:04:05Z',
  tenantid: 't',
  aggregateid: 't/core/L1',
  sequence: '1',
  businessdate: '2026-01-02',
  effectivedate: '2026-01-02',
  data: { transactionId: 'x', kind: 'REPAYMENT', valueDate: '2026-01-02', postedDate: '2026-01-02', amount: '12.50', currency: 'IDR' },
};
const message = (value: Buffer | string | null, headers: Record<string, string> = {}) => ({
  topic: 't',
  partition: 0,
  offset: '0',
  key: null,
  value: value === null ? null : Buffer.from(value as string),
  headers,
});
const read = (value: unknown) => {
  const said = format.read(message(typeof value === 'string' ? value : JSON.stringify(value)));
  return 'unreadable' in said ? said : toFact(said.events[0]!);
};
const without = (key: keyof typeof posted) => Object.fromEntries(Object.entries(posted).filter(([name]) => name !== key));

it('reads a right one, its money in minor units', () =>
  expect(read(posted)).toMatchObject({ fact: { id: 'a', sequence: 1n, data: { amount: 1250n, valueOn: '2026-01-02', portions: null } } }));

it('reads binary content mode', () => {
  const { data, ...attributes } = posted;
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
  expect(format.read(message(JSON.stringify(data), headers))).toMatchObject({ events: [{ id: 'a', data }] });
});

it.each([
  ['EMPTY', message(null)],
  ['EMPTY', message('')],
  ['NOT_JSON', message('{"a":')],
  ['NOT_JSON', message('\ufeff{}')],
  ['NOT_JSON', message(Buffer.from([0xff, 0xfe, 0x7b]))],
  ['TOO_LARGE', message(`"${'x'.repeat(1_000_001)}"`)],
])('parks %s', (reason, given) => expect(format.read(given)).toEqual({ unreadable: expect.stringMatching(reason) }));

it.each([
  [/^ENVELOPE/, 7],
  [/^ENVELOPE .*specversion/, { ...posted, specversion: '0.3' }],
  [/^ENVELOPE .*'id'/, without('id')],
  [/^ENVELOPE \/businessdate/, { ...posted, businessdate: '2026-02-30' }],
  [/^ENVELOPE \/sequence/, { ...posted, sequence: '-1' }],
  [/^ENVELOPE \/time/, { ...posted, time: 'yesterday' }],
  [/^UNKNOWN_TYPE$/, { ...posted, type: 'LoanEaten' }],
  [/^DATA \/amount/, { ...posted, data: { ...posted.data, amount: 12.5 } }],
  [/^DATA \/amount/, { ...posted, data: { ...posted.data, amount: '-1.00' } }],
  [/^DATA \/valueDate/, { ...posted, data: { ...posted.data, valueDate: '2026-13-01' } }],
  [/^DATA .*additional/, { ...posted, data: { ...posted.data, colour: 'red' } }],
  [/^DATA \/amount has more decimals than IDR/, { ...posted, data: { ...posted.data, amount: '1.001' } }],
  [/^DATA \/amount has more decimals than JPY/, { ...posted, data: { ...posted.data, amount: '1.5', currency: 'JPY' } }],
])('parks what is wrong with its path: %s', (reason, given) => expect(read(given)).toEqual({ unreadable: expect.stringMatching(reason) }));

it('never repeats a value in its reason', () => {
  const secret = 'Siti 3174010101900001';
  for (const given of [
    { ...posted, sequence: secret },
    { ...posted, type: secret },
    { ...posted, data: { ...posted.data, amount: secret } },
    { ...posted, data: { [secret]: 1 } },
  ])
    expect(JSON.stringify(read(given))).not.toContain(secret);
});

it('reads every event of the demo book, which is the same for the same seed', () => {
  const say = (seed: number) =>
    [...generateBook({ ...demoBook, seed, borrowers: 100, loans: 150 })].flatMap(({ events }) =>
      events.map(({ event }) => JSON.stringify(event)),
    );
  const book = say(1);
  for (const text of book) expect([text, read(text)]).toEqual([text, expect.objectContaining({ fact: expect.anything() })]);
  expect(say(1)).toEqual(book);
  expect(say(2)).not.toEqual(book);
  expect(new Set(book.map((text) => JSON.parse(text).id)).size).toBe(book.length);
  const loans = book.map((text) => JSON.parse(text)).filter(({ type }) => type === 'LoanAccountSnapshotted');
  expect(loans).toHaveLength(150);
  for (const { data } of loans) {
    const cents = (text: string) => BigInt(text.replace('.', ''));
    expect(data.installments.reduce((sum: bigint, each: any) => sum + cents(each.principal.due), 0n)).toBe(cents(data.principal));
  }
});
