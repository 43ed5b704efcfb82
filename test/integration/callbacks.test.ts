// Callbacks against real Postgres: believed when signed, bound to the partner's own delivery, taken once, and the same after a replay.
import { Webhook } from 'standardwebhooks';
import { instructLawFirm } from '../../src/actions/instruct-law-firm.js';
import { recordAnswer } from '../../src/actions/record-answer.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import { replay } from '../../src/actions/replay.js';
import { casesById } from '../../src/storage/cases.js';
import { digestOf } from '../../src/storage/digest.js';
import { takeDue } from '../../src/storage/outbox.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { newsOf } from '../support/news.js';
import { counsel, openWorld, secret, until, type World } from '../support/partner-world.js';

let world: World;
beforeEach(async () => void (world = await openWorld({ callbacks: false })));
afterEach(() => world.stop());

async function instruct(caseId?: string): Promise<{ handoffId: string; matterId: string; caseId: string }> {
  caseId ??= await world.newCase();
  const outcome = await instructLawFirm(world.store, { actor: counsel, caseId, idempotencyKey: caseId, lawFirmId: 'harbor-legal' });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.done as never;
}
const news = (deliveryId: string, type: string, sequence: number) => ({
  type,
  deliveryId,
  partnerRef: 'HL-1',
  sequence,
  occurredAt: '2026-06-01T10:00:00Z',
  data: newsOf(type),
});

async function post(body: object | string, { partner = 'harbor-legal', id = 'msg_1', at = new Date(), signature = '' } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${world.gatewayUrl}/callbacks/${partner}`, {
    method: 'POST',
    headers: {
      connection: 'close',
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature || new Webhook(secret).sign(id, at, text),
    },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as { outcome?: string; code?: string } };
}

it('takes a signed callback once, however often it is sent', async () => {
  const { handoffId, matterId } = await instruct();
  const body = news(handoffId, 'matter.accepted', 1);
  expect(await post(body)).toEqual({ status: 200, body: { outcome: 'recorded' } });
  expect(await post(body)).toEqual({ status: 200, body: { outcome: 'seenBefore' } });
  expect(await world.rows('select step, applied from matter_step where matter_id = $1', matterId)).toEqual([
    { step: 'ACCEPTED', applied: true },
  ]);
  expect((await world.rows('select state from handoff where id = $1', handoffId))[0].state).toBe('ACCEPTED');
});

it('refuses what is forged, stale, foreign, unreadable or too large, and changes nothing', async () => {
  const { handoffId } = await instruct();
  const body = news(handoffId, 'matter.accepted', 1);
  const statuses = [
    await post(body, { signature: 'v1,AAAA' }),
    await post(body, { at: new Date(Date.now() - 600_000) }),
    await post(news(handoffId, 'placement.acknowledged', 1), { partner: 'lotus-recovery' }),
    await post(body, { partner: 'nobody' }),
    await post({}),
    await post('{'),
    await post('x'.repeat(400_000)),
  ].map(({ status }) => status);
  expect(statuses).toEqual([401, 401, 404, 404, 422, 400, 413]);
  expect(await world.rows('select 1 from matter_step')).toHaveLength(0);
  expect((await world.rows('select state from handoff where id = $1', handoffId))[0].state).toBe('QUEUED');
});

it('waits for a case that another transaction holds', async () => {
  const caseId = await world.newCase();
  let release!: () => void;
  let held!: () => void;
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  const holder = world.store.transaction(async (tx) => {
    await tx.query('select from recovery_case where id = $1 for update', [caseId]);
    held();
    await new Promise<void>((resolve) => (release = resolve));
  });
  await isHeld;
  const found = world.store.transaction((tx) => casesById(tx, [caseId]));
  await until(async () => (await world.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length, 'it waits');
  release();
  await holder;
  expect(await found).toHaveLength(1);
});

it('records an answer and a callback of one delivery at once without a deadlock', async () => {
  for (let round = 0; round < 20; round++) {
    const { handoffId } = await instruct();
    const [lease] = await until(async () => {
      const leases = await takeDue(world.store, ['harbor-legal'], 1, 'test', []);
      return leases.length ? leases : null;
    }, 'it is taken');
    await Promise.all([
      recordAnswer(world.store, lease!, { is: 'accepted', partnerRef: 'HL-1' }),
      recordCallback(world.store, 'harbor-legal', `msg_${round}`, news(handoffId, 'matter.accepted', 1)),
    ]);
    expect((await world.rows('select state from handoff where id = $1', handoffId))[0].state).toBe('ACCEPTED');
  }
});

it('folds callbacks that came at once into the same digest again, beside the live tables', async () => {
  const seeded = ['borrower', 'loan', 'instalment', 'recovery_case', 'case_loan', 'business_day'];
  const caseIds: string[] = [];
  for (let n = 0; n < 20; n++) caseIds.push(await world.newCase());
  await world.rows('create schema snap');
  for (const table of seeded) await world.rows(`create table snap.${table} as select * from public.${table}`);
  const types = ['matter.accepted', 'matter.demandSent', 'matter.filed', 'matter.hearingScheduled'];
  for (const caseId of caseIds) {
    const { handoffId } = await instruct(caseId);
    await Promise.all(
      types.map((type, n) => recordCallback(world.store, 'harbor-legal', `${handoffId}/${n}`, news(handoffId, type, n + 1))),
    );
  }
  const live = await world.store.transaction(digestOf);
  const again = await openScratchStore(world.url, 'again');
  try {
    await again.transaction(async (tx) => {
      for (const table of seeded) await tx.query(`insert into again.${table} select * from snap.${table}`);
    });
    await world.store.snapshot((log) => replay(log, again, () => {}));
    expect((await again.transaction(digestOf)).tables).toEqual(live.tables);
    expect((await world.store.transaction(digestOf)).whole).toBe(live.whole);
  } finally {
    await again.close();
  }
});
