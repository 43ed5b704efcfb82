// Merdeka Law's own words, as schema/partners/merdeka-law.yaml publishes them.
import type { FirmWords } from '../law-firm/order.js';

const types: Readonly<Record<string, string>> = {
  'matter.accepted': 'diterima',
  'matter.refused': 'ditolak',
  'matter.demandSent': 'somasi_dikirim',
  'matter.letterSent': 'surat_advokat',
  'matter.filed': 'gugatan_didaftarkan',
  'matter.preservationApplied': 'sita_dimohonkan',
  'matter.preservationGranted': 'sita_jaminan',
  'matter.preservationServed': 'sita_dilaksanakan',
  'matter.preservationRenewed': 'sita_diperpanjang',
  'matter.preservationExpired': 'sita_berakhir',
  'matter.preservationLifted': 'sita_diangkat',
  'matter.served': 'panggilan',
  'matter.mediationScheduled': 'mediasi',
  'matter.hearingScheduled': 'sidang',
  'matter.judgmentGiven': 'putusan',
  'matter.appealed': 'banding',
  'matter.becameFinal': 'inkracht',
  'matter.enforcementApplied': 'eksekusi_dimohonkan',
  'matter.enforcementStarted': 'eksekusi',
  'matter.suspended': 'eksekusi_ditangguhkan',
  'matter.resumed': 'eksekusi_dilanjutkan',
  'matter.satisfied': 'lunas',
  'matter.settlementProposed': 'perdamaian_diusulkan',
  'matter.settlementConfirmed': 'akta_perdamaian',
  'matter.closed': 'selesai',
};

const fields: Readonly<Record<string, string>> = {
  manifestSha256: 'sha256_daftar',
  code: 'kode',
  reason: 'alasan',
  level: 'tingkat',
  sentOn: 'tanggal_kirim',
  deliveredOn: 'tanggal_terima',
  proof: 'bukti',
  court: 'pengadilan',
  docket: 'nomor_register',
  filedOn: 'tanggal_daftar',
  claimed: 'nilai_gugatan',
  procedure: 'jenis',
  orderRef: 'nomor_sita',
  asset: 'objek',
  appliedOn: 'tanggal_permohonan',
  grantedOn: 'tanggal_penetapan',
  servedOn: 'tanggal_pelaksanaan',
  renewedOn: 'tanggal_perpanjangan',
  expiresOn: 'berlaku_sampai',
  expiredOn: 'tanggal_berakhir',
  liftedOn: 'tanggal_pengangkatan',
  at: 'jadwal',
  result: 'hasil',
  judgedOn: 'tanggal_putusan',
  awarded: 'nilai_putusan',
  appealedOn: 'tanggal_banding',
  by: 'pihak',
  finalOn: 'tanggal_inkracht',
  enforcementRef: 'nomor_eksekusi',
  startedOn: 'tanggal_mulai',
  suspendedOn: 'tanggal_tangguh',
  resumedOn: 'tanggal_lanjut',
  satisfiedOn: 'tanggal_lunas',
  amount: 'nilai_perdamaian',
  proposedOn: 'tanggal_usul',
  confirmedOn: 'tanggal_akta',
};
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  procedure: { SMALL_CLAIM: 'GUGATAN_SEDERHANA', ORDINARY: 'GUGATAN_BIASA' },
  result: { FULL: 'DIKABULKAN', PARTIAL: 'SEBAGIAN', DISMISSED: 'DITOLAK' },
  by: { DEBTOR: 'DEBITUR' },
};
const instructions: Readonly<Record<string, string>> = {
  SOMASI: 'DEMAND',
  SURAT_ADVOKAT: 'LAWYER_LETTER',
  SITA_JAMINAN: 'PRESERVATION',
  PERPANJANGAN_SITA: 'PRESERVATION_RENEWAL',
  GUGATAN: 'FILING',
  PERDAMAIAN: 'SETTLEMENT',
  BANDING: 'APPEAL',
  EKSEKUSI: 'ENFORCEMENT',
  LANJUTAN_EKSEKUSI: 'RESUMPTION',
};
const paperOf = ({ nama, jenis, sha256, isi }: any) => ({ name: nama, mediaType: jenis, sha256, content: isi });

export const merdekaWords: FirmWords = {
  types,
  read: (operation, body) => ({
    caseRef: body.nomor_kasus,
    jurisdiction: body.yurisdiksi ?? null,
    papers: (body.lampiran ?? (body.dokumen ? [body.dokumen] : [])).map(paperOf),
    manifest: body.sha256_daftar ?? null,
    totals: Array.isArray(body.tagihan) ? body.tagihan.map(({ jumlah }: any) => jumlah) : [],
    asOf: body.tagihan?.[0]?.per_tanggal ?? body.tagihan?.per_tanggal ?? body.tanggal ?? null,
    approve: instructions[body.setujui] ?? body.setujui ?? null,
    amount: body.nilai ?? null,
    payment:
      operation === 'reportDirectPayment'
        ? { ref: body.nomor_pembayaran, kind: body.macam === 'PEMBATALAN' ? 'REVERSAL' : 'PAYMENT' }
        : null,
  }),
  write: (data) =>
    Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        // A summons is no execution of an order, though both are said to be served.
        key === 'servedOn' && !('orderRef' in data) ? 'tanggal_panggilan' : (fields[key] ?? key),
        (typeof value === 'string' && values[key]?.[value]) || value,
      ]),
    ),
};
