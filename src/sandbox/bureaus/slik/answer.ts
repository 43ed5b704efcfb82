// The result of a SLIK file, in the lines that the bank's side of the sandbox reads.
import type { Problem } from '../delivered.js';

/** Refuses the file as a whole where a problem is not of one row, otherwise only the rows that have one. */
export function answerOf(file: string, problems: readonly Problem[]): Buffer {
  const mine = problems.filter((problem) => problem.file === file);
  const whole = mine.some(({ key }) => !key);
  const segment = file.split('.')[4] ?? '';
  const plain = (text: string) => text.replace(/[|\r\n]/g, ' ');
  const lines = mine.map(({ key, code, field, words }) => [segment, key, code, field, words].map(plain).join('|'));
  const head = ['R', file, whole ? 'FILE' : 'RECORD', whole ? 'DITOLAK' : 'DITERIMA', lines.length].join('|');
  return Buffer.from([head, ...lines].map((line) => `${line}\r\n`).join(''));
}
