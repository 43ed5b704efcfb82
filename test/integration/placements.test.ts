// Placements with agencies on the real store, with the agencies' simulators: who may get a case, how it is worked, told of, recalled, and how it ends.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { placeBatch } from '../../src/actions/place-batch.js';
import { placeCaseWithAgency } from '../../src/actions/place-case-with-agency.js';
import { placeHold } from '../../src/actions/place-hold.js';
import { answerRecallObjection, recallPlacement } from '../../src/actions/recall-placement.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import { recordInteraction } from '../../src/actions/record-interaction.js';
import { takeAgencyFile } from '../../src/actions/take-agency-file.js';
import { readStatusFile, statusColumns } from '../../connectors/agency/status-file.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import type { Delivery } from '../../src/delivery/delivery.js';
import { registerAgency } from '../support/agencies.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { openPartners, until, type Partners } from '../support/partner-world.js';
import { line, paid, reversed, snapshot, told } from '../support/read-model.js';
import { replaysAlike } from '../support/replays-alike.js';

let world: GraphWorld;
let partners: Partners;
let delivery: Delivery;
const supervisor = { user: 'supervisor-1', roles: ['supervisor'] };
const accounts = Array.from({ length: 25 }, (_, i) => `L${String(i + 1).padStart(2, '0')}`);
let asked = 0;
const request = (caseId: string) => ({ actor: supervisor, caseId, idempotencyKey: `k${++asked}` });

const tell = (account: string, ...facts: LoanFact[]) =>
  world.store.transaction((tx) =>
    recordLateFacts(
      tx,
      facts.map((fact) => {
        const aggregateId = String(fact.type) === 'BorrowerUpdated' ? `t/core/borrower/B-${account}` : `t/core/${account}`;
        return { ...fact, id: `${account}/${fact.id}`, aggregateId } as LoanFact;
      }),
    ),
  );
const to = (date: string) => advanceBusinessDate(world.store, 't', date);
const caseOf = async (account: string) =>
  (
    await world.rows<{ id: string; placement: string; placeable_from: string | null }>(
      `select c.id, c.placement, c.placeable_from::text from recovery_case c join borrower b on b.id = c.borrower_id where b.borrower_no = $1`,
      `B-${account}`,
    )
  )[0]!;
const placementOf = async (account: string) =>
  (
    await world.rows(
      `select p.*, p.closed_on::text, p.recall_due_on::text, p.status_due_on::text, p.acknowledge_by::text from agency_placement p where case_id = $1 order by placed_on desc limit 1`,
      (await caseOf(account)).id,
    )
  )[0];
const entriesOf = async (account: string) =>
  (
    await world.rows<{ type: string }>('select type from timeline_entry where case_id = $1 order by sequence', (await caseOf(account)).id)
  ).map(({ type }) => type);
const handoffsOf = async (account: string, operation: string) =>
  world.rows('select * from handoff where case_id = $1 and operation = $2 order by lane_sequence', (await caseOf(account)).id, operation);
const place = async (account: string, agencyId = 'lotus-recovery', expiresOn?: string) => {
  const outcome = await placeCaseWithAgency(world.store, {
    ...request((await caseOf(account)).id),
    agencyId,
    ...(expiresOn ? { expiresOn } : {}),
  });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.done['placementId']!;
};
const rulesAgainst = async (account: string, agencyId: string) => {
  const outcome = await placeCaseWithAgency(world.store, { ...request((await caseOf(account)).id), agencyId, dryRun: true });
  return 'refused' in outcome ? outcome.refused.map((each) => ('ruleId' in each ? each.ruleId : each.code)) : [];
};
let news = 100;
/** What the agency says of a placement, as if it had come by its door. */
const says = async (account: string, type: string, data: object = {}, sequence = ++news) => {
  const { agency_id, handoff_id } = await placementOf(account);
  return recordCallback(world.store, agency_id, `msg_${sequence}_${account}`, {
    type,
    deliveryId: handoff_id,
    partnerRef: 'X-1',
    sequence,
    occurredAt: '2026-03-01T10:00:00Z',
    data: data as Record<string, unknown>,
  });
};

