// Nusa's side of the wire: what it refuses and by which code, and that its books are right whatever comes twice, late or after a restart.
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreditBureau, LedgerEntry } from '../../connectors/contract/credit-bureau.js';
import { createNusaBureau } from '../../connectors/credit-bureau/nusa-bureau/connector.js';
import { idOf } from '../../src/domain/ids.js';
import { openLedger } from '../../src/sandbox/partners/ledger.js';
import { openNusaDesk } from '../../src/sandbox/partners/nusa/desk.js';
import { startPartner, type Partner } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { orderOf } from '../../src/conformance/samples.js';
import { until } from '../support/until.js';

const credentials = { clientId: 'us', clientSecret: 'between us', webhookSecret: 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==' };
const spec = partnerSpecs.find(({ id }) => id === 'nusa-bureau')!;
const folder = mkdtempSync(join(tmpdir(), 'casegraph-nusa-'));
const told: { type: string; data: any; sequence: number }[] = [];
const door = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  told.push(JSON.parse(Buffer.concat(chunks).toString()));
  response.end();
});
let partner: Partner;
let bureau: CreditBureau;
const start = async () => {
  const gatewayUrl = () => `http://127.0.0.1:${(door.address() as { port: number }).port}`;
  partner = await startPartner({ spec, port: 0, host: '127.0.0.1', gatewayUrl, ledgerFile: join(folder, 'ledger.jsonl'), ...credentials });
  bureau = createNusaBureau({ id: 'nusa-bureau', url: partner.url, timeoutMs: 3_000, ...credentials });
};
beforeAll(async () => {
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  await start();
});
afterAll(async () => {
  await partner.stop();
  door.closeAllConnections();
  await new Promise((closed) => door.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

let deliveries = 0;
const call = () => ({ deliveryId: idOf('handoff', 'nusa', ++deliveries), signal: new AbortController().signal });
/** @returns `accepted`, or the code of the refusal */
const say = async (operation: keyof CreditBureau['operations'], order: object) => {
  const answer = await bureau.operations[operation](order as never, call());
  return answer.is === 'refused' ? answer.code : answer.is;
};
const order = (operation: string, n: number, over: object = {}): any => ({ ...orderOf('CREDIT_BUREAU', operation, undefined, n), ...over });
const ledger = async () => {
  const entries: LedgerEntry[] = [];
  for (let page: string | null = null; ;) {
    const read = await bureau.readLedger(page, new AbortController().signal);
    entries.push(...read.entries);
    if ((page = read.next) === null) return entries;
  }
};
const entry = async (n: number) => (await ledger()).find(({ accountRef }) => accountRef === order('reportOverdue', n).accountRef);
const idr = (amount: string) => ({ amount, currency: 'IDR' });

it.each<[string, object]>([
  ['INVALID_FIELD', { version: 0 }],
  ['INVALID_FIELD', { version: '1' }],
  ['INVALID_FIELD', { asOf: '2026-02-30' }],
  ['INVALID_FIELD', { reportKey: 'x'.repeat(101) }],
  ['INVALID_FIELD', { overdue: idr('-1.00') }],
  ['INVALID_FIELD', { overdue: idr('1.001') }],
  ['INVALID_FIELD', { overdue: { amount: '1.00', currency: 'Rp' } }],
  ['INVALID_FIELD', { qualityClass: 6 }],
  ['MISSING_FIELD', { borrowerRef: undefined }],
  ['UNKNOWN_FIELD', { nationalId: '3174' }],
  ['OVERDUE_SINCE_AFTER_REPORT', { overdueSince: '2026-02-01' }],
  ['DAYS_DO_NOT_FIT', { daysPastDue: 30 }],
  ['NOT_OVERDUE', { overdue: idr('0.00') }],
  ['OVERDUE_ABOVE_OUTSTANDING', { overdue: idr('1265000.51') }],
  ['CURRENCY_MISMATCH', { overdue: { amount: '1.00', currency: 'USD' } }],
  ['CLASS_TOO_GOOD', { qualityClass: 1 }],
  ['accepted', {}],
])('answers a report with %s', async (answer, over) => expect(await say('reportOverdue', order('reportOverdue', 1, over))).toBe(answer));

it('holds what it was told against what it hears next', async () => {
  const is = async (answer: string, operation: keyof CreditBureau['operations'], n: number, over: object = {}) =>
    expect([operation, over, await say(operation, order(operation, n, over))]).toEqual([operation, over, answer]);
  await is('UNKNOWN_REPORT', 'updateReport', 2);
  await is('UNKNOWN_ACCOUNT', 'changeIdentifier', 2);
  await is('UNKNOWN_ACCOUNT', 'respondDispute', 2);
  await is('UNKNOWN_REPORT', 'markDispute', 2);
  await is('accepted', 'reportOverdue', 2);
  await is('STALE_VERSION', 'reportOverdue', 2);
  await is('REPORT_EXISTS', 'reportOverdue', 2, { version: 2 });
  await is('WRONG_ACCOUNT', 'updateReport', 2, { accountRef: 'ID-OTHER' });
  await is('UNKNOWN_VERSION', 'correctReport', 2, { version: 9, replacesVersion: 7 });
  await is('DATE_DOES_NOT_FIT', 'correctReport', 2, { asOf: '2026-02-01', daysPastDue: 32 });
  await is('DATE_DOES_NOT_FIT', 'updateReport', 2, { asOf: '2026-01-31', daysPastDue: 31 });
  await is('accepted', 'correctReport', 2);
  await is('STALE_VERSION', 'updateReport', 2);
  await is('accepted', 'updateReport', 2, { version: 3 });
  await is('accepted', 'markDispute', 2, { version: 4 });
  expect(await entry(2)).toMatchObject({ state: 'OVERDUE', version: 4, asOf: '2026-02-28', daysPastDue: 59, disputed: true });
  await is('DATE_DOES_NOT_FIT', 'withdrawReport', 2, { version: 5, replacesVersion: 3, asOf: '2026-02-27' });
  await is('accepted', 'withdrawReport', 2, { version: 5, replacesVersion: 3 });
  await is('STALE_VERSION', 'updateReport', 2, { version: 5 });
  await is('REPORT_ENDED', 'updateReport', 2, { version: 6, asOf: '2026-03-31', daysPastDue: 90 });
  expect(await entry(2)).toMatchObject({ state: 'CURED', version: 5, overdue: null, daysPastDue: null });
  const again = { reportKey: 'nusa-bureau/again/2', version: 6, asOf: '2026-05-31', overdueSince: '2026-04-30' };
  await is('accepted', 'reportOverdue', 2, again);
  await is('accepted', 'deleteReport', 2, { reportKey: again.reportKey, version: 7, replacesVersion: 6 });
  await is('REPORT_ENDED', 'markDispute', 2, { reportKey: again.reportKey, version: 8 });
  expect(await entry(2)).toMatchObject({ state: 'DELETED', version: 7, reportKey: again.reportKey });
  await is('ACCOUNT_EXISTS', 'changeIdentifier', 2, { version: 8, accountRef: order('reportOverdue', 1).accountRef });
  await is('accepted', 'changeIdentifier', 2, { version: 8 });
  await is('ACCOUNT_RENAMED', 'reportOverdue', 2, { reportKey: 'nusa-bureau/again/3', version: 9 });
  expect(await entry(2)).toBeUndefined();
});

it('knows the disputes that it sent, and takes one answer to each', async () => {
  const report = call();
  await bureau.operations.reportOverdue(order('reportOverdue', 3), report);
  const step = (type: string, data?: object) =>
    fetch(`${partner.url}/control/deliveries/${report.deliveryId}/steps`, { method: 'POST', body: JSON.stringify({ type, data }) });
  expect(await say('respondDispute', order('respondDispute', 3, { disputeRef: 'NBD-000001' }))).toBe('UNKNOWN_DISPUTE');
  expect([(await step('inquiry.completed')).status, (await step('dispute.opened')).status]).toEqual([400, 202]);
  const opened = await until('it tells of the dispute', async () => told.find(({ type }) => type === 'dispute.opened'));
  expect(opened!.data).toEqual({ disputeRef: 'NBD-000001', code: '112', words: expect.any(String), dueOn: expect.any(String) });
  expect(bureau.readCallback(opened)).toHaveProperty('callback');
  expect(await say('respondDispute', order('respondDispute', 3, { disputeRef: 'NBD-000001', version: 1 }))).toBe('accepted');
  expect(await say('respondDispute', order('respondDispute', 3, { disputeRef: 'NBD-000001', version: 2 }))).toBe('DISPUTE_ANSWERED');
  expect(await entry(3)).toMatchObject({ version: 1 });
  await step('dispute.closed');
  await until('it closes the dispute', async () =>
    told.find(({ type, data }) => type === 'dispute.closed' && data.disputeRef === 'NBD-000001'),
  );
});

it('shows its ledger in pages of 200, to whoever has a token', async () => {
  for (let n = 100; n < 320; n++) await say('reportOverdue', order('reportOverdue', n));
  const first = await bureau.readLedger(null, new AbortController().signal);
  expect([first.entries.length, first.next]).toEqual([200, first.entries[199]!.accountRef]);
  const all = await ledger();
  expect(all.map(({ accountRef }) => accountRef)).toEqual([...new Set(all.map(({ accountRef }) => accountRef))].sort());
  expect((await fetch(`${partner.url}/v2/ledger`)).status).toBe(401);
});

it('knows after a restart all that it knew', async () => {
  const before = await ledger();
  await partner.stop();
  await start();
  expect(await ledger()).toEqual(before);
  expect(await say('reportOverdue', order('reportOverdue', 3))).toBe('STALE_VERSION');
  expect(await say('respondDispute', order('respondDispute', 3, { disputeRef: 'NBD-000001', version: 2 }))).toBe('DISPUTE_ANSWERED');
});

it('says by itself what an inquiry found: the same of the same person, with what it was told by the bank, late, twice and out of order as it may be', async () => {
  const ask = async (over: object) => {
    const sent = call();
    expect(await bureau.operations.requestInquiry(order('requestInquiry', 1, over), sent)).toMatchObject({ is: 'accepted' });
    return until('the inquiry is answered', async () =>
      told.find((each: any) => each.deliveryId === sent.deliveryId && each.type.startsWith('inquiry.')),
    );
  };
  const [first, second] = [await ask({}), await ask({})];
  expect(first!.data).toEqual(second!.data);
  const lines = first!.data.report.tradelines;
  expect(lines.some(({ ours, accountRef }: any) => ours && accountRef === order('reportOverdue', 3).accountRef)).toBe(true);
  expect(bureau.readCallback(first)).toHaveProperty('callback');
  const stranger = await Promise.all(
    Array.from({ length: 20 }, (_, n) => ask({ borrowerRef: 'NOBODY', nationalId: `31740101019${n + 10000}` })),
  );
  expect(new Set(stranger.map((each) => each!.type))).toEqual(new Set(['inquiry.completed', 'inquiry.noHit']));
  const overdue = stranger.filter((each) => each!.data.report?.tradelines.some(({ daysPastDue }: any) => daysPastDue > 0));
  expect(overdue.length).toBeGreaterThan(0);
  expect(await say('requestInquiry', order('requestInquiry', 1, { consentRef: undefined }))).toBe('CONSENT_NEEDED');
  expect(await say('requestInquiry', order('requestInquiry', 1, { purpose: 'CURIOSITY' }))).toBe('INVALID_FIELD');

  const fault = (faults: object) => fetch(`${partner.url}/control/fault`, { method: 'PUT', body: JSON.stringify(faults) });
  await fault({ duplicateCallbacks: true, dropAfterEffect: true });
  const sent = call();
  await expect(bureau.operations.requestInquiry(order('requestInquiry', 1), sent)).rejects.toMatchObject({ sent: 'maybe' });
  await until('it is told twice', async () => told.filter((each: any) => each.deliveryId === sent.deliveryId).length === 2);
  await fault({ reorderCallbacks: true });
  const pair = [call(), call()];
  for (const each of pair) await bureau.operations.requestInquiry(order('requestInquiry', 1), each);
  const arrived = () => told.map((each: any) => pair.findIndex(({ deliveryId }) => deliveryId === each.deliveryId)).filter((at) => at >= 0);
  await until('both are told', async () => arrived().length === 2);
  expect(arrived()).toEqual([1, 0]);
  await fetch(`${partner.url}/control/fault`, { method: 'DELETE' });
});

it('has the state of the newest order that it took, in whatever order and however often they come', () => {
  const steps = ['reportOverdue', 'correctReport', 'updateReport', 'markDispute', 'withdrawReport', 'deleteReport'].map((operation, i) => {
    const { asOf, ...said } = order(operation, 1, { version: i + 1, ...(i ? { replacesVersion: 1 } : {}) });
    if (operation === 'markDispute') delete said.replacesVersion;
    return { operation, body: { ...said, reportingDate: asOf } };
  });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: steps.length - 1 }), { maxLength: 20 }), (arrivals) => {
      const kept = openLedger(null);
      const desk = openNusaDesk(kept);
      const taken: number[] = [];
      arrivals.forEach((i, n) => {
        const { operation, body } = steps[i]!;
        if (desk.judge(operation, body, null)) return;
        taken.push(i);
        const plain = { at: '', bodySha256: '', status: 201, answer: {}, about: null, ref: `NB-${n}`, deliveryId: `d${n}` };
        kept.add({ ...plain, operation, kept: desk.kept(operation, body) });
      });
      expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
      const { entries } = desk.show(new URL('http://x/v2/ledger')) as { entries: LedgerEntry[] };
      expect(taken.length > 0).toBe(arrivals.includes(0));
      if (!taken.length) return expect(entries).toEqual([]);
      const last = taken.at(-1)!;
      expect(entries).toMatchObject([
        { version: last + 1, state: last === 5 ? 'DELETED' : last === 4 ? 'CURED' : 'OVERDUE', disputed: taken.includes(3) && last < 5 },
      ]);
    }),
  );
});
