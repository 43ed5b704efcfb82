// Harbor Legal's side of the wire.
import { lawFirmDesk } from '../law-firm-desk.js';
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
    {
      name: 'decideInvoice',
      method: 'POST',
      path: /^\/matters\/[^/]+\/invoice-decisions$/,
      requires: ['clientReference', 'invoiceRef', 'fileSha256', 'decision', 'lines', 'problems', 'words'],
    },
  ],
  desk: lawFirmDesk({
    news: 'invoice.submitted',
    file: ({ name, sha256, content }) => ({ fileName: name, sha256, content }),
    claim: ({ clientReference, claims }) => ({ caseRef: clientReference, currency: claims?.[0]?.total?.currency }),
    decision: ({ decision, submitted, payable, lines }) => ({
      decision,
      submitted,
      payable,
      lines: lines.map(({ submitted, payable }: any) => ({ submitted, payable })),
    }),
    words: { approved: 'APPROVED', shortPaid: 'SHORT_PAID', rejected: 'REJECTED' },
  }),
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
    'invoice.submitted',
    'remittance.submitted',
  ],
};
