// Metro 2, the file of United States credit bureaus: character format, records of 426 bytes and their segments, one a line.
import { explanations } from './explanations.js';
import { FileFault, type BureauFile, type BureauFileFormat, type FileHeader, type FileRecord } from '../../bureau-file.js';
import { readAcknowledgement } from './acknowledgement.js';
import { baseOf } from './base.js';
import { telephoneOf } from './consumer.js';
import { accountNumber, identification } from './identity.js';
import { baseLayout, headerLayout, trailerLayout } from './layout.js';
import { render } from './render.js';
import { segmentsOf } from './segments.js';
import type { Metro2Settings } from './settings.js';
import { count, noTotals, type Totals } from './totals.js';

const chunkBytes = 65_536;
const largestRecord = 9_999;

/** One file a period. Sums are whole dollars, half a dollar rounded up; only USD is told, and only consumers. */
export function createMetro2(settings: Metro2Settings = {}): BureauFileFormat {
  return {
    id: 'metro2',
    files: (header, records) => [fileOf(header, records, settings)],
    acknowledgementKeys: (record) => [accountNumber(record, settings)],
    readAcknowledgement,
    explanations,
    changeOfNumber: 'WITHIN',
    check: (header, record) => void recordOf(record, header, settings, noTotals()),
  };
}

function fileOf(header: FileHeader, records: () => AsyncIterable<FileRecord>, settings: Metro2Settings): BureauFile {
  const first = headerOf(header, settings);
  let told: Totals | null = null;
  return {
    // The bureaus' rule for names is not public: reporter, last day of the period and sequence tell files apart.
    name: `METRO2_${header.reporter.code}_${header.period.to.replaceAll('-', '')}_${String(header.sequence).padStart(6, '0')}.txt`,
    part: 'ALL',
    async *bytes() {
      const totals = noTotals();
      let chunk = first;
      for await (const record of records()) {
        chunk += recordOf(record, header, settings, totals);
        if (chunk.length < chunkBytes) continue;
        yield Buffer.from(chunk, 'ascii');
        chunk = '';
      }
      if (totals.baseRecords === 0) throw new FileFault('trailer', 'baseRecords', 'LAYOUT', 'a file without records cannot be said');
      told = totals;
      yield Buffer.from(
        chunk + line('trailer', trailerLayout, { ...totals, recordDescriptorWord: 426, recordIdentifier: 'TRAILER' }),
        'ascii',
      );
    },
    totals() {
      if (!told) throw new Error('The totals of a file are known when all of it was read');
      return told;
    },
  };
}

const line: typeof render = (key, layout, values) => `${render(key, layout, values)}\n`;

function headerOf({ createdAt, period, reporter }: FileHeader, { cycle, programs, software }: Metro2Settings): string {
  if (createdAt.on < period.to)
    throw new FileFault('header', 'dateCreated', 'M5', `the period ends on ${period.to}, later than ${createdAt.on}`);
  if (period.from > period.to) throw new FileFault('header', 'activityDate', 'M5', `the period begins after its end, ${period.to}`);
  identification('header', reporter.code);
  return line('header', headerLayout, {
    recordDescriptorWord: 426,
    recordIdentifier: 'HEADER',
    cycleIdentifier: cycle,
    innovisProgram: programs?.innovis,
    equifaxProgram: programs?.equifax,
    experianProgram: programs?.experian,
    transUnionProgram: programs?.transUnion,
    activityDate: period.to,
    dateCreated: createdAt.on,
    reporterName: reporter.name,
    reporterAddress: reporter.address,
    reporterTelephone: telephoneOf(reporter.phone ? [reporter.phone] : []),
    softwareVendor: software?.vendor,
    softwareVersion: software?.version,
    prbcProgram: programs?.prbc,
  });
}

/** Base segment and what follows it, on one line; counted only when all of it can be said. */
function recordOf(record: FileRecord, header: FileHeader, settings: Metro2Settings, totals: Totals): string {
  const base = baseOf(record, header, settings);
  const segments = segmentsOf(record, header, settings);
  const tail = segments.map(({ text }) => text).join('');
  const length = baseLayout.length + tail.length;
  if (length > largestRecord)
    throw new FileFault(record.key, 'recordDescriptorWord', 'LAYOUT', `${length} bytes are more than ${largestRecord}`);
  const text = render(record.key, baseLayout, { ...base, recordDescriptorWord: length });
  count(totals, base, segments);
  return `${text}${tail}\n`;
}
