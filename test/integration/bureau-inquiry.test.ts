// Inquiries at a credit bureau, from the mutation to the accounts that its report tells of: real Postgres, the bureau's strict simulator, rights, cost, and the same by replay.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import { replay } from '../../src/actions/replay.js';
import { keptInquiry, reportOn } from '../../src/sandbox/partners/nusa/inquiries.js';
import { digestOf } from '../../src/storage/digest.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { serveGraph } from '../support/graph-world.js';
import { newsOf } from '../support/news.js';
import { openWorld, until, type World } from '../support/partner-world.js';

/** Borrowers of whom the bureau knows other lenders that are late, or nothing at all. */
const found = (n: number) => {
  const nationalId = String(3174010101900000 + n);
  return { nationalId, told: reportOn(keptInquiry({ borrowerRef: 'x', requestedOn: '2026-06-01', nationalId }), []) as any };
};
const candidates = Array.from({ length: 200 }, (_, n) => found(n));
const late = candidates.filter(({ told }) => told.data.report?.tradelines.some(({ daysPastDue }: any) => daysPastDue > 0));
const unknown = candidates.filter(({ told }) => told.type === 'inquiry.noHit');
const seeded = ['borrower', 'loan', 'instalment', 'recovery_case', 'case_loan', 'business_day'];

let world: World;
let graph: Awaited<ReturnType<typeof serveGraph>>;
const free: string[] = [];
/** A case of a borrower with this national id. */
const newCase = async (nationalId: string | null = late[0]!.nationalId) => {
  const caseId = free.pop()!;
  await world.rows(
    'update borrower set national_id = $2 where id = (select borrower_id from recovery_case where id = $1)',
    caseId,
    nationalId,
  );
  await world.rows(
    'update snap.borrower set national_id = $2 where id = (select borrower_id from recovery_case where id = $1)',
    caseId,
    nationalId,
  );
  return caseId;
};
beforeAll(async () => {
  world = await openWorld();
  for (let n = 0; n < 20; n++) free.push(await world.newCase());
  await world.rows('create schema snap');
  for (const table of seeded) await world.rows(`create table snap.${table} as select * from public.${table}`);
  graph = await serveGraph(world.store, world.url);
  await world.deliver();
}, 120_000);
afterAll(async () => {
  await graph?.stop();
  await world?.stop();
});

const ask = async (
  role: string,
  query: string,
  variables: object = {},
  purpose: string | null = 'bureau-reporting',
  user = `${role}-1`,
) => {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await graph.token([role], { user })}`,
    ...(purpose ? { 'x-purpose': purpose } : {}),
  };
  const response = await fetch(`${graph.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as { data: any; errors?: { message: string; extensions: { code: string } }[] };
};
const shown = `id purpose legalBasis consentRef cost { amount currency } requestedOn requestedBy state expiresOn multiCreditor otherLendersOverdue problem policyVersion
  handoff { state operation } tradelines { lender accountRef ours outstanding { amount currency } overdue { amount } daysPastDue masked { field maskedReason } }`;
let keys = 0;
const request = async (caseId: string, over: object = {}, role = 'bureauReporter') => {
  const input = { caseId, purpose: 'COLLECTION', legalBasis: 'CONTRACT', idempotencyKey: `inquiry ${++keys}`, ...over };
  const { data, errors } = await ask(
    role,
    `mutation ($input: RequestBureauInquiryInput!) { requestBureauInquiry(input: $input) { cached dryRun inquiry { ${shown} } handoff { id }
       userErrors { __typename code message path ... on GuardRejected { ruleId citation } } } }`,
    { input },
  );
  return errors ? { code: errors[0]!.extensions.code } : data.requestBureauInquiry;
};
const inquiry = (id: string) => world.rows('select * from bureau_inquiry where id = $1', id).then(([row]) => row);
const answered = (id: string, state: string) => until(async () => (await inquiry(id)).state === state, `${id} is ${state}`);
const effects = async () => (await world.ledger('nusa-bureau')).length;
const onCase = async (caseId: string, role = 'bureauReporter', purpose: string | null = 'bureau-reporting', user?: string) =>
  ask(role, `query ($id: ID!) { case(id: $id) { bureauInquiries { ${shown} } } }`, { id: caseId }, purpose, user);

