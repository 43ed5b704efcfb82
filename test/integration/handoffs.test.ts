// Hand-overs that do not get on by themselves: raised when they are late, steered by people, never sent twice, and the same after a replay.
import { instructLawFirm, withdrawMatter } from '../../src/actions/instruct-law-firm.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import { replay } from '../../src/actions/replay.js';
import { steerHandoff } from '../../src/actions/steer-handoff.js';
import { watchHandoffs } from '../../src/actions/watch-handoffs.js';
import type { HandoffAct } from '../../src/domain/handoff.js';
import { forgetReceipts } from '../../src/storage/callback-receipts.js';
import { digestOf } from '../../src/storage/digest.js';
import { oweHandoffs, type OwedHandoff } from '../../src/storage/handoffs.js';
import { takeDue } from '../../src/storage/outbox.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { orderOf } from '../../src/conformance/samples.js';
import { counsel, eager, openWorld, until, type World } from '../support/partner-world.js';

let world: World;
beforeAll(async () => void (world = await openWorld({ callbacks: false })));
afterAll(() => world.stop());

async function instruct(lawFirmId = 'harbor-legal'): Promise<{ caseId: string; handoffId: string; matterId: string }> {
  const caseId = await world.newCase();
  const outcome = await instructLawFirm(world.store, { actor: counsel, caseId, idempotencyKey: `k-${caseId}`, lawFirmId });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return { ...(outcome.done as { handoffId: string; matterId: string }), caseId };
}
const handoff = async (id: string) => (await world.rows('select * from handoff where id = $1', id))[0];
const entries = async (caseId: string) =>
  (await world.rows(`select type from timeline_entry where case_id = $1 and type like 'HANDOFF%' order by sequence`, caseId)).map(
    ({ type }) => type,
  );
/** Owed by no fact: they have to be there when the log is folded again. */
const late: OwedHandoff[] = [];
let keys = 0;
const steer = (act: HandoffAct, { caseId, handoffId }: { caseId: string; handoffId: string }) =>
  steerHandoff(world.store, act, { actor: counsel, caseId, handoffId, reason: 'for the test', idempotencyKey: `s${++keys}` });
const refusal = async (outcome: ReturnType<typeof steer>) => ((await outcome) as { refused: { ruleId: string }[] }).refused[0]!.ruleId;
const takeOne = async (id: string) =>
  until(async () => (await takeDue(world.store, ['harbor-legal'], 50, 'test', [])).find((lease) => lease.id === id), 'it is taken');
const serve = async (id: string, state: string) => {
  const delivery = await world.deliver({ only: 'harbor-legal', retries: { ...eager, baseMs: 5, capMs: 20 } });
  await until(async () => (await handoff(id)).state === state, `${id} is ${state}`);
  await delivery.stop();
};
const effects = async (id: string) => (await world.ledger('harbor-legal')).filter(({ deliveryId }) => deliveryId === id).length;

it('is parked by a person and redelivered with the same key and bytes, answered once in each round', async () => {
  const it = await instruct();
  expect(await steer('PARK', it)).toMatchObject({ done: { handoffId: it.handoffId } });
  expect(await handoff(it.handoffId)).toMatchObject({ state: 'PARKED', maybe_sent: false, last_problem: 'for the test' });
  expect(await refusal(steer('PARK', it))).toBe('handoff-state');
  const sha256 = (await handoff(it.handoffId)).payload_sha256;
  await steer('REDELIVER', it);
  await serve(it.handoffId, 'ACCEPTED');
  expect(await handoff(it.handoffId)).toMatchObject({ rounds: 1, payload_sha256: sha256 });
  expect(await effects(it.handoffId)).toBe(1);
  expect(await entries(it.caseId)).toEqual(['HANDOFF_PARKED', 'HANDOFF_REDELIVERED', 'HANDOFF_ACCEPTED']);
  expect(
    await world.rows('select action, actor from audit_entry where subject = $1 and action like $2 order by at', it.caseId, '%Handoff'),
  ).toEqual([
    { action: 'parkHandoff', actor: 'ana' },
    { action: 'redeliverHandoff', actor: 'ana' },
  ]);
});

it('is given up, redelivered, given up and redelivered again: each answer is recorded', async () => {
  const it = await instruct();
  await world.fault('harbor-legal', { status: 500 });
  for (const round of [0, 1]) {
    if (round) await steer('REDELIVER', it);
    const delivery = await world.deliver({ only: 'harbor-legal', retries: { ...eager, baseMs: 1, capMs: 2, mostAttempts: 2 } });
    await until(async () => (await handoff(it.handoffId)).state === 'PARKED', 'it is parked');
    await delivery.stop();
    expect(await handoff(it.handoffId)).toMatchObject({ rounds: round, maybe_sent: true }); // HTTP 500 may have done it
  }
  await world.fault('harbor-legal', null);
  expect(await refusal(steer('CANCEL', it))).toBe('handoff-maybe-sent');
  await steer('REDELIVER', it);
  expect((await handoff(it.handoffId)).state).toBe('UNKNOWN');
  await serve(it.handoffId, 'ACCEPTED');
  expect(await effects(it.handoffId)).toBe(1);
});

