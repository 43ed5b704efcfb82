// A bureau's ledger, read over HTTP a page at a time, against what it was told; and how the bureau is served, in counts.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNusaBureau } from '../../connectors/credit-bureau/nusa-bureau/connector.js';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordAnswer } from '../../src/actions/record-answer.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { sayDifferences } from '../../src/delivery/reconcile-bureau.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { takeDue } from '../../src/storage/outbox.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { line, snapshot } from '../support/read-model.js';

const tenant = 'ledger';
const id = 'nusa-bureau';
let world: GraphWorld;
let ledger: Record<string, unknown>[] = [];
let server: Server;
const accounts = ['A1', 'A2', 'A3', 'A4'];

beforeAll(async () => {
  world = await openGraphWorld(false);
  const facts = accounts.map((account) => {
    const fact = snapshot(1, [line(1, '2026-01-10', 100)]);
    const data = { ...fact.data, accountNo: account, borrowerId: `B-${account}` };
    return { ...fact, id: account, tenant, aggregateId: `${tenant}/core/${account}`, data } as LoanFact;
  });
  await world.store.transaction((tx) => recordLateFacts(tx, facts));
  await advanceBusinessDate(world.store, tenant, '2026-01-05');
  await advanceBusinessDate(world.store, tenant, '2026-02-11');
  // Two entries a page, by the number of the first of the next.
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://bureau');
    if (!pathname.endsWith('/ledger')) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ access_token: 'pretend', expires_in: 600 }));
      return;
    }
    const from = Number(searchParams.get('after') ?? 0);
    const next = from + 2 < ledger.length ? String(from + 2) : null;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ entries: ledger.slice(from, from + 2), next }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  await new Promise((resolve) => server?.close(resolve));
  await world?.stop();
}, 60_000);

/** The bureau as it would be after what it was told. */
const entries = async () =>
  (
    await world.rows<{ payload: Record<string, any> }>(
      `select payload from handoff where connector_id = $1 order by payload->>'accountRef'`,
      id,
    )
  ).map(({ payload: { accountRef, reportKey, version, asOf, overdueSince, daysPastDue, overdue, qualityClass } }) => ({
    accountRef,
    reportKey,
    version,
    state: 'OVERDUE',
    asOf,
    overdueSince,
    daysPastDue,
    overdue,
    qualityClass,
    disputed: false,
  }));
async function reconcile(json = false): Promise<{ alike: boolean; said: string[] }> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bureau = createNusaBureau({ id, url, clientId: 'casegraph', clientSecret: 'pretend', timeoutMs: 5_000 });
  const said: string[] = [];
  return { alike: await sayDifferences(world.store, bureau, json, (text) => void said.push(text)), said };
}

it('finds what differs, with what mends it, and nothing when all is alike', async () => {
  const pending = await reconcile(true);
  expect(pending.alike).toBe(false);
  expect(JSON.parse(pending.said[0]!).differences.map(({ kind }: any) => kind)).toEqual(accounts.map(() => 'PENDING'));
  const leases = await takeDue(world.store, [id], 50, 'test', []);
  for (const lease of leases)
    await recordAnswer(
      world.store,
      lease,
      lease.payload.accountRef === 'A4' ? { is: 'refused', code: 'NO', reason: 'no' } : { is: 'accepted', partnerRef: 'NB' },
    );
  const alike = await entries();
  ledger = alike.filter(({ accountRef }) => accountRef !== 'A4');
  expect(await reconcile()).toEqual({
    alike: false,
    said: [expect.stringMatching(/^✗ MISSING_AT_BUREAU A4 \(loan_.*send it again/), '4 accounts, 1 differences'],
  });
  ledger = [
    { ...alike[0], state: 'CURED' },
    { ...alike[1], overdue: { amount: '0.99', currency: 'IDR' }, disputed: true },
    ...alike.slice(2),
    { ...alike[0], accountRef: 'X9', reportKey: 'unheard of' },
  ];
  expect(await reconcile()).toEqual({
    alike: false,
    said: [
      expect.stringMatching(/^✗ STATE_DIFFERS A1 .*send the newest report again$/),
      expect.stringMatching(/^✗ FIGURES_DIFFER A2 .*99 IDR.*100 IDR.*correct the report$/),
      expect.stringMatching(/^✗ MARK_DIFFERS A2 .*take the mark of the dispute away$/),
      expect.stringMatching(/^✗ MISSING_HERE X9: .*delete it at the bureau$/),
      '4 accounts, 4 differences',
    ],
  });
  ledger = alike;
  expect(await reconcile()).toEqual({ alike: true, said: ['4 accounts, 0 differences'] });
}, 60_000);

it('counts what was in time, late and refused, for those who may know', async () => {
  await advanceBusinessDate(world.store, tenant, '2026-02-20');
  const query = `{ bureauKpis(bureauId: "${id}", from: "2026-02-01", to: "2026-02-28") { reports onTime late atRisk rejected corrections disputes disputesOverturned } }`;
  const { data } = await world.ask('bureauReporter', query);
  expect(data.bureauKpis).toEqual({
    reports: 4,
    onTime: 3,
    late: 1,
    atRisk: 0,
    rejected: 1,
    corrections: 0,
    disputes: 0,
    disputesOverturned: 0,
  });
  expect((await world.ask('collector', query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
}, 60_000);
