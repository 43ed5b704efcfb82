// What a policy may say: the rules of one jurisdiction as dated, versioned data. The data itself is in src/policies.
import type { LocalDate } from './fact.js';
import type { AllocationOrder } from './loan/owed.js';

/** Where a rule comes from, and whether counsel has confirmed it against the primary text. */
export interface Basis {
  citation: string;
  verified: boolean;
}

export interface Policy extends Basis {
  jurisdiction: string;
  version: string;
  effectiveFrom: LocalDate;
  /** Order of a repayment inside an instalment. */
  allocation: AllocationOrder;
  /** By delinquent days, both ends included; sorted, without overlap. */
  buckets: readonly { id: string; min: number; max: number | null }[];
  /** Quality classes by days past due: the class holds from `minDays` on. */
  classes: readonly { tier: number; name: string; minDays: number }[];
  /** Days at which something is owed, each once an arrears episode. */
  thresholds: readonly Threshold[];
  cases: {
    /** Delinquent days from which a case is opened. */
    openFrom: number;
    /** Days without arrears after which it closes. */
    cureDays: number;
    /** Days after closing within which new arrears reopen it. */
    reopenWithin: number;
  };
  bureau: { connectorId: string };
  legal: {
    /** Least overdue amount, in minor units by currency, for which a suit is worth its cost; a currency that is not named has no floor. */
    costFloor: Readonly<Record<string, bigint>>;
  };
  agency: { commissionRate: string; termDays: number };
  promises: { graceDays: number; maxDaysAhead: number };
  reminders: {
    connectorId: string;
    /** Days from the message to its deadline. */
    payWithinDays: number;
    bankContact: string;
    /** By BCP 47 language; `default` where a borrower's is not there. */
    templates: Readonly<Record<string, string>>;
    defaultLanguage: string;
  };
  contact: {
    /** ISO weekdays (1 = Monday) and local hours within which the borrower may be called or visited. */
    days: readonly number[];
    fromHour: number;
    toHour: number;
  } & Basis;
}

export interface Threshold {
  days: number;
  does: readonly ('REMINDER' | 'SOFT_COLLECTION' | 'FIELD_VISIT' | 'BUREAU_FLAG' | 'LEGAL_ELIGIBLE')[];
}
