// The bureau's own codes that SLIK asks for and that no loan book knows: what tenants set, by these names.

/** Of the account, in F01 and F06. Those marked with a default may be left out; a record without one of the others is refused. */
export type AccountCode =
  /** `F01` (credit, the default) or `F06` (other facility): the segment that tells the account. */
  | 'segmen'
  /** Default: 1 when restructured, else 9 (other). */
  | 'sifatKredit'
  | 'jenisKredit'
  | 'akad'
  /** Default: the account's reference; `noAkadAkhir` as `noAkadAwal`. Any words without a bar. */
  | 'noAkadAwal'
  | 'noAkadAkhir'
  /** Default: 0. */
  | 'frekuensiPerpanjangan'
  | 'kategoriDebitur'
  | 'jenisPenggunaan'
  | 'orientasiPenggunaan'
  /** Six characters. */
  | 'sektorEkonomi'
  /** Where the credit is used. Default: the city code of the borrower's address. */
  | 'kabKota'
  /** Whole rupiah. Default: empty. */
  | 'nilaiProyek'
  | 'jenisSukuBunga'
  | 'kreditProgram'
  /** Default: empty. */
  | 'takeoverDari'
  | 'sumberDana'
  /** Of F06 alone. */
  | 'jenisFasilitas'
  /** Rupiah for one unit of the account's currency at the end of the period, e.g. `16250.5`; needed unless it is IDR. */
  | 'kurs';

/** Of the borrower (D01) or the guarantor (P01), with the account's as fallback. Empty is the default of those that are not marked as needed. */
export type PartyCode =
  | 'gelar'
  | 'kelurahan'
  | 'kecamatan'
  /** Default: the city code of the borrower's address. */
  | 'kabKotaDebitur'
  /** Needed. */
  | 'pekerjaan'
  | 'tempatBekerja'
  /** Needed. */
  | 'bidangUsaha'
  | 'alamatKerja'
  /** Whole rupiah. */
  | 'penghasilan'
  | 'sumberPenghasilan'
  | 'tanggungan'
  /** Needed. */
  | 'hubunganPelapor'
  /** Needed. */
  | 'golonganDebitur'
  /** Needed. */
  | 'statusKawin'
  | 'nikPasangan'
  | 'namaPasangan'
  /** `YYYY-MM-DD`. */
  | 'tanggalLahirPasangan'
  | 'pisahHarta'
  | 'langgarBmpk'
  | 'lampauiBmpk'
  /** Needed of a guarantor. */
  | 'golonganPenjamin'
  /** Needed of a guarantor that is a company: the kind of its number. */
  | 'jenisIdentitasPenjamin';

/** Of the collateral (A01), with the account's as fallback. */
export type CollateralCode =
  /** Needed. */
  | 'statusAgunan'
  /** Default: the collateral's type, where that is a number. */
  | 'jenisAgunan'
  | 'peringkat'
  | 'lembagaPemeringkat'
  | 'alamatAgunan'
  | 'kabKotaAgunan'
  /** Whole rupiah. */
  | 'nilaiNjop'
  /** Whole rupiah, by whom and `YYYY-MM-DD`. */
  | 'nilaiIndependen'
  | 'namaPenilai'
  | 'tanggalPenilaianIndependen'
  | 'paripasu'
  | 'persenParipasu'
  | 'joint'
  | 'asuransi';

export type CodeName = AccountCode | PartyCode | CollateralCode;

/** SEOJK 11/SEOJK.01/2024. */
export const causesOfLoss = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '99'];
export const bindings = ['01', '02', '03', '04', '05', '06', '99'];
export const reporterTypes = '0101 0102 0103 0104 0201 0202 0203 0204 0205 0301 0302 0401 0402 0909'.split(' ');
