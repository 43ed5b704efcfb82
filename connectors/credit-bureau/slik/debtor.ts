// D01, the individual debtor, in 39 columns.
import type { FileParty, FileRecord } from '../../bureau-file.js';
import { Columns } from './columns.js';

/**
 * One row a borrower, told from the first of its records.
 * @param operation C when all of the borrower's records are new, U when one of them is more than that or a change, N when all are deletions: what
 * becomes of one account never deletes the person.
 */
export function debtorRow(record: FileRecord, operation: 'C' | 'U' | 'N'): string[] {
  const { borrower } = record;
  const say = new Columns(record, borrower.codes);
  // Only an empty D02 is sent: its columns are not public, and a guess would be refused, or worse, taken.
  if (borrower.kind !== 'PERSON') say.fault('cif', 'D02', 'companies are told in D02, whose columns are not public');
  return Object.values({
    flag: 'D',
    cif: say.identifier('cif', borrower.ref),
    jenisIdentitas: identityOf(borrower, say),
    nomorIdentitas: say.neededNumber('nomorIdentitas', borrower.idNumber),
    namaSesuaiIdentitas: say.neededWords('namaSesuaiIdentitas', borrower.name.full),
    namaLengkap: say.neededWords('namaLengkap', borrower.name.full),
    gelar: say.words(say.given('gelar')),
    jenisKelamin: borrower.gender ? { F: 'P', M: 'L' }[borrower.gender] : say.fault('jenisKelamin', 'REQUIRED', 'L or P expected'),
    tempatLahir: say.neededWords('tempatLahir', borrower.birthPlace),
    tanggalLahir: say.neededDate('tanggalLahir', borrower.bornOn),
    npwp: say.number(borrower.taxNumber),
    alamat: say.neededWords('alamat', borrower.address?.lines.join(' ')),
    kelurahan: say.words(say.given('kelurahan')),
    kecamatan: say.words(say.given('kecamatan')),
    kabKota: say.code('kabKotaDebitur', borrower.address?.cityCode),
    kodePos: say.number(borrower.address?.postalCode),
    telepon: say.number(borrower.phones.find((phone) => !isMobile(phone))),
    hp: say.number(borrower.phones.find(isMobile)),
    email: say.words(borrower.email),
    negara: say.identifier('negara', borrower.address?.country ?? 'ID'),
    pekerjaan: say.code('pekerjaan'),
    tempatBekerja: say.words(say.given('tempatBekerja')),
    bidangUsaha: say.code('bidangUsaha'),
    alamatKerja: say.words(say.given('alamatKerja')),
    penghasilan: say.optionalAmount('penghasilan'),
    sumberPenghasilan: say.optionalCode('sumberPenghasilan'),
    tanggungan: say.optionalCode('tanggungan'),
    hubunganPelapor: say.code('hubunganPelapor'),
    golonganDebitur: say.code('golonganDebitur'),
    statusKawin: say.code('statusKawin'),
    nikPasangan: say.number(say.given('nikPasangan')),
    namaPasangan: say.words(say.given('namaPasangan')),
    tanggalLahirPasangan: say.date('tanggalLahirPasangan', say.given('tanggalLahirPasangan')),
    pisahHarta: say.optionalCode('pisahHarta'),
    langgarBmpk: say.optionalCode('langgarBmpk'),
    lampauiBmpk: say.optionalCode('lampauiBmpk'),
    namaIbuKandung: say.neededWords('namaIbuKandung', borrower.mothersName),
    cabang: say.identifier('cabang', record.account.branch ?? ''),
    operasiData: operation,
  } satisfies Record<string, string>);
}

/** 1 KTP, 2 passport. */
export function identityOf(party: FileParty, say: Columns): string {
  if (party.idKind === 'NATIONAL') return '1';
  if (party.idKind === 'PASSPORT') return '2';
  return say.fault('jenisIdentitas', 'CODE', 'KTP or passport expected');
}

/** Numbers of mobiles begin with 8 after the country's 62 or the trunk's 0. */
const isMobile = (phone: string): boolean => /^(?:0|62)?8/.test(phone.replace(/\D/g, ''));
