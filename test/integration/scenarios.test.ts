// The acceptance scenarios of positions and classes by number, on the real store: facts are recorded, business dates advanced, the case graph asked.
import { jest } from '@jest/globals';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { line, paid, reversed, snapshot, told } from '../support/read-model.js';
import type { GraphWorld } from '../support/graph-world.js';

// Scenario 2 edits the policy: from June 2026 on a newer version asks for another commission.
const { indonesia } = await import('../../src/policies/indonesia.js');
const [first] = indonesia;
const edited = {
  ...first!,
  version: 'ID-2026.2',
  effectiveFrom: '2026-06-01',
  agency: { ...first!.agency, commissionRate: '0.250000' },
  thresholds: first!.thresholds.flatMap((each) => (each.days === 31 ? [each, { days: 45, does: ['REMINDER'] as const }] : [each])),
};
jest.unstable_mockModule('../../src/policies/indonesia.js', () => ({ indonesia: [...indonesia, edited] }));
const { advanceBusinessDate } = await import('../../src/actions/advance-business-date.js');
const { placeCaseWithAgency } = await import('../../src/actions/place-case-with-agency.js');
const { recordLateFacts } = await import('../../src/actions/record-loan-facts.js');
const { writeConnectors } = await import('../../src/storage/breakers.js');
const { policyFor } = await import('../../src/policies/index.js');
const { openGraphWorld } = await import('../support/graph-world.js');
const { registerAgency } = await import('../support/agencies.js');

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld(false);
  await world.store.transaction((tx) => writeConnectors(tx, [{ id: 'lotus-recovery', kind: 'AGENCY', name: 'Lotus' }]));
}, 120_000);
afterAll(() => world?.stop(), 60_000);

/** Tells facts of an account of a tenant, as its source would on that day. */
const tell = (tenant: string, account: string, ...facts: LoanFact[]) =>
  world.store.transaction((tx) =>
    recordLateFacts(
      tx,
      facts.map((fact) => {
        const id = `${tenant}/${account}/${fact.id}`;
        const data =
          fact.type === 'LoanAccountSnapshotted' && fact.data.borrowerId === 'B1' ? { ...fact.data, borrowerId: `B-${tenant}` } : fact.data;
        return { ...fact, id, tenant, aggregateId: `${tenant}/core/${account}`, data } as LoanFact;
      }),
    ),
  );
const to = (tenant: string, date: string) => advanceBusinessDate(world.store, tenant, date);
const opened = async (tenant: string, ...accounts: [account: string, ...facts: LoanFact[]][]) => {
  for (const [account, ...facts] of accounts) await tell(tenant, account, ...facts);
  await to(tenant, '2026-01-05');
};
const loans = (tenant: string) =>
  world.rows<{ id: string; account: string; quality_class: number; obligor_class: number; overdue_since: string | null; result: string }>(
    `select id, split_part(aggregate_id, '/', 3) as account, quality_class, obligor_class, overdue_since::text, result from loan where tenant = $1 order by aggregate_id`,
    tenant,
  );
const crossings = (tenant: string) =>
  world.rows<{ days: number; on: string; would_not_have_fired: boolean }>(
    `select t.days, t.crossed_on::text as on, t.would_not_have_fired from threshold_crossing t join loan l on l.id = t.loan_id where l.tenant = $1 order by t.crossed_on, t.days`,
    tenant,
  );
const cases = (tenant: string) =>
  world.rows<{ id: string; status: string; reopened: number; policy_version: string; version: number }>(
    'select id, status, reopened, policy_version, version from recovery_case where tenant = $1 order by id',
    tenant,
  );
