// What a law firm is asked to do.
import type { Claim, Connector, Debtor, Money, Operation } from '../contract.js';

export interface LawFirm extends Connector {
  kind: 'LAW_FIRM';
  operations: {
    placeClaim: Operation<ClaimOrder>;
    addEvidence: Operation<MoreEvidence>;
    instruct: Operation<MatterInstruction>;
    reportDirectPayment: Operation<DirectPayment>;
    withdrawClaim: Operation<ClaimWithdrawal>;
  };
}

export interface ClaimOrder {
  caseRef: string;
  jurisdiction: string;
  debtor: Debtor;
  claim: Claim[];
  evidence: EvidenceItem[];
  /** Hex, of the bundle's manifest: a JSON array of `{"mediaType","name","sha256"}` in order of name, without blanks. Claims of before it was kept have none. */
  manifestSha256?: string;
  instructions?: string;
}

/** One document of the evidence bundle: content travels inline as base64, `sha256` (hex) is of the bytes. */
export interface EvidenceItem {
  name: string;
  mediaType: string;
  sha256: string;
  content: string;
}

/** `orderDeliveryId` is the delivery that placed the claim that all of these are about. */
interface AboutMatter {
  orderDeliveryId: string;
  caseRef: string;
}

/** `kind` is what it is evidence of, e.g. CONTRACT, DEMAND_PROOF. */
export interface MoreEvidence extends AboutMatter {
  kind: string;
  document: EvidenceItem;
}

export const instructions = [
  'DEMAND',
  'LAWYER_LETTER',
  'PRESERVATION',
  'PRESERVATION_RENEWAL',
  'FILING',
  'SETTLEMENT',
  'APPEAL',
  'ENFORCEMENT',
  'RESUMPTION',
] as const;

/** The bank's word that something may be done. `amount` is of a settlement. */
export interface MatterInstruction extends AboutMatter {
  approve: (typeof instructions)[number];
  instructedOn: string;
  note?: string;
  amount?: Money;
}

/** Something was paid to the bank, or a payment was taken back; `claim` is what is claimed of the loan since. */
export interface DirectPayment extends AboutMatter {
  kind: 'PAYMENT' | 'REVERSAL';
  paymentRef: string;
  amount: Money;
  paidOn: string;
  /** By when the bank promised to tell of it. */
  dueOn: string;
  claim: Claim;
}

export interface ClaimWithdrawal extends AboutMatter {
  reason: string;
}
