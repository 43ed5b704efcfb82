// The fields of Merdeka Law's news and their values, and the gateway's words for them; what is not here is left as it is.

const fields: Readonly<Record<string, string>> = {
  sha256_daftar: 'manifestSha256',
  kode: 'code',
  alasan: 'reason',
  tingkat: 'level',
  tanggal_kirim: 'sentOn',
  tanggal_terima: 'deliveredOn',
  bukti: 'proof',
  pengadilan: 'court',
  nomor_register: 'docket',
  tanggal_daftar: 'filedOn',
  nilai_gugatan: 'claimed',
  jenis: 'procedure',
  nomor_sita: 'orderRef',
  objek: 'asset',
  tanggal_permohonan: 'appliedOn',
  tanggal_penetapan: 'grantedOn',
  tanggal_pelaksanaan: 'servedOn',
  tanggal_perpanjangan: 'renewedOn',
  berlaku_sampai: 'expiresOn',
  tanggal_berakhir: 'expiredOn',
  tanggal_pengangkatan: 'liftedOn',
  tanggal_panggilan: 'servedOn',
  jadwal: 'at',
  hasil: 'result',
  tanggal_putusan: 'judgedOn',
  nilai_putusan: 'awarded',
  tanggal_banding: 'appealedOn',
  pihak: 'by',
  tanggal_inkracht: 'finalOn',
  nomor_eksekusi: 'enforcementRef',
  tanggal_mulai: 'startedOn',
  tanggal_tangguh: 'suspendedOn',
  tanggal_lanjut: 'resumedOn',
  tanggal_lunas: 'satisfiedOn',
  nilai_perdamaian: 'amount',
  tanggal_usul: 'proposedOn',
  tanggal_akta: 'confirmedOn',
};

const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  procedure: { GUGATAN_SEDERHANA: 'SMALL_CLAIM', GUGATAN_BIASA: 'ORDINARY' },
  result: { DIKABULKAN: 'FULL', SEBAGIAN: 'PARTIAL', DITOLAK: 'DISMISSED' },
  by: { BANK: 'BANK', DEBITUR: 'DEBTOR' },
};

export const toNews = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]) => {
      const key = fields[field] ?? field;
      return [key, (typeof value === 'string' && values[key]?.[value]) || value];
    }),
  );