beforeAll(async () => {
  world = await openGraphWorld(false);
  partners = await openPartners(world.store);
  delivery = await partners.deliver();
  for (const account of accounts) {
    const loan = snapshot(1, [line(1, '2026-01-10', 1_000_00)]) as LoanFact & { data: { borrowerId: string; accountNo: string } };
    await tell(account, { ...loan, data: { ...loan.data, borrowerId: `B-${account}`, accountNo: account } } as never);
    const contactPoints = [
      { channel: 'PHONE', value: '+62 811', preferred: true, consent: true },
      { channel: 'EMAIL', value: `${account}@example.org`, preferred: false, consent: false },
    ];
    const data = {
      borrowerId: `B-${account}`,
      name: `Person ${account}`,
      jurisdiction: 'ID',
      nationalId: null,
      language: 'id',
      timeZone: 'Asia/Jakarta',
      segment: null,
      address: null,
      contactPoints,
    };
    await tell(account, told('BorrowerUpdated', 1, '2026-01-05', data));
  }
  await to('2026-03-01');
  await to('2026-03-02');
}, 120_000);
afterAll(async () => {
  await partners?.stop();
  await world?.stop();
}, 60_000);

it('nobody gets a case of whom nothing is on record, or whose papers have run out', async () => {
  expect(await rulesAgainst('L01', 'lotus-recovery')).toEqual(['agency-registered']);
  await registerAgency(world.store, 'lotus-recovery', {
    licenceExpiresOn: '2026-03-01',
    attestationExpiresOn: '2026-02-01',
    jurisdictions: ['CN'],
    segments: ['SME'],
  });
  expect(await rulesAgainst('L01', 'lotus-recovery')).toEqual([
    'agency-licence',
    'agency-attestation',
    'agency-jurisdiction',
    'agency-segment',
  ]);
  await registerAgency(world.store, 'lotus-recovery', { suspended: true, mostCases: 0 });
  expect(await rulesAgainst('L01', 'lotus-recovery')).toEqual(['agency-suspended', 'agency-capacity']);
  await registerAgency(world.store, 'lotus-recovery', { mostAmount: { amount: '999.99', currency: 'IDR' } });
  expect(await rulesAgainst('L01', 'lotus-recovery')).toEqual(['agency-capacity']);
  await registerAgency(world.store, 'lotus-recovery');
  await registerAgency(world.store, 'mitra-tagih');
  expect(await rulesAgainst('L01', 'lotus-recovery')).toEqual([]);
  await placeHold(world.store, {
    ...request((await caseOf('L02')).id),
    type: 'CEASE_CONTACT',
    scopes: ['BUREAU'],
    reason: 'Has asked for it',
  });
  expect(await rulesAgainst('L02', 'mitra-tagih')).toEqual(['no-placement-hold', 'no-contact-hold']);
}, 30_000);

