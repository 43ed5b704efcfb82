// How Merdeka Law says it: perkara, in Indonesian and snake_case.
import type { Claim } from '../../contract.js';
import type {
  ClaimOrder,
  ClaimWithdrawal,
  DirectPayment,
  EvidenceItem,
  InvoiceDecision,
  MatterInstruction,
  MoreEvidence,
} from '../../contract/law-firm.js';
import { problemOfMatterNews } from '../../contract/law-firm-news.js';
import { readRemittanceNews } from '../../remittance-news.js';
import { speech, type Speech } from '../../words.js';
import { readSubmission } from '../ledes/submitted.js';
import { toNews } from './news.js';

const toTagihan = (claim: Claim) => ({
  nomor_rekening: claim.accountRef,
  per_tanggal: claim.asOf,
  menunggak_sejak: claim.overdueSince,
  hari_tunggakan: claim.daysPastDue,
  pokok: claim.principal,
  bunga: claim.interest,
  biaya: claim.fees,
  denda: claim.penalties,
  jumlah: claim.total,
});

const toDokumen = ({ name, mediaType, sha256, content }: EvidenceItem) => ({ nama: name, jenis: mediaType, sha256, isi: content });

/** @param signature of the manifest of its documents, where there is one */
export const toPerkara = (order: ClaimOrder, signature?: string) => ({
  nomor_kasus: order.caseRef,
  yurisdiksi: order.jurisdiction,
  debitur: {
    nomor: order.debtor.ref,
    nama: order.debtor.name,
    nik: order.debtor.nationalId ?? null,
    alamat: order.debtor.address ?? null,
    telepon: order.debtor.phones,
  },
  tagihan: order.claim.map(toTagihan),
  lampiran: order.evidence.map(toDokumen),
  ...(order.manifestSha256 ? { sha256_daftar: order.manifestSha256 } : {}),
  ...(signature ? { tanda_tangan_daftar: signature } : {}),
  ...(order.instructions ? { instruksi: order.instructions } : {}),
});

export const toPencabutan = (order: ClaimWithdrawal) => ({
  nomor_kasus: order.caseRef,
  pengiriman: order.orderDeliveryId,
  alasan: order.reason,
});

const perintah: Record<MatterInstruction['approve'], string> = {
  DEMAND: 'SOMASI',
  LAWYER_LETTER: 'SURAT_ADVOKAT',
  PRESERVATION: 'SITA_JAMINAN',
  PRESERVATION_RENEWAL: 'PERPANJANGAN_SITA',
  FILING: 'GUGATAN',
  SETTLEMENT: 'PERDAMAIAN',
  APPEAL: 'BANDING',
  ENFORCEMENT: 'EKSEKUSI',
  RESUMPTION: 'LANJUTAN_EKSEKUSI',
};

export const toLampiran = (order: MoreEvidence) => ({
  nomor_kasus: order.caseRef,
  pengiriman: order.orderDeliveryId,
  macam: order.kind,
  dokumen: toDokumen(order.document),
});

export const toInstruksi = (order: MatterInstruction) => ({
  nomor_kasus: order.caseRef,
  pengiriman: order.orderDeliveryId,
  setujui: perintah[order.approve],
  tanggal: order.instructedOn,
  ...(order.note ? { catatan: order.note } : {}),
  ...(order.amount ? { nilai: order.amount } : {}),
});

export const toPembayaran = (order: DirectPayment) => ({
  nomor_kasus: order.caseRef,
  pengiriman: order.orderDeliveryId,
  macam: order.kind === 'PAYMENT' ? 'PEMBAYARAN' : 'PEMBATALAN',
  nomor_pembayaran: order.paymentRef,
  nilai: order.amount,
  tanggal_bayar: order.paidOn,
  batas_lapor: order.dueOn,
  tagihan: toTagihan(order.claim),
});

const keputusan = { APPROVED: 'disetujui', SHORT_PAID: 'dibayar_sebagian', REJECTED: 'ditolak' } as const;

export const toKeputusanTagihan = (order: InvoiceDecision) => ({
  pengiriman: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  nomor_kami: order.invoiceRef,
  nomor_tagihan: order.invoiceNumber,
  sha256_berkas: order.fileSha256,
  keputusan: keputusan[order.decision],
  diajukan: order.submitted,
  dibayar: order.payable,
  baris: order.lines.map(({ number, submitted, payable, reason }) => ({
    nomor: number,
    diajukan: submitted,
    dibayar: payable,
    alasan: reason,
  })),
  masalah: order.problems.map(({ line, column, code, words }) => ({ baris: line, kolom: column, kode: code, keterangan: words })),
  keterangan: order.words,
});

