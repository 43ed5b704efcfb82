// Disputes of flags on the real store, asked for over the graph or sent by the bureau: what is marked, held, corrected, deleted and answered, and the same again by a replay.
import { recordAnswer } from '../../src/actions/record-answer.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { takeDue } from '../../src/storage/outbox.js';
import { openFlagWorld, type FlagWorld } from '../support/flag-world.js';
import { replaysAlike } from '../support/replays-alike.js';
import { line, paid, snapshot } from '../support/read-model.js';

let world: FlagWorld;
beforeAll(async () => {
  world = await openFlagWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const tell = (...told: Parameters<FlagWorld['tell']>) => world.tell(...told);
const to = (tenant: string, date: string) => world.to(tenant, date);
const payloads = (tenant: string) => world.payloads(tenant);
/** A loan that is flagged since 2026-02-10. */
async function flagged(tenant: string): Promise<{ caseId: string; flagId: string }> {
  await tell(tenant, snapshot(1, [line(1, '2026-01-10', 100), line(2, '2026-03-10', 100)]));
  await to(tenant, '2026-01-05');
  await to(tenant, '2026-02-12');
  const [found] = await world.rows(
    `select f.id as "flagId", f.case_id as "caseId" from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = $1`,
    tenant,
  );
  return found;
}
async function change(mutation: string, input: Record<string, unknown>, role = 'bureauReporter') {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  const { data, errors } = await world.ask(
    role,
    `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { dispute { id state dueOn overdue code words outcome answer disputeRef sentByBureau hold { type scopes releasedAt } }
       decision { outcome ruleId } userErrors { __typename message ... on GuardRejected { ruleId } } dryRun } }`,
    { input: { idempotencyKey: JSON.stringify(input).slice(-180), ...input } },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation];
}
/** Everything that waits in a tenant's lane is taken by the bureau, one after another. */
async function deliver(tenant: string): Promise<void> {
  for (;;) {
    const leases = await takeDue(world.store, ['nusa-bureau'], 50, 'test', []);
    if (!leases.length) return;
    for (const lease of leases) await recordAnswer(world.store, lease, { is: 'accepted', partnerRef: `NB-${tenant}` });
  }
}

it('holds and marks what is disputed, corrects it by what is known now, and takes the mark away', async () => {
  const { caseId, flagId } = await flagged('modified');
  const opening = { caseId, flagId, code: 'AMOUNT', words: 'I paid 30' };
  expect(await change('openBureauDispute', { ...opening, dryRun: true })).toMatchObject({
    dryRun: true,
    decision: { outcome: 'ALLOWED' },
    userErrors: [],
  });
  expect(await payloads('modified')).toHaveLength(1);
  const { dispute } = await change('openBureauDispute', opening);
  expect(dispute).toMatchObject({
    state: 'OPEN',
    dueOn: '2026-02-26',
    overdue: false,
    words: 'I paid 30',
    hold: { type: 'DISPUTE', scopes: ['BUREAU'], releasedAt: null },
  });
  expect(await change('openBureauDispute', { ...opening, words: 'again' })).toMatchObject({
    decision: { outcome: 'REFUSED' },
    userErrors: [{ ruleId: 'one-dispute' }],
  });
  expect(await change('investigateBureauDispute', { caseId, disputeId: dispute.id })).toMatchObject({
    dispute: { state: 'INVESTIGATING' },
  });
  await tell('modified', paid(2, 'a', '2026-01-20', 30));
  const resolving = { caseId, disputeId: dispute.id, outcome: 'MODIFIED', words: 'You did' };
  expect(await change('resolveBureauDispute', resolving)).toMatchObject({
    dispute: { state: 'MODIFIED', answer: 'You did', hold: { releasedAt: expect.any(String) } },
    userErrors: [],
  });
  expect(await change('resolveBureauDispute', { ...resolving, words: 'twice' })).toMatchObject({
    userErrors: [{ ruleId: 'dispute-waits' }],
  });
  const { disputeRef } = dispute;
  expect(await payloads('modified')).toMatchObject([
    { operation: 'reportOverdue', payload: { version: 1, overdue: { amount: '1.00' } } },
    { operation: 'markDispute', payload: { version: 2, mark: 'SET', disputeRef } },
    { operation: 'correctReport', payload: { version: 3, replacesVersion: 1, asOf: '2026-02-10', overdue: { amount: '0.70' } } },
    { operation: 'markDispute', payload: { version: 4, mark: 'CLEARED', disputeRef } },
  ]);
  // The business date finds nothing more to correct.
  await to('modified', '2026-02-13');
  expect(await payloads('modified')).toHaveLength(4);
}, 120_000);

it('speaks of a renumbered account by the number that the bureau knows, until the business date tells the new one', async () => {
  const { caseId, flagId } = await flagged('renumbered');
  const renumbered = snapshot(2, [line(1, '2026-01-10', 100), line(2, '2026-03-10', 100)], { on: '2026-02-12' });
  await tell('renumbered', { ...renumbered, data: { ...renumbered.data, accountNo: 'ID-L1-NEW' } } as LoanFact);
  await change('openBureauDispute', { caseId, flagId, code: 'OTHER', words: 'Why?' });
  await to('renumbered', '2026-02-13');
  expect((await payloads('renumbered')).slice(1)).toMatchObject([
    { operation: 'markDispute', payload: { version: 2, accountRef: 'ID-L1' } },
    { operation: 'changeIdentifier', payload: { version: 3, accountRef: 'ID-L1-NEW', formerAccountRef: 'ID-L1' } },
  ]);
}, 120_000);

it('deletes what is no debt of the person, and flags that loan never again', async () => {
  const { caseId, flagId } = await flagged('fraud');
  const { dispute } = await change('openBureauDispute', { caseId, flagId, code: 'IDENTITY_THEFT', words: 'Not me' });
  await change('resolveBureauDispute', { caseId, disputeId: dispute.id, outcome: 'DELETED', words: 'It was not you' });
  expect((await payloads('fraud')).slice(2)).toMatchObject([
    { operation: 'markDispute', payload: { version: 3, mark: 'CLEARED' } },
    { operation: 'deleteReport', payload: { version: 4, replacesVersion: 1, reason: 'FRAUD' } },
  ]);
  await tell('fraud', paid(2, 'a', '2026-02-12', 100));
  await to('fraud', '2026-04-15');
  const query = `select f.state, f.withdraw_reason as reason from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = 'fraud'`;
  expect(await world.rows(query)).toEqual([{ state: 'DELETED', reason: 'FRAUD' }]);
}, 120_000);

it('deletes the flags of all episodes of who is no debtor', async () => {
  await flagged('episodes');
  await tell('episodes', paid(2, 'a', '2026-02-12', 100));
  await to('episodes', '2026-04-12');
  const [, second] = await world.rows<{ id: string; case_id: string }>(
    `select f.id, f.case_id from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = 'episodes' order by f.episode`,
  );
  const { dispute } = await change('openBureauDispute', { caseId: second!.case_id, flagId: second!.id, code: 'FRAUD', words: 'Forged' });
  await change('resolveBureauDispute', { caseId: second!.case_id, disputeId: dispute.id, outcome: 'DELETED', words: 'It was' });
  const said = (await payloads('episodes')).map(({ operation, payload: { reportKey, reason } }) => [
    operation,
    reportKey.split('/')[2],
    reason,
  ]);
  expect(said.slice(-2)).toEqual([
    ['deleteReport', '1', 'FRAUD'],
    ['deleteReport', '2', 'FRAUD'],
  ]);
}, 120_000);

it('opens by itself what the bureau sends, once, and answers it after all that follows from it', async () => {
  const { caseId } = await flagged('sent');
  await deliver('sent');
  const [report] = await payloads('sent');
  const news = {
    type: 'dispute.opened',
    deliveryId: report!.id,
    partnerRef: 'NB-sent',
    sequence: 2,
    occurredAt: '2026-02-12T10:00:00Z',
    data: { disputeRef: 'NB-D-1', code: 'NOT_MINE', words: 'Never heard of it', dueOn: '2026-02-20' },
  };
  expect(await recordCallback(world.store, 'nusa-bureau', 'wh-1', news)).toBe('recorded');
  expect(await recordCallback(world.store, 'nusa-bureau', 'wh-2', { ...news, sequence: 3 })).toBe('recorded');
  const ofCase = `query ($id: ID!) { case(id: $id) { bureauDisputes { id state dueOn overdue disputeRef sentByBureau respondedOn } bureauReports { kind late acknowledgement { state ref } } } }`;
  const seen = async () => (await world.ask('bureauReporter', ofCase, { id: caseId })).data.case;
  const { bureauDisputes } = await seen();
  expect(bureauDisputes).toMatchObject([{ state: 'OPEN', dueOn: '2026-02-20', disputeRef: 'NB-D-1', sentByBureau: true }]);
  await to('sent', '2026-02-21');
  const taken = () => world.rows(`select acknowledged_on::text as on from bureau_report where handoff_id = $1`, report!.id);
  await recordCallback(world.store, 'nusa-bureau', 'wh-3', { ...news, type: 'report.recorded', sequence: 4, data: {} });
  expect(await taken()).toEqual([{ on: '2026-02-12' }]);
  expect((await seen()).bureauDisputes).toMatchObject([{ overdue: true }]);
  await change('resolveBureauDispute', { caseId, disputeId: bureauDisputes[0].id, outcome: 'DELETED', words: 'Gone' });
  expect((await payloads('sent')).slice(1)).toMatchObject([
    { operation: 'markDispute', payload: { version: 2, mark: 'SET', disputeRef: 'NB-D-1' } },
    { operation: 'markDispute', payload: { version: 3, mark: 'CLEARED' } },
    { operation: 'deleteReport', payload: { version: 4, reason: 'DISPUTE_UPHELD' } },
    { operation: 'respondDispute', payload: { version: 4, disputeRef: 'NB-D-1', outcome: 'DELETED', words: 'Gone', accountRef: 'ID-L1' } },
  ]);
  await deliver('sent');
  const after = await seen();
  expect(after.bureauDisputes).toMatchObject([{ state: 'RESPONDED', respondedOn: '2026-02-21', overdue: false }]);
  expect(after.bureauReports.map(({ acknowledgement }: any) => acknowledgement)).toEqual(
    Array(4).fill({ state: 'ACCEPTED', ref: 'NB-sent' }),
  );
}, 120_000);

it("keeps the bureau's own words on what it refuses", async () => {
  await flagged('refused');
  const mine = await payloads('refused');
  for (const lease of await takeDue(world.store, ['nusa-bureau'], 50, 'test', []))
    if (mine.some(({ id }) => id === lease.id))
      await recordAnswer(world.store, lease, { is: 'refused', code: 'UNKNOWN_BORROWER', reason: 'there is no B-refused' });
  const [report] = await world.rows<{ id: string }>(`select r.id from bureau_report r where r.tenant = 'refused'`);
  await to('refused', '2026-02-14');
  const query = `query ($id: ID!) { bureauReport(id: $id) { dueOn late acknowledgement { state code words at } } }`;
  expect((await world.ask('bureauReporter', query, { id: report!.id })).data.bureauReport).toEqual({
    dueOn: '2026-02-12',
    late: true,
    acknowledgement: { state: 'REFUSED', code: 'UNKNOWN_BORROWER', words: 'there is no B-refused', at: expect.any(String) },
  });
}, 120_000);

it('comes to all of this again by a replay', async () => {
  const answers = `select r.id, acknowledgement_state, acknowledgement_ref, acknowledgement_code, acknowledgement_words, acknowledged_on::text, acknowledgement_at::text from bureau_report r order by r.id`;
  const disputes = 'select id, state, responded_on::text, answer, handoff_id from bureau_dispute order by id';
  // What bureaus answered is no part of the digest, and in the log all the same.
  await replaysAlike(world.store, world.databaseUrl, answers, disputes);
}, 120_000);