it.each(['lotus-recovery', 'mitra-tagih'])(
  '%s takes a case on, tells of its work, and returns it when it is recalled',
  async (agencyId) => {
    const account = agencyId === 'lotus-recovery' ? 'L03' : 'L04';
    const placementId = await place(account, agencyId);
    const [order] = await handoffsOf(account, 'placeCase');
    expect(order.payload).toMatchObject({
      commission: {
        rates: [{ fromDaysPastDue: 0, rate: '0.180000' }, { fromDaysPastDue: 181 }, { fromDaysPastDue: 361 }],
        remittance: 'GROSS',
        tailDays: 10,
      },
      acknowledgeBy: '2026-03-04',
      itemisation: [
        { accountRef: account, since: '2026-01-10', payments: { amount: '0.00', currency: 'IDR' }, total: { amount: '1000.00' } },
      ],
      contactPolicy: {
        days: [1, 2, 3, 4, 5, 6],
        fromHour: 8,
        toHour: 20,
        timeZone: 'Asia/Jakarta',
        language: 'id',
        ceasedChannels: ['EMAIL'],
        thirdParties: false,
      },
    });
    await until(async () => (await placementOf(account)).state === 'ACKNOWLEDGED', 'the agency has taken the case on');
    expect(await placementOf(account)).toMatchObject({ status_due_on: '2026-03-09', acknowledge_by: '2026-03-04' });
    const step = (type: string) =>
      fetch(`${partners.partnerUrl(agencyId)}/control/deliveries/${order.id}/steps`, { method: 'POST', body: JSON.stringify({ type }) });
    await step(agencyId === 'lotus-recovery' ? 'placement.status' : 'laporan');
    await until(async () => (await placementOf(account)).state === 'WORKING', 'it has told of its work');
    const [status] = await world.rows('select * from placement_status where placement_id = $1', placementId);
    expect(status).toMatchObject({ contact_outcome: 'NO_ANSWER', messages: 1, late: false, flag: null });
    // What the bank does meanwhile is kept, and flagged.
    const contact = { channel: 'PHONE', direction: 'OUTBOUND', outcome: 'CONNECTED', at: '2026-03-02T03:00:00Z' };
    await recordInteraction(world.store, { ...request((await caseOf(account)).id), ...contact });
    expect(await entriesOf(account)).toContain('CONTACT_WHILE_PLACED');
    const actions = await world.ask(
      'supervisor',
      `{ case(id: "${(await caseOf(account)).id}") { availableActions { name allowed ruleIds } } }`,
    );
    const byName = new Map(actions.data.case.availableActions.map((each: any) => [each.name, each]));
    expect(byName.get('CONTACT_BORROWER')).toMatchObject({ allowed: false, ruleIds: expect.arrayContaining(['one-contact-owner']) });
    expect(byName.get('PLACE_WITH_AGENCY')).toMatchObject({ allowed: false, ruleIds: ['one-contact-owner'] });

    await recallPlacement(world.store, { ...request((await caseOf(account)).id), placementId, reason: 'Promise made' });
    await until(async () => (await placementOf(account)).state === 'RECALLED', 'it has returned the case');
    expect(await placementOf(account)).toMatchObject({ closed_on: '2026-03-02', recall_due_on: null });
    expect(await caseOf(account)).toMatchObject({ placement: 'NONE', placeable_from: '2026-03-09' });
    expect(await rulesAgainst(account, agencyId)).toEqual(['cooling-off']);
  },
  30_000,
);

it('a payment to the bank, its reversal and what has changed are told once a date, and a hold at once', async () => {
  await place('L05');
  await until(async () => (await placementOf('L05')).state === 'ACKNOWLEDGED', 'it is taken on');
  await placeHold(world.store, {
    ...request((await caseOf('L05')).id),
    type: 'DISPUTE',
    scopes: ['LEGAL'],
    reason: 'Says it is not theirs',
  });
  expect(await handoffsOf('L05', 'updateCase')).toMatchObject([{ payload: { heldScopes: ['LEGAL'] } }]);
  await to('2026-03-03');
  expect(await handoffsOf('L05', 'updateCase')).toHaveLength(1);
  await tell('L05', paid(2, 'p1', '2026-03-03', 100_00), paid(3, 'p2', '2026-03-03', 50_00));
  await to('2026-03-04');
  expect(
    (await handoffsOf('L05', 'reportDirectPayment')).map(({ payload }) => [payload.paymentRef, payload.kind, payload.amount.amount]),
  ).toEqual([
    ['p1', 'PAYMENT', '100.00'],
    ['p2', 'PAYMENT', '50.00'],
  ]);
  expect((await handoffsOf('L05', 'updateCase')).map(({ payload }) => payload.claim[0].total.amount)).toEqual(['1000.00', '850.00']);
  await tell('L05', reversed(4, 'p1', '2026-03-04'));
  await to('2026-03-05');
  await to('2026-03-06');
  expect((await handoffsOf('L05', 'reportDirectPayment')).map(({ payload }) => `${payload.kind} ${payload.paymentRef}`)).toEqual([
    'PAYMENT p1',
    'PAYMENT p2',
    'REVERSAL p1',
  ]);
  await until(
    async () =>
      (await handoffsOf('L05', 'updateCase')).every(({ state }) => state === 'ACCEPTED') &&
      (await handoffsOf('L05', 'updateCase')).length === 3,
    'the agency has taken each update',
  );
}, 30_000);

