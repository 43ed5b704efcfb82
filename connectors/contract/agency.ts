// What a collection agency is asked to do.
import type { Claim, Connector, Debtor, Operation } from '../contract.js';

export interface Agency extends Connector {
  kind: 'AGENCY';
  operations: { placeCase: Operation<PlacementOrder>; recallCase: Operation<PlacementRecall> };
}

export interface PlacementOrder {
  caseRef: string;
  debtor: Debtor;
  claim: Claim[];
  commissionRate: string;
  expiresOn: string;
}

export interface PlacementRecall {
  orderDeliveryId: string;
  caseRef: string;
  reason: string;
}
