// Sample orders to law firms.
import { hash } from 'node:crypto';
import type { ClaimOrder } from '../../../connectors/contract/law-firm.js';
import { manifestOf } from '../../../connectors/contract/manifest.js';
import { claim, debtor, money, type Samples } from './shared.js';

const claimOrder: ClaimOrder = {
  caseRef: 'RC-B00001-1',
  jurisdiction: 'ID',
  debtor,
  claim: [claim],
  evidence: [{ name: 'schedule.csv', mediaType: 'text/csv', sha256: hash('sha256', 'a'), content: 'YQ==' }],
  manifestSha256: hash('sha256', manifestOf([{ name: 'schedule.csv', mediaType: 'text/csv', sha256: hash('sha256', 'a') }])),
  instructions: 'Somasi first',
};

export const ofLawFirm: Samples = {
  orders(_n, about) {
    const matter = { orderDeliveryId: about, caseRef: claimOrder.caseRef };
    return {
      placeClaim: claimOrder,
      addEvidence: { ...matter, kind: 'CONTRACT', document: { ...claimOrder.evidence[0], name: 'contract.csv' } },
      instruct: { ...matter, approve: 'SETTLEMENT', instructedOn: '2026-02-28', note: 'Half at once', amount: money('600000.00') },
      reportDirectPayment: {
        ...matter,
        kind: 'PAYMENT',
        paymentRef: 'T-1',
        amount: money('100000.00'),
        paidOn: '2026-02-27',
        dueOn: '2026-03-02',
        claim: { ...claim, asOf: '2026-02-28' },
      },
      withdrawClaim: { ...matter, reason: 'Paid in full' },
      decideInvoice: {
        ...matter,
        invoiceRef: 'invoice_0000000000000001',
        invoiceNumber: '2026-17',
        fileSha256: 'b'.repeat(64),
        decision: 'SHORT_PAID',
        submitted: money('5000000.00'),
        payable: money('4500000.00'),
        lines: [{ number: '1', submitted: money('2500000.00'), payable: money('2000000.00'), reason: 'Above the agreed rate' }],
        problems: [],
        words: 'One hour is above the agreed rate',
      },
    };
  },
  before: (operation) => (operation === 'placeClaim' ? null : { operation: 'placeClaim', about: true }),
};
