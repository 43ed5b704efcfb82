// What the buyer of claims is offered, told and asked, from the tape to a loan that goes back.
import type { Claim, Connector, Money, Operation } from '../contract.js';

export interface AssetManager extends Connector {
  kind: 'ASSET_MANAGER';
  operations: {
    publishTape: Operation<TapeOffer>;
    award: Operation<AwardNotice>;
    assignPortfolio: Operation<PortfolioAssignment>;
    notifyDebtor: Operation<DebtorNotice>;
    passOnPayment: Operation<PassedPayment>;
    recall: Operation<LoanRecall>;
    answerPutBack: Operation<PutBackAnswer>;
  };
}

/** One loan of a masked tape: nothing in it leads to a person or an account. */
export interface TapeLine {
  loanRef: string;
  productClass: string;
  disbursedOn: string | null;
  overdueSince: string | null;
  daysPastDue: number;
  principal: Money;
  interest: Money;
  other: Money;
  /** The sum of the three. */
  legalBalance: Money;
  /** What secures it, where anything does. */
  security: Money | null;
}

export interface TapeOffer {
  saleRef: string;
  asOf: string;
  /** RFC 3339. A bid that comes later is late. */
  bidsCloseAt: string;
  lines: TapeLine[];
  totals: { loans: number; principal: Money; legalBalance: Money };
  /** In hex, of one line of text a loan, each ended by a line feed: loanRef and the amounts of principal, interest, other and legalBalance, separated by semicolons. */
  sha256: string;
}

export interface AwardNotice {
  saleRef: string;
  bidRef: string;
  outcome: 'WON' | 'LOST';
  /** Of the bid that won. */
  price?: Money;
}

export interface PortfolioAssignment {
  saleRef: string;
  cutOffAt: string;
  price: Money;
  /** `loanRef` as the tape had it, where there was one. */
  loans: (Claim & { loanRef?: string })[];
  contractRef?: string;
  /** The bid that won, where there were bids. */
  bidRef?: string;
}

/** The evidence that debtors were notified: from then on the assignment binds them. */
export interface DebtorNotice {
  saleRef: string;
  accountRefs: string[];
  method: string;
  evidenceRef: string;
  evidenceSha256: string;
  notifiedOn: string;
}

/** Money that came to the bank and is the buyer's; an amount below zero asks back what was passed on of the same payment. */
export interface PassedPayment {
  saleRef: string;
  accountRef: string;
  paymentRef: string;
  /** Of what is passed on of this payment: 1, 2 … */
  number: number;
  kind: 'PAYMENT' | 'REVERSAL' | 'CORRECTION';
  amount: Money;
  valueOn: string;
}

export interface LoanRecall {
  saleRef: string;
  accountRef: string;
  ground: 'RECALL' | 'BUY_BACK';
  reason: string;
  refund: Money;
}

export interface PutBackAnswer {
  saleRef: string;
  accountRef: string;
  putBackRef: string;
  accepted: boolean;
  words: string;
  /** Where it is accepted: the price of the loan less what was passed on of it. */
  refund?: Money;
}
