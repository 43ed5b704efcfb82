// Two suits from the first overdue day to their ends, over real HTTP with strict simulated firms: an Indonesian one to satisfaction, a Chinese one that is paid while its firm is down.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { plusDays } from '../../src/domain/day.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { openPartners, type Partners } from '../support/partner-world.js';
import { line, paid, reversed, snapshot, told } from '../support/read-model.js';
import { replaysAlike } from '../support/replays-alike.js';
import { until } from '../support/until.js';

let world: GraphWorld;
let partners: Partners;
const ids: Record<string, string> = {};
let today = '2026-04-12';
let asked = 0;

/** Rp 20 million of one due date. */
const owed = 20_000_000_00;
beforeAll(async () => {
  world = await openGraphWorld(false);
  partners = await openPartners(world.store);
  for (const country of ['ID', 'CN']) {
    await tell(country, snapshot(1, [line(1, '2026-01-10', owed)], { jurisdiction: country, on: '2025-01-10', principal: owed }));
    await tell(
      country,
      told('BorrowerUpdated', 1, '2025-01-10', {
        borrowerId: `B-${country}`,
        name: `Debtor of ${country}`,
        jurisdiction: country,
        nationalId: null,
        language: 'en',
        timeZone: 'UTC',
        segment: null,
        address: null,
        contactPoints: [],
      }),
    );
  }
  await to(today);
  for (const { id, jurisdiction } of await world.rows('select id, jurisdiction from recovery_case')) ids[jurisdiction] = id;
  await partners.deliver();
}, 120_000);
afterAll(async () => {
  await partners?.stop();
  await world?.stop();
}, 60_000);

const tell = (country: string, fact: LoanFact) =>
  world.store.transaction((tx) =>
    recordLateFacts(tx, [
      {
        ...fact,
        id: `${country}/${fact.id}`,
        tenant: 'law',
        aggregateId: (fact.type as string) === 'BorrowerUpdated' ? `law/core/borrower/B-${country}` : `law/core/${country}`,
        data:
          fact.type === 'LoanAccountSnapshotted'
            ? { ...fact.data, borrowerId: `B-${country}`, accountNo: `${country}-1`, productId: 'P1' }
            : fact.data,
      } as never,
    ]),
  );