describe('with agencies that do not answer by themselves', () => {
  beforeAll(() => delivery.stop());

  it('an objection is granted: the agency goes on; refused: the recall is final', async () => {
    for (const [account, answer] of [
      ['L06', 'GRANTED'],
      ['L07', 'REFUSED'],
    ] as const) {
      const placementId = await place(account);
      const { id } = await caseOf(account);
      await says(account, 'placement.status', { activity: { calls: 1 } });
      await recallPlacement(world.store, { ...request(id), placementId, reason: 'A closer look' });
      await says(account, 'placement.status', { activity: { calls: 2 } });
      await says(account, 'placement.recallObjected', {
        reason: 'It is promised',
        promise: { amount: { amount: '5.00', currency: 'IDR' }, dueOn: '2026-03-08' },
      });
      expect(await placementOf(account)).toMatchObject({
        state: 'OBJECTED',
        objection_reason: 'It is promised (promised by 2026-03-08)',
        recall_due_on: '2026-03-11',
      });
      expect(await caseOf(account)).toMatchObject({ placement: 'RECALL_OBJECTED' });
      const answered = await answerRecallObjection(world.store, { ...request(id), placementId, answer, reason: 'So decided' });
      expect(answered).toMatchObject({ done: { placementId } });
      expect(await placementOf(account)).toMatchObject({ state: answer === 'GRANTED' ? 'WORKING' : 'RECALLED', objection_answer: answer });
      expect(await handoffsOf(account, 'answerObjection')).toMatchObject([{ payload: { answer } }]);
      expect(await handoffsOf(account, 'finalRecall')).toHaveLength(answer === 'GRANTED' ? 0 : 1);
      expect(await entriesOf(account)).toContain('AGENCY_CONTACT_FLAGGED');
      expect(await answerRecallObjection(world.store, { ...request(id), placementId, answer, reason: 'Again' })).toMatchObject({
        refused: [{ ruleId: 'recall-objected' }],
      });
    }
  });

  it('what is not acknowledged or told in time is late; a recall without an answer is final after its window; a term ends by itself', async () => {
    await place('L08'); // says nothing at all
    const recalled = await place('L09');
    await place('L10', 'mitra-tagih', '2026-03-20');
    await place('L11');
    for (const account of ['L10', 'L11']) await says(account, 'placement.acknowledged');
    await recallPlacement(world.store, { ...request((await caseOf('L09')).id), placementId: recalled, reason: 'A closer look' });
    await to('2026-03-11');
    expect(await entriesOf('L08')).toContain('PLACEMENT_ACKNOWLEDGEMENT_LATE');
    expect(await placementOf('L09')).toMatchObject({ state: 'RECALL_REQUESTED' });
    await to('2026-03-12');
    expect(await placementOf('L09')).toMatchObject({ state: 'RECALLED', closed_on: '2026-03-12' });
    expect(await handoffsOf('L09', 'finalRecall')).toMatchObject([{ payload: { reason: 'A closer look', effectiveOn: '2026-03-12' } }]);
    await to('2026-03-21');
    expect(await placementOf('L10')).toMatchObject({ state: 'EXPIRED', closed_on: '2026-03-21', statuses_late: 2 });
    expect(await handoffsOf('L10', 'finalRecall')).toMatchObject([{ payload: { reason: 'EXPIRED' } }]);
    expect(await placementOf('L11')).toMatchObject({ state: 'ACKNOWLEDGED', statuses_late: 2, status_due_on: '2026-03-27' });
    expect((await caseOf('L09')).placeable_from).toBeNull(); // has cooled off
    expect(await entriesOf('L09')).toContain('PLACEMENT_COOLED_OFF');
    // What comes after the end is kept, told once, and moves nothing.
    for (let time = 0; time < 2; time++) await says('L10', 'placement.status', { activity: { visits: 1 }, complaints: 1 }, 900);
    expect(await world.rows(`select flag, visits from placement_status where case_id = $1`, (await caseOf('L10')).id)).toEqual([
      { flag: 'AFTER_END', visits: 1 },
    ]);
    expect(await placementOf('L10')).toMatchObject({ state: 'EXPIRED' });
  }, 30_000);

  it.each([
    ['L12', 'DECEASED', 'DECEASED'],
    ['L13', 'CEASE_COMMUNICATION', 'CEASE_CONTACT'],
    ['L14', 'UNCOLLECTABLE', null],
  ])('%s closes as %s', async (account, code, hold) => {
    await place(account);
    await says(account, 'placement.closed', { code });
    expect(await placementOf(account)).toMatchObject({ state: 'CLOSED', close_code: code });
    const holds = await world.rows('select type, scopes from hold where case_id = $1', (await caseOf(account)).id);
    expect(holds.map(({ type }) => type)).toEqual(hold ? [hold] : []);
  });

  it('a file of news is taken whole, each of its news once; one that speaks of another agency’s placement is refused', async () => {
    await place('L25', 'mitra-tagih');
    const { handoff_id } = await placementOf('L25');
    const { handoff_id: others } = await placementOf('L11');
    const csv = (...rows: string[]) => [statusColumns.join(), ...rows, `E,,,${rows.length}${','.repeat(13)}`].join('\n');
    const status = (ref: string, n: number) => `N,${ref},MT-9,${n},2026-03-21T09:00:00Z,STATUS,2,,,1,,NO_ANSWER,,,,,`;
    const take = (file: string, sha = 'ab') => {
      const read = readStatusFile(file);
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return takeAgencyFile(world.store, 'mitra-tagih', sha, read.news);
    };
    expect(await take(csv(status(handoff_id, 1), status(others, 1)))).toEqual({
      problems: [{ line: 3, problem: 'placement_ref is no placement of this agency' }],
    });
    expect(await placementOf('L25')).toMatchObject({ state: 'OFFERED', statuses: 0 });
    expect(await take(csv(status(handoff_id, 1), status(handoff_id, 2)))).toEqual({ recorded: 2, seenBefore: 0 });
    expect(await take(csv(status(handoff_id, 1), status(handoff_id, 2)))).toEqual({ recorded: 0, seenBefore: 2 });
    expect(await placementOf('L25')).toMatchObject({ state: 'WORKING', statuses: 2 });
  });

  it('a case that is paid is asked back', async () => {
    await place('L15');
    await says('L15', 'placement.acknowledged');
    await tell('L15', paid(2, 'p15', '2026-03-22', 1_000_00));
    await to('2026-03-24');
    expect(await handoffsOf('L15', 'recallCase')).toMatchObject([{ payload: { reason: 'PAID' } }]);
    await says('L15', 'placement.recalled');
    await to('2026-03-25');
    expect(await world.rows('select status from recovery_case where id = $1', (await caseOf('L15')).id)).toEqual([{ status: 'CLOSED' }]);
  });

  it('a batch is shared out by its seed, within shares and capacity, and each case that is left out has its reason', async () => {
    const [{ live }] = (await world.rows<{ live: number }>(
      `select count(*)::int as live from agency_placement where agency_id = 'mitra-tagih' and closed_on is null`,
    )) as [{ live: number }];
    await registerAgency(world.store, 'mitra-tagih', { mostCases: live + 3 });
    const batch = accounts.slice(15, 24); // of which one is placed already
    await place('L24');
    const ids = await Promise.all(batch.map(async (account) => `"${(await caseOf(account)).id}"`));
    const split = '[{ agencyId: "lotus-recovery", share: "0.5" }, { agencyId: "mitra-tagih", share: "0.5" }]';
    const ask = (key: string, seed: string, dryRun: boolean, these = ids) =>
      world.ask(
        'supervisor',
        `mutation { placeBatch(input: { caseIds: [${these.join(', ')}], split: ${split}, seed: "${seed}", idempotencyKey: "${key}", dryRun: ${dryRun} }) {
          userErrors { code } dryRun batch { id seed placed leftOut shares { agencyId share cases } allotments(first: 20) { nodes { agencyId ruleId case { ref } placement { state batchId } } } }
          allotments { caseId agencyId ruleId } } }`,
      );
    const dry = await ask('b0', 'of spring', true);
    expect(dry.data?.placeBatch ?? dry.errors).toMatchObject({ userErrors: [], dryRun: true, batch: null });
    const { data, errors } = await ask('b1', 'of spring', false);
    expect(errors).toBeUndefined();
    const { allotments } = data.placeBatch;
    expect(allotments).toEqual(dry.data.placeBatch.allotments);
    const got = (agencyId: string | null) => allotments.filter((each: any) => each.agencyId === agencyId).length;
    expect([got('lotus-recovery'), got('mitra-tagih'), got(null)]).toEqual([4, 3, 2]);
    expect(
      allotments
        .filter((each: any) => !each.agencyId)
        .map(({ ruleId }: any) => ruleId)
        .sort(),
    ).toEqual(['agency-capacity', 'one-contact-owner']);
    expect(data.placeBatch.batch).toMatchObject({
      seed: 'of spring',
      placed: 7,
      leftOut: 2,
      shares: [{ agencyId: 'lotus-recovery', share: '0.500000', cases: 4 }, { cases: 3 }],
    });
    expect((await ask('b1', 'of spring', false)).data.placeBatch.allotments).toEqual(allotments);
    const [{ n }] = (await world.rows<{ n: number }>('select count(*)::int as n from agency_placement where batch_id is not null')) as [
      { n: number },
    ];
    expect(n).toBe(7);
    // Also of a case that does not carry the fact the past can be told.
    const last = allotments.findLast((each: any) => each.agencyId).caseId;
    const past = await world.ask('supervisor', `{ case(id: "${last}", asOf: {}) { placement placements { agencyId state batchId } } }`);
    expect(past.data?.case ?? past.errors).toMatchObject({
      placement: 'PLACED',
      placements: [{ state: 'OFFERED', batchId: data.placeBatch.batch.id }],
    });
    const rules = await placeBatch(world.store, {
      actor: supervisor,
      idempotencyKey: 'b2',
      asked: {},
      caseIds: [(await caseOf('L01')).id],
      split: null,
      seed: 's',
      dryRun: true,
    });
    expect(rules).toMatchObject({ allotments: [{ agencyId: 'lotus-recovery', ruleId: 'rest' }] });
    expect((await ask('b3', 'x', false, [ids.at(-1)!])).data.placeBatch).toMatchObject({
      userErrors: [{ code: 'GUARD_REJECTED' }],
      batch: null,
    });
  }, 30_000);

  it('the league table compares what was recovered at equal age, and how well', async () => {
    await to('2026-04-06');
    const table = (from: string) =>
      world.ask(
        'auditor',
        `{ agencyLeague(from: "${from}", to: "2026-03-06", months: 1) { agencyId placements placed { amount } recovered { amount } commission { amount currency } liquidation netLiquidation statuses statusesLate complaintsPerThousand breaches } }`,
      );
    const { data, errors } = await table('2026-03-01');
    expect(errors).toBeUndefined();
    const rows = new Map<string, any>(data.agencyLeague.map((each: any) => [each.agencyId, each]));
    // Of L05 50 of its 150 are left after the reversal.
    const lotus = rows.get('lotus-recovery');
    expect(lotus.recovered).toEqual({ amount: '50.00' });
    expect(Number(lotus.placed.amount)).toBe(1_000 * lotus.placements);
    expect(lotus.commission).toEqual({ amount: '9.00', currency: 'IDR' });
    expect(lotus.liquidation).toBe((50 / Number(lotus.placed.amount)).toFixed(6));
    expect(rows.get('mitra-tagih')).toMatchObject({ recovered: { amount: '0.00' }, liquidation: '0.000000', breaches: 1 });
    expect(
      (await world.ask('agency', '{ agencyLeague(from: "2026-03-01", to: "2026-03-31", months: 1) { agencyId } }')).errors?.[0]?.extensions
        .code,
    ).toBe('FORBIDDEN');
  }, 60_000);
});

it(
  'the log makes the same again',
  () => replaysAlike(world.store, world.databaseUrl, 'select id, state, closed_on::text, told_sha256 from agency_placement order by id'),
  60_000,
);