it('that the partner had all along is looked up when it is redelivered, and not sent again', async () => {
  const it = await instruct();
  await world.fault('harbor-legal', { dropAnswers: true });
  const delivery = await world.deliver({ only: 'harbor-legal', retries: { ...eager, baseMs: 1, capMs: 2, mostAttempts: 2 } });
  await until(async () => (await handoff(it.handoffId)).state === 'PARKED', 'it is parked');
  await delivery.stop();
  await world.fault('harbor-legal', null);
  await steer('REDELIVER', it);
  await serve(it.handoffId, 'ACCEPTED');
  expect(await effects(it.handoffId)).toBe(1);
});

it('is cancelled only when it was surely not sent; what hangs on it ends as refused', async () => {
  const it = await instruct();
  const lease = await takeOne(it.handoffId);
  expect(await refusal(steer('CANCEL', it))).toBe('handoff-being-sent');
  expect(await refusal(steer('PARK', it))).toBe('handoff-being-sent');
  await world.rows(`update handoff set lease_until = now() - interval '1 second' where id = $1`, it.handoffId);
  await takeOne(it.handoffId); // another looks up what became of it
  expect(await refusal(steer('CANCEL', it))).toBe('handoff-maybe-sent');
  const other = await instruct();
  await steer('CANCEL', other);
  expect((await handoff(other.handoffId)).state).toBe('CANCELLED');
  expect(await world.rows('select state from legal_matter where id = $1', other.matterId)).toEqual([{ state: 'REFUSED' }]);
  await steer('PARK', it); // whoever holds the lease writes nothing any more
  expect((await handoff(it.handoffId)).fence).not.toBe(String(lease.fence));
  expect(await handoff(it.handoffId)).toMatchObject({ state: 'PARKED', maybe_sent: true });
});

it('is not sent after what came later in its lane', async () => {
  const it = await instruct();
  await steer('PARK', it);
  await world.rows(`update legal_matter set state = 'ACCEPTED' where id = $1`, it.matterId);
  const asked = await withdrawMatter(world.store, {
    actor: counsel,
    caseId: it.caseId,
    idempotencyKey: 'w',
    matterId: it.matterId,
    reason: 'paid',
  });
  if (!('done' in asked)) throw new Error(JSON.stringify(asked));
  await world.rows(`update handoff set state = 'ACCEPTED' where id = $1`, asked.done['handoffId']);
  expect(await refusal(steer('REDELIVER', it))).toBe('handoff-overtaken');
});

it('is raised once when it waits for too long, and once when its deadline is near', async () => {
  const caseId = await world.newCase();
  const owe = (n: number, deadlineOn: string | null) => {
    const handoff = {
      deliveryKey: `late/${n}`,
      lane: `late/${n}`,
      caseId,
      connectorId: 'harbor-legal',
      operation: 'placeClaim',
      laneSequence: 1n,
    };
    late.push({ ...handoff, payload: orderOf('LAW_FIRM', 'placeClaim') as never, deadlineOn });
    return world.store.transaction((tx) => oweHandoffs(tx, late.slice(-1)));
  };
  await owe(1, '2026-06-04'); // three days from the business date
  await owe(2, '2026-06-05');
  await owe(3, null);
  await world.rows(`update handoff set created_at = now() - interval '2 hours' where delivery_key = 'late/3'`);
  const look = async () =>
    (await watchHandoffs(world.store, { ageMs: 3_600_000, deadlineDays: 3 })).filter((each) => each.caseId === caseId);
  expect((await look()).map(({ is, deadlineOn }) => [is, deadlineOn])).toEqual([
    ['ESCALATED', '2026-06-04'],
    ['AGED', null],
  ]);
  expect(await look()).toEqual([]);
  expect(await entries(caseId)).toEqual(['HANDOFF_ESCALATED', 'HANDOFF_AGED']);
  const raised = await world.rows(
    `select delivery_key, age_alarm_at is not null as aged, escalated_at is not null as escalated from handoff where case_id = $1 order by 1`,
    caseId,
  );
  expect(raised).toEqual([
    { delivery_key: 'late/1', aged: false, escalated: true },
    { delivery_key: 'late/2', aged: false, escalated: false },
    { delivery_key: 'late/3', aged: true, escalated: false },
  ]);
  expect(await world.rows(`select summary from timeline_entry where case_id = $1 and type = 'HANDOFF_ESCALATED'`, caseId)).toEqual([
    { summary: 'harbor-legal does not have placeClaim, which is due in 3 days: a person has to see to it' },
  ]);
  await world.rows(`delete from handoff where case_id = $1`, caseId);
});