it('is requested, answered, and shown with what it cost, what it was for and the accounts at other lenders', async () => {
  const caseId = await newCase();
  const { inquiry: made, cached, userErrors } = await request(caseId, { consentRef: 'C-7' });
  expect({ userErrors, cached }).toEqual({ userErrors: [], cached: false });
  expect(made).toMatchObject({
    purpose: 'COLLECTION',
    legalBasis: 'CONTRACT',
    consentRef: 'C-7',
    cost: { amount: '15000.00', currency: 'IDR' },
  });
  await answered(made.id, 'COMPLETED');
  const { data } = await onCase(caseId);
  const { tradelines } = late[0]!.told.data.report;
  const lenders = new Set(tradelines.flatMap((line: any) => (line.daysPastDue > 0 ? [line.lender] : [])));
  expect(data.case.bureauInquiries).toMatchObject([
    {
      id: made.id,
      state: 'COMPLETED',
      requestedOn: expect.any(String),
      requestedBy: 'bureauReporter-1',
      multiCreditor: true,
      otherLendersOverdue: lenders.size,
      problem: null,
      policyVersion: 'ID-2026.1',
      handoff: { operation: 'requestInquiry', state: 'ACCEPTED' },
      tradelines: tradelines.map(({ lender, accountRef, overdue, daysPastDue }: any) => ({
        lender,
        accountRef,
        ours: false,
        overdue: { amount: overdue.amount },
        daysPastDue,
        masked: [],
      })),
    },
  ]);
  expect(JSON.stringify(data)).not.toContain(late[0]!.nationalId);
  const [sent] = await world.rows(`select payload from handoff where case_id = $1`, caseId);
  expect(sent.payload).toMatchObject({ nationalId: late[0]!.nationalId, inquiryRef: made.id, purpose: 'COLLECTION', consentRef: 'C-7' });
});

it('is made once while its report is fresh or on its way: the second of the same borrower and purpose costs nothing', async () => {
  const caseId = await newCase();
  const { inquiry: first } = await request(caseId);
  expect(await request(caseId)).toMatchObject({ cached: true, inquiry: { id: first.id } });
  await answered(first.id, 'COMPLETED');
  const before = await effects();
  const again = { idempotencyKey: 'the same key' };
  expect(await request(caseId, again)).toMatchObject({ cached: true, inquiry: { id: first.id, state: 'COMPLETED' }, userErrors: [] });
  expect(await request(caseId, again)).toMatchObject({ cached: true, inquiry: { id: first.id } });
  const dry = await request(caseId, { dryRun: true, purpose: 'ACCOUNT_REVIEW' });
  expect(dry).toMatchObject({ cached: null, dryRun: true, inquiry: null, userErrors: [] });
  expect(await world.rows('select 1 from handoff where case_id = $1', caseId)).toHaveLength(1);
  const entries = await world.rows(`select 1 from timeline_entry where case_id = $1 and type = 'BUREAU_INQUIRY_REUSED'`, caseId);
  expect([await effects(), entries.length]).toEqual([before, 2]);
  const other = await request(caseId, { purpose: 'ACCOUNT_REVIEW' });
  expect(other).toMatchObject({ cached: false });
  expect(other.inquiry.id).not.toBe(first.id);
  await answered(other.inquiry.id, 'COMPLETED');
});

it('of whom the bureau knows nothing ends without an account, and is gone by as well', async () => {
  const caseId = await newCase(unknown[0]!.nationalId);
  const { inquiry: made } = await request(caseId);
  await answered(made.id, 'NO_HIT');
  expect(await inquiry(made.id)).toMatchObject({ multi_creditor: false, other_lenders_overdue: 0 });
  expect(await request(caseId)).toMatchObject({ cached: true, inquiry: { tradelines: [] } });
});

