// How Mitra Tagih says it: penugasan, in Indonesian and snake_case, with words of its own for outcomes and for why it closed.
import type { Callback, Claim, Debtor, Money } from '../../contract.js';
import type {
  DirectPayment,
  FinalRecall,
  ObjectionAnswer,
  PlacementOrder,
  PlacementRecall,
  PlacementUpdate,
} from '../../contract/agency.js';
import { problemOfAgencyNews } from '../../contract/agency-news.js';
import { judgedCallback, speech } from '../../words.js';

const toDebitur = (debtor: Debtor) => ({
  nomor: debtor.ref,
  nama: debtor.name,
  nik: debtor.nationalId ?? null,
  alamat: debtor.address ?? null,
  telepon: debtor.phones,
});

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

export const toPenugasan = (order: PlacementOrder) => ({
  nomor_kasus: order.caseRef,
  debitur: toDebitur(order.debtor),
  tagihan: order.claim.map(toTagihan),
  rincian_tagihan: order.itemisation.map((each) => ({
    nomor_rekening: each.accountRef,
    per_tanggal: each.itemisedOn,
    sejak: each.since,
    pokok: each.principal,
    bunga: each.interest,
    biaya: each.fees,
    pembayaran: each.payments,
    kredit: each.credits,
    jumlah: each.total,
  })),
  komisi: {
    tarif_awal: order.commissionRate,
    tarif: order.commission.rates.map(({ fromDaysPastDue, rate }) => ({ mulai_hari: fromDaysPastDue, tarif: rate })),
    cara_setor: order.commission.remittance === 'NET' ? 'bersih' : 'kotor',
    bayar_langsung_dihitung: order.commission.directPaymentsEarn,
    hari_susulan: order.commission.tailDays,
  },
  berlaku_sampai: order.expiresOn,
  konfirmasi_sebelum: order.acknowledgeBy,
  laporan_setiap_hari: order.statusEveryDays,
  aturan_kontak: {
    dasar: order.contactPolicy.citation,
    hari: order.contactPolicy.days,
    dari_jam: order.contactPolicy.fromHour,
    sampai_jam: order.contactPolicy.toHour,
    zona_waktu: order.contactPolicy.timeZone,
    bahasa: order.contactPolicy.language,
    batas_kontak: { paling_banyak: order.contactPolicy.attempts.most, dalam_hari: order.contactPolicy.attempts.inDays },
    saluran_dihentikan: order.contactPolicy.ceasedChannels,
    pihak_ketiga: order.contactPolicy.thirdParties,
  },
});

export const toPerubahan = (order: PlacementUpdate) => ({
  penugasan: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  per_tanggal: order.asOf,
  debitur: toDebitur(order.debtor),
  tagihan: order.claim.map(toTagihan),
  saluran_dihentikan: order.ceasedChannels,
  ditahan: order.heldScopes,
});

export const toPembayaran = (order: DirectPayment) => ({
  penugasan: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  nomor_rekening: order.accountRef,
  nomor_pembayaran: order.paymentRef,
  jenis: order.kind === 'PAYMENT' ? 'bayar' : 'batal',
  jumlah: order.amount,
  tanggal: order.paidOn,
});

export const toPenarikan = (order: PlacementRecall) => ({
  penugasan: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  alasan: order.reason,
  keberatan_sampai: order.objectUntil,
});

export const toJawaban = (order: ObjectionAnswer) => ({
  penugasan: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  jawaban: order.answer === 'GRANTED' ? 'disetujui' : 'ditolak',
  alasan: order.reason,
});

export const toPenarikanFinal = (order: FinalRecall) => ({
  penugasan: order.orderDeliveryId,
  nomor_kasus: order.caseRef,
  alasan: order.reason,
  berlaku_sejak: order.effectiveOn,
});

const said = speech({
  status: { field: 'status', yes: 'DITERIMA', no: 'DITOLAK', unknown: 'TIDAK_DITEMUKAN' },
  ref: 'nomor_penugasan',
  code: 'kode',
  reason: 'alasan',
  callback: {
    type: 'peristiwa',
    deliveryId: 'penugasan',
    partnerRef: 'nomor_penugasan',
    sequence: 'urutan',
    occurredAt: 'waktu',
    data: 'rincian',
  },
  types: {
    diterima: 'placement.acknowledged',
    ditolak: 'placement.refused',
    laporan: 'placement.status',
    keberatan_penarikan: 'placement.recallObjected',
    ditarik: 'placement.recalled',
    dikembalikan: 'placement.returned',
    ditutup: 'placement.closed',
  },
});
export const { toAnswer, toLookUp } = said;

const contacts: Readonly<Record<string, string>> = {
  tidak_diangkat: 'NO_ANSWER',
  tersambung: 'CONNECTED',
  bertemu_debitur: 'RIGHT_PARTY',
  menolak_bayar: 'REFUSAL_TO_PAY',
  nomor_salah: 'WRONG_NUMBER',
  pesan_ditinggalkan: 'MESSAGE_LEFT',
};
const closings: Readonly<Record<string, string>> = {
  lunas: 'PAID',
  damai: 'SETTLED',
  ditarik: 'RECALLED',
  pailit: 'BANKRUPT',
  meninggal: 'DECEASED',
  sengketa: 'DISPUTE',
  penipuan: 'FRAUD',
  tidak_tertagih: 'UNCOLLECTABLE',
  minta_tidak_dihubungi: 'CEASE_COMMUNICATION',
  kedaluwarsa: 'TIME_BARRED',
  jalur_hukum: 'LEGAL',
  dijual: 'SOLD',
};

const known = (all: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value && !Array.isArray(value) ? (value as never) : {};

const promiseOf = (janji: unknown): object | undefined => {
  if (janji === undefined) return undefined;
  const { jumlah, tanggal } = object(janji) as { jumlah: Money; tanggal: string };
  return known({ amount: jumlah, dueOn: tanggal });
};

/** A word that is not in the tables stays as it is, and is then no word of the gateway's either. */
const readings: Readonly<Record<string, (data: Record<string, any>) => Record<string, unknown>>> = {
  'placement.status': ({ kegiatan, keluhan, hasil_kontak, janji, catatan, ...rest }) => {
    const { telepon, pesan, surat, kunjungan, ...others } = object(kegiatan);
    const activity =
      kegiatan === undefined ? undefined : known({ calls: telepon, messages: pesan, letters: surat, visits: kunjungan, ...others });
    const contact = contacts[hasil_kontak] ?? hasil_kontak;
    return { ...rest, ...known({ activity, complaints: keluhan, contact, promise: promiseOf(janji), note: catatan }) };
  },
  'placement.refused': ({ kode, alasan, ...rest }) => ({ ...rest, ...known({ code: kode, reason: alasan }) }),
  'placement.recallObjected': ({ alasan, janji, ...rest }) => ({ ...rest, ...known({ reason: alasan, promise: promiseOf(janji) }) }),
  'placement.returned': ({ alasan, ...rest }) => ({ ...rest, ...known({ reason: alasan }) }),
  'placement.closed': ({ kode, catatan, ...rest }) => ({ ...rest, ...known({ code: closings[kode] ?? kode, note: catatan }) }),
};

const translate = (callback: Callback): Callback => {
  const reading = readings[callback.type];
  return reading ? { ...callback, data: reading(callback.data) } : callback;
};

export const readCallback = judgedCallback(said.readCallback, problemOfAgencyNews, translate);
