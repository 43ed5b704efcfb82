// The columns of SLIK's segments as OJK's circular has them, without the flag that opens each row.
import { fieldsOf, type FieldOf } from '../notation.js';

export type ColumnType = 'id' | 'text' | 'date' | 'amount' | 'count' | 'percent' | 'code';

export type Column = FieldOf<ColumnType>;
const columns = fieldsOf<ColumnType>;

const kualitas = '1 2 3 4 5';
const sebab = '01 02 03 04 05 06 07 08 09 10 11 99';
const kondisi = '00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17';
const operasi = 'operasiData code! C U D N';
const segmen = 'jenisSegmen code! F01 F02 F03 F04 F05 F06';

/** By segment. D02 has only the column that S8 needs, since the rest is not public; its rows may be longer. */
export const layout: Readonly<Record<string, readonly Column[]>> = {
  D01: columns(
    'cif id!, jenisIdentitas code! 1 2, nomorIdentitas id!, namaSesuaiIdentitas text!, namaLengkap text!, gelar text, jenisKelamin code! L P',
    'tempatLahir text!, tanggalLahir date!, npwp id, alamat text!, kelurahan text, kecamatan text, kabKota code!, kodePos id, telepon id, hp id',
    'email text, negara code!, pekerjaan code!, tempatBekerja text, bidangUsaha code!, alamatKerja text, penghasilan amount, sumberPenghasilan code',
    'tanggungan count, hubunganPelapor code!, golonganDebitur code!, statusKawin code!, nikPasangan id, namaPasangan text, tanggalLahirPasangan date',
    'pisahHarta code, langgarBmpk code, lampauiBmpk code, namaIbuKandung text!, cabang code!',
    operasi,
  ),
  D02: columns('cif id!'),
  F01: columns(
    'nomorRekening id!, cif id!, sifatKredit code! 1 2 3 4 5 9, jenisKredit code!, akad code!, noAkadAwal text!, tanggalAkadAwal date!',
    'noAkadAkhir text!, tanggalAkadAkhir date!, frekuensiPerpanjangan count!, tanggalAwalKredit date!, tanggalMulai date!, tanggalJatuhTempo date!',
    'kategoriDebitur code!, jenisPenggunaan code!, orientasiPenggunaan code!, sektorEkonomi code!, kabKota code!, nilaiProyek amount, valuta code!',
    'sukuBunga percent!, jenisSukuBunga code!, kreditProgram code!, takeoverDari code, sumberDana code!, plafonAwal amount!, plafon amount!',
    'realisasiBulanBerjalan amount!, denda amount!, bakiDebet amount!, nilaiMataUangAsal amount',
    `kualitas code! ${kualitas}, tanggalMacet date, sebabMacet code ${sebab}, tunggakanPokok amount!, tunggakanBunga amount!`,
    'jumlahHariTunggakan count!, frekuensiTunggakan count!, frekuensiRestrukturisasi count!, tanggalRestrukturisasiAwal date',
    `tanggalRestrukturisasiAkhir date, caraRestrukturisasi code, kondisi code! ${kondisi}, tanggalKondisi date, keterangan text, cabang code!`,
    operasi,
  ),
  F06: columns(
    'nomorRekening id!, cif id!, jenisFasilitas code!, sumberDana code!, tanggalMulai date!, tanggalJatuhTempo date!, sukuBunga percent!, valuta code!',
    `nominal amount!, nilaiMataUangAsal amount, kualitas code! ${kualitas}, tanggalMacet date, sebabMacet code ${sebab}, tunggakan amount!`,
    `jumlahHariTunggakan count!, kondisi code! ${kondisi}, tanggalKondisi date, keterangan text, cabang code!`,
    operasi,
  ),
  A01: columns(
    `kodeRegistrasi id!, nomorRekening id!, cif id!, ${segmen}, statusAgunan code!, jenisAgunan code!, peringkat text, lembagaPemeringkat code`,
    'jenisPengikatan code! 01 02 03 04 05 06 99, tanggalPengikatan date, namaPemilik text, buktiKepemilikan text, alamat text, kabKota code',
    'nilaiNjop amount, nilaiPelapor amount, tanggalPenilaian date, nilaiIndependen amount, namaPenilai text, tanggalPenilaianIndependen date',
    'paripasu code, persenParipasu percent, joint code, asuransi code, keterangan text, cabang code!',
    operasi,
  ),
  P01: columns(
    `nomorIdentitas id!, nomorRekening id!, cif id!, ${segmen}, jenisIdentitas code!, namaSesuaiIdentitas text!, namaLengkap text!`,
    'golonganPenjamin code!, alamat text, persenDijamin percent, keterangan text, cabang code!',
    operasi,
  ),
};

/** In the order in which they have to be read: debtors before those who refer to them. */
export const segments = ['D01', 'D02', 'F01', 'F06', 'A01', 'P01'] as const;

export const reporterTypes: ReadonlySet<string> = new Set(
  '0101 0102 0103 0104 0201 0202 0203 0204 0205 0301 0302 0401 0402 0909'.split(' '),
);
