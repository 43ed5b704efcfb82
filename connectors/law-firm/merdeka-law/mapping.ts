// How Merdeka Law says it: perkara, in Indonesian and snake_case.
import type { Claim } from '../../contract.js';
import type { ClaimOrder, ClaimWithdrawal } from '../../contract/law-firm.js';
import { speech } from '../../words.js';

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

export const toPerkara = (order: ClaimOrder) => ({
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
  lampiran: order.evidence.map(({ name, mediaType, sha256, content }) => ({ nama: name, jenis: mediaType, sha256, isi: content })),
  ...(order.instructions ? { instruksi: order.instructions } : {}),
});

export const toPencabutan = (order: ClaimWithdrawal) => ({
  nomor_kasus: order.caseRef,
  pengiriman: order.orderDeliveryId,
  alasan: order.reason,
});

export const { toAnswer, toLookUp, readCallback } = speech({
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
    gugatan_didaftarkan: 'matter.filed',
    sita_jaminan: 'matter.preservationGranted',
    sidang: 'matter.hearingScheduled',
    putusan: 'matter.judgmentGiven',
    eksekusi: 'matter.enforcementStarted',
    selesai: 'matter.closed',
  },
});
