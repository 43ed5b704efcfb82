// Mitra Tagih's side of the wire, in Indonesian.
import { openAgencyDesk } from '../agency-desk.js';
import type { PartnerSpec } from '../spec.js';
import { mitraBodies } from './bodies.js';

const post = (name: string, path: string) => ({ name, method: 'POST' as const, path: new RegExp(`^/v1/${path}$`), requires: [] });

export const mitraTagih: PartnerSpec = {
  id: 'mitra-tagih',
  name: 'Mitra Tagih (agency B)',
  kind: 'Agency',
  port: 4107,
  refPrefix: 'MT',
  words: {
    status: 'status',
    yes: 'DITERIMA',
    no: 'DITOLAK',
    unknown: 'TIDAK_DITEMUKAN',
    ref: 'nomor_penugasan',
    code: 'kode',
    reason: 'alasan',
  },
  callback: {
    type: 'peristiwa',
    deliveryId: 'penugasan',
    partnerRef: 'nomor_penugasan',
    sequence: 'urutan',
    occurredAt: 'waktu',
    data: 'rincian',
  },
  operations: [
    post('placeCase', 'penugasan'),
    post('updateCase', 'perubahan'),
    post('reportDirectPayment', 'pembayaran-langsung'),
    post('recallCase', 'penarikan'),
    post('answerObjection', 'jawaban-keberatan'),
    post('finalRecall', 'penarikan-final'),
  ],
  lookUp: /^\/v1\/pengiriman\/([^/]+)$/,
  says: { placeCase: 'diterima', recallCase: 'ditarik' },
  steps: ['laporan', 'keberatan_penarikan', 'ditarik', 'dikembalikan', 'ditutup', 'ditolak'],
  desk: openAgencyDesk({
    bodies: mitraBodies,
    invalid: 'ISIAN_SALAH',
    ended: 'PENUGASAN_BERAKHIR',
    news: {
      laporan: { kegiatan: { telepon: 2, pesan: 1, surat: 0, kunjungan: 1 }, hasil_kontak: 'tidak_diangkat' },
      keberatan_penarikan: { alasan: 'Ada janji bayar' },
      dikembalikan: { alasan: 'Debitur pindah' },
      ditutup: { kode: 'tidak_tertagih' },
    },
  }),
};
