// A credit bureau that is down for two business days: what falls due waits, in its order, is seen to be late, and is told once when the bureau is back. Real Postgres, delivery, HTTP and the bureau's strict simulator.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { reconcileBureau } from '../../src/delivery/reconcile-bureau.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { openPartners, until, type Partners } from '../support/partner-world.js';
import { line, paid, snapshot } from '../support/read-model.js';
import { replaysAlike } from '../support/replays-alike.js';

const tenant = 'down';
const bureau = 'nusa-bureau';
const [thursday, friday, saturday, sunday, monday, tuesday] = [
  '2026-02-12',
  '2026-02-13',
  '2026-02-14',
  '2026-02-15',
  '2026-02-16',
  '2026-02-17',
];
/** By account, when its first instalment fell due: 31 days before its flag, 91 before the update. */
const dueOn = {
  // Flagged, and taken by the bureau, before it goes down.
  'old-stays': '2026-01-05',
  'old-cures': '2026-01-06',
  'old-worsens': '2025-11-14',
  'old-renumbered': '2026-01-07',
  // Flagged on the Thursday.
  stays: '2026-01-12',
  stays2: '2026-01-12',
  stays3: '2026-01-12',
  cures: '2026-01-12',
  corrected: '2026-01-12',
  both: '2026-01-12',
  wrong: '2026-01-12',
  // Flagged on the Friday, while answers are lost.
  friday: '2026-01-13',
  fridayCures: '2026-01-13',
};
const onThursday = ['both', 'corrected', 'cures', 'stays', 'stays2', 'stays3', 'wrong'];

let world: GraphWorld;
let partners: Partners;
beforeAll(async () => {
  world = await openGraphWorld(false);
  partners = await openPartners(world.store);
}, 120_000);
afterAll(async () => {
  await partners?.stop();
  await world?.stop();
}, 60_000);

const tell = (account: string, fact: LoanFact, accountNo = account) => {
  const data = fact.type === 'LoanAccountSnapshotted' ? { ...fact.data, accountNo, borrowerId: `B-${account}` } : fact.data;
  return { ...fact, id: `${account}/${fact.id}`, tenant, aggregateId: `${tenant}/core/${account}`, data } as LoanFact;
};
const record = (...facts: LoanFact[]) => world.store.transaction((tx) => recordLateFacts(tx, facts));
const to = (date: string) => advanceBusinessDate(world.store, tenant, date);
const opened = (account: keyof typeof dueOn, sequence = 1, on = '2024-01-01') =>
  snapshot(sequence, [line(1, dueOn[account], 100), line(2, '2026-06-10', 100)], { on });

interface Said {
  account: string;
  kind: string;
  version: number;
  saidOn: string;
  state: string;
  attempts: number;
  handoffId: string;
}
/** All that is owed to the bureau, lane by lane in the order in which it was decided. */
const said = () =>
  world.rows<Said>(
    `select split_part(l.aggregate_id, '/', 3) as account, r.kind, r.version, r.said_on::text as "saidOn", h.state, h.attempts, h.id as "handoffId"
     from bureau_report r join loan l on l.id = r.loan_id join handoff h on h.id = r.handoff_id order by 1, r.version`,
  );
const waiting = ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN'];
/** @returns what waits, after a look at each lane: nothing is lost, and nothing was tried before what stands in front of it is done */
async function waits(): Promise<Said[]> {
  const all = await said();
  expect(all.filter(({ state }) => state !== 'ACCEPTED' && !waiting.includes(state))).toEqual([]);
  for (const [i, { account, state, attempts }] of all.entries())
    if (all[i - 1]?.account === account && waiting.includes(all[i - 1]!.state)) {
      expect(['QUEUED', 'QUEUED_CIRCUIT_OPEN']).toContain(state);
      expect(attempts).toBe(0);
    }
  return all.filter(({ state }) => state !== 'ACCEPTED');
}
const allAccepted = () => until(async () => (await said()).every(({ state }) => state === 'ACCEPTED'), 'all is accepted', 60_000);

