// SLIK, the debtor information of Indonesia's OJK, by SEOJK 11/SEOJK.01/2024: one text file a segment, each with its counts in front.
import { explanations } from './explanations.js';
import { FileFault, type BureauFile, type BureauFileFormat, type FileHeader, type FileRecord } from '../../bureau-file.js';
import { keysOf, readAcknowledgement } from './acknowledgement.js';
import { reporterTypes } from './codes.js';
import { checkRows, rowsOf, segments, type Segment } from './rows.js';

const chunkLength = 65_536;

/**
 * Segments D01, D02 (always empty), F01, F06, A01 and P01 of a month, named `<type 4>.<code 6>.<YYYY>.<MM>.<segment>.<sequence>.txt`; all have the sequence
 * of the header. UTF-8, lines end in CR LF, columns are parted by bars; the first line is `H|type|code|year|month|segment|rows in file|rows in segment`,
 * and there is no last one. Sums are whole rupiah, each rounded alone, halves up. The codes that tenants have to set are named in `codes.ts`.
 * Records are counted, and their faults thrown, before the first byte of the first file. Totals: `{ jumlahDataFile, jumlahDataSegmen }`.
 */
export function createSlikFormat(): BureauFileFormat {
  return {
    id: 'slik',
    files(header, records) {
      assertHeader(header);
      let counting: Promise<Counts> | null = null;
      const counts = () => (counting ??= countRows(header, records()));
      return segments.map((segment) => fileOf(segment, header, records, counts));
    },
    readAcknowledgement,
    acknowledgementKeys: keysOf,
    explanations,
    changeOfNumber: 'NEVER',
    check: checkRows,
  };
}

type Counts = Readonly<Record<Segment, number>>;

function fileOf(segment: Segment, header: FileHeader, records: () => AsyncIterable<FileRecord>, counts: () => Promise<Counts>): BureauFile {
  const { code, type = '' } = header.reporter;
  const [year, month] = header.period.to.split('-');
  let count: number | null = null;
  return {
    name: `${type}.${code}.${year}.${month}.${segment}.${header.sequence}.txt`,
    part: segment,
    async *bytes() {
      const expected = (await counts())[segment];
      let text = `H|${type}|${code}|${year}|${month}|${segment}|${expected}|${expected}\r\n`;
      let written = 0;
      for await (const { cells } of rowsOf(header, records(), [segment])) {
        text += `${cells.join('|')}\r\n`;
        written++;
        if (text.length < chunkLength) continue;
        yield Buffer.from(text);
        text = '';
      }
      if (written !== expected)
        throw new Error(`${segment}: ${expected} rows were counted and ${written} written; records have to be the same each time`);
      if (text) yield Buffer.from(text);
      count = written;
    },
    totals() {
      if (count === null) throw new Error(`${segment}: totals are known after the last byte`);
      return { jumlahDataFile: count, jumlahDataSegmen: count };
    },
  };
}

async function countRows(header: FileHeader, records: AsyncIterable<FileRecord>): Promise<Counts> {
  const counts: Record<Segment, number> = { D01: 0, D02: 0, F01: 0, F06: 0, A01: 0, P01: 0 };
  for await (const { segment } of rowsOf(header, records, segments)) counts[segment]++;
  return counts;
}

function assertHeader({ reporter, period, sequence }: FileHeader): void {
  const fault = (field: string, words: string) => {
    throw new FileFault('header', field, 'S1', words);
  };
  if (!reporterTypes.includes(reporter.type ?? '')) fault('reporter.type', `one of ${reporterTypes.join(', ')} expected`);
  if (!/^[0-9A-Za-z]{6}$/.test(reporter.code)) fault('reporter.code', 'six letters or digits expected');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(period.to)) fault('period.to', 'a date expected');
  if (!Number.isSafeInteger(sequence) || sequence < 1) fault('sequence', 'a number from 1 expected');
}
