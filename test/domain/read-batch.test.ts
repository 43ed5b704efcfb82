// A batch ends where a new business date begins; a source that says no business date is never ahead of one.
import type { KafkaMessage } from 'kafkajs';
import { readBatch } from '../../src/events/read-batch.js';

const event = (over: object) => ({
  id: 'a',
  source: '/core',
  type: 'LoanAccountStale',
  time: '2026-11-22T03:04:05Z',
  tenantid: 't',
  aggregateid: 't/core/L1',
  sequence: '1',
  effectivedate: '2026-11-22',
  data: { reason: 'x' },
  ...over,
});
const format = { read: ({ value }: { value: Buffer | null }) => ({ events: [JSON.parse(value!.toString())] }) };
const read = (...events: object[]) =>
  readBatch(
    't',
    0,
    events.map((each, i) => ({ offset: String(i), key: null, value: Buffer.from(JSON.stringify(each)) }) as KafkaMessage),
    new Map([['t', '2025-01-31']]),
    format,
    100,
  );

it('takes a fact without a business date, however far the books are behind the day on which it was told', () =>
  expect(read(event({}))).toMatchObject({ facts: [{ id: 'a' }], unreadable: [], reached: null }));

it('parks a fact whose business date is further ahead than any calendar', () =>
  expect(read(event({ businessdate: '2026-11-22' }))).toMatchObject({
    facts: [],
    unreadable: [{ reason: expect.stringMatching(/^BUSINESS_DATE_TOO_FAR/) }],
  }));

it('ends before the fact of a later business date', () =>
  expect(read(event({}), event({ id: 'b', businessdate: '2025-02-01' }), event({ id: 'c' }))).toMatchObject({
    taken: 1,
    reached: { tenant: 't', businessDate: '2025-02-01' },
  }));
