// Sample orders to asset managers.
import { claim, money, type Samples } from './shared.js';

const lines = [
  {
    loanRef: 'T-0123456789AB',
    productClass: 'CONSUMER',
    disbursedOn: '2025-06-01',
    overdueSince: '2025-10-15',
    daysPastDue: 108,
    principal: money('1250000.00'),
    interest: money('12500.50'),
    other: money('2500.00'),
    legalBalance: money('1265000.50'),
    security: null,
  },
];
function saleOrders(n: number): Record<string, object> {
  const saleRef = `S-${n}`;
  const { accountRef } = claim;
  return {
    publishTape: {
      saleRef,
      asOf: '2026-01-31',
      bidsCloseAt: '2026-02-10T10:00:00Z',
      lines,
      totals: { loans: 1, principal: money('1250000.00'), legalBalance: money('1265000.50') },
      sha256: 'efffcff8082474774f149237592d57f4e632088f27a223c034ff8cc4df37ee60',
    },
    award: { saleRef, bidRef: `SBID-${saleRef}`, outcome: 'LOST' },
    assignPortfolio: { saleRef, cutOffAt: '2026-01-31T17:00:00Z', price: money('100000.00'), loans: [claim] },
    notifyDebtor: {
      saleRef,
      accountRefs: [accountRef],
      method: 'BAILIFF',
      evidenceRef: 'B-1',
      evidenceSha256: 'a'.repeat(64),
      notifiedOn: '2026-02-15',
    },
    passOnPayment: { saleRef, accountRef, paymentRef: 'P-1', number: 1, kind: 'PAYMENT', amount: money('5000.00'), valueOn: '2026-02-02' },
    recall: { saleRef, accountRef, ground: 'RECALL', reason: 'Sold in error', refund: money('100000.00') },
    answerPutBack: { saleRef, accountRef, putBackRef: 'L-1', accepted: true, words: 'So it is', refund: money('100000.00') },
  };
}

export const ofAssetManager: Samples = {
  orders: saleOrders,
  before: (operation) =>
    operation === 'award'
      ? { operation: 'publishTape' }
      : /^(publishTape|assignPortfolio)$/.test(operation)
        ? null
        : { operation: 'assignPortfolio' },
};
