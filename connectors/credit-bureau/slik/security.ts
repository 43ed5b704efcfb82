// What secures an account: A01, collateral, in 28 columns, and P01, guarantors, in 14.
import type { FileCollateral, FileParty, FileRecord } from '../../bureau-file.js';
import { bindings } from './codes.js';
import { Columns } from './columns.js';
import { segmentOf } from './credit.js';
import { identityOf } from './debtor.js';
import { toWhole } from './rupiah.js';
import { operationOf } from './standing.js';

/** A code of binding that nobody told is 99, other. */
export function collateralRow(record: FileRecord, collateral: FileCollateral): string[] {
  const { account } = record;
  const say = new Columns(record, collateral.codes);
  return Object.values({
    flag: 'D',
    kodeRegistrasi: say.identifier('kodeRegistrasi', collateral.ref),
    nomorRekening: say.identifier('nomorRekening', account.accountRef),
    cif: say.identifier('cif', record.borrower.ref),
    jenisSegmen: segmentOf(record),
    statusAgunan: say.code('statusAgunan'),
    jenisAgunan: say.code('jenisAgunan', /^\d+$/.test(collateral.type) ? collateral.type : undefined),
    peringkat: say.words(say.given('peringkat')),
    lembagaPemeringkat: say.optionalCode('lembagaPemeringkat'),
    jenisPengikatan: say.listed('jenisPengikatan', collateral.bindingCode ?? '99', bindings),
    tanggalPengikatan: say.date('tanggalPengikatan', collateral.boundOn),
    namaPemilik: say.words(collateral.owner),
    buktiKepemilikan: say.words(collateral.evidence),
    alamat: say.words(say.given('alamatAgunan')),
    kabKota: say.optionalCode('kabKotaAgunan'),
    nilaiNjop: say.optionalAmount('nilaiNjop'),
    nilaiPelapor: valueOf(collateral, record, say),
    tanggalPenilaian: say.date('tanggalPenilaian', collateral.valuedOn),
    nilaiIndependen: say.optionalAmount('nilaiIndependen'),
    namaPenilai: say.words(say.given('namaPenilai')),
    tanggalPenilaianIndependen: say.date('tanggalPenilaianIndependen', say.given('tanggalPenilaianIndependen')),
    paripasu: say.optionalCode('paripasu'),
    persenParipasu: say.percent('persenParipasu', say.given('persenParipasu')),
    joint: say.optionalCode('joint'),
    asuransi: say.optionalCode('asuransi'),
    keterangan: say.words(collateral.description),
    cabang: say.identifier('cabang', account.branch ?? ''),
    operasiData: operationOf(record.action, say),
  } satisfies Record<string, string>);
}

function valueOf({ value }: FileCollateral, { account }: FileRecord, say: Columns): string {
  if (!value) return '';
  if (value.currency === account.currency) return say.rupiah('nilaiPelapor', value.amount);
  if (value.currency !== 'IDR') return say.fault('nilaiPelapor', 'S1', `its value is in ${value.currency}, and no rate of it is told`);
  return toWhole(value.amount) ?? say.fault('nilaiPelapor', 'S1', 'a decimal that is not negative expected');
}

export function guarantorRow(record: FileRecord, guarantor: FileParty & { percent?: number }): string[] {
  const { account } = record;
  const say = new Columns(record, guarantor.codes);
  const company = guarantor.kind === 'COMPANY';
  const name = say.neededWords('namaPenjamin', guarantor.name.full);
  return Object.values({
    flag: 'D',
    nomorIdentitas: say.neededNumber('nomorIdentitas', company ? (guarantor.idNumber ?? guarantor.taxNumber) : guarantor.idNumber),
    nomorRekening: say.identifier('nomorRekening', account.accountRef),
    cif: say.identifier('cif', record.borrower.ref),
    jenisSegmen: segmentOf(record),
    jenisIdentitas: company ? say.code('jenisIdentitasPenjamin') : identityOf(guarantor, say),
    namaSesuaiIdentitas: name,
    namaLengkap: name,
    golonganPenjamin: say.code('golonganPenjamin'),
    alamat: say.words(guarantor.address?.lines.join(' ')),
    persenDijamin: say.percent('persenDijamin', guarantor.percent === undefined ? undefined : String(guarantor.percent)),
    keterangan: '',
    cabang: say.identifier('cabang', account.branch ?? ''),
    operasiData: operationOf(record.action, say),
  } satisfies Record<string, string>);
}
