// The base segment of an account: who owes it, on which terms, and how it stood at the end of the period.
import { FileFault, type FileHeader, type FileRecord } from '../../bureau-file.js';
import { commentOf, conditionOf } from './comment.js';
import { addressOf, consumerOf } from './consumer.js';
import { balance, centsOf, dollars } from './dollars.js';
import { profileOf } from './history.js';
import { accountNumbers } from './identity.js';
import type { baseLayout, NameOf, Values } from './layout.js';
import { codeOf, type Metro2Settings } from './settings.js';
import { paidStatuses, saidOf } from './status.js';
import { termsOf } from './terms.js';

export type BaseValues = Values<NameOf<typeof baseLayout>>;

/** Everything but the record descriptor word, which depends on the segments that follow. */
export function baseOf(record: FileRecord, header: FileHeader, settings: Metro2Settings): BaseValues {
  const { account, borrower, key } = record;
  const asOf = header.period.to;
  if (account.currency !== 'USD') throw new FileFault(key, 'currentBalance', 'CURRENCY', `${account.currency} cannot be said, only USD`);
  if (record.action === 'NOTE') throw new FileFault(key, 'correctionIndicator', 'ACTION', 'the format takes no notes');
  if (account.openedOn > asOf) throw new FileFault(key, 'dateOpened', 'M5', `${account.openedOn} is later than ${asOf}`);
  const said = saidOf(record, asOf, settings);
  return {
    processingIndicator: 1,
    timestamp: `${header.createdAt.on}T${header.createdAt.time}`,
    correctionIndicator: record.action === 'CORRECT' ? 1 : 0,
    ...accountNumbers(record, header.reporter.code, settings),
    cycleIdentifier: codeOf(record, 'cycleIdentifier') ?? settings.cycle ?? '',
    accountType: accountType(record),
    dateOpened: account.openedOn,
    ...termsOf(record),
    ...said,
    paymentHistory: profileOf(record),
    specialComment: commentOf(record),
    complianceCondition: conditionOf(record),
    ...sumsOf(record, said.accountStatus),
    ...datesOf(record, said.accountStatus, asOf),
    interestType: account.interestFixed === undefined ? '' : account.interestFixed ? 'F' : 'V',
    ...consumerOf(key, borrower),
    ecoaCode: ecoaOf(record),
    ...addressOf(key, borrower),
    addressIndicator: codeOf(record, 'addressIndicator') ?? '',
    residenceCode: codeOf(record, 'residenceCode') ?? '',
  };
}

function accountType(record: FileRecord): string {
  const type = codeOf(record, 'accountType') ?? '';
  if (!/^[0-9A-Z]{2}$/.test(type)) throw new FileFault(record.key, 'accountType', 'LAYOUT', 'the code accountType has two characters');
  return type;
}

/** 1 alone; 2 with others who owe it as well; 7 where another one answers for it (3 and 5 are said of the others). */
function ecoaOf(record: FileRecord): string {
  const roles = new Set(record.associates.map(({ role }) => role));
  const code = codeOf(record, 'ecoaCode') ?? (roles.has('JOINT') ? '2' : roles.has('GUARANTOR') ? '7' : '1');
  if (!/^[12357TWXZ]$/.test(code)) throw new FileFault(record.key, 'ecoaCode', 'M7', `${code} is not in use`);
  return code;
}

/** M4, M8, M11 and M16. */
function sumsOf(record: FileRecord, status: string) {
  const { account, key, standing } = record;
  const { fees, interest, penalties, principal } = standing.outstanding;
  const owed = [principal, interest, fees, penalties];
  const paid = paidStatuses.has(status);
  const sold = standing.state === 'SOLD';
  if (paid && !sold && centsOf(key, 'currentBalance', owed) > 0n)
    throw new FileFault(key, 'currentBalance', 'M16', `status ${status} says that nothing is owed`);
  const nothing = paid || sold;
  return {
    scheduledPayment: nothing || account.kind === 'OPEN' ? 0n : dollars(key, 'scheduledPayment', standing.regularPayment),
    actualPayment: dollars(key, 'actualPayment', standing.paidInPeriod),
    currentBalance: nothing ? 0n : balance(key, 'currentBalance', ...owed),
    amountPastDue: nothing || status === '11' ? 0n : dollars(key, 'amountPastDue', ...late(record)),
    originalChargeOff: status === '64' || status === '97' ? chargeOff(record) : 0n,
  };
}

/** Sums that are thirty days late or more. Where the ages do not part at thirty days, principal counts as soon as it is overdue. */
function late({ standing }: FileRecord): readonly string[] {
  if (standing.overdueFrom30Days !== undefined) return [standing.overdueFrom30Days];
  const { fees, interest, penalties, principal } = standing.overdue;
  const ages = standing.overduePrincipalByAge;
  const parted = ages.some(({ fromDays }) => fromDays === 30);
  return [...(parted ? ages.filter(({ fromDays }) => fromDays >= 30).map((age) => age.principal) : [principal]), interest, fees, penalties];
}

function chargeOff({ key, standing }: FileRecord): bigint {
  const amount = standing.writtenOff ? dollars(key, 'originalChargeOff', standing.writtenOff.amount) : 0n;
  if (amount === 0n) throw new FileFault(key, 'originalChargeOff', 'M4', 'the amount that was written off is missing');
  return amount;
}

/** M5, M11. */
function datesOf({ key, standing }: FileRecord, status: string, asOf: string) {
  const closed = standing.state === 'PAID' || standing.state === 'SOLD' || standing.state === 'CANCELLED';
  if (closed && standing.stateSince > asOf)
    throw new FileFault(key, 'dateClosed', 'M5', `${standing.stateSince} is later than the end of the period, ${asOf}`);
  if (standing.lastPayment && standing.lastPayment.on > asOf)
    throw new FileFault(key, 'dateOfLastPayment', 'M5', `${standing.lastPayment.on} is later than the end of the period, ${asOf}`);
  return {
    dateOfAccountInformation: paidStatuses.has(status) ? standing.stateSince : asOf,
    dateClosed: closed ? standing.stateSince : '',
    dateOfLastPayment: standing.lastPayment?.on ?? '',
  };
}
