// Lotus Recovery's side of the wire.
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';

export const lotusRecovery: PartnerSpec = {
  id: 'lotus-recovery',
  name: 'Lotus Recovery',
  kind: 'Agency',
  port: 4105,
  refPrefix: 'LR',
  callback: plainCallback,
  words: { ...plainWords, ref: 'placementId' },
  operations: [
    {
      name: 'placeCase',
      method: 'POST',
      path: /^\/placements$/,
      requires: ['caseRef', 'debtor.name', 'claim', 'commissionRate', 'expiresOn'],
    },
    { name: 'recallCase', method: 'POST', path: /^\/placements\/[^/]+\/recall$/, requires: ['caseRef', 'reason'] },
  ],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: { placeCase: 'placement.acknowledged', recallCase: 'placement.recalled' },
  steps: ['placement.status', 'placement.recalled', 'placement.closed', 'placement.refused', 'remittance.submitted'],
};
