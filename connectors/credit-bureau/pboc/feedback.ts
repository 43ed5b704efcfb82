// PBOC's feedback: what became of a file, and of each of its records.
import type { Acknowledgement, FileRecord } from '../../bureau-file.js';
import { explanations } from './explanations.js';
import { recordTypeOf } from './records.js';

const header = /^A\d{3}(?<type>\d{3})2\.0\.0.{2}(?<institution>[0-9A-Z]{14})\d{14}\d\d{7}.{8}\d{7}(?<refused>\d{7})$/;

/**
 * @param name of the feedback: that of the file it answers, with the flag before `.txt` 1 (all taken), 2 (refused as a whole) or 3 (taken but for the records that
 * are named). A header of 72 characters ends in the records taken (7) and refused (7); then comes a `<Document><FbInf>` a line with `<ErrInf>`s of
 * `<FbCode>` and `<FbMsg>` (the element), and the record itself in Base64 in `<ErrRec>`; a problem has no key where that names no account.
 * A key is the record type and the institution's own number of the account, e.g. `210/L1`.
 * Source: loaders of feedback in public repositories; what stands between the 50th and the 58th character is not known.
 */
export function readFeedback(bytes: Buffer, name = ''): { acknowledgement: Acknowledgement } | { problem: string } {
  const [, file, type, flag] = /^([0-9A-Z]{14}\d{8}(21[0-5])0\d{3})([123])\.txt$/.exec(name) ?? [];
  if (!file)
    return { problem: 'PBOC says in the name of its feedback which file it answers: 34 characters with a flag of 1, 2 or 3 expected' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'The feedback is not UTF-8' };
  }
  const [head = '', ...lines] = text.split(/\r?\n/);
  if (lines.pop() !== '') return { problem: 'The feedback is empty, or its last line does not end' };
  const said = header.exec(head)?.groups;
  if (said?.['type'] !== type || said?.['institution'] !== file.slice(0, 14))
    return { problem: 'A header of 72 characters that agrees with the name expected' };
  const problems: Acknowledgement['problems'][number][] = [];
  let records = 0;
  for (const [index, line] of lines.entries()) {
    const told = problemsOf(line);
    if (!told) return { problem: `Line ${index + 2}: a document with FbInf expected` };
    if (line.includes('<ErrRec>')) records++;
    problems.push(...told);
  }
  const refused = Number(said['refused']);
  if (flag === '1' ? refused + lines.length : flag === '3' && records !== refused)
    return { problem: `The header says ${refused} records were refused; ${records} are named` };
  const transport = flag === '2' && problems.some(({ code }) => /^ABF00[012]$/.test(code));
  const level = flag !== '2' ? 'RECORD' : transport ? 'TRANSPORT' : 'FILE';
  return { acknowledgement: { file: `${file}0.txt`, level, taken: flag !== '2', problems } };
}

function problemsOf(line: string): Acknowledgement['problems'] | null {
  const [, body] = /^<Document>\s*<FbInf>(.*)<\/FbInf>\s*<\/Document>$/.exec(line) ?? [];
  if (body === undefined) return null;
  const errors = [...body.matchAll(/<ErrInf>\s*<FbCode>([0-9A-Z]+)<\/FbCode>\s*(?:<FbMsg>([^<]*)<\/FbMsg>|<FbMsg\/>)?\s*<\/ErrInf>/g)];
  const [, encoded] = /<ErrRec>([0-9A-Za-z+/=]+)<\/ErrRec>/.exec(body) ?? [];
  const key = encoded ? keyIn(Buffer.from(encoded, 'base64').toString()) : undefined;
  if (!errors.length) return null;
  return errors.map(([, code, field]) => ({
    ...(key ? { key } : {}),
    code: code!,
    ...(field ? { field } : {}),
    // Of other codes the element is all that the bureau says.
    words: (code!.startsWith('AB') && explanations[code!]) || '',
  }));
}

/** The number that names the account in each type of record, without the institution before it. */
function keyIn(record: string): string | undefined {
  const [, type] = /<InfRecType>(21[0-5])<\/InfRecType>/.exec(record) ?? [];
  const [, code] = /<(?:AcctCode|ModRecCode|DelRecCode|OdBnesCode)>[0-9A-Z]{14}([0-9A-Za-z]+)</.exec(record) ?? [];
  return type && code ? `${type}/${code}` : undefined;
}

/** Under which key the feedback speaks of a record: by its number before the change, where that is what is told. */
export function keysOf(record: FileRecord): readonly string[] {
  const type = recordTypeOf(record);
  return [`${type}/${type === '211' ? record.account.formerAccountRef : record.account.accountRef}`];
}
