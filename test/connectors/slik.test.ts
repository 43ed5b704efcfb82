// SLIK: what is written is read back by the bureau's own tables, each rule refuses a file that breaks it, and answers find their records.
import fc from 'fast-check';
import { FileFault, type FileHeader, type FileRecord } from '../../connectors/bureau-file.js';
import { createSlikFormat } from '../../connectors/credit-bureau/slik/format.js';
import type { Problem } from '../../src/sandbox/bureaus/delivered.js';
import { answerOf } from '../../src/sandbox/bureaus/slik/answer.js';
import { readSlik, type SlikRow } from '../../src/sandbox/bureaus/slik/read.js';
import {
  bytesOf,
  dayArb,
  everyDay,
  inChunks,
  inOrder,
  person,
  record,
  standingArb,
  streamed,
  sums,
  whole,
  wordsArb,
  type RecordParts,
} from '../support/asia-records.js';

const format = createSlikFormat();
const header: FileHeader = {
  reporter: { code: '251220', type: '0101', name: 'Bank' },
  period: { from: '2024-05-01', to: '2024-05-31' },
  createdAt: { on: '2024-06-01', time: '00:00:00' },
  sequence: 7,
};
const codes = {
  jenisKredit: '05',
  akad: '00',
  kategoriDebitur: '10',
  jenisPenggunaan: '3',
  orientasiPenggunaan: '9',
  sektorEkonomi: '001110',
  jenisSukuBunga: '1',
  kreditProgram: '001',
  sumberDana: '99',
  jenisFasilitas: '0699',
  pekerjaan: '099',
  bidangUsaha: '009000',
  hubunganPelapor: '9900',
  golonganDebitur: '9000',
  statusKawin: '1',
  golonganPenjamin: '9000',
  statusAgunan: '1',
  jenisAgunan: '250',
};
const made = (parts: RecordParts = {}) => record('IDR', codes, parts);
const car = { ref: 'C1', type: 'CAR', description: 'Car', value: { amount: '90.50', currency: 'IDR' }, valuedOn: '2023-01-02' };
const guarantor = { ...person({ ref: 'G1', idNumber: '3171-0002' }), role: 'GUARANTOR' as const, percent: 50 };

type Written = { name: string; bytes: Buffer }[];

async function write(records: readonly FileRecord[], head = header): Promise<Written> {
  const written: Written = [];
  for (const file of format.files(head, streamed(records))) {
    const bytes = await bytesOf(file);
    const rows = bytes.toString().split('\r\n').length - 2;
    expect(file.totals()).toEqual({ jumlahDataFile: rows, jumlahDataSegmen: rows });
    written.push({ name: file.name, bytes });
  }
  return written;
}

async function read(written: Written) {
  const problems: Problem[] = [];
  const rows: SlikRow[] = [];
  const files = written.map(({ name, bytes }) => ({ name, bytes: inChunks(bytes) }));
  await readSlik(files, { problem: (problem) => problems.push(problem), row: (row) => rows.push(row) });
  return { problems, rows };
}

const readBack = async (records: readonly FileRecord[], head = header) => read(await write(records, head));
const compact = (day?: string) => (day ?? '').replaceAll('-', '');
const plain = (words = '') => words.replace(/[|\n]/g, ' ').trim();

