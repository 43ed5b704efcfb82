// What Nusa answers to an inquiry: made from the national id, so that the same borrower has the same other lenders each time, and from its own books.
import { createHash } from 'node:crypto';
import { plusDays } from '../../../domain/day.js';
import type { Told } from '../desk.js';
import type { Account, Amount } from './books.js';

/** What the ledger keeps of an inquiry: neither a name nor a national id. */
export interface KeptInquiry {
  borrowerRef: string;
  requestedOn: string;
  currency: string;
  seed: string;
}

/** Numbers of 16 digits are Indonesian, those of 18 Chinese. */
const currencyOf = (nationalId: string): string => (/^\d{16}$/.test(nationalId) ? 'IDR' : /^\d{17}[\dX]$/.test(nationalId) ? 'CNY' : 'USD');

export const keptInquiry = ({ borrowerRef, requestedOn, nationalId }: Record<string, string>): KeptInquiry => ({
  borrowerRef: borrowerRef!,
  requestedOn: requestedOn!,
  currency: currencyOf(nationalId!),
  seed: createHash('sha256').update(nationalId!).digest('hex'),
});

const lenders = ['Bank Samudra', 'Koperasi Melati', 'Pinjam Cepat', 'Great Wall Consumer Finance', 'Harbour Cards'];
const kinds = ['CARD', 'INSTALMENT', 'MORTGAGE', 'CONSUMER'];
const classOf = (days: number) => (days > 360 ? 5 : days > 270 ? 4 : days > 90 ? 3 : days > 0 ? 2 : 1);

/** Of five borrowers one has no other lender; of the others' accounts every second is late. */
function others({ seed, currency, requestedOn }: KeptInquiry) {
  const digit = (at: number) => parseInt(seed.slice(at * 2, at * 2 + 2), 16);
  const money = (units: number): Amount => ({ amount: `${currency === 'IDR' ? units * 1_000 : units}.00`, currency });
  return Array.from({ length: digit(0) % 5 }, (_, i) => {
    const [size, age, late] = [digit(3 * i + 1), digit(3 * i + 2), digit(3 * i + 3)];
    const daysPastDue = late % 2 ? 1 + (late >> 1) : 0;
    const outstanding = 100 + size * 40;
    return {
      lender: lenders[(size + i) % lenders.length]!,
      accountRef: `${seed.slice(0, 8).toUpperCase()}-${i + 1}`,
      ours: false,
      kind: kinds[age % kinds.length]!,
      openedOn: plusDays(requestedOn, -365 - age * 5),
      outstanding: money(outstanding),
      overdue: money(daysPastDue ? Math.ceil(outstanding / 10) : 0),
      daysPastDue,
      qualityClass: classOf(daysPastDue),
      reportedOn: plusDays(requestedOn, -(age % 28) - 1),
    };
  });
}

function ours({ accountRef, firstReportedOn, newest }: Account) {
  const overdue = newest.state === 'OVERDUE';
  return {
    lender: 'The bank that asks',
    accountRef,
    ours: true,
    kind: 'INSTALMENT',
    openedOn: firstReportedOn,
    outstanding: newest.outstanding,
    overdue: overdue ? newest.overdue : { amount: '0', currency: newest.overdue.currency },
    daysPastDue: overdue ? newest.daysPastDue : 0,
    qualityClass: overdue ? newest.qualityClass : 1,
    reportedOn: newest.asOf,
  };
}

export function reportOn(inquiry: KeptInquiry, accounts: readonly Account[]): Told {
  const own = accounts.filter(({ borrowerRef, newest }) => borrowerRef === inquiry.borrowerRef && newest.state !== 'DELETED').map(ours);
  const tradelines = [...own, ...others(inquiry)];
  if (!tradelines.length) return { type: 'inquiry.noHit', data: {} };
  const late = tradelines.reduce((days, each) => days + Math.min(each.daysPastDue, 180), 0);
  return { type: 'inquiry.completed', data: { report: { tradelines, score: Math.max(300, 850 - late) } } };
}
