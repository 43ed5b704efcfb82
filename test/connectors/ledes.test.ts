// LEDES files, strictly: each problem by line, column and code; what is right is read to the last decimal and written again.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { columns1998B, columns98BI } from '../../connectors/law-firm/ledes/columns.js';
import { mostBytes, mostLines, readLedes } from '../../connectors/law-firm/ledes/read.js';
import { readSubmission } from '../../connectors/law-firm/ledes/submitted.js';
import { LedesFault, writeLedes } from '../../connectors/law-firm/ledes/write.js';
import { badLedes, good1998B, good98BI, header1998B as header, rawLedes as raw, rows1998B, type Row } from '../support/ledes.js';

const codes = (text: string) => readLedes(text).problems.map(({ line, column, code }) => [line, column, code]);

it('has the columns of the two formats', () => expect([columns1998B.length, columns98BI.length]).toEqual([24, 52]));

it('reads a good file of either format', () => {
  const plain = readLedes(good1998B());
  expect(plain).toMatchObject({ format: 'LEDES1998B', problems: [], problemCount: 0 });
  expect(plain.invoices).toEqual([
    expect.objectContaining({
      number: '2026-17',
      date: '2026-05-31',
      billingFrom: '2026-05-01',
      billingTo: '2026-05-31',
      total: '912.50',
      currency: null,
      taxTotal: null,
      lines: [
        expect.objectContaining({
          line: 3,
          number: '1',
          type: 'F',
          units: '2.5',
          unitCost: '300',
          total: '750.00',
          on: '2026-05-12',
          classification: 'ASSOC',
        }),
        expect.objectContaining({ line: 4, number: '2', type: 'E', adjustment: '-12.5', expenseCode: 'E112', timekeeperId: null }),
      ],
    }),
  ]);
  const abroad = readLedes(good98BI());
  expect(abroad).toMatchObject({ format: 'LEDES98BI V2', problems: [] });
  expect(abroad.invoices[0]).toMatchObject({ currency: 'IDR', taxTotal: '75.00', netTotal: '912.50', total: '987.50' });
  expect(abroad.invoices[0]!.lines.map(({ taxTotal }) => taxTotal)).toEqual(['75.00', '0']);
});

it('reads several invoices of one file apart', () => {
  const second = rows1998B({ INVOICE_NUMBER: '2026-18' });
  expect(
    readLedes(writeLedes('LEDES1998B', [...rows1998B(), ...second])).invoices.map(({ number, lines }) => [number, lines.length]),
  ).toEqual([
    ['2026-17', 2],
    ['2026-18', 2],
  ]);
});

const fee = rows1998B()[0]!;
it.each([...badLedes])('names %s', (_, text, expected) => expect(codes(text)).toEqual(expected));

it('names each fault of a file that is bad all over, and none of what it holds', () => {
  const long = '96543965439654396543123';
  const bad: Row = {
    ...Object.fromEntries(columns1998B.map(({ name }) => [name, long])),
    INVOICE_DATE: '19990299',
    LAW_FIRM_MATTER_ID: '',
    INVOICE_TOTAL: '1250.123123',
    BILLING_START_DATE: '19990199',
    BILLING_END_DATE: '19990199',
    'EXP/FEE/INV_ADJ_TYPE': 'A',
    LINE_ITEM_NUMBER_OF_UNITS: '1',
    LINE_ITEM_ADJUSTMENT_AMOUNT: '1250.12311',
    LINE_ITEM_TOTAL: '1250.123123',
    LINE_ITEM_DATE: '19990199',
    LINE_ITEM_UNIT_COST: '',
    TIMEKEEPER_NAME: long.repeat(2),
    INVOICE_DESCRIPTION: 'Retainer',
    LINE_ITEM_DESCRIPTION: 'Secret',
  };
  const { problems, problemCount, invoices } = readLedes(raw([bad, bad], { names: header.replace('INVOICE_DATE', 'INVOIC_DATE') }));
  const spoilt = problems.filter(({ line }) => line === 3).map(({ column }) => column);
  const fine = ['INVOICE_DESCRIPTION', 'LINE_ITEM_NUMBER_OF_UNITS', 'LINE_ITEM_DESCRIPTION', 'LINE_ITEM_UNIT_COST'];
  expect(spoilt).toEqual(columns1998B.map(({ name }) => name).filter((name) => !fine.includes(name)));
  expect([problemCount, invoices]).toEqual([2 * spoilt.length + 1, []]);
  expect(JSON.stringify(problems)).not.toMatch(/Secret|96543/);
});

