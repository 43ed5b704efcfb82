// Merdeka Law's side of the wire, in Indonesian.
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
  ],
  lookUp: /^\/v1\/pengiriman\/([^/]+)$/,
  says: { placeClaim: 'diterima', withdrawClaim: 'selesai' },
  steps: ['somasi_dikirim', 'gugatan_didaftarkan', 'sita_jaminan', 'sidang', 'putusan', 'eksekusi', 'selesai', 'ditolak'],
};
