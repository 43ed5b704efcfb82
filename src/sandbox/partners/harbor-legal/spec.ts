// Harbor Legal's side of the wire.
import type { FirmSpeech } from '../law-firm/billing.js';
import { openLawFirmDesk } from '../law-firm/desk.js';
import type { FirmWords } from '../law-firm/order.js';
import { plainCallback, plainWords, type PartnerOperation, type PartnerSpec } from '../spec.js';

const steps = [
  'matter.demandSent',
  'matter.letterSent',
  'matter.filed',
  'matter.preservationApplied',
  'matter.preservationGranted',
  'matter.preservationServed',
  'matter.preservationRenewed',
  'matter.preservationExpired',
  'matter.preservationLifted',
  'matter.served',
  'matter.mediationScheduled',
  'matter.hearingScheduled',
  'matter.judgmentGiven',
  'matter.appealed',
  'matter.becameFinal',
  'matter.settlementProposed',
  'matter.settlementConfirmed',
  'matter.enforcementApplied',
  'matter.enforcementStarted',
  'matter.suspended',
  'matter.resumed',
  'matter.satisfied',
  'matter.closed',
  'matter.refused',
];

const words: FirmWords = {
  types: Object.fromEntries(['matter.accepted', ...steps].map((type) => [type, type])),
  read: (operation, body) => ({
    caseRef: body.clientReference,
    jurisdiction: body.jurisdiction ?? null,
    papers: body.documents ?? (body.document ? [body.document] : []),
    manifest: body.manifestSha256 ?? null,
    totals: (body.claims ?? []).map(({ total }: any) => total),
    asOf: body.claims?.[0]?.asOf ?? body.claim?.asOf ?? body.instructedOn ?? null,
    approve: body.approve ?? null,
    amount: body.amount ?? null,
    payment: operation === 'reportDirectPayment' ? { ref: body.paymentRef, kind: body.kind } : null,
  }),
  write: (data) => data,
};

const ofMatter = (name: string, what: string, ...requires: string[]): PartnerOperation => ({
  name,
  method: 'POST',
  path: new RegExp(`^/matters/([^/]+)/${what}$`),
  requires: ['clientReference', ...requires],
});

const billing: FirmSpeech = {
  news: 'invoice.submitted',
  file: ({ name, sha256, content }) => ({ fileName: name, sha256, content }),
  decision: ({ decision, submitted, payable, lines }) => ({
    decision,
    submitted,
    payable,
    lines: lines.map(({ submitted, payable }: any) => ({ submitted, payable })),
  }),
  words: { approved: 'APPROVED', shortPaid: 'SHORT_PAID', rejected: 'REJECTED' },
};

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
    ofMatter('addEvidence', 'documents', 'kind', 'document.name', 'document.sha256', 'document.content'),
    ofMatter('instruct', 'instructions', 'approve', 'instructedOn'),
    ofMatter('reportDirectPayment', 'payments', 'kind', 'paymentRef', 'amount', 'paidOn', 'claim.total'),
    ofMatter('withdrawClaim', 'withdrawal', 'reason'),
    {
      name: 'decideInvoice',
      method: 'POST',
      path: /^\/matters\/[^/]+\/invoice-decisions$/,
      requires: ['clientReference', 'invoiceRef', 'fileSha256', 'decision', 'lines', 'problems', 'words'],
    },
  ],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: { withdrawClaim: 'matter.closed', placeClaim: 'matter.accepted' },
  steps: [...steps, 'invoice.submitted', 'remittance.submitted'],
  desk: openLawFirmDesk(words, billing),
};