it('of one operation never keeps those of another from their turn', async () => {
  const caseId = await world.newCase();
  await world.rows(
    `insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, created_at)
     select 'handoff_flood' || n, 'flood/' || n, $1, 'lotus-recovery', 'placeCase', 'QUEUED', '{}', '', 'flood/' || n, 1, 0, now() - interval '1 hour', 0, now() from generate_series(1, 2000) n`,
    caseId,
  );
  const it = await instruct('merdeka-law');
  const ids = ['lotus-recovery', 'merdeka-law'];
  const leases = await takeDue(world.store, ids, 100, 'test', [], 'handoff', { ofKey: 8 });
  expect(leases.filter(({ operation }) => operation === 'placeCase')).toHaveLength(8);
  expect(leases.map(({ id }) => id)).toContain(it.handoffId);
  expect(await takeDue(world.store, ids, 100, 'test', [], 'handoff', { left: { 'lotus-recovery placeCase': 3 } })).toHaveLength(3);
  await world.rows(`update handoff set attempts = 1 where delivery_key like 'flood/%'`);
  expect(await takeDue(world.store, ids, 100, 'test', [], 'handoff', { firstOnly: ['lotus-recovery placeCase'] })).toEqual([]);
  await world.rows(`update handoff set last_problem = 'the circuit is open' where delivery_key like 'flood/%'`);
  expect(await takeDue(world.store, ids, 100, 'test', [], 'handoff', { open: ['lotus-recovery placeCase'] })).toEqual([]);
  await world.rows(`delete from handoff where case_id = $1`, caseId);
});

it('receipts are forgotten after their days, and what they told of is not applied again', async () => {
  const it = await instruct();
  const news = {
    type: 'matter.accepted',
    deliveryId: it.handoffId,
    partnerRef: 'HL-1',
    sequence: 1,
    occurredAt: '2026-06-01T10:00:00Z',
    data: {},
  };
  expect(await recordCallback(world.store, 'harbor-legal', 'msg_old', news)).toBe('recorded');
  expect(await forgetReceipts(world.store, 7)).toBe(0);
  await world.rows(`update callback_receipt set received_at = now() - interval '8 days' where webhook_id = 'msg_old'`);
  expect(await forgetReceipts(world.store, 7)).toBe(1);
  const version = async () => (await world.rows('select version from recovery_case where id = $1', it.caseId))[0].version;
  const was = await version();
  await recordCallback(world.store, 'harbor-legal', 'msg_old', news);
  expect(await version()).toBe(was);
});

it('comes out the same after a replay of all that was done', async () => {
  const seeded = ['borrower', 'loan', 'case_loan', 'business_day'];
  const it = await instruct();
  await world.rows(`update handoff set created_at = now() - interval '2 hours' where id = $1`, it.handoffId);
  await watchHandoffs(world.store, { ageMs: 3_600_000, deadlineDays: 3 });
  await steer('PARK', it);
  await steer('REDELIVER', it);
  await steer('CANCEL', it);
  const of = (tx: Parameters<typeof digestOf>[0]) =>
    tx.query(
      `select h.id, h.deadline_on, h.rounds, h.age_alarm_at is not null as aged, h.state, c.stage, c.legal, c.version, m.state as matter from handoff h join recovery_case c on c.id = h.case_id join legal_matter m on m.handoff_id = h.id where h.id = $1`,
      [it.handoffId],
    );
  const again = await openScratchStore(world.url, 'steered');
  try {
    await again.transaction(async (tx) => {
      for (const table of seeded) await tx.query(`insert into steered.${table} select * from public.${table}`);
      await tx.query(
        `insert into steered.recovery_case select * from json_populate_recordset(null::public.recovery_case, (select json_agg(to_jsonb(c) || '{"stage": "PRE_LEGAL", "legal": "PRE_LEGAL", "sequence": 0, "version": 1}') from public.recovery_case c))`,
      );
    });
    await again.transaction((tx) => oweHandoffs(tx, late));
    await world.store.snapshot((log) => replay(log, again, () => {}));
    const replayed = await again.transaction(of);
    expect(replayed).toEqual(await world.store.transaction(of));
    expect(replayed).toMatchObject([{ state: 'CANCELLED', rounds: 1, aged: true, matter: 'REFUSED' }]);
  } finally {
    await again.close();
  }
});
