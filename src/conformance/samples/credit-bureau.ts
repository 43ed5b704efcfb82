// Sample orders to credit bureaus.
import type { OverdueReport } from '../../../connectors/contract/credit-bureau.js';
import { debtor, money, type Samples } from './shared.js';

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
/** Figures of a later date. */
const later = { asOf: '2026-02-28', daysPastDue: 59 };

export const ofCreditBureau: Samples = {
  orders(n) {
    const report = reportOf(n);
    const { reportKey, accountRef } = report;
    return {
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
    };
  },
  before: (operation) => (operation === 'reportOverdue' || operation === 'requestInquiry' ? null : { operation: 'reportOverdue' }),
};
