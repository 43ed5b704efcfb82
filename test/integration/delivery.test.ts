// Delivery against real Postgres and partners that fail on demand: what is owed is done once, and one bad partner stays alone.
import { instructLawFirm } from '../../src/actions/instruct-law-firm.js';
import { tendMatters } from '../../src/actions/tend-matters.js';
import { oweHandoffs } from '../../src/storage/handoffs.js';
import { takeDue } from '../../src/storage/outbox.js';
import { counsel, openWorld, until, type World } from '../support/partner-world.js';

let world: World;
beforeEach(async () => void (world = await openWorld()));
afterEach(() => world.stop());

async function instruct(lawFirmId: string): Promise<{ caseId: string; handoffId: string; matterId: string }> {
  const caseId = await world.newCase();
  const outcome = await instructLawFirm(world.store, { actor: counsel, caseId, idempotencyKey: `k-${caseId}`, lawFirmId });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.done as never;
}
const handoff = async (id: string) => (await world.rows('select * from handoff where id = $1', id))[0];
const inState = (id: string, state: string) => until(async () => (await handoff(id))?.state === state, `${id} is ${state}`);

it('waits for the open breaker of one law firm while the other is served, and is delivered once after the heal', async () => {
  await world.deliver();
  await world.fault('harbor-legal', { status: 503 });
  const a = await instruct('harbor-legal');
  await inState(a.handoffId, 'QUEUED_CIRCUIT_OPEN');
  const breakers = await world.rows(`select * from breaker where connector_id = 'harbor-legal' and operation = 'placeClaim'`);
  expect(['OPEN', 'HALF_OPEN']).toContain(breakers[0].state);
  const b = await instruct('merdeka-law');
  await inState(b.handoffId, 'ACCEPTED');
  expect(await world.ledger('harbor-legal')).toHaveLength(0);
  await world.fault('harbor-legal', null);
  await inState(a.handoffId, 'ACCEPTED');
  expect(await world.ledger('harbor-legal')).toHaveLength(1);
  await until(
    async () => (await world.rows('select 1 from legal_matter where id = $1 and state = $2', a.matterId, 'ACCEPTED')).length,
    'the matter is accepted',
  );
});

it('looks up what became of a delivery whose answer was lost, and does it once', async () => {
  await world.fault('harbor-legal', { dropAfterEffect: true });
  const a = await instruct('harbor-legal');
  await world.deliver();
  await inState(a.handoffId, 'ACCEPTED');
  expect(await world.ledger('harbor-legal')).toHaveLength(1);
});

it('looks up a delivery whose process was killed while it was being sent', async () => {
  const a = await instruct('harbor-legal');
  const [lease] = await until(async () => {
    const leases = await takeDue(world.store, ['harbor-legal'], 1, 'killed', []);
    return leases.length ? leases : null;
  }, 'the hand-off is taken');
  await world.plain.get('harbor-legal')!.operations['placeClaim']!(lease!.payload, {
    deliveryId: lease!.id,
    signal: AbortSignal.timeout(2_000),
  });
  await world.rows(`update handoff set lease_until = now() - interval '1 second' where id = $1 and state = 'SENDING'`, a.handoffId);
  await world.deliver();
  await inState(a.handoffId, 'ACCEPTED');
  expect(await world.ledger('harbor-legal')).toHaveLength(1);
});

it('says once that a law firm has not told within its days whether it takes a claim on', async () => {
  const { caseId, matterId } = await instruct('harbor-legal');
  const begin = (date: string) =>
    world.store.transaction((tx) =>
      tendMatters(tx, {
        source: 'casegraph/clock',
        id: date,
        type: 'BusinessDateAdvanced',
        tenant: 'demo',
        aggregateId: 'demo',
        sequence: 0n,
        effectiveOn: date,
        businessOn: date,
        occurredAt: new Date(),
        data: {},
      }),
    );
  const late = async () => [
    (await world.rows(`select 1 from timeline_entry where case_id = $1 and type = 'MATTER_ACKNOWLEDGEMENT_LATE'`, caseId)).length,
    (await world.rows('select acknowledge_by::text as by, acknowledged_late as late from legal_matter where id = $1', matterId))[0],
  ];
  await begin('2026-06-03');
  expect(await late()).toEqual([0, { by: '2026-06-03', late: false }]);
  for (const date of ['2026-06-04', '2026-06-05']) await begin(date);
  expect(await late()).toEqual([1, { by: '2026-06-03', late: true }]);
});

it('skips nothing and keeps the order of each lane when 32 writers commit at random', async () => {
  const caseId = await world.newCase();
  const writers = Array.from({ length: 32 }, (_, writer) =>
    (async () => {
      for (let n = 1; n <= 5; n++)
        await world.store.transaction(async (tx) => {
          await oweHandoffs(tx, [
            {
              deliveryKey: `reminder/${writer}/${n}`,
              caseId,
              connectorId: 'courier',
              operation: 'sendReminder',
              lane: `lane/${writer}`,
              laneSequence: BigInt(n),
              payload: {
                caseRef: `${writer}/${n}`,
                to: '+62',
                channel: 'SMS',
                text: 'x',
                language: 'id',
                overdue: { amount: '1.00', currency: 'IDR' },
                daysPastDue: 1,
                payBy: '2026-06-05',
              },
            },
          ]);
          await tx.query('select pg_sleep($1)', [Math.random() * 0.05]);
        });
    })(),
  );
  await world.deliver();
  await Promise.all(writers);
  await until(async () => (await world.rows(`select 1 from handoff where state <> 'ACCEPTED'`)).length === 0, 'all are accepted', 40_000);
  const ledger = await world.ledger('courier');
  expect(new Set(ledger.map(({ deliveryId }) => deliveryId)).size).toBe(160);
  expect(ledger).toHaveLength(160);
  const rows = await world.rows('select id, lane, lane_sequence::int as n from handoff');
  const at = new Map(ledger.map(({ deliveryId }, index) => [deliveryId, index]));
  for (let writer = 0; writer < 32; writer++) {
    const order = rows.filter(({ lane }) => lane === `lane/${writer}`).sort((x, y) => at.get(x.id)! - at.get(y.id)!);
    expect(order.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  }
});
