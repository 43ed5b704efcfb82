// The feedback of a PBOC file: its name tells how it went, its lines which records were refused.
import type { PbocProblem } from './read.js';

/**
 * Flag 1: all taken, 2: refused as a whole, 3: taken but for the records that are named.
 * @param header the first line of the file that is answered
 */
export function feedbackOf(file: string, header: string, problems: readonly PbocProblem[]): { name: string; bytes: Buffer } {
  const whole = problems.filter(({ text }) => text === undefined);
  const byRecord = new Map<number, PbocProblem[]>();
  for (const problem of problems)
    if (problem.text !== undefined) byRecord.set(problem.line, [...(byRecord.get(problem.line) ?? []), problem]);
  const flag = whole.length ? '2' : byRecord.size ? '3' : '1';
  const count = Number(header.slice(43, 50)) || 0;
  const refused = flag === '2' ? count : byRecord.size;
  const digits = (number: number) => String(Math.max(0, number)).padStart(7, '0');
  const answered = `A072${header.slice(4, 50).padEnd(46)}${file.slice(14, 22)}${digits(count - refused)}${digits(refused)}`;
  const groups = flag === '2' ? [whole] : [...byRecord.values()];
  const lines = groups.map((group) => documentOf(group)).filter((line) => line);
  return { name: `${file.slice(0, 29)}${flag}.txt`, bytes: Buffer.from([answered, ...lines].map((line) => `${line}\n`).join('')) };
}

function documentOf(problems: readonly PbocProblem[]): string {
  const errors = problems.map(({ code, field }) => `<ErrInf><FbCode>${code}</FbCode><FbMsg>${field}</FbMsg></ErrInf>`).join('');
  const text = problems[0]?.text;
  const record = text === undefined ? '' : `<ErrRec>${Buffer.from(text).toString('base64')}</ErrRec>`;
  return `<Document><FbInf><FbErrNum>${problems.length}</FbErrNum>${errors}${record}</FbInf></Document>`;
}
