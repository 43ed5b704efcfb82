// PBOC's side: each file is answered by a feedback; what is held of an account is the newest record that was taken.
import { inOnePiece, type HeldAccount, type Memory, type TakeDelivery } from '../memory.js';
import { feedbackOf } from './feedback.js';
import { readPboc, type PbocProblem, type ReadRecord } from './read.js';

export const deskOfPboc: TakeDelivery = async (files, memory) => {
  const answers = [];
  for (const { name, bytes } of files) {
    const problems: PbocProblem[] = [];
    const records: ReadRecord[] = [];
    const held = new Set(memory.identities);
    await readPboc({ name, bytes: inOnePiece(bytes) }, held, {
      problem: (problem) => problems.push(problem),
      record: (record) => records.push(record),
    });
    const whole = problems.some(({ text }) => text === undefined);
    const refused = new Set(problems.map(({ line }) => line));
    if (!whole) {
      for (const record of records) if (!refused.has(record.line)) take(record, memory);
      memory.identities = [...held];
    }
    answers.push(feedbackOf(name, bytes.subarray(0, bytes.indexOf(10)).toString(), problems));
  }
  return answers;
};

/** Accounts have the institution's fourteen characters before their number. */
const numberOf = (account: string): string => account.slice(14);

function take({ type, account, segments }: ReadRecord, { accounts }: Memory): void {
  const number = numberOf(account);
  const values = Object.values(segments).reduce<Record<string, string>>((all, segment) => ({ ...all, ...segment.values }), {});
  const before = accounts[number];
  if (type === '214' || type === '211') delete accounts[number];
  if (type === '211' && before) accounts[numberOf(values['NwBnesCode']!)] = before;
  if (type === '210' || type === '212') accounts[number] = heldOf({ ...before?.said, ...values });
}

const kept = ['RptDate', 'AcctStatus', 'AcctBal', 'FiveCate', 'RpyStatus', 'OverdPrd', 'TotOverd', 'OverdPrinc'];
const heldOf = (values: Readonly<Record<string, string>>): HeldAccount => ({
  said: Object.fromEntries(kept.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
  qualityClass: Number(values['FiveCate']),
  overdue: Number(values['TotOverd']),
});
