// What agencies tell, in their words and the gateway's: the same news is read alike, and what does not fit is named and refused.
import { agencyCloseCodes } from '../../connectors/contract/agency-news.js';
import { partners } from '../../connectors/index.js';
import { closeCodes, holdOfCloseCode } from '../../src/domain/placement/close-code.js';

const readerOf = (id: string) =>
  partners[id]!({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 }).readCallback;
const common = { deliveryId: 'handoff_0000000000000001', partnerRef: 'X-1', sequence: 1, occurredAt: '2026-01-31T10:00:00Z' };
const lotus = (type: string, data: unknown) => readerOf('lotus-recovery')({ type, ...common, data });
const mitra = (peristiwa: string, rincian: unknown) =>
  readerOf('mitra-tagih')({
    peristiwa,
    penugasan: common.deliveryId,
    nomor_penugasan: 'X-1',
    urutan: 1,
    waktu: common.occurredAt,
    rincian,
  });
const amount = { amount: '50000.00', currency: 'IDR' };

it.each([
  [
    'placement.status',
    {
      activity: { calls: 2, visits: 1 },
      complaints: 1,
      contact: 'RIGHT_PARTY',
      promise: { amount, dueOn: '2026-02-10' },
      note: 'Akan bayar',
    },
    'laporan',
    {
      kegiatan: { telepon: 2, kunjungan: 1 },
      keluhan: 1,
      hasil_kontak: 'bertemu_debitur',
      janji: { jumlah: amount, tanggal: '2026-02-10' },
      catatan: 'Akan bayar',
    },
  ],
  ['placement.status', {}, 'laporan', {}],
  ['placement.recallObjected', { reason: 'Janji' }, 'keberatan_penarikan', { alasan: 'Janji' }],
  ['placement.returned', { reason: 'Pindah' }, 'dikembalikan', { alasan: 'Pindah' }],
  ['placement.refused', { code: 'KONFLIK', reason: 'Debitur kami' }, 'ditolak', { kode: 'KONFLIK', alasan: 'Debitur kami' }],
  ['placement.closed', { code: 'TIME_BARRED' }, 'ditutup', { kode: 'kedaluwarsa' }],
])('%s is read alike of both', (type, data, peristiwa, rincian) => {
  expect(lotus(type, data)).toMatchObject({ callback: { type, data } });
  expect(mitra(peristiwa, rincian)).toEqual(lotus(type, data));
});

it.each([
  ['placement.status', { activity: { calls: -1 } }, 'laporan', { kegiatan: { telepon: -1 } }],
  ['placement.status', { activity: [] }, 'laporan', { kegiatan: { email: 3 } }],
  ['placement.status', { contact: 'MET' }, 'laporan', { hasil_kontak: 'bertemu' }],
  ['placement.status', { promise: { amount } }, 'laporan', { janji: { jumlah: amount } }],
  ['placement.status', { promise: { amount: { amount: '1,00', currency: 'IDR' }, dueOn: '2026-02-10' } }, 'laporan', { janji: 'besok' }],
  ['placement.status', { promise: { amount, dueOn: '2026-02-30' } }, 'laporan', { janji: { jumlah: amount, tanggal: '30-02-2026' } }],
  ['placement.status', { agent: 'x' }, 'laporan', { petugas: 'x' }],
  ['placement.recallObjected', {}, 'keberatan_penarikan', {}],
  ['placement.closed', {}, 'ditutup', {}],
  ['placement.closed', { code: 'GONE' }, 'ditutup', { kode: 'hilang' }],
  ['placement.closed', { code: 'PAID', amount: 1 }, 'ditutup', { kode: 'lunas', jumlah: 1 }],
])('%s with %j is refused, as is the same of the other', (type, data, peristiwa, rincian) => {
  expect(lotus(type, data)).toEqual({ problem: expect.stringMatching(/^\/data/) });
  expect(mitra(peristiwa, rincian)).toEqual({ problem: expect.stringMatching(/^\/data/) });
});

it('each code of closing is known on both sides of the wire, and each hold of one stops placements', () => {
  expect([...agencyCloseCodes]).toEqual([...closeCodes]);
  const codes = [
    'lunas',
    'damai',
    'ditarik',
    'pailit',
    'meninggal',
    'sengketa',
    'penipuan',
    'tidak_tertagih',
    'minta_tidak_dihubungi',
    'kedaluwarsa',
    'jalur_hukum',
    'dijual',
  ];
  expect(
    codes.map((kode) => (mitra('ditutup', { kode }) as unknown as { callback: { data: { code: string } } }).callback.data.code),
  ).toEqual([...closeCodes]);
  for (const { scopes } of Object.values(holdOfCloseCode)) expect(scopes).toContain('PLACEMENT');
});
