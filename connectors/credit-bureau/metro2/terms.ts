// What the contract of an account says: portfolio, duration, frequency, limit and highest credit (M10).
import { FileFault, type FileAccount, type FileRecord } from '../../bureau-file.js';
import { monthsBetween } from './calendar.js';
import { dollars } from './dollars.js';
import { codeOf } from './settings.js';

const portfolios: Readonly<Record<FileAccount['kind'], string>> = {
  INSTALMENT: 'I',
  MORTGAGE: 'M',
  REVOLVING: 'R',
  LINE_OF_CREDIT: 'C',
  OPEN: 'O',
};
/** By months from one instalment to the next. */
const frequencies: Readonly<Record<number, string>> = { 0: 'P', 1: 'M', 2: 'L', 3: 'Q', 4: 'T', 6: 'S', 12: 'Y' };

export function termsOf(record: FileRecord) {
  const { account, key, standing } = record;
  const revolving = account.kind === 'REVOLVING' || account.kind === 'LINE_OF_CREDIT';
  const fixed = account.kind === 'INSTALMENT' || account.kind === 'MORTGAGE';
  const creditLimit = fixed ? 0n : dollars(key, 'creditLimit', account.creditLimit ?? '0');
  if (revolving && creditLimit === 0n) throw new FileFault(key, 'creditLimit', 'M10', 'a line of credit has a limit');
  const original = dollars(key, 'highestCredit', account.originalPrincipal);
  const used = fixed ? 0n : dollars(key, 'highestCredit', standing.outstanding.principal);
  return {
    portfolioType: portfolios[account.kind],
    termsDuration: durationOf(record),
    termsFrequency: frequencyOf(record),
    creditLimit,
    highestCredit: original > used ? original : used,
  };
}

function durationOf({ account, key }: FileRecord): string {
  const { kind, instalments, everyMonths, openedOn, maturesOn } = account;
  if (kind === 'REVOLVING') return 'REV';
  if (kind === 'LINE_OF_CREDIT') return 'LOC';
  if (kind === 'OPEN') return '001';
  const months = instalments * everyMonths || Math.max(1, monthsBetween(openedOn, maturesOn));
  const duration = kind === 'MORTGAGE' ? Math.ceil(months / 12) : months;
  if (!Number.isInteger(duration) || duration < 1 || duration > 999)
    throw new FileFault(key, 'termsDuration', 'M10', `${duration} is not from 1 to 999 ${kind === 'MORTGAGE' ? 'years' : 'months'}`);
  return String(duration).padStart(3, '0');
}

function frequencyOf(record: FileRecord): string {
  const { key, account } = record;
  const frequency = codeOf(record, 'termsFrequency') ?? frequencies[account.everyMonths];
  if (!frequency || !/^[DPWBEMLQTSY]$/.test(frequency))
    throw new FileFault(key, 'termsFrequency', 'M10', `instalments every ${account.everyMonths} months have no code`);
  if ((frequency === 'D') !== (codeOf(record, 'specializedPayment') === '02'))
    throw new FileFault(key, 'termsFrequency', 'M10', 'D goes with a specialized payment 02, and only with it');
  return frequency;
}