const jenis: Record<string, string> = { pembayaran: 'PA', pembatalan: 'PAR' };
const lewat: Record<string, string> = { kantor: 'PARTNER', bank: 'BANK' };
const dasar: Record<string, string> = { bersih: 'NET', kotor: 'GROSS' };
const orEmpty = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const buckets = ({ pokok, bunga, biaya, denda, jumlah }: Record<string, unknown>) => ({
  principal: pokok,
  interest: bunga,
  fee: biaya,
  penalty: denda,
  amount: jumlah,
});

/** A word that it does not know stays what it is, and is found to be wrong. */
const fromSetoran = ({ nomor, tanggal, mata_uang, dasar: said, baris, kontrol }: Record<string, unknown>): Record<string, unknown> => ({
  ref: nomor,
  remittedOn: tanggal,
  currency: mata_uang,
  basis: dasar[String(said)],
  lines: Array.isArray(baris)
    ? baris.map(orEmpty).map((each) => ({
        paymentIdentifier: each['nomor_pembayaran'],
        type: jenis[String(each['jenis'])],
        placement: each['perkara'],
        paidOn: each['tanggal'],
        via: lewat[String(each['lewat'])],
        reverses: each['membatalkan'] ?? null,
        ...buckets(each),
      }))
    : baris,
  totals: kontrol === undefined ? undefined : { ...buckets(orEmpty(kontrol)), count: orEmpty(kontrol)['banyak'] },
});

const said = speech({
  status: { field: 'status', yes: 'DITERIMA', no: 'DITOLAK', unknown: 'TIDAK_DITEMUKAN' },
  ref: 'nomor_perkara',
  code: 'kode',
  reason: 'alasan',
  callback: {
    type: 'peristiwa',
    deliveryId: 'pengiriman',
    partnerRef: 'nomor_perkara',
    sequence: 'urutan',
    occurredAt: 'waktu',
    data: 'rincian',
  },
  types: {
    diterima: 'matter.accepted',
    ditolak: 'matter.refused',
    somasi_dikirim: 'matter.demandSent',
    surat_advokat: 'matter.letterSent',
    gugatan_didaftarkan: 'matter.filed',
    sita_dimohonkan: 'matter.preservationApplied',
    sita_jaminan: 'matter.preservationGranted',
    sita_dilaksanakan: 'matter.preservationServed',
    sita_diperpanjang: 'matter.preservationRenewed',
    sita_berakhir: 'matter.preservationExpired',
    sita_diangkat: 'matter.preservationLifted',
    panggilan: 'matter.served',
    mediasi: 'matter.mediationScheduled',
    sidang: 'matter.hearingScheduled',
    putusan: 'matter.judgmentGiven',
    banding: 'matter.appealed',
    inkracht: 'matter.becameFinal',
    eksekusi_dimohonkan: 'matter.enforcementApplied',
    eksekusi: 'matter.enforcementStarted',
    eksekusi_ditangguhkan: 'matter.suspended',
    eksekusi_dilanjutkan: 'matter.resumed',
    lunas: 'matter.satisfied',
    perdamaian_diusulkan: 'matter.settlementProposed',
    akta_perdamaian: 'matter.settlementConfirmed',
    selesai: 'matter.closed',
    tagihan_diajukan: 'invoice.submitted',
    setoran_diajukan: 'remittance.submitted',
  },
});
export const { toAnswer, toLookUp } = said;

export const readCallback: Speech['readCallback'] = (body) => {
  const read = said.readCallback(body);
  if ('problem' in read) return read;
  if (read.callback.type === 'remittance.submitted') return readRemittanceNews({ ...read.callback, data: fromSetoran(read.callback.data) });
  if (read.callback.type === 'invoice.submitted') {
    const { nama_berkas: fileName, sha256, isi: content } = read.callback.data;
    return readSubmission({ ...read.callback, data: { fileName, sha256, content } });
  }
  const callback = { ...read.callback, data: toNews(read.callback.data) };
  const problem = problemOfMatterNews(callback);
  return problem ? { problem } : { callback };
};