it('is refused by the rules of the jurisdiction, each with its reason, and leaves nothing behind', async () => {
  const [caseId, nameless] = [await newCase(), await newCase(null)];
  const refused = async (of: string, over: object) =>
    (await request(of, over)).userErrors.map(({ code, ruleId, path, citation }: any) => [code, ruleId ?? null, path, !!citation]);
  expect(await refused(caseId, { purpose: 'LITIGATION', legalBasis: 'COURT_ORDER' })).toEqual([
    ['GUARD_REJECTED', 'inquiry-purpose', ['input', 'purpose'], true],
  ]);
  expect(await refused(caseId, { legalBasis: 'COURT_ORDER' })).toEqual([
    ['GUARD_REJECTED', 'inquiry-basis', ['input', 'legalBasis'], true],
  ]);
  for (const over of [{ legalBasis: 'CONSENT' }, { purpose: 'RESTRUCTURING' }])
    expect(await refused(caseId, over)).toEqual([['GUARD_REJECTED', 'inquiry-consent', ['input', 'consentRef'], true]]);
  expect(await refused(nameless, {})).toEqual([['GUARD_REJECTED', 'national-id-known', null, false]]);
  expect(await refused(caseId, { bureauId: 'harbor-legal' })).toEqual([['INVALID_INPUT', null, ['input', 'bureauId'], false]]);
  expect(await world.rows('select 1 from handoff where case_id in ($1, $2)', caseId, nameless)).toEqual([]);
  expect(await world.rows('select 1 from bureau_inquiry where case_id in ($1, $2)', caseId, nameless)).toEqual([]);
});

it('is for supervisors, counsel and the bureau desk; others see none of it, and who sees it masked is told why', async () => {
  const caseId = await newCase();
  for (const role of ['collector', 'auditor', 'platform', 'lawFirm', 'agency'])
    expect([role, await request(caseId, {}, role)]).toEqual([role, { code: 'FORBIDDEN' }]);
  const { inquiry: made } = await request(caseId, {}, 'legal');
  await answered(made.id, 'COMPLETED');
  expect((await onCase(caseId, 'collector')).errors![0]!.extensions.code).toBe('FORBIDDEN');
  expect((await ask('collector', `{ node(id: "${made.id}") { ... on BureauInquiry { state } } }`)).errors![0]!.extensions.code).toBe(
    'FORBIDDEN',
  );
  const [line] = late[0]!.told.data.report.tradelines;
  const seen = async (role: string, purpose: string | null) =>
    (await onCase(caseId, role, purpose, 'lea')).data.case.bureauInquiries[0].tradelines[0];
  expect(await seen('legal', 'litigation')).toMatchObject({ lender: line.lender, accountRef: line.accountRef, masked: [] });
  expect(await seen('legal', null)).toMatchObject({
    lender: expect.stringContaining('***'),
    accountRef: expect.stringContaining('***'),
    masked: [
      { field: 'lender', maskedReason: 'PURPOSE_MISSING' },
      { field: 'accountRef', maskedReason: 'PURPOSE_MISSING' },
    ],
  });
  expect(await seen('auditor', 'audit')).toMatchObject({ lender: line.lender, masked: [{ field: 'accountRef', maskedReason: 'ROLE' }] });
  const reads = await world.rows(
    `select purpose, subject, detail from audit_entry where actor = 'lea' and action = 'READ_UNMASKED' order by number`,
  );
  expect(reads).toEqual([
    { purpose: 'litigation', subject: caseId, detail: { fields: ['Tradeline.lender', 'Tradeline.accountRef'] } },
    { purpose: 'audit', subject: caseId, detail: { fields: ['Tradeline.lender'] } },
  ]);
});

it('that the bureau refuses says why, and may be asked again', async () => {
  const caseId = await newCase();
  await world.fault('nusa-bureau', { refuse: { code: 'NO_CONTRACT', reason: 'Not a member' } });
  const { inquiry: made } = await request(caseId);
  await answered(made.id, 'REFUSED');
  await world.fault('nusa-bureau', null);
  expect(await inquiry(made.id)).toMatchObject({ problem: 'NO_CONTRACT: Not a member', expires_on: null, multi_creditor: null });
  const second = await request(caseId);
  expect(second).toMatchObject({ cached: false });
  await answered(second.inquiry.id, 'COMPLETED');
});

it('waits for a bureau that does not answer, and is answered once it does', async () => {
  await world.fault('nusa-bureau', { status: 503 });
  const cases = [await newCase(), await newCase(late[1]!.nationalId)];
  const made = await Promise.all(cases.map((caseId) => request(caseId).then(({ inquiry }) => inquiry.id as string)));
  await until(
    async () => (await world.rows(`select 1 from handoff where case_id = any($1) and state = 'QUEUED_CIRCUIT_OPEN'`, cases)).length === 2,
    'both wait for the circuit',
  );
  expect(await Promise.all(made.map(async (id) => (await inquiry(id)).state))).toEqual(['REQUESTED', 'REQUESTED']);
  await world.fault('nusa-bureau', null);
  for (const id of made) await answered(id, 'COMPLETED');
});

