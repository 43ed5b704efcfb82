// The special comment and the compliance condition code: one of each, or none.
import { FileFault, type FileRecord } from '../../bureau-file.js';
import { codeOf } from './settings.js';

const marks: Readonly<Record<NonNullable<FileRecord['mark']>, string>> = {
  DISPUTED: 'XB',
  DISPUTE_RESOLVED: 'XH',
  DISPUTE_RESOLVED_DISAGREES: 'XC',
  REMOVE: 'XR',
};
const conditions = /^X[A-HJR]$/;
/** What a mark becomes where the consumer also had the account closed. */
const alsoClosed: Readonly<Record<string, string>> = { XB: 'XD', XC: 'XE' };

/** AH sold, M closed by the grantor, AU settled for less; what happened goes before what the tenant always says. */
export function commentOf(record: FileRecord): string {
  const { key, standing } = record;
  const standingComment = codeOf(record, 'specialComment') ?? '';
  if (!/^[A-Z]{0,2}$/.test(standingComment)) throw new FileFault(key, 'specialComment', 'M7', `${standingComment} is no comment`);
  if (standing.state === 'SOLD') return 'AH';
  if (standing.state === 'CANCELLED') return 'M';
  if (standing.state === 'PAID' && standing.specialTrades?.some(({ kind }) => kind === 'FORGIVEN')) return 'AU';
  return standingComment;
}

export function conditionOf(record: FileRecord): string {
  const always = codeOf(record, 'complianceCondition') ?? '';
  if (always && !conditions.test(always)) throw new FileFault(record.key, 'complianceCondition', 'M7', `${always} is no condition`);
  if (!record.mark) return always;
  const mark = marks[record.mark];
  return (always === 'XA' ? alsoClosed[mark] : undefined) ?? mark;
}
