// What a collection agency is asked to do, and the words in which its news comes.
import type { Claim, Connector, Debtor, Money, Operation } from '../contract.js';

export interface Agency extends Connector {
  kind: 'AGENCY';
  operations: {
    placeCase: Operation<PlacementOrder>;
    updateCase: Operation<PlacementUpdate>;
    reportDirectPayment: Operation<DirectPayment>;
    /** A pending recall: the agency returns the case, or objects within the window. */
    recallCase: Operation<PlacementRecall>;
    answerObjection: Operation<ObjectionAnswer>;
    /** From its day on the agency does nothing more about the case. */
    finalRecall: Operation<FinalRecall>;
  };
}

export interface PlacementOrder {
  caseRef: string;
  debtor: Debtor;
  claim: Claim[];
  /** Decimal share of what is recovered, by the rule below on the day of placement. */
  commissionRate: string;
  commission: Commission;
  expiresOn: string;
  acknowledgeBy: string;
  /** Calendar days within which the next status is due. */
  statusEveryDays: number;
  itemisation: Itemisation[];
  contactPolicy: ContactPolicy;
}

export interface Commission {
  /** Ascending by age; the last that is not above the days past due of a payment holds. */
  rates: { fromDaysPastDue: number; rate: string }[];
  /** GROSS: all is passed on and commission invoiced; NET: commission is kept. */
  remittance: 'NET' | 'GROSS';
  /** Whether what the debtor pays to the bank itself earns commission too. */
  directPaymentsEarn: boolean;
  /** Days after the end within which money that was under way still counts. */
  tailDays: number;
}

/** One account of the claim: what is owed on the date, and what was paid and credited since its arrears began. */
export interface Itemisation {
  accountRef: string;
  itemisedOn: string;
  since: string;
  principal: Money;
  interest: Money;
  fees: Money;
  payments: Money;
  credits: Money;
  total: Money;
}

/** The rules of contact that the agency accepts with the case. */
export interface ContactPolicy {
  citation: string;
  /** ISO weekdays and local hours, in the debtor's time zone. */
  days: number[];
  fromHour: number;
  toHour: number;
  timeZone: string;
  /** BCP 47. */
  language: string;
  attempts: { most: number; inDays: number };
  /** Channels without the debtor's consent. */
  ceasedChannels: string[];
  thirdParties: boolean;
}

export interface PlacementUpdate {
  orderDeliveryId: string;
  caseRef: string;
  asOf: string;
  debtor: Debtor;
  claim: Claim[];
  ceasedChannels: string[];
  /** What holds in force stop: CONTACT and PLACEMENT stop the agency's work. */
  heldScopes: string[];
}

/** What the debtor paid to the bank itself while the case was placed. */
export interface DirectPayment {
  orderDeliveryId: string;
  caseRef: string;
  accountRef: string;
  /** The bank's number of the payment; a reversal has the number of what it takes back. */
  paymentRef: string;
  kind: 'PAYMENT' | 'REVERSAL';
  amount: Money;
  paidOn: string;
}

export interface PlacementRecall {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
  /** Last day of the window in which the agency may object; afterwards the recall is final. */
  objectUntil: string;
}

export interface ObjectionAnswer {
  orderDeliveryId: string;
  caseRef: string;
  answer: 'GRANTED' | 'REFUSED';
  reason: string;
}

export interface FinalRecall {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
  effectiveOn: string;
}
