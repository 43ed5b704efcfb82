// Merdeka Law's side of the wire, in Indonesian.
import { openLawFirmDesk } from '../law-firm/desk.js';
import type { FirmSpeech } from '../law-firm/billing.js';
import { type PartnerSpec } from '../spec.js';
import { merdekaWords } from './words.js';

const billing: FirmSpeech = {
  news: 'tagihan_diajukan',
  file: ({ name, sha256, content }) => ({ nama_berkas: name, sha256, isi: content }),
  decision: ({ keputusan, diajukan, dibayar, baris }) => ({
    decision: keputusan,
    submitted: diajukan,
    payable: dibayar,
    lines: baris.map(({ diajukan, dibayar }: any) => ({ submitted: diajukan, payable: dibayar })),
  }),
  words: { approved: 'disetujui', shortPaid: 'dibayar_sebagian', rejected: 'ditolak' },
};

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
    {
      name: 'addEvidence',
      method: 'POST',
      path: /^\/v1\/lampiran$/,
      requires: ['nomor_kasus', 'pengiriman', 'macam', 'dokumen.nama', 'dokumen.sha256', 'dokumen.isi'],
    },
    { name: 'instruct', method: 'POST', path: /^\/v1\/instruksi$/, requires: ['nomor_kasus', 'pengiriman', 'setujui', 'tanggal'] },
    {
      name: 'reportDirectPayment',
      method: 'POST',
      path: /^\/v1\/pembayaran$/,
      requires: ['nomor_kasus', 'pengiriman', 'macam', 'nomor_pembayaran', 'nilai', 'tanggal_bayar', 'tagihan.jumlah'],
    },
    { name: 'withdrawClaim', method: 'POST', path: /^\/v1\/pencabutan$/, requires: ['nomor_kasus', 'pengiriman', 'alasan'] },
    {
      name: 'decideInvoice',
      method: 'POST',
      path: /^\/v1\/keputusan-tagihan$/,
      requires: ['pengiriman', 'nomor_kasus', 'nomor_kami', 'sha256_berkas', 'keputusan', 'baris', 'masalah', 'keterangan'],
    },
  ],
  lookUp: /^\/v1\/pengiriman\/([^/]+)$/,
  says: { placeClaim: 'diterima', withdrawClaim: 'selesai' },
  steps: [...Object.values(merdekaWords.types).filter((type) => type !== 'diterima'), 'tagihan_diajukan', 'setoran_diajukan'],
  desk: openLawFirmDesk(merdekaWords, billing),
};
