// What comes with each piece of news, for the types that need something.
import { createHash } from 'node:crypto';
import type { Tradeline } from '../../connectors/contract/credit-bureau.js';
import { claim, money } from '../../src/conformance/samples/shared.js';
import { merdekaWords } from '../../src/sandbox/partners/merdeka-law/words.js';

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
