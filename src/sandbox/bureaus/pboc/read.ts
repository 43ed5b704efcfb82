// Reads PBOC files as the bureau would, and says what is wrong: with the header (ABE), with a record (ABR, P1 to P4), or with all of it (ABF).
import { linesOf, type DeliveredFile, type Problem } from '../delivered.js';
import { readRecord, type PbocRecord } from './record.js';

export type ReadRecord = PbocRecord & { line: number; text: string };

/** A problem, and the text of the record that it is about; none where the file is meant. */
export type PbocProblem = Problem & { text?: string };

/**
 * Records and problems are told as they are met; a record with a problem is told, too, where it can be read.
 * @param held identities of the records that the bureau holds; those of records without a problem are added
 */
export async function readPboc(
  file: DeliveredFile,
  held: Set<string>,
  told: { problem: (problem: PbocProblem) => void; record?: (record: ReadRecord) => void },
): Promise<void> {
  const [, institution, day, type] = /^([0-9A-Z]{14})(\d{8})(21[0-5])0\d{3}0\.txt$/.exec(file.name) ?? [];
  const whole = (code: string, words: string, line = 0, field = '0000') =>
    told.problem({ file: file.name, line, key: '', field, code, words });
  if (!institution || !day) return whole('NAME', '34 characters expected: institution, YYYYMMDD, type, 0, sequence, 0, .txt');
  const inFile = new Set<string>();
  let expected: number | null = null;
  let records = 0;
  for await (const line of linesOf(file.bytes)) {
    if ('fault' in line) return whole('ABF002', `${line.fault}: this line cannot be read, nor what comes after it`, line.number);
    if (!line.end) whole('ABF002', 'the last line does not end', line.number);
    if (expected === null) {
      const [, headType, headInstitution, count] = /^A050(\d{3})2\.0\.0 {2}([0-9A-Z]{14})\d{14}0(\d{7})$/.exec(line.text) ?? [];
      if (headType !== type) return whole('ABF002', 'a header of 50 bytes of the type in the name expected', 1);
      if (headInstitution !== institution) whole('ABE002', 'the institutions of the name and the header differ', 1, 'InfSurcCode');
      expected = Number(count);
      continue;
    }
    records++;
    readLine(file.name, type!, institution, line, inFile, held, told);
  }
  if (expected === null) return whole('ABF002', 'the file is empty');
  if (expected !== records) whole('ABE010', `${expected} records announced, ${records} there`, 1);
}

function readLine(
  file: string,
  type: string,
  institution: string,
  { number, text }: { number: number; text: string },
  inFile: Set<string>,
  held: Set<string>,
  told: Parameters<typeof readPboc>[2],
): void {
  const { record, faults } = readRecord(type, text);
  const key = record?.account.startsWith(institution) ? `${type}/${record.account.slice(institution.length)}` : '';
  let good = true;
  const say = (field: string, code: string, words: string) => {
    good = false;
    told.problem({ file, line: number, key, field, code, words, text });
  };
  for (const { field, code, words } of faults) say(field, code, words);
  if (!record) return;
  if (!key) say('InfSurcCode', 'ABE002', 'the account is not of the institution in the header');
  if (inFile.has(record.identity)) say('AcctCode', 'ABR002', 'the record is in the file twice');
  else if (held.has(record.identity)) say('AcctCode', 'ABR004', 'the bureau holds the record already');
  inFile.add(record.identity);
  if (good) held.add(record.identity);
  told.record?.({ ...record, line: number, text });
}
