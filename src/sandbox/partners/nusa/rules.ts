// What Nusa refuses, each with a code of its own: what does not fit together within an order, and what does not fit what it holds.
import { daysBetween } from '../../../domain/day.js';
import { decimalToMinor } from '../../../domain/money.js';
import type { Refusal } from '../desk.js';
import type { Account, Books, Report } from './books.js';
import { faultOfFields } from './fields.js';

const no = (code: string, reason: string): Refusal => ({ code, reason });

/** The best class that so many days allow: what the rules of all furnishers have in common. */
const leastClasses = [
  [361, 5],
  [271, 4],
  [91, 3],
  [31, 2],
  [0, 1],
] as const;

function faultOfFigures({ reportingDate, overdueSince, daysPastDue, overdue, outstanding, qualityClass }: any): Refusal | null {
  if (overdueSince > reportingDate) return no('OVERDUE_SINCE_AFTER_REPORT', 'overdueSince is after reportingDate');
  const days = daysBetween(overdueSince, reportingDate);
  if (days !== daysPastDue) return no('DAYS_DO_NOT_FIT', `From overdueSince to reportingDate are ${days} days, not ${daysPastDue}`);
  if (overdue.currency !== outstanding.currency) return no('CURRENCY_MISMATCH', 'overdue and outstanding are of different currencies');
  const minor = ({ amount, currency }: any) => decimalToMinor(amount, currency)!;
  if (minor(overdue) <= 0n) return no('NOT_OVERDUE', 'overdue must be above zero');
  if (minor(overdue) > minor(outstanding)) return no('OVERDUE_ABOVE_OUTSTANDING', 'overdue is more than outstanding');
  const [, least] = leastClasses.find(([from]) => days >= from)!;
  return qualityClass < least ? no('CLASS_TOO_GOOD', `After ${days} days the class is at least ${least}, not ${qualityClass}`) : null;
}

const isStale = (account: Account, version: number): Refusal | null =>
  version > account.version
    ? null
    : no('STALE_VERSION', `Version ${version} is not above version ${account.version}, the newest that was taken of this account`);

function faultOfReport(operation: string, body: any, report: Report): Refusal | null {
  const ended = report.state === 'DELETED' || (report.state === 'CURED' && (operation === 'updateReport' || operation === 'correctReport'));
  if (ended) return no('REPORT_ENDED', `The report is ${report.state}`);
  const replaced = body.replacesVersion === undefined ? undefined : report.dates.get(body.replacesVersion);
  if (body.replacesVersion !== undefined && replaced === undefined)
    return no('UNKNOWN_VERSION', `Version ${body.replacesVersion} of this report was never taken`);
  if (operation === 'correctReport' && body.reportingDate !== replaced)
    return no('DATE_DOES_NOT_FIT', `The version that is replaced is of ${replaced}: an update has a date of its own, a correction has not`);
  if (operation === 'updateReport' && body.reportingDate <= report.asOf)
    return no('DATE_DOES_NOT_FIT', `An update is of a date after ${report.asOf}`);
  return operation === 'withdrawReport' && body.reportingDate < report.asOf
    ? no('DATE_DOES_NOT_FIT', `The report is of ${report.asOf} already`)
    : null;
}

const newest = { reportOverdue: true, updateReport: true, correctReport: true } as Record<string, boolean>;

/** @param key what the path names. @param disputes the bureau's own that are open (true) or answered (false) */
export function judgeOrder(
  books: Books,
  disputes: ReadonlyMap<string, boolean>,
  operation: string,
  given: unknown,
  key: string | null,
): Refusal | null {
  const fault = faultOfFields(operation, given);
  if (fault) return fault;
  const body = given as any;
  const named = body.reportKey ?? body.disputeRef;
  if (key !== null && key !== named) return no('KEY_MISMATCH', 'The address names another than the body');
  if (operation === 'requestInquiry')
    return body.legalBasis === 'CONSENT' && !body.consentRef
      ? no('CONSENT_NEEDED', 'Where consent is the basis, consentRef names it')
      : null;
  if (newest[operation]) {
    const wrong = faultOfFigures(body);
    if (wrong) return wrong;
  }
  const renamed = books.renamed(body.accountRef);
  if (renamed) return no('ACCOUNT_RENAMED', 'This account has another number now');
  if (operation === 'changeIdentifier') {
    const account = books.account(body.formerAccountRef);
    if (!account) return no('UNKNOWN_ACCOUNT', 'There is no account of the number formerAccountRef');
    if (books.account(body.accountRef)) return no('ACCOUNT_EXISTS', 'There is an account of the number accountRef');
    return isStale(account, body.version);
  }
  const account = books.account(body.accountRef);
  if (operation === 'respondDispute') {
    if (!account) return no('UNKNOWN_ACCOUNT', 'There is no account of this number');
    const open = disputes.get(body.disputeRef);
    if (open === undefined && body.disputeRef.startsWith('NBD-')) return no('UNKNOWN_DISPUTE', 'There is no dispute of this number');
    if (open === false) return no('DISPUTE_ANSWERED', 'The dispute was answered before');
    return account.versions.has(body.version) ? null : isStale(account, body.version);
  }
  const known = books.report(body.reportKey);
  if (known && known.account.accountRef !== body.accountRef) return no('WRONG_ACCOUNT', 'The report is on another account');
  // A repeated version is told as stale also where the first one made what it names: a message that comes late is no error of its sender.
  const stale = account && isStale(account, body.version);
  if (stale) return stale;
  if (operation === 'reportOverdue') return known ? no('REPORT_EXISTS', 'There is a report of this key') : null;
  return known ? faultOfReport(operation, body, known.report) : no('UNKNOWN_REPORT', 'There is no report of this key');
}
