// One order for each operation of the contract, as the gateway would give it.
import { createHash } from 'node:crypto';
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
  evidence: [{ name: 'schedule.csv', mediaType: 'text/csv', sha256: 'a'.repeat(64), content: 'YQ==' }],
  instructions: 'Somasi first',
};

/** Figures of a later date. */
const later = { asOf: '2026-02-28', daysPastDue: 59 };

/** What a partner has to be told before it takes an order of this operation and number. */
export const orderBefore = (operation: string, n: number): OverdueReport | null =>
  /^(updateReport|correctReport|withdrawReport|deleteReport|changeIdentifier|markDispute|respondDispute)$/.test(operation)
    ? reportOf(n)
    : null;

/** By operation; `about` is the delivery that the order is about, where it is about another; with `n` of accounts of its own. */
export const orderOf = (operation: string, about = 'handoff_0000000000000000', n = 1): object => {
  const report = reportOf(n);
  const { reportKey, accountRef } = report;
  const orders: Record<string, object> = {
    placeClaim: claimOrder,
    withdrawClaim: { orderDeliveryId: about, caseRef: 'RC-B00001-1', reason: 'Paid in full' },
    decideInvoice: {
      orderDeliveryId: about,
      caseRef: 'RC-B00001-1',
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
  if (!order) throw new Error(`There is no sample order for ${operation}`);
  return order;
};

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

/** A file that a firm may send; what it holds is another matter. */
const invoiceFile = Buffer.from('LEDES1998B[]\r\n');
const fileOfInvoice = { sha256: createHash('sha256').update(invoiceFile).digest('hex'), content: invoiceFile.toString('base64') };

/** What comes with a piece of news, for the types that need something. */
export const newsOf = (type: string): Record<string, unknown> =>
  (
    ({
      'dispute.opened': { disputeRef: 'NBD-000001', code: '112', words: 'Never mine', dueOn: '2026-03-02' },
      'dispute.closed': { disputeRef: 'NBD-000001' },
      'invoice.submitted': { fileName: 'invoice-17.txt', ...fileOfInvoice },
      tagihan_diajukan: { nama_berkas: 'tagihan-17.txt', sha256: fileOfInvoice.sha256, isi: fileOfInvoice.content },
      'remittance.submitted': {
        ref: 'R-1',
        remittedOn: '2026-06-01',
        currency: 'IDR',
        basis: 'NET',
        lines: [
          {
            paymentIdentifier: 'P-1',
            type: 'PA',
            placement: 'X-1',
            paidOn: '2026-05-30',
            via: 'PARTNER',
            reverses: null,
            amount: '100.00',
            principal: '90.00',
            interest: '10.00',
            fee: '0.00',
            penalty: '0.00',
          },
        ],
        totals: { count: 1, amount: '100.00', principal: '90.00', interest: '10.00', fee: '0.00', penalty: '0.00' },
      },
      setoran_diajukan: {
        nomor: 'S-1',
        tanggal: '2026-06-01',
        mata_uang: 'IDR',
        dasar: 'kotor',
        baris: [
          {
            nomor_pembayaran: 'P-1',
            jenis: 'pembayaran',
            perkara: 'X-1',
            tanggal: '2026-05-30',
            lewat: 'kantor',
            jumlah: '100.00',
            pokok: '90.00',
            bunga: '10.00',
            biaya: '0.00',
            denda: '0.00',
          },
        ],
        kontrol: {
          banyak: 1,
          jumlah: '100.00',
          pokok: '90.00',
          bunga: '10.00',
          biaya: '0.00',
          denda: '0.00',
        },
      },
      'inquiry.completed': { report: { tradelines: [tradeline], score: 612 } },
      'inquiry.refused': { code: 'NO_PERMISSIBLE_PURPOSE', reason: 'Not permitted' },
    }) as Record<string, Record<string, unknown>>
  )[type] ?? {};
