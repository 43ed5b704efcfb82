// The second generation of the credit reporting of the People's Bank of China: one file of XML records for each record type of personal loans.
import { explanations } from './explanations.js';
import { FileFault, type BureauFile, type BureauFileFormat, type FileHeader, type FileRecord } from '../../bureau-file.js';
import { keysOf, readFeedback } from './feedback.js';
import { documentsOf, recordTypeOf, recordTypes, type RecordType } from './records.js';

const chunkLength = 65_536;

/**
 * Files of record types 210 to 215, each of a header of 50 bytes with the number of records and then one `<Document>` a line (UTF-8, LF). Names have 34
 * characters: institution (14), `YYYYMMDD`, type, `0`, sequence (3), `0`, `.txt`; the sequence starts anew at 001 after 999. A file with no records, whose total
 * is 0, need not be sent. Compression and encryption to `.enc` are not done here. Persons and CNY only; sums are whole yuan, each rounded alone, halves
 * up. Elements without a value are left out. The codes that tenants have to set are named in `codes.ts`. The words of a note have no element: 215 says which
 * kind of event it is; nor has a mark of dispute. Records are counted, and their faults thrown, before the first byte of the first file. Totals: `{ records }`.
 * Source: entity classes and rule tables of public repositories; the XSD is not public.
 */
export function createPbocFormat(): BureauFileFormat {
  return {
    id: 'pboc',
    files(header, records) {
      assertHeader(header);
      let counting: Promise<Counts> | null = null;
      const counts = () => (counting ??= countDocuments(header, records()));
      return recordTypes.map((type) => fileOf(type, header, records, counts));
    },
    readAcknowledgement: readFeedback,
    acknowledgementKeys: keysOf,
    explanations,
    changeOfNumber: 'ALONE',
    check: (header, record) => void documentsOf(record, header),
  };
}

type Counts = Readonly<Record<RecordType, number>>;

function fileOf(type: RecordType, header: FileHeader, records: () => AsyncIterable<FileRecord>, counts: () => Promise<Counts>): BureauFile {
  const { reporter, createdAt, sequence } = header;
  const day = createdAt.on.replaceAll('-', '');
  const ofDay = String(((sequence - 1) % 999) + 1).padStart(3, '0');
  let count: number | null = null;
  return {
    name: `${reporter.code}${day}${type}0${ofDay}0.txt`,
    part: type,
    async *bytes() {
      const expected = (await counts())[type];
      if (expected > 9_999_999) throw new FileFault('header', 'records', 'ABE010', 'at most 9999999 records fit a header');
      const time = createdAt.time.replaceAll(':', '').padEnd(6, '0');
      let text = `A050${type}2.0.0  ${reporter.code}${day}${time}0${String(expected).padStart(7, '0')}\n`;
      let written = 0;
      for await (const record of inOrder(records())) {
        if (recordTypeOf(record) !== type) continue;
        for (const document of documentsOf(record, header)) {
          text += `${document}\n`;
          written++;
        }
        if (text.length < chunkLength) continue;
        yield Buffer.from(text);
        text = '';
      }
      if (written !== expected)
        throw new Error(`${type}: ${expected} were counted and ${written} written; records have to be the same each time`);
      if (text) yield Buffer.from(text);
      count = written;
    },
    totals() {
      if (count === null) throw new Error(`${type}: totals are known after the last byte`);
      return { records: count };
    },
    needless: () => count === 0,
  };
}

async function countDocuments(header: FileHeader, records: AsyncIterable<FileRecord>): Promise<Counts> {
  const counts: Record<RecordType, number> = { 210: 0, 211: 0, 212: 0, 213: 0, 214: 0, 215: 0 };
  for await (const record of inOrder(records)) counts[recordTypeOf(record)] += documentsOf(record, header).length;
  return counts;
}

/** P5: an account once in each file. Several records of it, of different types, come one after another. */
async function* inOrder(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord> {
  let previous: FileRecord | null = null;
  const types = new Set<RecordType>();
  for await (const record of records) {
    const [ref, account] = [record.borrower.ref, record.account.accountRef];
    const [refBefore, accountBefore] = [previous?.borrower.ref ?? '', previous?.account.accountRef ?? ''];
    const fault = (words: string) => new FileFault(record.key, 'AcctCode', 'P5', words);
    if (previous && (ref < refBefore || (ref === refBefore && account < accountBefore)))
      throw fault('out of the order of borrowers and accounts');
    if (ref !== refBefore || account !== accountBefore) types.clear();
    const type = recordTypeOf(record);
    if (types.has(type)) throw fault(`twice in ${type}`);
    types.add(type);
    previous = record;
    yield record;
  }
}

function assertHeader({ reporter, period, createdAt, sequence }: FileHeader): void {
  const fault = (field: string, words: string) => {
    throw new FileFault('header', field, 'TYPE', words);
  };
  if (!/^[0-9A-Z]{14}$/.test(reporter.code)) fault('reporter.code', 'fourteen digits or capital letters expected');
  for (const [field, day] of Object.entries({ 'period.from': period.from, 'period.to': period.to, 'createdAt.on': createdAt.on }))
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) fault(field, 'a date expected');
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(createdAt.time)) fault('createdAt.time', 'HH:MM or HH:MM:SS expected');
  if (!Number.isSafeInteger(sequence) || sequence < 1) fault('sequence', 'a number from 1 expected');
}
