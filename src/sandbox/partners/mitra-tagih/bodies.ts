// The bodies that Mitra Tagih takes, field by field, read from its own document.
import { date, exactly, listOf, money, orNull, share, text, whole } from '../agency-desk.js';

const debitur = exactly({ nomor: text, nama: text, nik: orNull(text), alamat: orNull(text), telepon: listOf(text) });
const tagihan = exactly({
  nomor_rekening: text,
  per_tanggal: date,
  menunggak_sejak: orNull(date),
  hari_tunggakan: whole,
  pokok: money,
  bunga: money,
  biaya: money,
  denda: money,
  jumlah: money,
});
const rincian = exactly({
  nomor_rekening: text,
  per_tanggal: date,
  sejak: date,
  pokok: money,
  bunga: money,
  biaya: money,
  pembayaran: money,
  kredit: money,
  jumlah: money,
});
const jam = { type: 'integer', minimum: 0, maximum: 24 };
const penugasan = { type: 'string', pattern: '^handoff_[0-9a-z]{16}$' };

export const mitraBodies = {
  placeCase: exactly({
    nomor_kasus: text,
    debitur,
    tagihan: listOf(tagihan, 1),
    rincian_tagihan: listOf(rincian, 1),
    komisi: exactly({
      tarif_awal: share,
      tarif: listOf(exactly({ mulai_hari: whole, tarif: share }), 1),
      cara_setor: { enum: ['bersih', 'kotor'] },
      bayar_langsung_dihitung: { type: 'boolean' },
      hari_susulan: whole,
    }),
    berlaku_sampai: date,
    konfirmasi_sebelum: date,
    laporan_setiap_hari: whole,
    aturan_kontak: exactly({
      dasar: text,
      hari: listOf({ type: 'integer', minimum: 1, maximum: 7 }, 1),
      dari_jam: jam,
      sampai_jam: jam,
      zona_waktu: text,
      bahasa: text,
      batas_kontak: exactly({ paling_banyak: whole, dalam_hari: whole }),
      saluran_dihentikan: listOf(text),
      pihak_ketiga: { type: 'boolean' },
    }),
  }),
  updateCase: exactly({
    penugasan,
    nomor_kasus: text,
    per_tanggal: date,
    debitur,
    tagihan: listOf(tagihan),
    saluran_dihentikan: listOf(text),
    ditahan: listOf(text),
  }),
  reportDirectPayment: exactly({
    penugasan,
    nomor_kasus: text,
    nomor_rekening: text,
    nomor_pembayaran: text,
    jenis: { enum: ['bayar', 'batal'] },
    jumlah: money,
    tanggal: date,
  }),
  recallCase: exactly({ penugasan, nomor_kasus: text, alasan: text, keberatan_sampai: date }),
  answerObjection: exactly({ penugasan, nomor_kasus: text, jawaban: { enum: ['disetujui', 'ditolak'] }, alasan: text }),
  finalRecall: exactly({ penugasan, nomor_kasus: text, alasan: text, berlaku_sejak: date }),
};
