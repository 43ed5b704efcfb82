// Whatever is done to a message, reading it throws nothing: it gives events that the published schemas accept, or a reason.
import fc from 'fast-check';
import { publishedEvent } from '../../connectors/core-banking/debezium/published.js';
import { toFact } from '../../src/events/to-fact.js';
import { formatWith, goldenOf, messageOf } from '../support/golden-debezium.js';

const messages = [...goldenOf('off'), ...goldenOf('on')].filter(({ value }) => value !== null);
const topics = [...new Set(messages.map(({ topic }) => topic))].filter((topic) => topic.startsWith('off'));
const formats = [
  formatWith(undefined, topics),
  formatWith((mapping) => {
    mapping.tables['core.installment'].replicaIdentity = 'full';
    mapping.tables['core.payment'].replicaIdentity = ['loan_id', 'id'];
    mapping.tables['core.customer'].facts[0].data.address = { column: 'notes' };
  }),
];

/** Every path of a JSON value. */
function paths(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, each]) => paths(each, [...at, name]))];
}

function put(value: any, [name, ...rest]: string[], change: (was: unknown) => unknown): any {
  if (name === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const changed = put(copy[name], rest, change);
  if (changed === undefined) delete copy[name];
  else copy[name] = changed;
  return copy;
}

const odd = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'NaN',
    'NAN',
    '__debezium_unavailable_value',
    'infinity',
    '1e400',
    1e300,
    -1,
    0,
    2 ** 63,
    'c',
    'd',
    't',
    'END',
    '/',
    [],
    {},
  ),
  fc.string(),
  fc.double(),
  fc.bigInt(-(2n ** 70n), 2n ** 70n).map(String),
  fc.base64String(),
  fc.jsonValue(),
);

function check(key: Buffer | null, value: Buffer, headers: Record<string, string>, topic: string): void {
  for (const format of formats) {
    const message = { ...messageOf(messages[0]!), topic, key, value, headers };
    const read = format.read(message);
    format.joined?.of(message);
    if ('unreadable' in read)
      expect(read.unreadable).toMatch(/^(TOO_LARGE|NOT_JSON|NOT_A_CHANGE_EVENT|SOURCE|TRUNCATE|DELETE|IDENTITY|COLUMN|DATA)/);
    else
      for (const event of read.events) {
        expect([event.type, publishedEvent(event.type).isValid(event.data)]).toEqual([event.type, true]);
        expect(event.sequence).toMatch(/^\d{1,18}$/);
        expect(toFact(event)).toBeDefined();
      }
  }
}

it('with fields that are gone, odd or of another kind', () => {
  fc.assert(
    fc.property(
      fc.nat(messages.length - 1),
      fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }),
      fc.nat(4),
      (which, changes, header) => {
        const { key, value, headers, topic } = messages[which]!;
        let json: any = JSON.parse(value!);
        for (const [where, to] of changes) {
          const all = paths(json);
          json = put(json, all[where % all.length]!, () => to);
        }
        const text = JSON.stringify(json) ?? '';
        const keys: Record<string, string> =
          header === 0 ? { '__debezium.oldkey': '{"id":1}' } : header === 1 ? { '__debezium.newkey': '{"loan_id":null}' } : {};
        check(header === 2 ? null : Buffer.from(key ?? '{}'), Buffer.from(text), { ...headers, ...keys }, topic);
      },
    ),
    // A line numbered 0 that is deleted, once found.
    {
      numRuns: 3_000,
      examples: [
        [
          25,
          [
            [53731427, '0'],
            [42695714, []],
          ],
          0,
        ],
      ],
    },
  );
}, 120_000);

it('with bytes that are lost, doubled or turned', () => {
  fc.assert(
    fc.property(fc.nat(messages.length - 1), fc.nat(), fc.nat(255), fc.constantFrom('cut', 'turn', 'double'), (which, where, byte, how) => {
      const { key, value, headers, topic } = messages[which]!;
      const bytes = Buffer.from(value!);
      const at = where % bytes.length;
      if (how === 'turn') bytes[at] = byte;
      const spoilt = how === 'cut' ? bytes.subarray(0, at) : how === 'double' ? Buffer.concat([bytes, bytes.subarray(at)]) : bytes;
      check(key === null ? null : Buffer.from(key), spoilt, headers, topic);
    }),
    { numRuns: 2_000 },
  );
}, 120_000);

it('with five megabytes of text in a column', () => {
  const text = JSON.stringify({
    before: null,
    after: { id: 'x'.repeat(4_900_000), note: '\\"'.repeat(10_000) },
    op: 'c',
    source: { lsn: 1, table: 'none', schema: 'core', ts_ms: 1 },
  });
  expect(formats[0]!.read({ ...messageOf(messages[0]!), value: Buffer.from(text) })).toEqual({ events: [] });
  expect(formats[0]!.read({ ...messageOf(messages[0]!), value: Buffer.alloc(5_000_001, 'x') })).toEqual({
    unreadable: expect.stringMatching(/^TOO_LARGE/),
  });
});