it('has one answer, whatever is told twice, late, or before the bureau said yes', async () => {
  const caseId = await newCase();
  await world.fault('nusa-bureau', { duplicateCallbacks: true, dropAfterEffect: true });
  const { inquiry: made } = await request(caseId);
  await answered(made.id, 'COMPLETED');
  await world.fault('nusa-bureau', null);
  const { handoff_id: deliveryId } = await inquiry(made.id);
  const common = { deliveryId, partnerRef: 'NB-1', occurredAt: '2026-06-01T10:00:00Z' };
  const before = await world.rows('select * from tradeline where inquiry_id = $1 order by id', made.id);
  const late = ['inquiry.noHit', 'inquiry.refused', 'inquiry.completed'];
  for (const [n, type] of late.entries())
    expect(await recordCallback(world.store, 'nusa-bureau', `late ${n}`, { ...common, type, sequence: 7 + n, data: newsOf(type) })).toBe(
      'recorded',
    );
  expect(await world.rows('select * from tradeline where inquiry_id = $1 order by id', made.id)).toEqual(before);
  expect((await inquiry(made.id)).state).toBe('COMPLETED');
  const news = await world.rows(`select 1 from timeline_entry where case_id = $1 and type = 'BUREAU_INQUIRY_NEWS_LATE'`, caseId);
  expect(news).toHaveLength(3);
});

it('is answered by news that comes before the yes, and by none that cannot be read', async () => {
  await world.fault('nusa-bureau', { status: 503 });
  const caseId = await newCase();
  const { inquiry: made, handoff } = await request(caseId);
  const common = { deliveryId: handoff.id, partnerRef: 'NB-9', occurredAt: '2026-06-01T10:00:00Z', type: 'inquiry.completed' };
  const { report } = newsOf('inquiry.completed') as { report: { tradelines: object[] } };
  const odd = { report: { tradelines: [{ ...report.tradelines[0], overdue: { amount: '1.001', currency: 'IDR' } }] } };
  const tell = (sequence: number, data: object) =>
    recordCallback(world.store, 'nusa-bureau', `early ${sequence}`, { ...common, sequence, data: data as never });
  expect([await tell(1, odd), (await inquiry(made.id)).state]).toEqual(['recorded', 'REQUESTED']);
  expect([await tell(2, { report }), (await inquiry(made.id)).state]).toEqual(['recorded', 'COMPLETED']);
  await world.fault('nusa-bureau', null);
  expect((await onCase(caseId)).data.case.bureauInquiries).toMatchObject([{ multiCreditor: false, handoff: { state: 'ACCEPTED' } }]);
  expect(await world.rows('select ordinal from tradeline where inquiry_id = $1', made.id)).toEqual([{ ordinal: 0 }]);
});

it('expires by the calendar of the business, after which another is made; and all of it is the same by replay', async () => {
  const caseId = await newCase();
  const { inquiry: made } = await request(caseId);
  await answered(made.id, 'COMPLETED');
  const { expires_on: expires, requested_on: requested } = await inquiry(made.id);
  expect(Date.parse(expires) - Date.parse(requested)).toBe(30 * 86_400_000);
  const eve = new Date(Date.parse(expires) - 86_400_000).toISOString().slice(0, 10);
  await advanceBusinessDate(world.store, 'demo', eve);
  expect((await inquiry(made.id)).state).toBe('COMPLETED');
  await advanceBusinessDate(world.store, 'demo', expires);
  expect((await inquiry(made.id)).state).toBe('EXPIRED');
  const second = await request(caseId);
  expect(second).toMatchObject({ cached: false, inquiry: { requestedOn: expires } });
  await answered(second.inquiry.id, 'COMPLETED');

  const live = await world.store.transaction(digestOf);
  const again = await openScratchStore(world.url, 'again');
  try {
    await again.transaction(async (tx) => {
      for (const table of seeded) await tx.query(`insert into again.${table} select * from snap.${table}`);
    });
    await world.store.snapshot((log) => replay(log, again, () => {}));
    expect((await again.transaction(digestOf)).tables).toEqual(live.tables);
    expect(live.tables['tradeline']!.rows).toBeGreaterThan(0);
  } finally {
    await again.close();
  }
});
