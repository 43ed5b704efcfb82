// One order for each operation of the contract, as the gateway would give it.
import { hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Claim, Money } from '../../connectors/contract.js';
import type { OverdueReport, Tradeline } from '../../connectors/contract/credit-bureau.js';
import type { PlacementOrder } from '../../connectors/contract/agency.js';
import type { ClaimOrder } from '../../connectors/contract/law-firm.js';
import { merdekaWords } from '../../src/sandbox/partners/merdeka-law/words.js';

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
  evidence: [{ name: 'schedule.csv', mediaType: 'text/csv', sha256: hash('sha256', 'a'), content: 'YQ==' }],
  manifestSha256: hash('sha256', `[{"mediaType":"text/csv","name":"schedule.csv","sha256":"${hash('sha256', 'a')}"}]`),
  instructions: 'Somasi first',
};

const placement: PlacementOrder = {
  caseRef: 'RC-B00001-1',
  debtor,
  claim: [claim],
  commissionRate: '0.180000',
  commission: {
    rates: [
      { fromDaysPastDue: 0, rate: '0.180000' },
      { fromDaysPastDue: 181, rate: '0.300000' },
    ],
    remittance: 'GROSS',
    directPaymentsEarn: true,
    tailDays: 10,
  },
  expiresOn: '2026-04-30',
  acknowledgeBy: '2026-02-03',
  statusEveryDays: 7,
  itemisation: [
    {
      accountRef: claim.accountRef,
      itemisedOn: '2026-01-31',
      since: '2025-10-15',
      principal: claim.principal,
      interest: claim.interest,
      fees: money('2500.00'),
      payments: money('50000.00'),
      credits: money('0.00'),
      total: claim.total,
    },
  ],
  contactPolicy: {
    citation: 'POJK 22/2023 art. 62(2)',
    days: [1, 2, 3, 4, 5, 6],
    fromHour: 8,
    toHour: 20,
    timeZone: 'Asia/Jakarta',
    language: 'id',
    attempts: { most: 7, inDays: 7 },
    ceasedChannels: ['EMAIL'],
    thirdParties: false,
  },
};

/** Figures of a later date. */
const later = { asOf: '2026-02-28', daysPastDue: 59 };

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
/** Of a sale of its own for each number. */
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

/** What an asset manager has to be told before it takes an order of this operation and number. */
export const saleOrderBefore = (operation: string, n: number): { operation: string; order: object } | null => {
  const first =
    operation === 'award'
      ? 'publishTape'
      : /^(notifyDebtor|passOnPayment|recall|answerPutBack)$/.test(operation)
        ? 'assignPortfolio'
        : null;
  return first && { operation: first, order: saleOrders(n)[first]! };
};

/** The delivery that an order of this number is about, where it is about another. */
const aboutOf = (n: number) => `handoff_${String(n).padStart(16, '0')}`;

/** What a partner has to be told before it takes an order of this operation and number, and under which delivery where that matters. */
export const orderBefore = (operation: string, n: number): { operation: string; order: object; deliveryId?: string } | null => {
  if (/^(updateReport|correctReport|withdrawReport|deleteReport|changeIdentifier|markDispute|respondDispute)$/.test(operation))
    return { operation: 'reportOverdue', order: reportOf(n) };
  return /^(addEvidence|instruct|reportDirectPayment|withdrawClaim)$/.test(operation)
    ? { operation: 'placeClaim', order: claimOrder, deliveryId: aboutOf(n) }
    : null;
};

