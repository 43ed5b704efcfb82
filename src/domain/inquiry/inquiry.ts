// An inquiry at a credit bureau: what it may be for and on what basis, its states, and what the report that comes back says.
import type { LocalDate } from '../fact.js';
import { decimalToMinor } from '../money.js';

export const inquiryPurposes = ['COLLECTION', 'ACCOUNT_REVIEW', 'RESTRUCTURING', 'LITIGATION'] as const;
export type InquiryPurpose = (typeof inquiryPurposes)[number];

export const legalBases = ['CONSENT', 'CONTRACT', 'LEGAL_OBLIGATION', 'LEGITIMATE_INTEREST', 'COURT_ORDER'] as const;
export type LegalBasis = (typeof legalBases)[number];

/** NO_HIT: the bureau knows nobody of this number. EXPIRED: too old to be gone by. */
export const inquiryStates = ['REQUESTED', 'COMPLETED', 'NO_HIT', 'REFUSED', 'EXPIRED'] as const;
export type InquiryState = (typeof inquiryStates)[number];
export type InquiryStepName = 'COMPLETE' | 'MISS' | 'REFUSE' | 'EXPIRE';

/** The bureau answers once: whatever it says later is kept and changes nothing. */
export const inquirySteps: Readonly<Record<InquiryState, Partial<Record<InquiryStepName, InquiryState>>>> = {
  REQUESTED: { COMPLETE: 'COMPLETED', MISS: 'NO_HIT', REFUSE: 'REFUSED' },
  COMPLETED: { EXPIRE: 'EXPIRED' },
  NO_HIT: { EXPIRE: 'EXPIRED' },
  REFUSED: {},
  EXPIRED: {},
};

export const inquiryCallbacks: Readonly<Record<string, InquiryStepName>> = {
  'inquiry.completed': 'COMPLETE',
  'inquiry.noHit': 'MISS',
  'inquiry.refused': 'REFUSE',
};

/** What a jurisdiction says of inquiries. */
export interface InquiryRules {
  /** A purpose that is not named is not allowed. `consent`: the borrower's has to be named, whatever the basis. */
  purposes: Readonly<Partial<Record<InquiryPurpose, { bases: readonly LegalBasis[]; consent?: boolean }>>>;
  /** Of one inquiry, in minor units. */
  cost: { minor: bigint; currency: string };
  /** For how many days a report answers the next inquiry of the same borrower and purpose. */
  cacheDays: number;
  citation: string;
  verified: boolean;
}

export interface InquiryRequest {
  purpose: InquiryPurpose;
  legalBasis: LegalBasis;
  consentRef: string | null;
}

/** @returns what the rules have against it, with the field of the request that it is about */
export function againstInquiry(
  { purposes, citation }: InquiryRules,
  { purpose, legalBasis, consentRef }: InquiryRequest,
): { ruleId: string; message: string; citation: string; field: keyof InquiryRequest }[] {
  const rule = purposes[purpose];
  if (!rule) return [{ ruleId: 'inquiry-purpose', message: `An inquiry for ${purpose} is not allowed here`, citation, field: 'purpose' }];
  const against = [];
  if (!rule.bases.includes(legalBasis)) {
    const message = `For ${purpose} the basis may be ${rule.bases.join(', ')}, not ${legalBasis}`;
    against.push({ ruleId: 'inquiry-basis', message, citation, field: 'legalBasis' as const });
  }
  if ((rule.consent || legalBasis === 'CONSENT') && !consentRef)
    against.push({ ruleId: 'inquiry-consent', message: "The borrower's consent has to be named", citation, field: 'consentRef' as const });
  return against;
}

/** One account at one lender. Amounts are in minor units of `currency`. */
export interface Tradeline {
  lender: string;
  accountRef: string;
  ours: boolean;
  kind: string;
  openedOn: LocalDate;
  currency: string;
  outstandingMinor: bigint;
  overdueMinor: bigint;
  daysPastDue: number;
  qualityClass: number;
  reportedOn: LocalDate;
}

/** @param report as connectors/contract.ts has it. @returns null when an amount has more decimals than its currency, or two currencies */
export function tradelinesOf(report: unknown): Tradeline[] | null {
  const { tradelines } = (report ?? {}) as { tradelines?: any[] };
  if (!Array.isArray(tradelines)) return null;
  const read = tradelines.map(({ outstanding, overdue, ...line }): Tradeline | null => {
    const { currency } = outstanding;
    const [outstandingMinor, overdueMinor] = [decimalToMinor(outstanding.amount, currency), decimalToMinor(overdue.amount, currency)];
    if (overdue.currency !== currency || outstandingMinor === null || overdueMinor === null) return null;
    const { lender, accountRef, ours, kind, openedOn, daysPastDue, qualityClass, reportedOn } = line;
    return { lender, accountRef, ours, kind, openedOn, currency, outstandingMinor, overdueMinor, daysPastDue, qualityClass, reportedOn };
  });
  return read.includes(null) ? null : (read as Tradeline[]);
}

/** The lenders beside us with an open account that is overdue, each once. */
export const lendersOverdue = (tradelines: readonly Tradeline[]): string[] => [
  ...new Set(
    tradelines.flatMap(({ ours, lender, outstandingMinor, overdueMinor }) =>
      !ours && outstandingMinor > 0n && overdueMinor > 0n ? [lender] : [],
    ),
  ),
];
