// Harbor Legal's side of the wire.
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';

export const harborLegal: PartnerSpec = {
  id: 'harbor-legal',
  name: 'Harbor Legal (law firm A)',
  kind: 'Law firm',
  port: 4102,
  refPrefix: 'HL',
  callback: plainCallback,
  words: { ...plainWords, ref: 'matterId' },
  operations: [
    {
      name: 'placeClaim',
      method: 'POST',
      path: /^\/matters$/,
      requires: ['clientReference', 'jurisdiction', 'debtor.name', 'claims', 'documents'],
    },
    { name: 'withdrawClaim', method: 'POST', path: /^\/matters\/[^/]+\/withdrawal$/, requires: ['clientReference', 'reason'] },
  ],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: { placeClaim: 'matter.accepted', withdrawClaim: 'matter.closed' },
  steps: [
    'matter.demandSent',
    'matter.filed',
    'matter.preservationGranted',
    'matter.hearingScheduled',
    'matter.judgmentGiven',
    'matter.enforcementStarted',
    'matter.closed',
    'matter.refused',
  ],
};
