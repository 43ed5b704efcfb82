// Overdue flags at a credit bureau on the real store: right day, right version, one line of versions for each loan, and the same again by a replay.
import { jest } from '@jest/globals';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { line, paid, snapshot, told } from '../support/read-model.js';
import type { FlagWorld } from '../support/flag-world.js';
import { replaysAlike } from '../support/replays-alike.js';

// In SG the threshold moves from 31 to 45 days on 1 March.
const { indonesia } = await import('../../src/policies/indonesia.js');
const [first] = indonesia;
const flagAt = (days: number) => [
  { days: 1, does: ['REMINDER'] as const },
  { days, does: ['BUREAU_FLAG'] as const },
];
const singapore = { ...first!, jurisdiction: 'SG', version: 'SG-1', thresholds: flagAt(31) };
const moved = { ...singapore, version: 'SG-2', effectiveFrom: '2026-03-01', thresholds: flagAt(45) };
jest.unstable_mockModule('../../src/policies/indonesia.js', () => ({ indonesia: [...indonesia, singapore, moved] }));
const { placeHold, releaseHold } = await import('../../src/actions/place-hold.js');
const { openFlagWorld } = await import('../support/flag-world.js');

let world: FlagWorld;
beforeAll(async () => {
  world = await openFlagWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const tell = (...told: Parameters<FlagWorld['tell']>) => world.tell(...told);
const to = (tenant: string, date: string) => world.to(tenant, date);
/** Its borrower has a phone. */
const reachable = (tenant: string) => {
  const data = {
    borrowerId: `B-${tenant}`,
    name: 'Li Wei',
    jurisdiction: 'CN',
    nationalId: null,
    language: 'zh',
    timeZone: 'Asia/Shanghai',
  };
  const contactPoints = [{ channel: 'PHONE', value: '+86 1', preferred: true, consent: true }];
  const fact = told('BorrowerUpdated', 1, '2026-01-05', { ...data, segment: null, address: null, contactPoints });
  return world.tellOf(tenant, `borrower/B-${tenant}`, fact);
};
const opened = async (tenant: string, ...facts: LoanFact[]) => {
  await tell(tenant, ...facts);
  await to(tenant, '2026-01-05');
};
const flags = (tenant: string) =>
  world.rows<{ key: string; state: string; version: number; raised: string; reason: string | null; overdue: string }>(
    `select split_part(f.report_key, '/', 3) as key, f.state, f.version, f.raised_on::text as raised, f.withdraw_reason as reason, f.overdue_minor::text as overdue
     from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = $1 order by f.raised_on, f.report_key`,
    tenant,
  );
const owed = async (tenant: string) =>
  (await world.payloads(tenant)).map(({ operation, lane, payload }) => ({ operation, lane, version: Number(payload['version']) }));
const actor = { user: 'supervisor-1', roles: ['supervisor'] };
const once = [line(1, '2026-01-10', 100)];
const payment = (sequence: number, id: string, valueOn: string, amount: number) => paid(sequence, id, valueOn, amount);

it('judges a flag by what was learned before the fact that is applied: a replay comes to the same versions, and the past to the first', async () => {
  await opened('twice', snapshot(1, once));
  await to('twice', '2026-02-15');
  await tell('twice', payment(2, 'a', '2026-01-20', 30));
  await to('twice', '2026-02-16');
  const [{ between }] = (await world.rows(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as between`,
  )) as [{ between: string }];
  await tell('twice', payment(3, 'b', '2026-01-25', 20));
  await to('twice', '2026-02-18');
  expect(await flags('twice')).toMatchObject([{ state: 'CORRECTED', version: 3, overdue: '50' }]);
  const id = await world.loanOf('twice');
  const { data } = await world.ask(
    'supervisor',
    'query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { bureauFlags { version overdue { amount } } } }',
    { id, asOf: { knownAt: between } },
  );
  expect(data.loan.bureauFlags).toEqual([{ version: 2, overdue: { amount: '0.70' } }]);
  await replaysAlike(world.store, world.databaseUrl);
}, 120_000);

it('moves nothing for a flag that stands when the policy moves its threshold, and flags the next by the new one', async () => {
  await opened('moves', snapshot(1, [line(1, '2026-01-20', 100), line(2, '2026-02-10', 100)], { jurisdiction: 'SG' }));
  await to('moves', '2026-03-20');
  expect(await flags('moves')).toMatchObject([{ state: 'RAISED', version: 1, raised: '2026-02-20' }]);
  // 37 days on the day of the payment's effect: still an error of nobody, since the flag was raised by the older policy.
  await tell('moves', payment(2, 'a', '2026-02-19', 10));
  await to('moves', '2026-03-21');
  expect(await flags('moves')).toMatchObject([{ state: 'CORRECTED', version: 2, overdue: '190' }]);
}, 120_000);

it.each([
  ['released', null, '2026-02-16'],
  ['expired', '2026-02-12', '2026-02-13'],
])(
  'owes a flag that a hold stops, and raises it on the first business date after it is %s',
  async (how, expiresOn, raised) => {
    const tenant = `held-${how}`;
    await opened(tenant, snapshot(1, once));
    await to(tenant, '2026-02-01');
    const request = { actor, caseId: await world.caseOf(tenant) };
    const hold = { type: 'COMPLAINT', scopes: ['BUREAU'], reason: 'being looked into', expiresOn };
    const placed = (await placeHold(world.store, { ...request, ...hold, idempotencyKey: `hold-${how}` })) as { done: { holdId: string } };
    await to(tenant, expiresOn ?? '2026-02-15');
    expect(await owed(tenant)).toEqual([]);
    if (!expiresOn)
      await releaseHold(world.store, { ...request, holdId: placed.done.holdId, reason: 'cleared', idempotencyKey: `release-${how}` });
    await to(tenant, '2026-02-20');
    expect(await flags(tenant)).toMatchObject([{ state: 'RAISED', version: 1, raised }]);
    expect(await owed(tenant)).toMatchObject([{ operation: 'reportOverdue', version: 1 }]);
    // A look back passes over dates on which nothing happens, and not over this one.
    const id = await world.loanOf(tenant);
    const query = 'query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { bureauFlags { state version raisedOn } } }';
    const at = async (asOf: object) => (await world.ask('supervisor', query, { id, asOf })).data.loan.bureauFlags;
    expect(await at({})).toEqual([{ state: 'RAISED', version: 1, raisedOn: raised }]);
    expect(await at({ validAt: '2026-02-11' })).toEqual([{ state: 'HELD', version: 0, raisedOn: '2026-02-10' }]);
  },
  120_000,
);

it('raises a flag again that was withdrawn as an error once the loan is over the threshold by what is known now', async () => {
  await opened('again', snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-01-20', 100)]));
  await to('again', '2026-02-12');
  await tell('again', payment(2, 'a', '2026-01-15', 100));
  await to('again', '2026-02-19');
  expect(await flags('again')).toMatchObject([{ key: '1', state: 'WITHDRAWN', reason: 'ERROR', version: 2 }]);
  await to('again', '2026-02-21');
  expect(await flags('again')).toMatchObject([
    { key: '1', state: 'WITHDRAWN', version: 2 },
    { key: '1.2', state: 'RAISED', version: 3, raised: '2026-02-20' },
  ]);
}, 120_000);

it('links a report that was wrong with the one that says so, and a change of the account number with none', async () => {
  await opened('links', snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-01-20', 100)]));
  await to('links', '2026-02-12');
  await tell('links', payment(2, 'a', '2026-01-15', 100));
  await to('links', '2026-02-13');
  const renumbered = snapshot(3, [line(1, '2026-01-10', 100), line(2, '2026-01-20', 100)], { on: '2026-02-13' });
  await tell('links', { ...renumbered, data: { ...renumbered.data, accountNo: 'ID-L1-NEW' } } as LoanFact);
  await to('links', '2026-02-14');
  const [{ reports }] = (await flagGraph('links')) as [{ reports: any[] }];
  expect(reports).toMatchObject([
    { kind: 'OVERDUE', corrects: null, correctedBy: { version: 2 } },
    { kind: 'WITHDRAWAL', rule: 'known-later', corrects: { version: 1 }, correctedBy: null },
    { kind: 'IDENTIFIER_CHANGE', corrects: null, correctedBy: null },
  ]);
}, 120_000);

it('numbers all that is said of a loan to a bureau in one line, over all of its episodes', async () => {
  await opened('line', snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-03-10', 100)]));
  await to('line', '2026-02-15');
  await tell('line', payment(2, 'a', '2026-02-15', 100));
  await to('line', '2026-04-15');
  expect(await flags('line')).toMatchObject([
    { key: '1', state: 'WITHDRAWN', reason: 'CURED', version: 2 },
    { key: '2', state: 'RAISED', version: 3 },
  ]);
  const said = await owed('line');
  expect(said.map(({ operation, version }) => [operation, version])).toEqual([
    ['reportOverdue', 1],
    ['withdrawReport', 2],
    ['reportOverdue', 3],
  ]);
  expect(new Set(said.map(({ lane }) => lane))).toEqual(new Set([`bureau/nusa-bureau/${await world.loanOf('line')}`]));
}, 120_000);

it('says it again with the figures of the day at each change of class, to the better too, and tells a new account number first', async () => {
  await opened('classes', snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-03-20', 100)]));
  await to('classes', '2026-05-01');
  const renumbered = snapshot(2, [line(1, '2026-01-10', 100), line(2, '2026-03-20', 100)], { on: '2026-05-01' });
  await tell('classes', { ...renumbered, data: { ...renumbered.data, accountNo: 'ID-L1-NEW' } } as LoanFact);
  await to('classes', '2026-05-12');
  await tell('classes', payment(3, 'a', '2026-05-12', 100));
  await to('classes', '2026-05-15');
  const said = await world.payloads('classes');
  const reportKey = `nusa-bureau/${await world.loanOf('classes')}/1`;
  expect(said).toMatchObject([
    { operation: 'reportOverdue', payload: { reportKey, version: 1, asOf: '2026-02-10', daysPastDue: 31, accountRef: 'ID-L1' } },
    {
      operation: 'updateReport',
      payload: { reportKey, version: 2, replacesVersion: 1, asOf: '2026-04-11', daysPastDue: 91, qualityClass: 3 },
    },
    { operation: 'changeIdentifier', payload: { version: 3, accountRef: 'ID-L1-NEW', formerAccountRef: 'ID-L1', asOf: '2026-05-02' } },
    {
      operation: 'updateReport',
      payload: { reportKey, version: 4, replacesVersion: 2, asOf: '2026-05-11', daysPastDue: 121, accountRef: 'ID-L1-NEW' },
    },
    { operation: 'updateReport', payload: { reportKey, version: 5, replacesVersion: 4, asOf: '2026-05-13', daysPastDue: 54 } },
  ]);
  const [{ reports }] = (await flagGraph('classes')) as [{ reports: any[] }];
  expect(reports.map(({ kind, rule, dueOn }) => [kind, rule, dueOn])).toEqual([
    ['OVERDUE', 'threshold-31', '2026-02-12'],
    ['UPDATE', 'threshold-91', '2026-04-14'],
    ['IDENTIFIER_CHANGE', 'identifier', '2026-05-05'],
    ['UPDATE', 'threshold-121', '2026-05-13'],
    ['UPDATE', 'threshold-31', '2026-05-15'],
  ]);
  expect(reports.map(({ late, atRisk }) => [late, atRisk])).toEqual([...[1, 2, 3, 4].map(() => [true, false]), [false, true]]);
  expect(reports.map(({ facts }) => facts)).toEqual([1, 1, 2, 2, 3]);
}, 120_000);

it('holds updates to the worse, and nothing that is to the better', async () => {
  await opened('worse', snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-03-20', 100)]));
  await to('worse', '2026-04-01');
  const request = { actor, caseId: await world.caseOf('worse') };
  const hold = { type: 'COMPLAINT', scopes: ['BUREAU'], reason: 'being looked into', expiresOn: '2026-04-20' };
  await placeHold(world.store, { ...request, ...hold, idempotencyKey: 'hold-worse' });
  await to('worse', '2026-04-20');
  expect((await owed('worse')).map(({ operation }) => operation)).toEqual(['reportOverdue']);
  await to('worse', '2026-04-22');
  expect((await owed('worse')).map(({ operation }) => operation)).toEqual(['reportOverdue', 'updateReport']);
  expect(await flags('worse')).toMatchObject([{ state: 'UPDATED', version: 2 }]);
  await placeHold(world.store, { ...request, ...hold, expiresOn: null, idempotencyKey: 'hold-better' });
  await tell('worse', payment(2, 'a', '2026-04-22', 100));
  await to('worse', '2026-04-23');
  expect((await owed('worse')).map(({ operation }) => operation)).toEqual(['reportOverdue', 'updateReport', 'updateReport']);
  await tell('worse', payment(3, 'b', '2026-04-23', 100));
  await to('worse', '2026-04-24');
  expect((await owed('worse')).at(-1)).toMatchObject({ operation: 'withdrawReport', version: 4 });
}, 120_000);

it.each([
  ['still late', false],
  ['cured meanwhile', true],
])(
  'tells the person first where the law asks for it, and the bureau after the days of the notice: %s',
  async (_, cured) => {
    const tenant = `notice-${cured}`;
    await opened(tenant, snapshot(1, once, { jurisdiction: 'CN' }));
    await reachable(tenant);
    await to(tenant, '2026-02-10');
    const notices = () =>
      world.rows<{ decided: string; text: string; operation: string }>(
        `select m.decided_on::text as decided, m.text, h.operation from communication m join handoff h on h.id = m.handoff_id join recovery_case c on c.id = m.case_id where c.tenant = $1 and m.type = 'BUREAU_NOTICE'`,
        tenant,
      );
    expect(await flags(tenant)).toMatchObject([{ state: 'PRE_NOTICE', version: 0 }]);
    expect(await notices()).toMatchObject([
      { decided: '2026-02-10', text: expect.stringContaining('2026-02-15'), operation: 'sendReminder' },
    ]);
    if (cured) await tell(tenant, payment(2, 'a', '2026-02-12', 100));
    await to(tenant, '2026-02-14');
    expect(await owed(tenant)).toEqual([]);
    await to(tenant, '2026-02-18');
    expect(await flags(tenant)).toMatchObject([
      cured ? { state: 'DROPPED', version: 0 } : { state: 'RAISED', version: 1, raised: '2026-02-15' },
    ]);
    expect(await notices()).toHaveLength(1);
    const id = await world.loanOf(tenant);
    const { data } = await world.ask(
      'supervisor',
      'query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { bureauFlags { state waitsUntil } } }',
      { id, asOf: { validAt: '2026-02-16' } },
    );
    expect(data.loan.bureauFlags).toEqual([{ state: cured ? 'DROPPED' : 'RAISED', waitsUntil: '2026-02-15' }]);
  },
  120_000,
);

it('comes to all of this again by a replay', async () => {
  await replaysAlike(world.store, world.databaseUrl);
}, 120_000);

const flagGraph = async (tenant: string) => {
  const id = await world.loanOf(tenant);
  const { data, errors } = await world.ask(
    'bureauReporter',
    `query ($id: ID!) { loan(id: $id) { bureauFlags { state late atRisk reports { id kind version saidOn asOf knownAt facts factsSha256 rule policyVersion bytesSha256 dueOn late atRisk
       acknowledgement { state ref code words at } corrects { version } correctedBy { version } handoff { operation payloadSha256 } } } } }`,
    { id },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.loan.bureauFlags as any[];
};
