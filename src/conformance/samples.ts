// Sample orders: one for each operation of the contract, as the gateway would give it. The conformance kit, the tests and the published examples are made of them.
import type { Claim, Money } from '../../connectors/contract.js';
import type { OverdueReport, Tradeline } from '../../connectors/contract/credit-bureau.js';
import type { ClaimOrder } from '../../connectors/contract/law-firm.js';

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
/** On an account of its own for each number. */
const reportOf = (n: number): OverdueReport => ({
  reportKey: `nusa-bureau/loan_${String(n).padStart(16, '0')}/1`,
  version: 1,
  accountRef: `ID-L${String(n).padStart(6, '0')}`,
  borrowerRef: 'B00001',
  asOf: '2026-01-31',
  overdueSince: '2025-12-31',
  daysPastDue: 31,
  overdue: money('125000.00'),
  outstanding: money('1265000.50'),
  qualityClass: 2,
});
const claimOrder: ClaimOrder = {
  caseRef: 'RC-B00001-1',
  jurisdiction: 'ID',
  debtor,
  claim: [claim],
  evidence: [
    {
      name: 'schedule.csv',
      mediaType: 'text/csv',
      sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      content: 'YQ==',
    },
  ],
  instructions: 'Somasi first',
};

/** Figures of a later date. */
const later = { asOf: '2026-02-28', daysPastDue: 59 };

/** What a partner has to be told before it takes an order of this operation and number. */
export const orderBefore = (operation: string, n: number): OverdueReport | null =>
  /^(updateReport|correctReport|withdrawReport|deleteReport|changeIdentifier|markDispute|respondDispute)$/.test(operation)
    ? reportOf(n)
    : null;

/** The delivery that sample orders are about where nobody says which. */
export const sampleDelivery = 'handoff_0000000000000000';

/** Whether an order of this operation is about another delivery, which has to be sent before. */
export const isAboutAnother = (operation: string): boolean => JSON.stringify(orderOf(operation)).includes(sampleDelivery);

/** By operation; `about` is the delivery that the order is about, where it is about another; with `n` of accounts of its own. */
export const orderOf = (operation: string, about = sampleDelivery, n = 1): object => {
  const report = reportOf(n);
  const { reportKey, accountRef } = report;
  const orders: Record<string, object> = {
    placeClaim: claimOrder,
    withdrawClaim: { orderDeliveryId: about, caseRef: 'RC-B00001-1', reason: 'Paid in full' },
    reportOverdue: report,
    correctReport: { ...report, version: 2, replacesVersion: 1, overdue: money('124000.00') },
    updateReport: { ...report, ...later, version: 2 },
    withdrawReport: { reportKey, version: 2, replacesVersion: 1, accountRef, asOf: later.asOf, reason: 'CURED' },
    deleteReport: { reportKey, version: 2, replacesVersion: 1, accountRef, asOf: later.asOf, reason: 'FRAUD' },
    changeIdentifier: { version: 2, accountRef: `NEW-${accountRef}`, formerAccountRef: accountRef, asOf: later.asOf },
    markDispute: { reportKey, version: 2, accountRef, disputeRef: 'D-1', asOf: later.asOf, mark: 'SET' },
    respondDispute: { accountRef, disputeRef: 'D-1', outcome: 'VERIFIED', version: 2, asOf: later.asOf, words: 'The schedule says so' },
    requestInquiry: {
      inquiryRef: `inquiry_${String(n).padStart(16, '0')}`,
      borrowerRef: 'B00001',
      name: debtor.name,
      nationalId: debtor.nationalId,
      purpose: 'COLLECTION',
      legalBasis: 'CONSENT',
      consentRef: 'C-2025-1',
      asOf: '2026-02-28',
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
  if (!order) throw new Error(`There is no sample order for ${operation}: write one in src/conformance/samples.ts`);
  return n === 1 ? order : numbered(order, n);
};

/** Of a case, or a sale, of its own. */
const numbered = (order: object, n: number): object => ({
  ...order,
  ...('caseRef' in order ? { caseRef: `RC-B${String(n).padStart(5, '0')}-1` } : {}),
  ...('saleRef' in order ? { saleRef: `S-${n}` } : {}),
});

const tradeline: Tradeline = {
  lender: 'Bank Samudra',
  accountRef: 'S-1',
  ours: false,
  kind: 'CARD',
  openedOn: '2024-01-15',
  outstanding: money('5000000.00'),
  overdue: money('0.00'),
  daysPastDue: 0,
  qualityClass: 1,
  reportedOn: '2026-01-31',
};

/** What comes with a piece of news, for the types that need something. */
export const newsOf = (type: string): Record<string, unknown> =>
  (
    ({
      'dispute.opened': { disputeRef: 'NBD-000001', code: '112', words: 'Never mine', dueOn: '2026-03-02' },
      'dispute.closed': { disputeRef: 'NBD-000001' },
      'inquiry.completed': { report: { tradelines: [tradeline], score: 612 } },
      'inquiry.refused': { code: 'NO_PERMISSIBLE_PURPOSE', reason: 'Not permitted' },
    }) as Record<string, Record<string, unknown>>
  )[type] ?? {};
