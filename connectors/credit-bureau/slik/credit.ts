// F01, credit, in 48 columns, and F06, other facilities, in 21.
import type { FileHeader, FileRecord } from '../../bureau-file.js';
import { Columns } from './columns.js';
import { arrearsOf, keteranganOf, operationOf, standingOf, type Standing } from './standing.js';

/** Which of the two segments tells the account. */
export function segmentOf(record: FileRecord): 'F01' | 'F06' {
  const say = new Columns(record);
  return say.listed('segmen', say.given('segmen') ?? 'F01', ['F01', 'F06']) as 'F01' | 'F06';
}

export function creditRow(record: FileRecord, { period }: FileHeader): string[] {
  const { account, standing } = record;
  const { restructured } = standing;
  const say = new Columns(record);
  const noAkadAwal = say.words(say.given('noAkadAwal') ?? account.accountRef);
  const is = standingOf(record, say);
  const arrears = arrearsOf(record);
  const bakiDebet = say.rupiah('bakiDebet', standing.outstanding.principal);
  const tunggakanPokok = say.rupiah('tunggakanPokok', arrears.principal);
  if (BigInt(tunggakanPokok) > BigInt(bakiDebet)) say.fault('tunggakanPokok', 'S5', 'more principal in arrears than is owed');
  const opened = account.openedOn >= period.from && account.openedOn <= period.to;
  return Object.values({
    flag: 'D',
    nomorRekening: say.identifier('nomorRekening', account.accountRef),
    cif: say.identifier('cif', record.borrower.ref),
    sifatKredit: say.listed('sifatKredit', say.given('sifatKredit') ?? (restructured ? '1' : '9'), ['1', '2', '3', '4', '5', '9']),
    jenisKredit: say.code('jenisKredit'),
    akad: say.code('akad'),
    noAkadAwal,
    tanggalAkadAwal: say.neededDate('tanggalAkadAwal', account.openedOn),
    noAkadAkhir: say.words(say.given('noAkadAkhir') ?? noAkadAwal),
    tanggalAkadAkhir: say.neededDate('tanggalAkadAkhir', restructured?.lastOn ?? account.openedOn),
    frekuensiPerpanjangan: say.code('frekuensiPerpanjangan', '0'),
    tanggalAwalKredit: say.neededDate('tanggalAwalKredit', account.openedOn),
    tanggalMulai: say.neededDate('tanggalMulai', account.openedOn),
    tanggalJatuhTempo: say.neededDate('tanggalJatuhTempo', account.maturesOn),
    kategoriDebitur: say.code('kategoriDebitur'),
    jenisPenggunaan: say.code('jenisPenggunaan'),
    orientasiPenggunaan: say.code('orientasiPenggunaan'),
    sektorEkonomi: sectorOf(say),
    kabKota: say.code('kabKota', record.borrower.address?.cityCode),
    nilaiProyek: say.optionalAmount('nilaiProyek'),
    valuta: say.identifier('valuta', account.currency),
    sukuBunga: say.percent('sukuBunga', account.interestRate ?? '0'),
    jenisSukuBunga: say.code('jenisSukuBunga'),
    kreditProgram: say.code('kreditProgram'),
    takeoverDari: say.optionalCode('takeoverDari'),
    sumberDana: say.code('sumberDana'),
    plafonAwal: say.rupiah('plafonAwal', account.originalPrincipal),
    plafon: say.rupiah('plafon', account.creditLimit ?? account.originalPrincipal),
    realisasiBulanBerjalan: say.rupiah('realisasiBulanBerjalan', standing.disbursedInPeriod ?? (opened ? account.originalPrincipal : '0')),
    denda: say.rupiah('denda', standing.outstanding.penalties),
    bakiDebet,
    nilaiMataUangAsal: say.foreign('nilaiMataUangAsal', standing.outstanding.principal),
    kualitas: is.kualitas,
    tanggalMacet: is.tanggalMacet,
    sebabMacet: is.sebabMacet,
    tunggakanPokok,
    tunggakanBunga: say.rupiah('tunggakanBunga', arrears.interest),
    jumlahHariTunggakan: say.count('jumlahHariTunggakan', arrears.days),
    frekuensiTunggakan: say.count('frekuensiTunggakan', arrears.instalments),
    frekuensiRestrukturisasi: say.count('frekuensiRestrukturisasi', restructured?.times ?? 0),
    tanggalRestrukturisasiAwal: say.date('tanggalRestrukturisasiAwal', restructured?.firstOn),
    tanggalRestrukturisasiAkhir: say.date('tanggalRestrukturisasiAkhir', restructured?.lastOn),
    caraRestrukturisasi: restructured ? say.identifier('caraRestrukturisasi', restructured.how ?? '') : '',
    ...endOf(record, is, say),
  } satisfies Record<string, string>);
}

export function otherFacilityRow(record: FileRecord): string[] {
  const { account, standing } = record;
  const say = new Columns(record);
  const is = standingOf(record, say);
  const arrears = arrearsOf(record);
  const tunggakan = [arrears.principal, arrears.interest].map((amount) => BigInt(say.rupiah('tunggakan', amount)));
  return Object.values({
    flag: 'D',
    nomorRekening: say.identifier('nomorRekening', account.accountRef),
    cif: say.identifier('cif', record.borrower.ref),
    jenisFasilitas: say.code('jenisFasilitas'),
    sumberDana: say.code('sumberDana'),
    tanggalMulai: say.neededDate('tanggalMulai', account.openedOn),
    tanggalJatuhTempo: say.neededDate('tanggalJatuhTempo', account.maturesOn),
    sukuBunga: say.percent('sukuBunga', account.interestRate ?? '0'),
    valuta: say.identifier('valuta', account.currency),
    nominal: say.rupiah('nominal', standing.outstanding.principal),
    nilaiMataUangAsal: say.foreign('nilaiMataUangAsal', standing.outstanding.principal),
    kualitas: is.kualitas,
    tanggalMacet: is.tanggalMacet,
    sebabMacet: is.sebabMacet,
    tunggakan: String(tunggakan.reduce((sum, amount) => sum + amount, 0n)),
    jumlahHariTunggakan: say.count('jumlahHariTunggakan', arrears.days),
    ...endOf(record, is, say),
  } satisfies Record<string, string>);
}

/** The columns that all facilities end with, in their order. */
const endOf = (record: FileRecord, { kondisi, tanggalKondisi }: Standing, say: Columns) => ({
  kondisi,
  tanggalKondisi,
  keterangan: keteranganOf(record, say),
  cabang: say.identifier('cabang', record.account.branch ?? ''),
  operasiData: operationOf(record.action, say),
});

function sectorOf(say: Columns): string {
  const sector = say.code('sektorEkonomi');
  return sector.length === 6 ? sector : say.fault('sektorEkonomi', 'CODE', 'six characters expected');
}