async function to(date: string): Promise<void> {
  await advanceBusinessDate(world.store, 'law', date);
  today = date;
}
async function ask(query: string, variables: object = {}, role = 'legal') {
  const { data, errors } = await world.ask(role, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
/** One mutation on a case; its refusals by rule. */
async function act(country: string, name: string, more: string, role = 'legal'): Promise<string[]> {
  const data = await ask(
    `mutation ($id: ID!, $key: String!) { ${name}(input: { caseId: $id, idempotencyKey: $key, ${more} }) { userErrors { code message ... on GuardRejected { ruleId } } } }`,
    { id: ids[country], key: `${name} ${++asked}` },
    role,
  );
  return data[name].userErrors.map((each: { ruleId?: string; code: string }) => each.ruleId ?? each.code);
}
const matterOf = async (country: string) => {
  const fields = `id state preservation demandLevel demandProvedOn court docket procedure filedOn judgmentResult finalOn enforcementRef withdrawalToDecide
    claimed { amount } remaining { amount } awarded { amount } nextStep { step term verified } suggestedSteps { step }
    custody { event custodian sha256 } manifestSha256 preservationOrders { orderRef state expiresOn } instructions { kind handoff { state } }
    payments { kind amount { amount } claim { amount } dueOn acknowledgedOn late handoff { state } } clocks { kind state startedOn expiresOn alarms }`;
  const { case: theCase } = await ask(
    `query ($id: ID!) { case(id: $id) { stage status legal preservation matters { ${fields} } statutoryClocks { kind state startedOn expiresOn citation verified interruptedBy { cause void } } } }`,
    { id: ids[country] },
  );
  return { ...theCase.matters[0], theCase };
};
const instruct = async (country: string, approve: string, more = '') =>
  act(country, 'instructMatter', `matterId: "${(await matterOf(country)).id}", approve: ${approve} ${more}`);
const becomes = (country: string, state: string) =>
  until(`the matter in ${country} is ${state}`, async () => (await matterOf(country)).state === state, 10_000);
const clockOf = async (country: string, kind: string) =>
  (await matterOf(country)).theCase.statutoryClocks.find((each: { kind: string }) => each.kind === kind);
const firms: Record<string, string> = { ID: 'merdeka-law', CN: 'harbor-legal' };
/** Makes the firm tell something, by its own page. */
async function step(country: string, type: string, data?: object): Promise<void> {
  const firm = firms[country]!;
  const { deliveryId } = (await partners.ledger(firm)).find(({ operation }) => operation === 'placeClaim')!;
  const response = await fetch(`${partners.partnerUrl(firm)}/control/deliveries/${deliveryId}/steps`, {
    method: 'POST',
    body: JSON.stringify({ type, ...(data ? { data } : {}) }),
  });
  expect([type, response.status]).toEqual([type, 202]);
}
const entries = async (country: string, type: string) =>
  (await world.rows('select summary from timeline_entry where case_id = $1 and type = $2 order by sequence', ids[country], type)).length;

it('Indonesia: a hand-over keeps who has the evidence, and begins no second suit', async () => {
  expect(await clockOf('ID', 'LIMITATION')).toMatchObject({
    state: 'RUNNING',
    startedOn: '2026-01-10',
    expiresOn: '2056-01-10',
    verified: false,
  });
  expect(await act('ID', 'instructLawFirm', 'lawFirmId: "merdeka-law"')).toEqual([]);
  expect(await act('ID', 'instructLawFirm', 'lawFirmId: "merdeka-law"')).toEqual(['one-live-matter']);
  await becomes('ID', 'ACCEPTED');
  const { custody, manifestSha256, nextStep, claimed } = await until('the firm has said what it has', async () => {
    const matter = await matterOf('ID');
    return matter.custody.length === 4 && matter;
  });
  expect(new Set(custody.map(({ event }: { event: string }) => event))).toEqual(new Set(['BUILT', 'FROZEN', 'HANDED_OVER', 'RECEIVED']));
  expect(custody.every(({ sha256 }: { sha256: string }) => sha256 === manifestSha256)).toBe(true);
  expect([nextStep, claimed]).toEqual([{ step: 'DEMAND_1', term: 'somasi 1', verified: false }, { amount: '20000000.00' }]);
}, 60_000);

it('Indonesia: a suit is not approved before all that it needs, each by its rule, and the front-end is told the same', async () => {
  const refused = async () => {
    const rules = await instruct('ID', 'FILING');
    const { case: theCase } = await ask('query ($id: ID!) { case(id: $id) { availableActions { name ruleIds reasons } } }', {
      id: ids['ID'],
    });
    const shown = theCase.availableActions.find(({ name }: { name: string }) => name === 'APPROVE_FILING');
    expect(shown.ruleIds).toEqual(rules);
    return { rules, reasons: shown.reasons as string[] };
  };
  const first = await refused();
  expect(first.rules).toEqual(['hardship-assessed', 'enough-attempts', 'evidence-complete']);
  expect(first.reasons[2]).toBe('Evidence is missing: DEMAND_PROOF');
  for (const level of [1, 2, 3]) {
    expect(await instruct('ID', 'DEMAND')).toEqual([]);
    await until(`demand ${level} is sent`, async () => (await matterOf('ID')).demandLevel === level, 10_000);
  }
  expect((await matterOf('ID')).nextStep).toEqual({ step: 'FILE_SMALL_CLAIM', term: 'gugatan sederhana', verified: true });
  expect((await clockOf('ID', 'LIMITATION')).interruptedBy.map(({ cause }: { cause: string }) => cause)).toEqual([
    'DEMAND',
    'DEMAND',
    'DEMAND',
  ]);
  expect((await refused()).rules).toEqual(['hardship-assessed', 'enough-attempts']);
  expect(await act('ID', 'assessHardship', 'cause: TEMPORARY_HARDSHIP, words: "Lost work, has a new one from May"', 'collector')).toEqual(
    [],
  );
  expect((await refused()).rules).toEqual(['suit-not-barred', 'enough-attempts']);
  expect(await act('ID', 'assessHardship', 'cause: REFUSAL, words: "Works, and says that nothing will be paid"', 'supervisor')).toEqual([]);
  for (const outcome of ['NO_ANSWER', 'NO_ANSWER', 'REFUSAL_TO_PAY'])
    expect(
      await act(
        'ID',
        'recordInteraction',
        `channel: PHONE, direction: OUTBOUND, outcome: ${outcome}, at: "2026-04-13T0${asked % 8}:00:00Z"`,
        'collector',
      ),
    ).toEqual([]);
  expect((await refused()).rules).toEqual([]); // and so it was approved
  await becomes('ID', 'FILED');
}, 60_000);

it('Indonesia: what is filed stops the limitation period and stands in the case', async () => {
  const matter = await matterOf('ID');
  expect(matter).toMatchObject({ court: 'Pengadilan Negeri Jakarta Selatan', procedure: 'ORDINARY', claimed: { amount: '20000000.00' } });
  expect(matter.theCase).toMatchObject({ stage: 'LITIGATION', legal: 'FILED' });
  expect((await clockOf('ID', 'LIMITATION')).state).toBe('STOPPED');
  expect(await instruct('ID', 'FILING')).toEqual(['matter-stands-for-it']);
  expect(await instruct('ID', 'APPEAL')).toEqual(['matter-stands-for-it']);
  const letter = Buffer.from('Signed by the debtor').toString('base64');
  const more = `matterId: "${matter.id}", kind: OTHER, name: "letter.txt", mediaType: "text/plain"`;
  expect(await act('ID', 'addMatterEvidence', `${more}, content: "not base64"`)).toEqual(['INVALID_INPUT']);
  expect(await act('ID', 'addMatterEvidence', `${more}, content: "${letter}"`)).toEqual([]);
  expect(await act('ID', 'addMatterEvidence', `${more}, content: "${letter}"`)).toEqual(['INVALID_INPUT']);
  await until('the firm has the letter', async () => (await matterOf('ID')).custody.length === 6, 10_000);
}, 60_000);

it('Indonesia (I-04): a payment after filing, and its reversal, reach the firm with what is claimed since', async () => {
  await tell('ID', paid(2, 'P-1', today, 5_000_000_00));
  await until('the firm knows of the payment', async () => (await matterOf('ID')).payments[0]?.acknowledgedOn, 10_000);
  expect(await matterOf('ID')).toMatchObject({
    state: 'FILED',
    claimed: { amount: '20000000.00' },
    payments: [
      {
        kind: 'PAYMENT',
        amount: { amount: '5000000.00' },
        claim: { amount: '15000000.00' },
        dueOn: plusDays(today, 2),
        acknowledgedOn: today,
        late: false,
      },
    ],
  });
  expect((await matterOf('ID')).remaining).toEqual({ amount: '15000000.00' });
  await tell('ID', reversed(3, 'P-1', today));
  await until(
    'the firm knows of the reversal',
    async () => (await matterOf('ID')).payments.every((each: any) => each.acknowledgedOn),
    10_000,
  );
  expect(await matterOf('ID')).toMatchObject({ remaining: { amount: '20000000.00' } });
  expect(
    (await partners.ledger('merdeka-law')).filter(({ operation, status }) => operation === 'reportDirectPayment' && status === 201),
  ).toHaveLength(2);
  expect((await clockOf('ID', 'LIMITATION')).interruptedBy).toContainEqual({ cause: 'PAYMENT', void: true });
}, 60_000);

it('Indonesia: judgment, finality, enforcement, its end without assets, its resumption, and satisfaction', async () => {
  for (const [type, state] of [
    ['panggilan', 'SERVED'],
    ['mediasi', 'MEDIATION'],
    ['sidang', 'HEARING'],
    ['putusan', 'JUDGMENT'],
    ['banding', 'APPEAL'],
    ['putusan', 'JUDGMENT'],
    ['inkracht', 'FINAL'],
  ] as const) {
    await step('ID', type);
    await becomes('ID', state);
  }
  expect(await matterOf('ID')).toMatchObject({
    judgmentResult: 'FULL',
    awarded: { amount: '20000000.00' },
    nextStep: { step: 'APPLY_FOR_ENFORCEMENT', term: 'eksekusi' },
  });
  expect(await clockOf('ID', 'ENFORCEMENT_APPLICATION')).toMatchObject({ state: 'RUNNING' });
  expect(await instruct('ID', 'ENFORCEMENT')).toEqual([]);
  await becomes('ID', 'ENFORCEMENT_APPLIED');
  expect(await clockOf('ID', 'ENFORCEMENT_APPLICATION')).toMatchObject({ state: 'MET' });
  for (const [type, state] of [
    ['eksekusi', 'ENFORCING'],
    ['eksekusi_ditangguhkan', 'SUSPENDED_NO_ASSET'],
  ] as const) {
    await step('ID', type);
    await becomes('ID', state);
  }
  expect(await instruct('ID', 'RESUMPTION')).toEqual([]);
  await becomes('ID', 'ENFORCING');
  expect((await matterOf('ID')).theCase.stage).toBe('ENFORCEMENT');
  await step('ID', 'lunas');
  await becomes('ID', 'SATISFIED');
  const { instructions, theCase } = await matterOf('ID');
  expect(instructions.map(({ kind, handoff }: any) => `${kind} ${handoff.state}`).toSorted()).toEqual(
    ['DEMAND', 'DEMAND', 'DEMAND', 'ENFORCEMENT', 'FILING', 'RESUMPTION'].map((kind) => `${kind} ACCEPTED`),
  );
  expect(theCase.legal).toBe('PRE_LEGAL');
  expect((await clockOf('ID', 'LIMITATION')).state).toBe('RUNNING');
}, 60_000);

it('China (X-3, X-5): no suit under a stay or an arrangement, but one that a statutory period forces', async () => {
  expect(await act('CN', 'instructLawFirm', 'lawFirmId: "harbor-legal"')).toEqual([]);
  await becomes('CN', 'ACCEPTED');
  expect(await instruct('CN', 'LAWYER_LETTER')).toEqual([]);
  await becomes('CN', 'LAWYER_LETTER');
  expect((await clockOf('CN', 'LIMITATION')).expiresOn > '2029-01-10').toBe(true); // begun anew by the letter, as the policy of China says
  expect((await matterOf('CN')).suggestedSteps.map(({ step }: { step: string }) => step)).toEqual([
    'FILE_SUIT',
    'PAYMENT_ORDER',
    'APPLY_FOR_PRESERVATION',
  ]);
  expect(await act('CN', 'assessHardship', 'cause: UNREACHABLE, words: "Moved away; letters come back"')).toEqual([]);
  expect(await act('CN', 'placeHold', 'type: BANKRUPTCY, scopes: [CONTACT], reason: "Petition"', 'supervisor')).toEqual([]);
  expect(
    await act('CN', 'recordPromise', `amount: { amount: "100.00", currency: "IDR" }, dueOn: "${plusDays(today, 15)}"`, 'collector'),
  ).toEqual([]);
  expect(await instruct('CN', 'FILING')).toEqual(['no-stay', 'no-arrangement']);
  expect((await clockOf('CN', 'LIMITATION')).interruptedBy.map(({ cause }: { cause: string }) => cause).toSorted()).toEqual([
    'ACKNOWLEDGEMENT',
    'DEMAND',
  ]);
  expect(await instruct('CN', 'PRESERVATION')).toEqual([]);
  await until('preservation is applied for', async () => (await matterOf('CN')).preservation === 'APPLIED', 10_000);
  const [{ orderRef }] = (await matterOf('CN')).preservationOrders;
  await step('CN', 'matter.preservationGranted', { orderRef, grantedOn: today, expiresOn: plusDays(today, 60) });
  await until('it is granted', async () => (await matterOf('CN')).preservation === 'GRANTED', 10_000);
  expect(await clockOf('CN', 'FILING_AFTER_PRESERVATION')).toMatchObject({
    state: 'RUNNING',
    startedOn: today,
    expiresOn: plusDays(today, 30),
  });
  expect(await instruct('CN', 'FILING')).toEqual(['no-stay']);
}, 60_000);

it('China (I-01, I-02): clocks ring and renewals go on under holds and promises', async () => {
  expect(await act('CN', 'placeHold', 'type: COMPLAINT, scopes: [LEGAL], reason: "Looked into"', 'supervisor')).toEqual([]);
  await to(plusDays(today, 16));
  expect(await entries('CN', 'STATUTORY_CLOCK_ALARM')).toBe(2); // 60 days of preservation at once, 14 of the suit
  expect((await clockOf('CN', 'FILING_AFTER_PRESERVATION')).state).toBe('RUNNING');
  expect(await instruct('CN', 'FILING')).toEqual(['no-legal-hold', 'no-stay']);
  const holds = await world.rows(`select id from hold where case_id = $1 and released_at is null`, ids['CN']);
  for (const { id } of holds) expect(await act('CN', 'releaseHold', `holdId: "${id}", reason: "Over"`, 'supervisor')).toEqual([]);
  expect(await instruct('CN', 'FILING')).toEqual([]);
  const [filing] = await world.rows(
    `select h.deadline_on::text as on from handoff h join matter_instruction i on i.handoff_id = h.id where h.case_id = $1 and i.kind = 'FILING'`,
    ids['CN'],
  );
  expect(filing!.on).toBe((await clockOf('CN', 'FILING_AFTER_PRESERVATION')).expiresOn); // near it a person is called
  await until('the suit is filed', async () => (await matterOf('CN')).filedOn, 10_000);
  expect(await act('CN', 'placeHold', 'type: COMPLAINT, scopes: [LEGAL], reason: "Again"', 'supervisor')).toEqual([]);
  await to(plusDays(today, 15));
  expect((await matterOf('CN')).preservation).toBe('RENEW_DUE');
  expect((await matterOf('CN')).nextStep.step).toBe('RENEW_PRESERVATION');
  expect(await instruct('CN', 'PRESERVATION')).toEqual(['no-legal-hold']);
  expect(await instruct('CN', 'PRESERVATION_RENEWAL')).toEqual([]);
  await until('preservation is renewed', async () => (await matterOf('CN')).preservation === 'RENEWED', 10_000);
  expect((await clockOf('CN', 'FILING_AFTER_PRESERVATION')).state).toBe('MET');
}, 60_000);

it('China (I-03, I-04): paid in full while the firm is down, the suit stands until somebody decides', async () => {
  await partners.fault('harbor-legal', { status: 503 });
  await tell('CN', paid(2, 'P-1', today, owed));
  const due = plusDays(today, 2);
  await to(plusDays(today, 1));
  expect(await entries('CN', 'MATTER_WITHDRAWAL_TO_DECIDE')).toBe(0);
  await to(plusDays(today, 1));
  expect(await entries('CN', 'MATTER_WITHDRAWAL_TO_DECIDE')).toBe(1);
  await to(plusDays(today, 2));
  expect(await entries('CN', 'MATTER_WITHDRAWAL_TO_DECIDE')).toBe(1);
  const matter = await matterOf('CN');
  expect(matter).toMatchObject({ state: 'FILED', withdrawalToDecide: true, remaining: { amount: '0.00' } });
  expect(matter.theCase.status).toBe('OPEN');
  expect(matter.payments).toMatchObject([{ dueOn: due, acknowledgedOn: null, late: true }]);
  await partners.fault('harbor-legal', null);
  await until('the firm knows of the payment', async () => (await matterOf('CN')).payments[0].acknowledgedOn === today, 20_000);
  expect(await act('CN', 'withdrawMatter', `matterId: "${matter.id}", reason: "Paid in full"`)).toEqual([]);
  await becomes('CN', 'WITHDRAWN');
  await to(plusDays(today, 1));
  const { theCase } = await matterOf('CN');
  expect([theCase.status, theCase.statutoryClocks.every(({ state }: { state: string }) => state !== 'RUNNING')]).toEqual(['CLOSED', true]);
}, 60_000);

it('tells of the past what was so: clocks rang then, too', async () => {
  for (const country of ['ID', 'CN']) {
    const query = (asOf: string) => `query ($id: ID!) { case(id: $id${asOf}) { timeline(first: 100) { nodes { type effectiveOn } } } }`;
    const live = (await ask(query(''), { id: ids[country] })).case.timeline.nodes;
    expect(live.some(({ type }: { type: string }) => type.startsWith('STATUTORY_CLOCK') || type.startsWith('PRESERVATION_'))).toBe(
      country === 'CN',
    );
    expect((await ask(query(', asOf: {}'), { id: ids[country] })).case.timeline.nodes).toEqual(live);
  }
}, 60_000);

it(
  'a replay of the log comes to the same matters, orders, clocks and payments',
  () => replaysAlike(world.store, world.databaseUrl),
  60_000,
);
