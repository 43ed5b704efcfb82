// What becomes of a SLIK file. OJK publishes no file of results, so this one is ours: what a clerk or a script makes of the SLIK Client's answer.
import type { Acknowledgement, FileRecord } from '../../bureau-file.js';
import { segmentOf } from './credit.js';

const levels = ['TRANSPORT', 'FILE', 'RECORD'] as const;
const longestAnswer = 64 * 1024 * 1024;

/**
 * The first line is `R|file name|TRANSPORT, FILE or RECORD|DITERIMA or DITOLAK|number of lines that follow`, then one line for each problem,
 * `segment|key|code|column|words`, in any order; key and column may be empty. A segment with `W-` before it, e.g. `W-F01`, is a warning. UTF-8, CR LF or LF.
 * Keys in the file: the account number in F01 and F06, the CIF in D01, `registration/account` in A01, `identity number/account` in P01.
 * A key here has the segment before it, e.g. `F01/1234`; `keysOf` says which of them are about a record.
 */
export function readAcknowledgement(bytes: Buffer): { acknowledgement: Acknowledgement } | { problem: string } {
  if (bytes.length > longestAnswer) return { problem: 'The answer is longer than 64 MiB' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'The answer is not UTF-8' };
  }
  if (!text.endsWith('\n')) return { problem: 'The answer is empty, or its last line does not end' };
  const [head, ...lines] = text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  const [flag, file, level, result, count, ...rest] = head!.split('|');
  const known = levels.find((each) => each === level);
  if (flag !== 'R' || !file || !known || !/^(DITERIMA|DITOLAK)$/.test(result ?? '') || !/^\d+$/.test(count ?? '') || rest.length)
    return { problem: 'Line 1: R|file|level|result|count expected' };
  if (Number(count) !== lines.length) return { problem: `Line 1 says ${count} lines follow, and ${lines.length} do` };
  const problems: Acknowledgement['problems'][number][] = [];
  for (const [index, line] of lines.entries()) {
    const [, warning, segment, key, code, column, words] = /^(W-)?([A-Z]\d\d)\|([^|]*)\|([^|]+)\|([^|]*)\|([^|]*)$/.exec(line) ?? [];
    if (!segment || !code) return { problem: `Line ${index + 2}: segment|key|code|column|words expected` };
    problems.push({
      ...(key ? { key: `${segment}/${key}` } : {}),
      code,
      ...(column ? { field: column } : {}),
      words: words ?? '',
      ...(warning ? { warning: true } : {}),
    });
  }
  return { acknowledgement: { file, level: known, taken: result === 'DITERIMA', problems } };
}

/** Under which keys the answer may speak of a record: its account, its borrower, its collaterals and its guarantors. */
export function keysOf(record: FileRecord): readonly string[] {
  const { accountRef } = record.account;
  const guarantors = record.associates.filter(({ role }) => role === 'GUARANTOR');
  return [
    `${segmentOf(record)}/${accountRef}`,
    `D01/${record.borrower.ref}`,
    ...record.collaterals.map(({ ref }) => `A01/${ref}/${accountRef}`),
    ...guarantors.map((guarantor) => `P01/${(guarantor.idNumber ?? guarantor.taxNumber ?? '').replace(/[^0-9A-Za-z]/g, '')}/${accountRef}`),
  ];
}
