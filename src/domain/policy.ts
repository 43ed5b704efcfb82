// What a policy may say: the rules of one jurisdiction as dated, versioned data. The data itself is in src/policies.
import type { CollateralRules } from './collateral/rules.js';
import type { LocalDate } from './fact.js';
import type { InquiryRules } from './inquiry/inquiry.js';
import type { LegalRules } from './legal/rules.js';
import type { BillingRules } from './legal/billing-rules.js';
import type { RemittanceRules } from './placement/commission.js';
import type { AllocationOrder } from './loan/owed.js';
import type { PlacementRules } from './placement/rules.js';
import type { SaleRules } from './sale/rules.js';

/** Where a rule comes from, and whether counsel has confirmed it against the primary text. */
export interface Basis {
  citation: string;
  verified: boolean;
}

export interface Policy extends Basis {
  jurisdiction: string;
  version: string;
  effectiveFrom: LocalDate;
  /** Order of a repayment inside an instalment, and where a product has one of its own: by product id or product class. */
  allocation: AllocationOrder;
  allocationOf?: Readonly<Record<string, AllocationOrder>>;
  /** What the quality classes count; PAST_DUE when unsaid: from the contractual due date, no grace, no pause. */
  regulatoryCounter?: 'PAST_DUE' | 'DELINQUENT';
  /** Whether loans that were charged off still age. */
  ageChargedOff?: boolean;
  /** ISO weekdays (1 = Monday) and dates on which nothing is due, for contracts whose due dates move. */
  calendar?: { restDays: readonly number[]; holidays: readonly LocalDate[] };
  /** After terms were eased: how long the loan is watched, and the best class it may have meanwhile. */
  restructured?: Readonly<Record<'performing' | 'nonPerforming', { watchDays: number; floorTier: number }>> & Basis;
  /** One loan of a borrower in this class or worse takes the borrower's other loans with it, and lets them go when it is better again. */
  oneObligor?: { fromTier: number } & Basis;
  /** Default by consecutive material days; a counter of its own, never derived from days past due. */
  defaultCounter?: DefaultRule;
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
  inquiries: InquiryRules;
  bureau: {
    connectorId: string;
    /** The person is told before the first report of an arrears episode, and has so many days; templates by BCP 47 language, with the default language of reminders. */
    preNotice?: { waitDays: number; templates: Readonly<Record<string, string>> } & Basis;
    /** Within how many days of its event a report has to be with the bureau. */
    reportWithin: { days: number; count: 'CALENDAR' | 'BUSINESS' } & Basis;
    /** Within how many calendar days a dispute has to be answered. */
    dispute: { dueDays: number } & Basis;
  };
  legal: {
    /** Least overdue amount, in minor units by currency, for which a suit is worth its cost; a currency that is not named has no floor. */
    costFloor: Readonly<Record<string, bigint>>;
  };
  /** What has to be done before a suit, its steps, and the periods that run. */
  pursuit: LegalRules;
  collateral: CollateralRules;
  billing: BillingRules;
  remittances: RemittanceRules;
  agency: { commissionRate: string; termDays: number };
  placement: PlacementRules;
  sale: SaleRules;
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

export interface DefaultRule extends Basis {
  /** In minor units of `currency`: past due must be more than this, and more than `relative` of the exposure. */
  absolute: bigint;
  currency: string;
  /** Decimal text, e.g. `0.01`. */
  relative: string;
  /** Default on more than this many material days in a row. */
  days: number;
  /** Days in a row without materiality until the default ends; after easier terms, the second. */
  probationDays: number;
  forborneProbationDays: number;
}

export interface Threshold {
  days: number;
  /** A flag at the bureau is raised at BUREAU_FLAG, and said again with the figures of the day at each BUREAU_UPDATE. */
  does: readonly ('REMINDER' | 'SOFT_COLLECTION' | 'FIELD_VISIT' | 'BUREAU_FLAG' | 'BUREAU_UPDATE' | 'LEGAL_ELIGIBLE')[];
}
