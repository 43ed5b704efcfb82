// One order for each operation of the contract, as the gateway would give it.
import type { Claim, ClaimOrder, Money, OverdueReport } from '../../connectors/contract.js';

const money = (amount: string): Money => ({ amount, currency: 'IDR' });
const claim: Claim = {
  accountRef: 'ID-L000001',
  asOf: '2026-01-31',
  overdueSince: '2025-10-15',
  daysPastDue: 108,
  principal: money('1250000.00'),
  interest: money('12500.50'),
  fees: money('0.00'),
  penalties: money('2500.00'),
  total: money('1265000.50'),
};
const debtor = {
  ref: 'B00001',
  name: "Siti Ma'ruf",
  nationalId: '3174010101900001',
  address: 'Jl. Melati No. 1, Bandung',
  phones: ['+62 811-1111-1111'],
};
const report: OverdueReport = {
  reportKey: 'nusa-bureau/loan_0000000000000001/1',
  version: 1,
  accountRef: 'ID-L000001',
  borrowerRef: 'B00001',
  asOf: '2026-01-31',
  overdueSince: '2025-12-31',
  daysPastDue: 31,
  overdue: money('125000.00'),
  outstanding: money('1265000.50'),
  qualityClass: 2,
};
const claimOrder: ClaimOrder = {
  caseRef: 'RC-B00001-1',
  jurisdiction: 'ID',
  debtor,
  claim: [claim],
  evidence: [{ name: 'schedule.csv', mediaType: 'text/csv', sha256: 'a'.repeat(64), content: 'YQ==' }],
  instructions: 'Somasi first',
};

/** By operation; `about` is the delivery that the order is about, where it is about another. */
export const orderOf = (operation: string, about = 'handoff_0000000000000000'): object => {
  const orders: Record<string, object> = {
    placeClaim: claimOrder,
    withdrawClaim: { orderDeliveryId: about, caseRef: 'RC-B00001-1', reason: 'Paid in full' },
    reportOverdue: report,
    correctReport: { ...report, version: 2, replacesVersion: 1 },
    withdrawReport: {
      reportKey: report.reportKey,
      version: 3,
      replacesVersion: 2,
      accountRef: report.accountRef,
      asOf: '2026-02-28',
      reason: 'CURED',
    },
    assignPortfolio: { saleRef: 'S-1', cutOffAt: '2026-01-31T17:00:00Z', price: money('100000.00'), loans: [claim] },
    placeCase: { caseRef: 'RC-B00001-1', debtor, claim: [claim], commissionRate: '0.180000', expiresOn: '2026-04-30' },
    recallCase: { orderDeliveryId: about, caseRef: 'RC-B00001-1', reason: 'Promise made' },
    sendReminder: {
      caseRef: 'RC-B00001-1',
      channel: 'SMS',
      to: '+62 811-1111-1111',
      language: 'id',
      text: 'Mohon dibayar',
      overdue: money('125000.00'),
      daysPastDue: 7,
      payBy: '2026-02-07',
    },
  };
  const order = orders[operation];
  if (!order) throw new Error(`There is no sample order for ${operation}`);
  return order;
};
