// What a law firm is asked to do.
import type { Claim, Connector, Debtor, Operation } from '../contract.js';

export interface LawFirm extends Connector {
  kind: 'LAW_FIRM';
  operations: { placeClaim: Operation<ClaimOrder>; withdrawClaim: Operation<ClaimWithdrawal> };
}

export interface ClaimOrder {
  caseRef: string;
  jurisdiction: string;
  debtor: Debtor;
  claim: Claim[];
  evidence: EvidenceItem[];
  instructions?: string;
}

/** One document of the evidence bundle: content travels inline as base64, `sha256` (hex) is of the bytes. */
export interface EvidenceItem {
  name: string;
  mediaType: string;
  sha256: string;
  content: string;
}

/** `orderDeliveryId` is the delivery that placed what is now withdrawn. */
export interface ClaimWithdrawal {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
}