/** By operation; `about` is the delivery that the order is about, where it is about another; with `n` of accounts of its own. */
export const orderOf = (operation: string, given?: string, n = 1): object => {
  const about = given ?? aboutOf(n);
  const matter = { orderDeliveryId: about, caseRef: 'RC-B00001-1' };
  const report = reportOf(n);
  const { reportKey, accountRef } = report;
  const placed = { orderDeliveryId: about, caseRef: 'RC-B00001-1' };
  const orders: Record<string, object> = {
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
    ...saleOrders(n),
    placeCase: placement,
    updateCase: { ...placed, asOf: '2026-02-28', debtor, claim: [claim], ceasedChannels: ['EMAIL'], heldScopes: ['CONTACT'] },
    'AGENCY.reportDirectPayment': {
      ...placed,
      accountRef,
      paymentRef: 'T-1',
      kind: 'PAYMENT',
      amount: money('125000.00'),
      paidOn: '2026-02-20',
    },
    recallCase: { ...placed, reason: 'Promise made', objectUntil: '2026-03-05' },
    answerObjection: { ...placed, answer: 'GRANTED', reason: 'The promise runs' },
    finalRecall: { ...placed, reason: 'EXPIRED', effectiveOn: '2026-03-06' },
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

const ofMatters: Record<string, Record<string, unknown>> = {
  'matter.demandSent': { level: 1, sentOn: '2026-02-01', deliveredOn: '2026-02-03', proof: 'POD-1' },
  'matter.letterSent': { sentOn: '2026-02-10', deliveredOn: '2026-02-11' },
  'matter.filed': {
    court: 'PN Jakarta Selatan',
    docket: '12/Pdt.G/2026',
    filedOn: '2026-03-01',
    claimed: money('1265000.50'),
    procedure: 'ORDINARY',
  },
  'matter.preservationApplied': { orderRef: 'P-1', appliedOn: '2026-03-02', asset: 'A house' },
  'matter.preservationGranted': { orderRef: 'P-1', grantedOn: '2026-03-05', expiresOn: '2027-03-05' },
  'matter.preservationServed': { orderRef: 'P-1', servedOn: '2026-03-08' },
  'matter.preservationRenewed': { orderRef: 'P-1', renewedOn: '2027-02-20', expiresOn: '2028-03-05' },
  'matter.preservationExpired': { orderRef: 'P-1', expiredOn: '2028-03-06' },
  'matter.preservationLifted': { orderRef: 'P-1', liftedOn: '2026-09-01' },
  'matter.served': { servedOn: '2026-03-20' },
  'matter.mediationScheduled': { at: '2026-04-01T02:00:00Z' },
  'matter.hearingScheduled': { at: '2026-05-01T02:00:00Z' },
  'matter.judgmentGiven': { result: 'PARTIAL', judgedOn: '2026-07-01', awarded: money('1000000.00') },
  'matter.appealed': { appealedOn: '2026-07-10', by: 'DEBTOR' },
  'matter.becameFinal': { finalOn: '2026-10-01' },
  'matter.enforcementApplied': { appliedOn: '2026-10-10', enforcementRef: 'E-1' },
  'matter.enforcementStarted': { startedOn: '2026-10-20' },
  'matter.suspended': { suspendedOn: '2026-11-01' },
  'matter.resumed': { resumedOn: '2027-01-01' },
  'matter.satisfied': { satisfiedOn: '2027-02-01' },
  'matter.settlementProposed': { amount: money('900000.00'), proposedOn: '2026-06-01' },
  'matter.settlementConfirmed': { confirmedOn: '2026-06-20', amount: money('900000.00') },
};

/** A file that a firm may send; what it holds is another matter. */
const invoiceFile = Buffer.from('LEDES1998B[]\r\n');
const fileOfInvoice = { sha256: createHash('sha256').update(invoiceFile).digest('hex'), content: invoiceFile.toString('base64') };
/** What comes with a piece of news, for the types that need something. */
export const newsOf = (type: string): Record<string, unknown> =>
  (
    ({
      ...ofMatters,
      ...Object.fromEntries(
        Object.entries(merdekaWords.types).map(([plain, theirs]) => [theirs, merdekaWords.write(ofMatters[plain] ?? {})]),
      ),
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
      'placement.recallObjected': { reason: 'A promise is running' },
      'placement.returned': { reason: 'The debtor has moved abroad' },
      'placement.closed': { code: 'UNCOLLECTABLE' },
      keberatan_penarikan: { alasan: 'Ada janji bayar' },
      dikembalikan: { alasan: 'Debitur pindah' },
      ditutup: { kode: 'tidak_tertagih' },
      'bid.submitted': { bidRef: 'SBID-000001', price: money('250000.00') },
      'putBack.requested': { putBackRef: 'SPB-000001', accountRef: claim.accountRef, reason: 'DECEASED', words: 'Died in January' },
      'inquiry.refused': { code: 'NO_PERMISSIBLE_PURPOSE', reason: 'Not permitted' },
    }) as Record<string, Record<string, unknown>>
  )[type] ?? {};
