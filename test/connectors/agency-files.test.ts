// Files for agencies without an API: what is written is read again, and whatever is wrong with a file is named by its line.
import { readPlacementFile, writePlacementFile, type PlacementInFile } from '../../connectors/agency/placement-file.js';
import { readStatusFile, statusColumns } from '../../connectors/agency/status-file.js';
import type { PlacementOrder } from '../../connectors/contract/agency.js';
import { orderOf } from '../../src/conformance/samples.js';

const order = orderOf('AGENCY', 'placeCase') as PlacementOrder;
const [account] = order.itemisation;
const yen = (amount: string) => ({ amount, currency: 'JPY' });
const placements: PlacementInFile[] = [
  { placementRef: 'handoff_0000000000000001', order },
  {
    placementRef: 'handoff_0000000000000002',
    order: {
      ...order,
      debtor: { ref: 'B2', name: 'A "quoted", name', phones: [] },
      itemisation: [
        account!,
        {
          ...account!,
          accountRef: 'J',
          principal: yen('10'),
          interest: yen('1'),
          fees: yen('0'),
          payments: yen('0'),
          credits: yen('2'),
          total: yen('11'),
        },
      ],
    },
  },
];
const file = writePlacementFile(placements);
const lines = file.trimEnd().split('\n');

it('what is written is read again, with trailers that an agency adds up for itself', () => {
  const read = readPlacementFile(file);
  expect(read).toMatchObject({
    accounts: [
      {
        placement_ref: 'handoff_0000000000000001',
        total: '1265000.50',
        remittance: 'GROSS',
        contact_days: '1;2;3;4;5;6',
        days_past_due: '108',
      },
      { debtor_name: 'A "quoted", name', phones: '' },
      { account_ref: 'J', currency: 'JPY', total: '11' },
    ],
  });
  expect(lines.slice(4).map((line) => line.replaceAll(/,+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^T 2 IDR 2500000.00 25001.00 5000.00 2530001.00 100000.00 0.00/),
    expect.stringMatching(/^T 1 JPY 10 1 0 11 0 2/),
    'E 5',
  ]);
});

it.each([
  ['a row is lost', [...lines.slice(0, 2), ...lines.slice(3)], /the end counts 5 rows and there are 4/],
  [
    'an amount was changed',
    [lines[0]!, lines[1]!.replace('1265000.50', '1265000.51'), ...lines.slice(2)],
    /IDR: the trailer says total 2530001.00, the rows 2530001.01/,
  ],
  ['a trailer is lost', [...lines.slice(0, 5), 'E,,,,,,,,,,,,,4' + ','.repeat(18)], /JPY has no trailer/],
  ['the end is lost', lines.slice(0, -1), /the file has no end/],
  ['columns are others', ['record,x', ...lines.slice(1)], /the columns must be/],
  ['a row is short', [lines[0]!, 'A,1', ...lines.slice(1)], /has 2 fields in place of 32/],
  ['it is no CSV', [lines[0]!, '"', ...lines.slice(1)], /is no CSV/],
  ['it is empty', [''], /the columns must be/],
])('it is not loaded when %s', (_, wrong, problem) => {
  const read = readPlacementFile(wrong.join('\n')) as { problems: { problem: string }[] };
  expect(read.problems.map((each) => each.problem).join('; ')).toMatch(problem);
});

const row = (fields: Partial<Record<(typeof statusColumns)[number], string>>) =>
  statusColumns
    .map(
      (column) =>
        ({
          record: 'N',
          placement_ref: 'handoff_0000000000000001',
          agency_ref: 'A-1',
          sequence: '1',
          occurred_at: '2026-03-01T10:00:00Z',
          ...fields,
        })[column] ?? '',
    )
    .join(',');
const status = (...rows: string[]) => readStatusFile([statusColumns.join(','), ...rows].join('\n'));
const end = (count: number) => statusColumns.map((column) => ({ record: 'E', sequence: String(count) })[column as string] ?? '').join(',');

it('news of a file are what callbacks would have brought', () => {
  const promised = { promised_amount: '50000.00', promised_currency: 'IDR', promised_on: '2026-03-10' };
  expect(
    status(
      row({ event: 'ACKNOWLEDGED' }),
      row({ event: 'STATUS', sequence: '2', calls: '3', complaints: '0', contact: 'RIGHT_PARTY', reason: 'Pays on Friday', ...promised }),
      row({ event: 'RECALL_OBJECTED', sequence: '3', reason: 'It is promised', ...promised }),
      row({ event: 'CLOSED', sequence: '4', code: 'PAID' }),
      end(4),
    ),
  ).toMatchObject({
    news: [
      { line: 2, callback: { type: 'placement.acknowledged', deliveryId: 'handoff_0000000000000001', sequence: 1, data: {} } },
      {
        callback: {
          type: 'placement.status',
          data: { activity: { calls: 3 }, complaints: 0, note: 'Pays on Friday', promise: { dueOn: '2026-03-10' } },
        },
      },
      { callback: { type: 'placement.recallObjected', data: { reason: 'It is promised' } } },
      { line: 5, callback: { type: 'placement.closed', data: { code: 'PAID' } } },
    ],
  });
});

it('all that is wrong with a file is named, line by line, and nothing of it is taken', () => {
  const read = status(
    row({ event: 'STATUS', calls: '-1' }),
    row({ event: 'STATUS', sequence: '1', contact: 'MET' }),
    row({ event: 'CLOSED', sequence: '2' }),
    row({ event: 'ACKNOWLEDGED', sequence: '3', code: 'PAID' }),
    row({ event: 'GONE', sequence: '0', occurred_at: '2026-02-30', placement_ref: "'; drop table" }),
    row({ event: 'STATUS', sequence: '5', promised_amount: '1,5' }),
    end(9),
  ) as { problems: { line: number; problem: string }[] };
  const named = read.problems.map(({ line, problem }) => `${line} ${problem}`);
  expect(named).toEqual([
    '2 calls is no count',
    '3 placement_ref and sequence are there twice',
    "4 /data must have required property 'code'",
    '5 code is nothing that ACKNOWLEDGED brings',
    '6 placement_ref is no placement',
    '6 sequence is no number above zero',
    '6 occurred_at is no instant in UTC',
    '6 event must be one of ACKNOWLEDGED, REFUSED, STATUS, RECALL_OBJECTED, RECALLED, RETURNED, CLOSED',
    '7 has 18 fields in place of 17',
    '8 the end counts 9 rows and there are 6',
  ]);
});
