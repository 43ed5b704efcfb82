// The fields of what Nusa is told, one by one: which there are, and what each may hold.
import { exponentOf } from '../../../domain/money.js';
import type { Refusal } from '../desk.js';

/** @returns what the value has to be, or null when it is */
type Check = (value: unknown) => string | null;

const text =
  (most: number, pattern = /^\P{Cc}+$/u): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= most && pattern.test(value)
      ? null
      : `must be a text of 1 to ${most} characters`;
const whole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? null
      : `must be a whole number from ${least} to ${most}`;
const oneOf =
  (...codes: string[]): Check =>
  (value) =>
    codes.includes(value as string) ? null : `must be one of ${codes.join(', ')}`;
const date: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
    ? null
    : 'must be a date of the calendar as YYYY-MM-DD';
const money: Check = (value) => {
  const { amount, currency, ...more } = (value ?? {}) as Record<string, unknown>;
  if (typeof amount !== 'string' || typeof currency !== 'string' || Object.keys(more).length) return 'must be an amount and a currency';
  if (!/^[A-Z]{3}$/.test(currency)) return 'must have a currency of ISO 4217';
  const said = /^\d{1,18}(?:\.(\d{1,4}))?$/.exec(amount);
  return said && (said[1] ?? '').length <= exponentOf(currency)
    ? null
    : `must be a decimal text with ${exponentOf(currency)} decimals at most, and not negative`;
};
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value);

const ref = text(60);
const key = text(100);
const version = whole(1, 2_147_483_647);
const report: Record<string, Check> = {
  reportKey: key,
  version,
  replacesVersion: optional(version),
  accountRef: ref,
  borrowerRef: ref,
  reportingDate: date,
  overdueSince: date,
  daysPastDue: whole(1, 36_500),
  overdue: money,
  outstanding: money,
  qualityClass: whole(1, 5),
};
const end = { reportKey: key, version, replacesVersion: version, accountRef: ref, reportingDate: date };

const fields: Record<string, Record<string, Check>> = {
  reportOverdue: report,
  updateReport: report,
  correctReport: { ...report, replacesVersion: version },
  withdrawReport: { ...end, reason: oneOf('CURED', 'ERROR') },
  deleteReport: { ...end, reason: oneOf('ERROR', 'FRAUD', 'DISPUTE_UPHELD') },
  changeIdentifier: { version, accountRef: ref, formerAccountRef: ref, reportingDate: date },
  markDispute: { reportKey: key, version, accountRef: ref, disputeRef: ref, reportingDate: date, mark: oneOf('SET', 'CLEARED') },
  respondDispute: {
    accountRef: ref,
    disputeRef: ref,
    outcome: oneOf('VERIFIED', 'MODIFIED', 'DELETED'),
    version,
    reportingDate: date,
    words: text(2_000, /^[\P{Cc}\n]+$/u),
  },
  requestInquiry: {
    inquiryRef: ref,
    borrowerRef: ref,
    name: text(200),
    nationalId: text(30, /^[0-9A-Za-z-]{5,30}$/),
    purpose: oneOf('COLLECTION', 'ACCOUNT_REVIEW', 'RESTRUCTURING', 'LITIGATION'),
    legalBasis: oneOf('CONSENT', 'CONTRACT', 'LEGAL_OBLIGATION', 'LEGITIMATE_INTEREST', 'COURT_ORDER'),
    consentRef: optional(ref),
    requestedOn: date,
  },
};

/** @returns the first field that is missing, wrong or too many. Reasons name fields, never what is in them. */
export function faultOfFields(operation: string, body: unknown): Refusal | null {
  const known = fields[operation]!;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { code: 'INVALID_FIELD', reason: 'The body must be an object' };
  const given = body as Record<string, unknown>;
  for (const [field, check] of Object.entries(known)) {
    const must = check(given[field]);
    if (must && given[field] == null) return { code: 'MISSING_FIELD', reason: `${field} is missing` };
    if (must) return { code: 'INVALID_FIELD', reason: `${field} ${must}` };
  }
  const more = Object.keys(given).find((field) => !Object.hasOwn(known, field));
  return more === undefined ? null : { code: 'UNKNOWN_FIELD', reason: `There is no field ${more.slice(0, 60)}` };
}