interface Shown {
  account: string;
  kind: string;
  saidOn: string;
  dueOn: string;
  late: boolean;
  atRisk: boolean;
  acknowledgement: { state: string } | null;
}
/** The reports that were decided since the Thursday, and the counts of them, as the graph has them. */
async function shown(): Promise<{ reports: Shown[]; kpis: Record<string, number> }> {
  const { data, errors } = await world.ask(
    'bureauReporter',
    `{ cases(first: 50) { nodes { bureauReports { kind saidOn dueOn late atRisk acknowledgement { state } flag { loan { accountNo } } } } }
       bureauKpis(bureauId: "${bureau}", from: "${thursday}", to: "${tuesday}") { reports onTime late atRisk rejected corrections } }`,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  const reports: (Shown & { flag: any })[] = data.cases.nodes.flatMap(({ bureauReports }: any) => bureauReports);
  return {
    reports: reports.filter(({ saidOn }) => saidOn >= thursday).map(({ flag, ...each }) => ({ ...each, account: flag.loan.accountNo })),
    kpis: data.bureauKpis,
  };
}
/** How the reports of a day look, the same for all of them. */
const looksOn = ({ reports }: { reports: Shown[] }, day: string) =>
  reports
    .filter(({ saidOn }) => saidOn === day)
    .map(({ dueOn, late, atRisk, acknowledgement }) => ({ dueOn, late, atRisk, acknowledgement }));
const alike = <T>(many: T[], like: T) => expect(many).toEqual(Array.from({ length: many.length || 1 }, () => like));

it('is told, once and in order, all that fell due while it was down, and what came too late stays late', async () => {
  const delivery = await partners.deliver({ only: bureau });
  await record(...Object.keys(dueOn).map((account) => tell(account, opened(account as keyof typeof dueOn))));
  await to('2025-12-10');
  await to('2026-02-11');
  await allAccepted();
  const before = await said();
  expect(before.map(({ account, kind }) => `${account} ${kind}`)).toEqual([
    'old-cures OVERDUE',
    'old-renumbered OVERDUE',
    'old-stays OVERDUE',
    'old-worsens OVERDUE',
  ]);

  // Thursday: it answers 503 to everything.
  await partners.fault(bureau, { status: 503 });
  await to(thursday);
  await until(async () => (await waits()).some(({ state }) => state === 'QUEUED_CIRCUIT_OPEN'), 'the circuit is open');
  expect((await waits()).map(({ account }) => account)).toEqual(onThursday);
  expect(await partners.ledger(bureau)).toHaveLength(before.length);
  let seen = await shown();
  alike(looksOn(seen, thursday), { dueOn: monday, late: false, atRisk: false, acknowledgement: null });
  expect(seen.kpis).toEqual({ reports: 7, onTime: 0, late: 0, atRisk: 0, rejected: 0, corrections: 0 });
  await record(
    tell('old-cures', paid(2, 'a', thursday, 100)),
    tell('old-renumbered', opened('old-renumbered', 2, thursday), 'renumbered'),
    tell('cures', paid(2, 'a', thursday, 100)),
    tell('corrected', paid(2, 'a', '2026-01-20', 30)),
    tell('both', paid(2, 'a', '2026-01-20', 30)),
  );

  // Friday: it works, and nobody hears of it. The gateway is started again meanwhile.
  await partners.fault(bureau, { dropAnswers: true });
  await to(friday);
  await until(async () => {
    const states = (await waits()).map(({ state }) => state);
    return states.includes('UNKNOWN') && states.includes('QUEUED_CIRCUIT_OPEN') && states.includes('QUEUED');
  }, 'an answer is lost while others wait');
  expect((await partners.ledger(bureau)).length).toBeGreaterThan(before.length);
  await delivery.stop();
  await partners.deliver({ only: bureau });
  await record(
    tell('both', paid(3, 'b', friday, 70)),
    tell('wrong', paid(2, 'a', '2026-01-20', 100)),
    tell('fridayCures', paid(2, 'a', friday, 100)),
  );

  // The weekend is no business day: what the Thursday owes is due on Monday, all else on Tuesday.
  await to(saturday);
  seen = await shown();
  alike(looksOn(seen, thursday), { dueOn: monday, late: false, atRisk: false, acknowledgement: null });
  await to(sunday);
  expect(await waits()).toHaveLength(18);
  seen = await shown();
  alike(looksOn(seen, thursday), { dueOn: monday, late: false, atRisk: true, acknowledgement: null });
  for (const day of [friday, saturday]) alike(looksOn(seen, day), { dueOn: tuesday, late: false, atRisk: false, acknowledgement: null });
  expect(seen.kpis).toEqual({ reports: 18, onTime: 0, late: 0, atRisk: 7, rejected: 0, corrections: 3 });
  await to(monday);
  seen = await shown();
  alike(looksOn(seen, thursday), { dueOn: monday, late: false, atRisk: true, acknowledgement: null });
  expect(seen.kpis).toEqual({ reports: 18, onTime: 0, late: 0, atRisk: 18, rejected: 0, corrections: 3 });
  await to(tuesday);
  expect(await waits()).toHaveLength(18);
  seen = await shown();
  alike(looksOn(seen, thursday), { dueOn: monday, late: true, atRisk: false, acknowledgement: null });
  for (const day of [friday, saturday]) alike(looksOn(seen, day), { dueOn: tuesday, late: false, atRisk: true, acknowledgement: null });
  expect(seen.kpis).toEqual({ reports: 18, onTime: 0, late: 7, atRisk: 11, rejected: 0, corrections: 3 });

  // Tuesday: it is back.
  await partners.fault(bureau, null);
  await allAccepted();
  seen = await shown();
  const accepted = { state: 'ACCEPTED' };
  alike(looksOn(seen, thursday), { dueOn: monday, late: true, atRisk: false, acknowledgement: accepted });
  for (const day of [friday, saturday])
    alike(looksOn(seen, day), { dueOn: tuesday, late: false, atRisk: false, acknowledgement: accepted });
  expect(seen.kpis).toEqual({ reports: 18, onTime: 11, late: 7, atRisk: 0, rejected: 0, corrections: 3 });

  const all = await said();
  const course = (account: string) => all.filter((each) => each.account === account).map(({ kind }) => kind);
  expect(Object.fromEntries(Object.keys(dueOn).map((account) => [account, course(account)]))).toEqual({
    'old-stays': ['OVERDUE'],
    'old-cures': ['OVERDUE', 'WITHDRAWAL'],
    'old-worsens': ['OVERDUE', 'UPDATE'],
    'old-renumbered': ['OVERDUE', 'IDENTIFIER_CHANGE'],
    stays: ['OVERDUE'],
    stays2: ['OVERDUE'],
    stays3: ['OVERDUE'],
    cures: ['OVERDUE', 'WITHDRAWAL'],
    corrected: ['OVERDUE', 'CORRECTION'],
    both: ['OVERDUE', 'CORRECTION', 'WITHDRAWAL'],
    wrong: ['OVERDUE', 'WITHDRAWAL'],
    friday: ['OVERDUE'],
    fridayCures: ['OVERDUE', 'WITHDRAWAL'],
  });
  await onceAndInOrder(all);
  const { accounts, differences } = await reconcileBureau(world.store, partners.plain.get(bureau) as never);
  expect({ accounts, differences }).toEqual({ accounts: Object.keys(dueOn).length, differences: [] });
  await replaysAlike(world.store, world.databaseUrl);
}, 120_000);

/** By the bureau's own record of what it did. */
async function onceAndInOrder(all: Said[]): Promise<void> {
  const effects = await partners.ledger(bureau);
  alike(
    effects.map(({ status }) => status),
    201,
  );
  expect(effects.map(({ deliveryId }) => deliveryId).sort()).toEqual(all.map(({ handoffId }) => handoffId).sort());
  const accountOf = new Map(all.map(({ handoffId, account }) => [handoffId, account]));
  for (const account of Object.keys(dueOn)) {
    const versions = effects.filter(({ deliveryId }) => accountOf.get(deliveryId) === account).map(({ kept }: any) => kept.version);
    expect([account, versions]).toEqual([account, versions.map((_, i) => i + 1)]);
  }
}
