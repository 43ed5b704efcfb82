// Lotus Recovery's side of the wire.
import { openAgencyDesk } from '../agency-desk.js';
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';
import { lotusBodies } from './bodies.js';

const about = (what: string) => new RegExp(`^/placements/([^/]+)/${what}$`);

export const lotusRecovery: PartnerSpec = {
  id: 'lotus-recovery',
  name: 'Lotus Recovery',
  kind: 'Agency',
  port: 4105,
  refPrefix: 'LR',
  callback: plainCallback,
  words: { ...plainWords, ref: 'placementId' },
  operations: [
    { name: 'placeCase', method: 'POST', path: /^\/placements$/, requires: [] },
    { name: 'updateCase', method: 'POST', path: about('updates'), requires: [] },
    { name: 'reportDirectPayment', method: 'POST', path: about('direct-payments'), requires: [] },
    { name: 'recallCase', method: 'POST', path: about('recall'), requires: [] },
    { name: 'answerObjection', method: 'POST', path: about('objection-answer'), requires: [] },
    { name: 'finalRecall', method: 'POST', path: about('final-recall'), requires: [] },
  ],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: { placeCase: 'placement.acknowledged', recallCase: 'placement.recalled' },
  steps: [
    'placement.status',
    'placement.recallObjected',
    'placement.recalled',
    'placement.returned',
    'placement.closed',
    'placement.refused',
    'remittance.submitted',
  ],
  desk: openAgencyDesk({
    bodies: lotusBodies,
    invalid: 'INVALID',
    ended: 'PLACEMENT_ENDED',
    news: {
      'placement.status': { activity: { calls: 3, messages: 1, letters: 0, visits: 0 }, contact: 'NO_ANSWER' },
      'placement.recallObjected': { reason: 'A promise is running' },
      'placement.returned': { reason: 'The debtor has moved abroad' },
      'placement.closed': { code: 'UNCOLLECTABLE' },
    },
  }),
};
