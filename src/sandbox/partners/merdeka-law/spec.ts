// Merdeka Law's side of the wire, in Indonesian.
import { lawFirmDesk } from '../law-firm-desk.js';
import { type PartnerSpec } from '../spec.js';

export const merdekaLaw: PartnerSpec = {
  id: 'merdeka-law',
  name: 'Merdeka Law (law firm B)',
  kind: 'Law firm',
  port: 4103,
  refPrefix: 'ML',
  words: {
    status: 'status',
    yes: 'DITERIMA',
    no: 'DITOLAK',
    unknown: 'TIDAK_DITEMUKAN',
    ref: 'nomor_perkara',
    code: 'kode',
    reason: 'alasan',
  },
  callback: {
    type: 'peristiwa',
    deliveryId: 'pengiriman',
    partnerRef: 'nomor_perkara',
    sequence: 'urutan',
    occurredAt: 'waktu',
    data: 'rincian',
  },
  operations: [
    { name: 'placeClaim', method: 'POST', path: /^\/v1\/perkara$/, requires: ['nomor_kasus', 'debitur.nama', 'tagihan', 'lampiran'] },
    { name: 'withdrawClaim', method: 'POST', path: /^\/v1\/pencabutan$/, requires: ['nomor_kasus', 'pengiriman', 'alasan'] },
    {
      name: 'decideInvoice',
      method: 'POST',
      path: /^\/v1\/keputusan-tagihan$/,
      requires: ['pengiriman', 'nomor_kasus', 'nomor_kami', 'sha256_berkas', 'keputusan', 'baris', 'masalah', 'keterangan'],
    },
  ],
  desk: lawFirmDesk({
    news: 'tagihan_diajukan',
    file: ({ name, sha256, content }) => ({ nama_berkas: name, sha256, isi: content }),
    claim: ({ nomor_kasus, tagihan }) => ({ caseRef: nomor_kasus, currency: tagihan?.[0]?.jumlah?.currency }),
    decision: ({ keputusan, diajukan, dibayar, baris }) => ({
      decision: keputusan,
      submitted: diajukan,
      payable: dibayar,
      lines: baris.map(({ diajukan, dibayar }: any) => ({ submitted: diajukan, payable: dibayar })),
    }),
    words: { approved: 'disetujui', shortPaid: 'dibayar_sebagian', rejected: 'ditolak' },
  }),
  lookUp: /^\/v1\/pengiriman\/([^/]+)$/,
  says: { placeClaim: 'diterima', withdrawClaim: 'selesai' },
  steps: [
    'somasi_dikirim',
    'gugatan_didaftarkan',
    'sita_jaminan',
    'sidang',
    'putusan',
    'eksekusi',
    'selesai',
    'ditolak',
    'tagihan_diajukan',
    'setoran_diajukan',
  ],
};