const loan = async (tenant: string, fields: string, asOf: object | null = null, account = 'L1') => {
  const { id } = (await loans(tenant)).find((each) => each.account === account)!;
  const { data, errors } = await world.ask(
    'supervisor',
    `query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { ${fields} } }`,
    { id, asOf },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.loan;
};
const on = (date: string, sequence: number, amount: number, id = 'a') => paid(sequence, id, date, amount);
const monthly = [line(1, '2026-01-10', 100), line(2, '2026-02-10', 100), line(3, '2026-12-10', 100)];
const once = [line(1, '2026-01-10', 100)];

it('scenario 1: a part payment moves the oldest due date, and no treatment is skipped or repeated', async () => {
  await opened('s1', ['L1', snapshot(1, monthly)]);
  await to('s1', '2026-02-20');
  expect((await crossings('s1')).map(({ days }) => days)).toEqual([1, 7, 31]);
  await tell('s1', 'L1', on('2026-02-20', 2, 150));
  expect(await loan('s1', 'overdueSince daysPastDue overdue { amount }')).toEqual({
    overdueSince: '2026-02-10',
    daysPastDue: 10,
    overdue: { amount: '0.50' },
  });
  await to('s1', '2026-05-13');
  expect((await crossings('s1')).map(({ days, on }) => [days, on])).toEqual([
    [1, '2026-01-11'],
    [7, '2026-01-17'],
    [31, '2026-02-10'],
    [61, '2026-04-12'],
    [91, '2026-05-12'],
  ]);
}, 120_000);

it('scenario 2 (I-11): a policy that is edited after a placement leaves the placed case its commission and version', async () => {
  await opened('s2', ['L1', snapshot(1, once)]);
  await to('s2', '2026-05-30');
  await registerAgency(world.store, 'lotus-recovery');
  const [before] = await cases('s2');
  const request = {
    caseId: before!.id,
    actor: { user: 'supervisor-1', roles: ['supervisor'] },
    idempotencyKey: 's2',
    agencyId: 'lotus-recovery',
  };
  expect(await placeCaseWithAgency(world.store, request as never)).toMatchObject({ done: { caseId: before!.id } });
  await to('s2', '2026-06-10');
  const placed = () =>
    world.rows(
      'select p.commission_rate::text as rate, p.policy_version as version from agency_placement p join recovery_case c on c.id = p.case_id where c.tenant = $1',
      's2',
    );
  expect(await placed()).toEqual([{ rate: '0.180000', version: 'ID-2026.1' }]);
  expect(await cases('s2')).toMatchObject([{ id: before!.id, policy_version: 'ID-2026.1' }]);
  expect(policyFor('ID', '2026-06-10')).toMatchObject({ version: 'ID-2026.2', agency: { commissionRate: '0.250000' } });
}, 120_000);

it('scenario 3 (I-10): the class of a loan takes its sibling with it, and lets it go when it is cured', async () => {
  await opened('s3', ['L1', snapshot(1, once)], ['L2', snapshot(1, [line(1, '2027-01-10', 100)])]);
  await to('s3', '2026-04-10');
  expect((await loans('s3')).map(({ obligor_class }) => obligor_class)).toEqual([1, 1]);
  await to('s3', '2026-04-11');
  expect((await loans('s3')).map(({ obligor_class }) => obligor_class)).toEqual([3, 3]);
  expect(await loan('s3', 'qualityClass ownQualityClass drivers { days judgemental oneObligor restructured }', null, 'L2')).toEqual({
    qualityClass: 3,
    ownQualityClass: 1,
    drivers: { days: 1, judgemental: 1, oneObligor: 3, restructured: 1 },
  });
  const { classifications } = await loan(
    's3',
    'classifications { schemeId tier name regulatoryDays version verified citation drivers { days oneObligor } }',
  );
  expect(classifications).toMatchObject([
    { schemeId: 'ID_COMMERCIAL', tier: 3, name: 'Kurang Lancar', regulatoryDays: 91, version: '2019.1', verified: false },
    { schemeId: 'ID_RURAL', tier: 3, drivers: { days: 3, oneObligor: 3 } },
    { schemeId: 'IFRS9', tier: 3, name: 'Stage 3', drivers: { days: 3, oneObligor: 1 } },
  ]);
  await tell('s3', 'L1', on('2026-04-11', 2, 100));
  await to('s3', '2026-04-12');
  expect((await loans('s3')).map(({ obligor_class, quality_class }) => [obligor_class, quality_class])).toEqual([
    [1, 1],
    [1, 1],
  ]);
}, 120_000);

it('scenario 4 (I-08, I-13): a back-dated payment changes the past in valid time only; what was done stays, marked, and is corrected outside', async () => {
  await opened('s4', ['L1', snapshot(1, once)]);
  await to('s4', '2026-02-15');
  const [{ now }] = (await world.rows(`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`)) as [
    { now: string },
  ];
  const flag = () =>
    world.rows(
      'select f.state, f.version, f.withdraw_reason as reason, f.would_not_have_fired as for_nothing from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = $1',
      's4',
    );
  expect(await flag()).toMatchObject([{ state: 'RAISED', version: 1 }]);
  await tell('s4', 'L1', on('2026-01-20', 2, 100));
  await to('s4', '2026-02-16');
  expect(await loan('s4', 'daysPastDue', { validAt: '2026-02-01', knownAt: now })).toEqual({ daysPastDue: 22 });
  expect(await loan('s4', 'daysPastDue', { validAt: '2026-02-01' })).toEqual({ daysPastDue: 0 });
  expect(await loan('s4', 'daysPastDue', { validAt: '2026-01-18' })).toEqual({ daysPastDue: 8 });
  expect((await crossings('s4')).map(({ days, would_not_have_fired }) => [days, would_not_have_fired])).toEqual([
    [1, false],
    [7, false],
    [31, true],
  ]);
  expect(await flag()).toEqual([{ state: 'WITHDRAWN', version: 2, reason: 'ERROR', for_nothing: true }]);
  const owed = await world.rows(
    `select h.operation, h.payload->>'replacesVersion' as replaces from handoff h join recovery_case c on c.id = h.case_id where c.tenant = $1 and h.operation like '%Report' or c.tenant = $1 and h.operation = 'reportOverdue' order by h.lane_sequence`,
    's4',
  );
  expect(owed).toMatchObject([{ operation: 'reportOverdue' }, { operation: 'withdrawReport', replaces: '1' }]);
}, 120_000);

it.each([
  ['performing', false, 90, 2],
  ['non-performing', true, 180, 3],
])(
  'scenario 5 (I-09, I-10): a %s loan whose terms are eased restarts its days, keeps its history and is watched for its own time',
  async (_, wasNonPerforming, days, floor) => {
    const tenant = `s5-${floor}`;
    const eased = () =>
      told('RepaymentScheduleReplaced', 2, '2026-01-20', { reason: 'RE_AGE', wasNonPerforming, lines: [line(1, '2027-06-10', 100)] });
    await opened(tenant, ['L1', snapshot(1, once)], ['L2', snapshot(1, [line(1, '2027-01-10', 100)])]);
    await to(tenant, '2026-01-20');
    await tell(tenant, 'L1', eased());
    await to(tenant, '2026-01-21');
    expect(await loan(tenant, 'daysPastDue result qualityClass drivers { days restructured }')).toEqual({
      daysPastDue: 0,
      result: 'CURRENT',
      qualityClass: floor,
      drivers: { days: 1, restructured: floor },
    });
    expect((await crossings(tenant)).map(({ days }) => days)).toEqual([1, 7]);
    const ends = new Date(Date.parse('2026-01-20') + days * 86_400_000).toISOString().slice(0, 10);
    const eve = new Date(Date.parse(ends) - 86_400_000).toISOString().slice(0, 10);
    await to(tenant, eve);
    expect((await loans(tenant)).map(({ quality_class, obligor_class }) => [quality_class, obligor_class])).toEqual([
      [floor, floor >= 3 ? floor : 1],
      [1, floor >= 3 ? floor : 1],
    ]);
    await to(tenant, ends);
    expect((await loans(tenant)).map(({ quality_class, obligor_class }) => [quality_class, obligor_class])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  },
  240_000,
);

it('scenario 6: days stand still during a pause and go on when it is resumed', async () => {
  await opened('s6', ['L1', snapshot(1, once)]);
  await to('s6', '2026-01-15');
  await tell('s6', 'L1', told('DelinquencyPaused', 2, '2026-01-15', { startOn: '2026-01-15', endOn: '2026-02-15' }));
  await to('s6', '2026-01-25');
  const shown = 'daysPastDue pausedDays delinquentDays regulatoryDays graceDays instalments { daysPastDue delinquentDays }';
  expect(await loan('s6', shown)).toEqual({
    daysPastDue: 15,
    pausedDays: 10,
    delinquentDays: 5,
    regulatoryDays: 15,
    graceDays: 0,
    instalments: [{ daysPastDue: 15, delinquentDays: 5 }],
  });
  await tell('s6', 'L1', told('DelinquencyResumed', 3, '2026-01-25', { startOn: '2026-01-15', endOn: '2026-01-25' }));
  await to('s6', '2026-02-01');
  expect(await loan('s6', shown)).toMatchObject({
    daysPastDue: 22,
    pausedDays: 10,
    delinquentDays: 12,
    instalments: [{ daysPastDue: 22, delinquentDays: 12 }],
  });
  expect((await crossings('s6')).map(({ days, on }) => [days, on])).toEqual([
    [1, '2026-01-11'],
    [7, '2026-01-27'],
  ]);
}, 120_000);

it('case 8: a reversal within the cure window reopens the same case', async () => {
  await opened('c8', ['L1', snapshot(1, once)]);
  await to('c8', '2026-01-15');
  await tell('c8', 'L1', on('2026-01-15', 2, 100));
  await to('c8', '2026-01-18');
  const [closed] = await cases('c8');
  expect(closed).toMatchObject({ status: 'CLOSED', reopened: 0 });
  await tell('c8', 'L1', reversed(3, 'a', '2026-01-20'));
  await to('c8', '2026-01-21');
  expect(await cases('c8')).toMatchObject([{ id: closed!.id, status: 'OPEN', reopened: 1 }]);
}, 120_000);

it('case 35: what one borrower owes in two currencies is told by currency and never added', async () => {
  const inUsd = snapshot(1, once);
  Object.assign(inUsd.data, { currency: 'USD' });
  await opened('c35', ['L1', snapshot(1, once)], ['L2', inUsd]);
  await to('c35', '2026-01-15');
  const { id } = (await cases('c35'))[0]!;
  const { data } = await world.ask('supervisor', 'query ($id: ID!) { case(id: $id) { exposures { currency loans overdue { amount } } } }', {
    id,
  });
  expect(data.case.exposures).toEqual([
    { currency: 'IDR', loans: 1, overdue: { amount: '1.00' } },
    { currency: 'USD', loans: 1, overdue: { amount: '1.00' } },
  ]);
}, 120_000);

it('a policy that begins reaches the loans whose steps were stored under the one before', async () => {
  await opened('begins', ['L1', snapshot(1, [line(1, '2026-04-25', 100), line(2, '2027-04-25', 100)], { on: '2026-01-01' })]);
  await to('begins', '2026-06-20');
  const crossed = await crossings('begins');
  expect(crossed.map(({ days, on }) => [days, on])).toEqual([
    [1, '2026-04-26'],
    [7, '2026-05-02'],
    [31, '2026-05-26'],
    [45, '2026-06-09'],
  ]);
});

it('borrowers whom two tenants number alike have cases of their own', async () => {
  const late = snapshot(1, [line(1, '2026-01-05', 100)], { on: '2026-01-01' });
  for (const tenant of ['one-bank', 'other-bank']) {
    await tell(tenant, 'L1', { ...late, data: { ...late.data, borrowerId: 'B-1' } } as LoanFact);
    await to(tenant, '2026-01-05');
    await to(tenant, '2026-01-10');
  }
  const refs = await world.rows<{ ref: string }>(`select ref from recovery_case where tenant in ('one-bank', 'other-bank')`);
  expect(refs.map(({ ref }) => ref.slice(0, -5))).toEqual(['RC-B-1-1-', 'RC-B-1-1-']);
});

it('I-14: a jump over months and weekends crosses each threshold once; the same date again, or an older one, changes nothing', async () => {
  await opened('jump', ['L1', snapshot(1, once)]);
  await to('jump', '2026-04-20');
  expect((await crossings('jump')).map(({ days, on }) => [days, on])).toEqual([
    [1, '2026-01-11'],
    [7, '2026-01-17'],
    [31, '2026-02-10'],
    [61, '2026-03-12'],
    [91, '2026-04-11'],
  ]);
  const logged = () => world.rows('select count(*)::int as facts from event_log where tenant = $1', 'jump');
  const before = await logged();
  expect([await to('jump', '2026-04-20'), await to('jump', '2026-04-01')]).toEqual(['2026-04-20', '2026-04-20']);
  expect(await logged()).toEqual(before);
}, 120_000);