const recordArb = fc
  .record({
    borrowers: fc.array(
      fc.record({
        name: wordsArb,
        gender: fc.constantFrom('F' as const, 'M' as const),
        idKind: fc.constantFrom('NATIONAL' as const, 'PASSPORT' as const),
        bornOn: dayArb('1940-01-01', '2004-12-31'),
        taxNumber: fc.constantFrom(undefined, '01.234.567.8-901.000'),
        accounts: fc.array(
          fc.record({
            segmen: fc.constantFrom('F01', 'F06'),
            currency: fc.constantFrom('IDR', 'IDR', 'USD'),
            openedOn: dayArb(),
            standing: standingArb,
            state: fc.constantFrom('ACTIVE', 'SOLD', 'WRITTEN_OFF', 'CANCELLED', 'IN_COLLECTION'),
            stateSince: dayArb(),
            restructured: fc.constantFrom(undefined, { times: 2, firstOn: '2022-02-28', lastOn: '2024-02-29', how: '03' }),
            action: fc.constantFrom('CREATE', 'UPDATE', 'CORRECT', 'DELETE', 'DELETE_FRAUD'),
            note: fc.option(wordsArb, { nil: undefined }),
            cars: fc.integer({ min: 0, max: 2 }),
            guarantors: fc.integer({ min: 0, max: 2 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { minLength: 0, maxLength: 4 },
    ),
  })
  .map(({ borrowers }) =>
    borrowers.flatMap(({ accounts, name, ...borrower }, i) =>
      accounts.map(({ segmen, currency, openedOn, state, stateSince, restructured, action, note, cars, guarantors, ...account }, j) =>
        made({
          action: action as FileRecord['action'],
          account: { accountRef: `L${i}${j}`, currency, openedOn, codes: { ...codes, segmen, kurs: '16000.25' } },
          borrower: { ref: `B${i}`, name: { full: name }, ...borrower },
          standing: {
            ...account.standing,
            state: state as FileRecord['standing']['state'],
            stateSince,
            sale: { buyer: 'X', buyerReports: i > 1, stillManaged: j > 1 },
            ...(restructured ? { restructured } : {}),
          },
          collaterals: Array.from({ length: cars }, (_, n) => ({ ...car, ref: `C${i}${n}` })),
          associates: Array.from({ length: guarantors }, (_, n) => ({ ...guarantor, idNumber: `317-${n}`, name: { full: name } })),
          rest: note === undefined ? {} : { note },
        }),
      ),
    ),
  );

/** Whole rupiah of a sum in the account's currency, by another way than the writer's. */
const rupiah = ({ account }: FileRecord, text: string) =>
  account.currency === 'IDR' ? whole(text) : String((BigInt(text.replace('.', '')) * 1600025n + 5000n) / 10000n);

function expectedAccount(of: FileRecord): Record<string, string> {
  const { standing, account } = of;
  const active = standing.state === 'ACTIVE' || standing.state === 'IN_COLLECTION';
  const sold = standing.sale!.stillManaged ? '16' : standing.sale!.buyerReports ? '07' : '09';
  const pokok = rupiah(of, standing.overdue.principal);
  const bunga = rupiah(of, standing.overdue.interest);
  const baki = rupiah(of, standing.outstanding.principal);
  const macet = standing.qualityClass === 5;
  const both = {
    nomorRekening: account.accountRef,
    cif: of.borrower.ref,
    tanggalMulai: compact(account.openedOn),
    tanggalJatuhTempo: compact(account.maturesOn),
    sukuBunga: '12.5',
    valuta: account.currency,
    nilaiMataUangAsal: account.currency === 'IDR' ? '' : whole(standing.outstanding.principal),
    kualitas: String(standing.qualityClass),
    tanggalMacet: macet ? compact(standing.lossSince) : '',
    sebabMacet: macet ? (standing.lossCause ?? '99') : '',
    jumlahHariTunggakan: String(standing.daysPastDue),
    kondisi: active ? '00' : { SOLD: sold, WRITTEN_OFF: '03', CANCELLED: '01' }[standing.state as 'SOLD'],
    tanggalKondisi: active ? '' : compact(standing.stateSince),
    keterangan: plain(of.note),
    cabang: '001',
    operasiData: { CREATE: 'C', UPDATE: 'U', CORRECT: 'U', DELETE: 'D', DELETE_FRAUD: 'D' }[of.action as 'CREATE'],
    sumberDana: '99',
  };
  if (account.codes.segmen === 'F06')
    return { ...both, jenisFasilitas: '0699', nominal: baki, tunggakan: String(BigInt(pokok) + BigInt(bunga)) };
  const { restructured } = standing;
  return {
    ...both,
    sifatKredit: restructured ? '1' : '9',
    jenisKredit: '05',
    akad: '00',
    noAkadAwal: account.accountRef,
    tanggalAkadAwal: compact(account.openedOn),
    noAkadAkhir: account.accountRef,
    tanggalAkadAkhir: compact(restructured?.lastOn ?? account.openedOn),
    frekuensiPerpanjangan: '0',
    tanggalAwalKredit: compact(account.openedOn),
    kategoriDebitur: '10',
    jenisPenggunaan: '3',
    orientasiPenggunaan: '9',
    sektorEkonomi: '001110',
    kabKota: '0394',
    nilaiProyek: '',
    jenisSukuBunga: '1',
    kreditProgram: '001',
    takeoverDari: '',
    plafonAwal: rupiah(of, account.originalPrincipal),
    plafon: rupiah(of, account.originalPrincipal),
    realisasiBulanBerjalan: '0',
    denda: rupiah(of, standing.outstanding.penalties),
    bakiDebet: baki,
    tunggakanPokok: pokok,
    tunggakanBunga: bunga,
    frekuensiTunggakan: String(standing.instalmentsOverdue),
    frekuensiRestrukturisasi: restructured ? '2' : '0',
    tanggalRestrukturisasiAwal: compact(restructured?.firstOn),
    tanggalRestrukturisasiAkhir: compact(restructured?.lastOn),
    caraRestrukturisasi: restructured?.how ?? '',
  };
}

function expectedDebtor(of: readonly FileRecord[]): Record<string, string> {
  const { borrower } = of[0]!;
  const all = (test: (action: string) => boolean) => of.every(({ action }) => test(action));
  return {
    cif: borrower.ref,
    jenisIdentitas: borrower.idKind === 'PASSPORT' ? '2' : '1',
    nomorIdentitas: borrower.idNumber!,
    namaSesuaiIdentitas: plain(borrower.name.full),
    namaLengkap: plain(borrower.name.full),
    jenisKelamin: borrower.gender === 'F' ? 'P' : 'L',
    tempatLahir: 'Bandung',
    tanggalLahir: compact(borrower.bornOn),
    npwp: borrower.taxNumber ? '012345678901000' : '',
    alamat: 'Jl. Melati 7 RT 02',
    kabKota: '0394',
    kodePos: '12950',
    telepon: '021555010',
    hp: '6281255501 01'.replace(' ', ''),
    negara: 'ID',
    pekerjaan: '099',
    bidangUsaha: '009000',
    hubunganPelapor: '9900',
    golonganDebitur: '9000',
    statusKawin: '1',
    namaIbuKandung: 'Siti',
    cabang: '001',
    operasiData: all((action) => action === 'CREATE') ? 'C' : all((action) => action.startsWith('DELETE')) ? 'N' : 'U',
    ...Object.fromEntries(
      ['gelar', 'kelurahan', 'kecamatan', 'email', 'tempatBekerja', 'alamatKerja', 'penghasilan', 'sumberPenghasilan', 'tanggungan']
        .concat(['nikPasangan', 'namaPasangan', 'tanggalLahirPasangan', 'pisahHarta', 'langgarBmpk', 'lampauiBmpk'])
        .map((name) => [name, '']),
    ),
  };
}

it('is read back without a problem, each column as the record has it', () =>
  fc.assert(
    fc.asyncProperty(recordArb, async (records) => {
      const { problems, rows } = await readBack(inOrder(records));
      expect(problems).toEqual([]);
      const of = (segment: string) => rows.filter((row) => row.segment === segment).map(({ cells }) => cells);
      for (const segment of ['F01', 'F06'])
        expect(of(segment)).toEqual(records.filter(({ account }) => account.codes.segmen === segment).map(expectedAccount));
      const refs = [...new Set(records.map(({ borrower }) => borrower.ref))];
      expect(of('D01')).toEqual(refs.map((ref) => expectedDebtor(records.filter(({ borrower }) => borrower.ref === ref))));
      expect(of('D02')).toEqual([]);
      const both = (record: FileRecord) => ({
        nomorRekening: record.account.accountRef,
        cif: record.borrower.ref,
        jenisSegmen: record.account.codes.segmen,
        operasiData: expectedAccount(record).operasiData,
        cabang: '001',
      });
      expect(of('A01')).toEqual(
        records.flatMap((record) =>
          record.collaterals.map(({ ref }) =>
            expect.objectContaining({
              ...both(record),
              kodeRegistrasi: ref,
              jenisAgunan: '250',
              jenisPengikatan: '99',
              statusAgunan: '1',
              keterangan: 'Car',
              nilaiPelapor: '91',
              tanggalPenilaian: '20230102',
              tanggalPengikatan: '',
            }),
          ),
        ),
      );
      expect(of('P01')).toEqual(
        records.flatMap((record) =>
          record.associates.map(({ name, idNumber }) => ({
            ...both(record),
            nomorIdentitas: idNumber!.replace('-', ''),
            jenisIdentitas: '1',
            namaSesuaiIdentitas: plain(name.full),
            namaLengkap: plain(name.full),
            golonganPenjamin: '9000',
            alamat: 'Jl. Melati 7 RT 02',
            persenDijamin: '50',
            keterangan: '',
          })),
        ),
      );
    }),
    { numRuns: 150 },
  ));

it('says every day of three years right', async () => {
  for (const day of everyDay) {
    const one = made({
      account: { openedOn: day, maturesOn: day },
      borrower: { bornOn: day },
      standing: {
        state: 'SOLD',
        stateSince: day,
        sale: { buyer: 'X', buyerReports: true, stillManaged: false },
        qualityClass: 5,
        lossSince: day,
        restructured: { times: 1, firstOn: day, lastOn: day, how: '01' },
      },
      collaterals: [{ ...car, valuedOn: day, boundOn: day }],
    });
    const { problems, rows } = await readBack([one], { ...header, period: { from: `${day.slice(0, 7)}-01`, to: day } });
    expect(problems).toEqual([]);
    const dates = rows.flatMap(({ cells }) => Object.entries(cells).filter(([name, text]) => name.startsWith('tanggal') && text));
    expect(dates).toHaveLength(12);
    for (const [, text] of dates) expect(text).toBe(compact(day));
    expect(rows.find(({ segment }) => segment === 'F01')!.cells.realisasiBulanBerjalan).toBe('10000');
  }
});

it('gives the same bytes twice, in chunks of whole rows', async () => {
  const many = Array.from({ length: 3000 }, (_, i) =>
    made({ account: { accountRef: `L${10_000 + i}` }, borrower: { ref: `B${10_000 + (i >> 1)}` } }),
  );
  const once = await write(many);
  expect(await write(many)).toEqual(once);
  expect(once.map(({ name }) => name)).toEqual(
    ['D01', 'D02', 'F01', 'F06', 'A01', 'P01'].map((segment) => `0101.251220.2024.05.${segment}.7.txt`),
  );
  expect(once[0]!.bytes.subarray(0, 40).toString()).toMatch(/^H\|0101\|251220\|2024\|05\|D01\|1500\|1500\r\nD\|/);
  expect(once[1]!.bytes.toString()).toBe('H|0101|251220|2024|05|D02|0|0\r\n');
  let chunks = 0;
  for await (const chunk of format.files(header, streamed(many))[2]!.bytes()) {
    chunks++;
    expect(chunk.subarray(-2).toString()).toBe('\r\n');
    expect(chunk.length).toBeLessThan(70_000);
  }
  expect(chunks).toBeGreaterThan(5);
});

it.each<[string, Partial<FileRecord['standing']>]>([
  ['00', { state: 'IN_COLLECTION' }],
  ['01', { state: 'CANCELLED' }],
  ['02', { state: 'PAID' }],
  ['03', { state: 'WRITTEN_OFF' }],
  [
    '04',
    {
      state: 'WRITTEN_OFF',
      qualityClass: 5,
      lossSince: '2024-01-01',
      specialTrades: [{ kind: 'FORGIVEN', on: '2024-05-02', amount: '1.00' }],
    },
  ],
  ['05', { state: 'PAID', specialTrades: [{ kind: 'ASSET_IN_LIEU', on: '2024-05-02', amount: '1.00' }] }],
  ['06', { state: 'PAID', specialTrades: [{ kind: 'JUDICIAL', on: '2024-05-02', amount: '1.00' }] }],
  ['07', { state: 'SOLD', sale: { buyer: 'X', buyerReports: true, stillManaged: false } }],
  ['09', { state: 'SOLD', sale: { buyer: 'X', buyerReports: false, stillManaged: false } }],
  ['12', { state: 'PAID', specialTrades: [{ kind: 'FORGIVEN', on: '2024-05-02', amount: '1.00' }] }],
  ['16', { state: 'SOLD', sale: { buyer: 'X', buyerReports: true, stillManaged: true } }],
])('kondisi %s', async (kondisi, standing) => {
  const { problems, rows } = await readBack([made({ standing })]);
  expect(problems).toEqual([]);
  expect(rows[1]!.cells.kondisi).toBe(kondisi);
});

it('says every code that a tenant may set, of the party and the collateral before that of the account', async () => {
  const ofAccount = {
    sifatKredit: '2',
    noAkadAwal: 'PK/01-2023',
    noAkadAkhir: 'PK/02-2024',
    frekuensiPerpanjangan: '3',
    kabKota: '0300',
    nilaiProyek: '77',
    takeoverDari: '014',
  };
  const ofParty = {
    gelar: 'Ir.',
    kelurahan: 'Menteng',
    kecamatan: 'Menteng',
    kabKotaDebitur: '0391',
    pekerjaan: '001',
    tempatBekerja: 'PT Maju',
    bidangUsaha: '620000',
    alamatKerja: 'Jl. Kenari 1',
    penghasilan: '90000000',
    sumberPenghasilan: '1',
    tanggungan: '2',
    hubunganPelapor: '0100',
    golonganDebitur: '9001',
    statusKawin: '2',
    nikPasangan: '3171 0003',
    namaPasangan: 'Budi',
    tanggalLahirPasangan: '1979-12-31',
    pisahHarta: 'T',
    langgarBmpk: 'T',
    lampauiBmpk: 'T',
  };
  const ofCollateral = {
    statusAgunan: '2',
    jenisAgunan: '187',
    peringkat: 'AA+',
    lembagaPemeringkat: '10',
    alamatAgunan: 'Jl. Anggrek 3',
    kabKotaAgunan: '0392',
    nilaiNjop: '50',
    nilaiIndependen: '60',
    namaPenilai: 'KJPP Contoh',
    tanggalPenilaianIndependen: '2024-02-29',
    paripasu: 'Y',
    persenParipasu: '40',
    joint: 'T',
    asuransi: 'Y',
  };
  const company = {
    ...person({ ref: 'G2', kind: 'COMPANY', idNumber: undefined, taxNumber: '01.234' }),
    role: 'GUARANTOR' as const,
    codes: { jenisIdentitasPenjamin: '3', golonganPenjamin: '8000' },
  };
  const { problems, rows } = await readBack([
    made({
      account: { codes: { ...codes, ...ofAccount } },
      borrower: { codes: ofParty },
      collaterals: [{ ...car, codes: ofCollateral, bindingCode: '03', boundOn: '2023-02-01', owner: 'Sri', evidence: 'BPKB 1' }],
      associates: [company, { ...person({ ref: 'X' }), role: 'AUTHORISED' }],
      standing: { disbursedInPeriod: '1.50' },
    }),
  ]);
  expect(problems).toEqual([]);
  const [debtor, credit, agunan, penjamin] = rows.map(({ cells }) => cells);
  expect(credit).toMatchObject({ ...ofAccount, realisasiBulanBerjalan: '2' });
  const { kabKotaDebitur, ...others } = ofParty;
  expect(debtor).toMatchObject({ ...others, kabKota: kabKotaDebitur, nikPasangan: '31710003', tanggalLahirPasangan: '19791231' });
  const { alamatAgunan, kabKotaAgunan, ...rest } = ofCollateral;
  expect(agunan).toEqual({
    ...rest,
    kodeRegistrasi: 'C1',
    nomorRekening: 'L1',
    cif: 'B1',
    jenisSegmen: 'F01',
    jenisPengikatan: '03',
    tanggalPengikatan: '20230201',
    namaPemilik: 'Sri',
    buktiKepemilikan: 'BPKB 1',
    alamat: alamatAgunan,
    kabKota: kabKotaAgunan,
    nilaiPelapor: '91',
    tanggalPenilaian: '20230102',
    tanggalPenilaianIndependen: '20240229',
    keterangan: 'Car',
    cabang: '001',
    operasiData: 'U',
  });
  expect(penjamin).toMatchObject({ nomorIdentitas: '01234', jenisIdentitas: '3', golonganPenjamin: '8000', persenDijamin: '' });
  expect(rows).toHaveLength(4);
});

it('says a dispute in keterangan', async () => {
  const { rows } = await readBack([made({ rest: { mark: 'DISPUTED', note: 'a|b' } })]);
  expect(rows[1]!.cells.keterangan).toBe('Disengketakan debitur; a b');
});

it.each<[string, string, RecordParts | RecordParts[]]>([
  ['D02', 'cif', { borrower: { kind: 'COMPANY' } }],
  ['F02', 'segmen', { associates: [{ ...guarantor, role: 'JOINT' }] }],
  ['S1', 'nomorRekening', { account: { accountRef: 'L-1' } }],
  ['S1', 'cif', { borrower: { ref: 'B 1' } }],
  ['S1', 'cabang', { account: { branch: '' } }],
  ['S1', 'tanggalLahir', { borrower: { bornOn: '1980-02-30' } }],
  ['S1', 'denda', { standing: { outstanding: sums('1.00', '0.00', '0.00', '-1.00') } }],
  ['S1', 'penghasilan', { borrower: { codes: { penghasilan: '1.5' } } }],
  ['S1', 'sukuBunga', { account: { interestRate: '12,5' } }],
  ['S1', 'jumlahHariTunggakan', { standing: { daysPastDue: 1.5 } }],
  ['S2', 'nomorRekening', [{}, {}]],
  ['S2', 'nomorRekening', [{ account: { accountRef: 'L2' } }, { account: { accountRef: 'L1' } }]],
  ['S2', 'cif', [{ borrower: { ref: 'B1' } }, { borrower: { ref: 'B2' } }, { borrower: { ref: 'B1' } }]],
  ['S2', 'kodeRegistrasi', { collaterals: [car, car] }],
  ['S2', 'nomorIdentitas', { associates: [guarantor, guarantor] }],
  ['S2', 'nomorRekening', { action: 'IDENTIFIER' }],
  ['CODE', 'operasiData', { action: 'NOTE' }],
  ['S3', 'tanggalMacet', { standing: { qualityClass: 5 } }],
  ['CODE', 'sebabMacet', { standing: { qualityClass: 5, lossSince: '2024-01-01', lossCause: '12' } }],
  ['CODE', 'kualitas', { standing: { qualityClass: 6 } }],
  ['S5', 'tunggakanPokok', { standing: { daysPastDue: 1, outstanding: sums('1.00'), overdue: sums('2.00') } }],
  ['S6', 'kurs', { account: { currency: 'USD' } }],
  ['S7', 'kondisi', { standing: { state: 'PAID', outstanding: sums('0.00', '0.00', '0.00', '0.01') } }],
  ['S7', 'kondisi', { standing: { state: 'WRITTEN_OFF', specialTrades: [{ kind: 'FORGIVEN', on: '2024-05-02', amount: '1.00' }] } }],
  ['CODE', 'kondisi', { standing: { state: 'SOLD' } }],
  ['CODE', 'akad', { account: { codes: { ...codes, akad: '' } } }],
  ['CODE', 'segmen', { account: { codes: { ...codes, segmen: 'F05' } } }],
  ['CODE', 'sektorEkonomi', { account: { codes: { ...codes, sektorEkonomi: '1' } } }],
  ['CODE', 'jenisIdentitas', { borrower: { idKind: 'COMPANY' } }],
  ['REQUIRED', 'namaIbuKandung', { borrower: { mothersName: ' ' } }],
  ['REQUIRED', 'jenisKelamin', { borrower: { gender: undefined } }],
  ['REQUIRED', 'nomorIdentitas', { borrower: { idNumber: '-' } }],
  ['S1', 'nilaiPelapor', { collaterals: [{ ...car, value: { amount: '1.00', currency: 'USD' } }] }],
  ['CODE', 'jenisAgunan', { collaterals: [car], account: { codes: { ...codes, jenisAgunan: '' } } }],
  ['CODE', 'jenisPengikatan', { collaterals: [{ ...car, bindingCode: '07' }] }],
  ['CODE', 'jenisIdentitasPenjamin', { associates: [{ ...guarantor, kind: 'COMPANY' }] }],
])('refuses before the first byte what it cannot say: %s of %s', async (rule, field, parts) => {
  const records = [parts].flat().map(made);
  const bytes = format.files(header, streamed(records))[0]!.bytes();
  const fault = await bytes[Symbol.asyncIterator]()
    .next()
    .catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(FileFault);
  expect(fault).toMatchObject({ rule, field, key: expect.stringMatching(/^L.*\/1$/) });
});

it.each([
  ['reporter.type', { reporter: { ...header.reporter, type: '0105' } }],
  ['reporter.code', { reporter: { ...header.reporter, code: '1' } }],
  ['period.to', { period: { from: '', to: '2024' } }],
  ['sequence', { sequence: 0 }],
])('refuses a header whose %s is not right', (field, wrong) =>
  expect(() => format.files({ ...header, ...wrong }, streamed([]))).toThrow(expect.objectContaining({ field })),
);

it('sees that records are not the same each time', async () => {
  let reads = 0;
  const [file] = format.files(header, () => streamed(reads++ ? [] : [made()])());
  await expect(bytesOf(file!)).rejects.toThrow('1 rows were counted and 0 written');
  expect(() => file!.totals()).toThrow('after the last byte');
});

describe('the reader refuses', () => {
  const good = [
    made({
      standing: { daysPastDue: 40, instalmentsOverdue: 2, overdue: sums('10.00', '1.00'), qualityClass: 2 },
      collaterals: [car],
      associates: [guarantor],
    }),
    made({ account: { accountRef: 'L2', codes: { ...codes, segmen: 'F06' } }, standing: { state: 'PAID' } }),
  ];
  const mutated = async (segment: string, change: (text: string) => string | Buffer) => {
    const written = await write(good);
    const file = written.find(({ name }) => name.includes(`.${segment}.`))!;
    file.bytes = Buffer.from(change(file.bytes.toString()));
    return (await read(written)).problems;
  };
  /** Columns are numbered from 1 with the flag, as OJK does. */
  const withColumn = (number: number, value: string) => (text: string) => {
    const [head, row, ...rest] = text.split('\r\n');
    return [
      head,
      row!
        .split('|')
        .with(number - 1, value)
        .join('|'),
      ...rest,
    ].join('\r\n');
  };
  const both =
    (...changes: ((text: string) => string)[]) =>
    (text: string) =>
      changes.reduce((changed, change) => change(changed), text);
  const twice = (text: string) => text.replace('|1|1\r\n', '|2|2\r\n').replace(/(D\|.*\r\n)$/, '$1$1');

  it.each<[string, string, string, (text: string) => string]>([
    ['S1', 'F01', 'tanggalMulai', withColumn(13, '20230229')],
    ['S1', 'F01', 'tanggalMulai', withColumn(13, '2023-01-15')],
    ['S1', 'F01', 'tanggalMulai', withColumn(13, '20231301')],
    ['S1', 'F01', 'bakiDebet', withColumn(31, '5000.50')],
    ['S1', 'F01', 'bakiDebet', withColumn(31, '-1')],
    ['S1', 'F01', 'nomorRekening', withColumn(2, 'L-1')],
    ['S1', 'D01', 'namaLengkap', withColumn(6, 'a\u0007')],
    ['S2', 'D01', 'cif', twice],
    ['S2', 'F01', 'nomorRekening', twice],
    ['S2', 'F01', 'nomorRekening', withColumn(2, 'L2')],
    ['S2', 'A01', 'kodeRegistrasi', twice],
    ['S2', 'P01', 'nomorIdentitas', twice],
    ['S3', 'F01', 'tanggalMacet', withColumn(34, '20240101')],
    ['S3', 'F01', 'sebabMacet', withColumn(35, '99')],
    ['S3', 'F01', 'tanggalMacet', both(withColumn(33, '5'), withColumn(35, '99'))],
    ['S3', 'F06', 'sebabMacet', both(withColumn(12, '5'), withColumn(13, '20240101'))],
    ['S4', 'F01', 'tanggalKondisi', withColumn(45, '20240101')],
    ['S4', 'F01', 'tanggalKondisi', withColumn(44, '07')],
    ['S4', 'F06', 'tanggalKondisi', withColumn(18, '')],
    ['S5', 'F01', 'bakiDebet', withColumn(31, '9')],
    ['S5', 'F01', 'tunggakanBunga', withColumn(38, '0')],
    ['REQUIRED', 'F01', 'tunggakanPokok', withColumn(36, '')],
    ['S6', 'F01', 'nilaiMataUangAsal', withColumn(32, '1')],
    ['S6', 'F01', 'nilaiMataUangAsal', withColumn(21, 'USD')],
    ['S7', 'F01', 'tunggakanPokok', both(withColumn(44, '02'), withColumn(45, '20240101'))],
    ['S7', 'F01', 'denda', both(withColumn(44, '12'), withColumn(45, '20240101'), withColumn(30, '1'))],
    ['S7', 'F06', 'tunggakan', both(withColumn(15, '1'), withColumn(16, '1'))],
    ['S7', 'F01', 'kualitas', both(withColumn(44, '04'), withColumn(45, '20240101'))],
    ['S8', 'F01', 'cif', withColumn(3, 'B9')],
    ['S8', 'F06', 'cif', withColumn(3, 'B9')],
    ['S8', 'A01', 'cif', withColumn(4, 'B9')],
    ['S8', 'P01', 'cif', withColumn(4, 'B9')],
    ['S8', 'D01', 'cif', withColumn(2, 'B9')],
    ['S9', 'F01', 'jumlahDataFile', (text) => text.replace('|1|1\r\n', '|2|1\r\n')],
    ['S9', 'F01', 'jumlahDataSegmen', (text) => text.replace('|1|1\r\n', '|1|2\r\n')],
    ['S9', 'D01', 'jumlahDataFile', (text) => text.split('\r\n')[0] + '\r\n'],
    ['CODE', 'F01', 'kondisi', withColumn(44, '18')],
    ['CODE', 'F01', 'operasiData', withColumn(48, 'X')],
    ['CODE', 'F01', 'sebabMacet', withColumn(35, '12')],
    ['CODE', 'D01', 'jenisKelamin', withColumn(8, 'M')],
    ['CODE', 'F01', 'sektorEkonomi', withColumn(18, '1')],
    ['REQUIRED', 'D01', 'namaIbuKandung', withColumn(37, '')],
    ['COLUMNS', 'F01', '', (text) => text.replace(/\|U\r\n$/, '|U|\r\n')],
    ['COLUMNS', 'D01', '', (text) => text.replace('\r\nD|', '\r\nT|')],
    ['HEADER', 'F01', '', (text) => text.replace('251220', '251221')],
    ['HEADER', 'F01', '', (text) => text.replace('|1|1\r\n', '|1\r\n')],
    ['HEADER', 'F01', '', () => 'garbage\r\n'],
    ['CRLF', 'F01', '', (text) => text.replaceAll('\r', '')],
    ['TRUNCATED', 'F01', '', (text) => text.slice(0, -20)],
    ['EMPTY', 'F01', '', () => ''],
    ['TOO_LONG', 'F01', '', () => 'x'.repeat(1_100_000)],
  ])('%s in %s: %s', async (code, segment, field, change) => {
    expect(await mutated(segment, (text) => text)).toEqual([]);
    expect(await mutated(segment, change)).toContainEqual(expect.objectContaining({ code, field, line: expect.any(Number) }));
  });

  it('bytes that are not UTF-8', async () =>
    expect(await mutated('F01', (text) => Buffer.from(text.replace('IDR', '\xff'), 'latin1'))).toContainEqual(
      expect.objectContaining({ code: 'UTF8', line: 2 }),
    ));

  it('a segment that was not sent (S9), and a name that is not one', async () => {
    const written = await write(good);
    expect((await read(written.filter(({ name }) => !name.includes('A01')))).problems).toEqual([
      expect.objectContaining({ code: 'S9', file: '' }),
    ]);
    written[0]!.name = 'D01.txt';
    expect((await read(written)).problems).toContainEqual(expect.objectContaining({ code: 'NAME', file: 'D01.txt' }));
  });

  it('counts a segment over all its files', async () => {
    const written = await write(good);
    const first = written.find(({ name }) => name.includes('F01'))!;
    const text = first.bytes.toString();
    first.bytes = Buffer.from(text.replace('|1|1\r\n', '|1|2\r\n'));
    written.push({
      name: first.name.replace('.7.', '.8.'),
      bytes: Buffer.from(text.replace('|1|1\r\n', '|1|2\r\n').replace('D|L1|', 'D|L3|')),
    });
    expect((await read(written)).problems).toEqual([]);
  });
});

it('takes a debtor of D02, whose other columns are not public', async () => {
  const [d01, d02, ...others] = await write([made()]);
  const empty = `${d01!.bytes.toString().split('\r\n')[0]!.replace('|1|1', '|0|0')}\r\n`;
  const company = `${d02!.bytes.toString().replace('|0|0', '|1|1')}D|B1|PT Contoh|and more\r\n`;
  const { problems } = await read([{ ...d01!, bytes: Buffer.from(empty) }, { ...d02!, bytes: Buffer.from(company) }, ...others]);
  expect(problems).toEqual([]);
});

describe('an answer', () => {
  it('finds its records by key, in whatever order its lines come', async () => {
    const records = inOrder(
      ['L1', 'L2', 'L3'].map((accountRef, i) =>
        made({ account: { accountRef }, borrower: { ref: `B${i}` }, collaterals: [car], associates: [guarantor] }),
      ),
    );
    const written = await write(records);
    const change = (segment: string, from: string, to: string) => {
      const file = written.find(({ name }) => name.includes(segment))!;
      file.bytes = Buffer.from(file.bytes.toString().replace(from, to));
      return file.name;
    };
    const changes = [
      change('F01', 'D|L2|B1|9', 'D|L2|B1|7'),
      change('A01', 'C1|L1|B0|F01|1', 'C1|L1|B0|F01|'),
      change('P01', '31710002|L3|B2|F01|1', '31710002|L3|B2|F09|1'),
    ];
    const { problems } = await read(written);
    const told = changes.map((name) => {
      const [head, ...lines] = answerOf(name, problems).toString().trimEnd().split('\r\n');
      const answer = format.readAcknowledgement(Buffer.from([head, ...lines.toReversed()].join('\n') + '\n'));
      if ('problem' in answer) throw new Error(answer.problem);
      expect(answer.acknowledgement).toMatchObject({ file: name, level: 'RECORD', taken: true });
      return answer.acknowledgement.problems.map(({ key, code }) => [
        records.findIndex((record) => format.acknowledgementKeys!(record).includes(key!)),
        code,
      ]);
    });
    expect(told).toEqual([[[1, 'CODE']], [[0, 'REQUIRED']], [[2, 'CODE']]]);
    const keys = records.map((record) => format.acknowledgementKeys!(record));
    expect(keys[1]).toEqual(['F01/L2', 'D01/B1', 'A01/C1/L2', 'P01/31710002/L2']);
  });

  it('refuses the file where its header is wrong', async () => {
    const [file] = await write([made()]);
    const name = file!.name;
    const { problems } = await read([{ name, bytes: Buffer.from('garbage\r\n') }]);
    expect(format.readAcknowledgement(answerOf(name, problems))).toMatchObject({
      acknowledgement: { file: name, level: 'FILE', taken: false, problems: [{ code: 'HEADER' }] },
    });
  });

  it('takes lines in any order, warnings and what was only stored', () => {
    const lines = ['F01|L1|S3|tanggalMacet|needed', 'W-D01|B1|W7||late', 'F01|L2|S9||'];
    const read = (order: number[]) =>
      format.readAcknowledgement(Buffer.from(`R|a.txt|RECORD|DITERIMA|3\r\n${order.map((i) => `${lines[i]}\r\n`).join('')}`));
    const told = read([0, 1, 2]);
    expect(told).toEqual({
      acknowledgement: {
        file: 'a.txt',
        level: 'RECORD',
        taken: true,
        problems: [
          { key: 'F01/L1', code: 'S3', field: 'tanggalMacet', words: 'needed' },
          { key: 'D01/B1', code: 'W7', words: 'late', warning: true },
          { key: 'F01/L2', code: 'S9', words: '' },
        ],
      },
    });
    const problems = (answer: typeof told) =>
      new Set('problem' in answer ? [answer.problem] : answer.acknowledgement.problems.map((each) => JSON.stringify(each)));
    for (const order of [
      [1, 2, 0],
      [2, 1, 0],
    ])
      expect(problems(read(order))).toEqual(problems(told));
    expect(format.readAcknowledgement(Buffer.from('R|a.txt|TRANSPORT|DITERIMA|0\n'))).toMatchObject({
      acknowledgement: { level: 'TRANSPORT', problems: [] },
    });
  });

  it.each([
    '',
    'R|a.txt|RECORD|DITERIMA|0',
    'X|a.txt|RECORD|DITERIMA|0\n',
    'R||RECORD|DITERIMA|0\n',
    'R|a.txt|ROW|DITERIMA|0\n',
    'R|a.txt|RECORD|OK|0\n',
    'R|a.txt|RECORD|DITERIMA|1\n',
    'R|a.txt|RECORD|DITERIMA|0|1\n',
    'R|a.txt|RECORD|DITERIMA|1\nF01|L1|S3\n',
    'R|a.txt|RECORD|DITERIMA|1\nF01|L1||a|b\n',
    Buffer.from([0xff, 10]),
  ])('that cannot be read says so: %j', (text) =>
    expect(format.readAcknowledgement(Buffer.from(text as string))).toEqual({ problem: expect.any(String) }),
  );
});