it('reads no more than it may, and counts what it does not list', () => {
  expect(codes('x'.repeat(mostBytes + 1))).toEqual([[1, null, 'TOO_LARGE']]);
  expect(codes(raw(Array(mostLines + 1).fill({})))).toEqual([[mostLines + 3, null, 'TOO_MANY_LINES']]);
  const many = readLedes(raw(Array(500).fill({ ...fee, LAW_FIRM_ID: '' })));
  expect([many.problems.length, many.problemCount]).toEqual([100, 500]);
});

it('never throws, whatever comes', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('LEDES1998B[]', 'LEDES98BI V2[]', `${header}[]`, raw([fee]), '|', '[]', '\r', '\n', '\u0000'), {
        maxLength: 8,
      })
      .map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(odd, (text) => expect(readLedes(text).problemCount).toBeGreaterThanOrEqual(0)),
    { numRuns: 300 },
  );
});

it('reads what it writes: any amounts and words', () => {
  const decimal = (whole: number) =>
    fc.tuple(fc.boolean(), fc.nat(10 ** whole - 1), fc.integer({ min: 0, max: 4 }), fc.nat(9999)).map(([less, n, places, rest]) => {
      const fraction = String(rest).padStart(4, '0').slice(0, places);
      return `${less ? '-' : ''}${n}${places ? `.${fraction}` : ''}`;
    });
  const words = fc.string({ maxLength: 60 }).map((text) => text.replace(/[|[\]]/g, '').replace(/[^\x20-\x7e]/g, ''));
  fc.assert(
    fc.property(decimal(6), decimal(6), words, (total, unitCost, description) => {
      const row = { ...fee, LINE_ITEM_TOTAL: total, LINE_ITEM_UNIT_COST: unitCost, LINE_ITEM_DESCRIPTION: description };
      const [line] = readLedes(writeLedes('LEDES1998B', [row])).invoices[0]!.lines;
      expect(line).toMatchObject({ total, unitCost, description });
    }),
  );
});

it.each<[Row, string]>([
  [{ INVOICE_DATE: '2026-05-31' }, 'INVOICE_DATE'],
  [{ LINE_ITEM_DESCRIPTION: 'a|b' }, 'LINE_ITEM_DESCRIPTION'],
  [{ LAW_FIRM_ID: '' }, 'LAW_FIRM_ID'],
  [{ INVOICE_CURRENCY: 'USD' }, 'INVOICE_CURRENCY'],
])('writes no file with %j', (over, column) => {
  expect(() => writeLedes('LEDES1998B', rows1998B(over))).toThrow(LedesFault);
  expect(() => writeLedes('LEDES1998B', rows1998B(over))).toThrow(column);
});

it('takes a file with a callback only with its hash, and one that is no LEDES too', () => {
  const about = {
    type: 'invoice.submitted',
    deliveryId: 'handoff_0000000000000001',
    partnerRef: 'X',
    sequence: 1,
    occurredAt: '2026-01-01T00:00:00Z',
  };
  const bytes = Buffer.from(good1998B());
  const { sha256 } = readLedes(good1998B());
  const data = { fileName: 'a.txt', sha256, content: bytes.toString('base64') };
  expect(readSubmission({ ...about, data })).toMatchObject({ callback: { data: { file: { problemCount: 0 } } } });
  for (const wrong of [{ sha256: 'a'.repeat(64) }, { content: '***' }, { fileName: '../x' }, { sha256: 1 }, { content: undefined }])
    expect(readSubmission({ ...about, data: { ...data, ...wrong } })).toEqual({ problem: expect.stringMatching(/^\/data\//) });
});

/** An independent parser, where a Python that has PyPI ledes-parser 1.5.1 is named. It misses required fields and lengths. */
const python = process.env['LEDES_CHECK'];
(python ? it : it.skip)('agrees with ledes-parser on good and bad files', () => {
  const judge = (text: string): boolean => {
    const program = 'import sys\nfrom ledes_parser import get_parser\nget_parser(spec="LEDES98B").parse(sys.stdin.read())';
    try {
      execFileSync(python!, ['-W', 'ignore', '-c', program], { input: text, stdio: ['pipe', 'pipe', 'pipe'] });
      return true;
    } catch {
      return false;
    }
  };
  const files = [
    good1998B(),
    raw([fee], { first: 'LEDES1998BB[]' }),
    raw([fee], { names: header.replace('INVOICE_DATE', 'INVOIC_DATE') }),
    raw([{ ...fee, INVOICE_DATE: '2026-05-31' }]),
    raw([fee], { columns: columns1998B.slice(0, 23) }),
    raw([fee], { end: '' }),
  ];
  expect(files.map((text) => judge(text))).toEqual(files.map((text) => readLedes(text).problemCount === 0));
});
