// A law firm's invoice from its file to what is paid: real Postgres, the firms' simulators, rights, four eyes, and the same by replay.
import { createHash } from 'node:crypto';
import { readLedes } from '../../connectors/law-firm/ledes/read.js';
import { writeLedes } from '../../connectors/law-firm/ledes/write.js';
import { recordCallback } from '../../src/actions/record-callback.js';
import { recordInvoice } from '../../src/actions/record-invoice.js';
import { replay } from '../../src/actions/replay.js';
import { differing, digestOf } from '../../src/storage/digest.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { serveGraph } from '../support/graph-world.js';
import { rows98BI, type Row } from '../support/ledes.js';
import { openWorld, until, type World } from '../support/partner-world.js';

const seeded = ['borrower', 'loan', 'instalment', 'recovery_case', 'case_loan', 'business_day'];
let world: World;
let graph: Awaited<ReturnType<typeof serveGraph>>;
beforeAll(async () => {
  world = await openWorld();
  const cases: string[] = [];
  for (let n = 0; n < 6; n++) cases.push(await world.newCase());
  await world.rows('create schema snap');
  for (const table of seeded) await world.rows(`create table snap.${table} as select * from public.${table}`);
  graph = await serveGraph(world.store, world.url);
  await world.deliver();
  free.push(...cases);
}, 120_000);
afterAll(async () => {
  await graph?.stop();
  await world?.stop();
});
const free: string[] = [];

const ask = async (role: string, query: string, variables: object = {}, user = `${role}-1`, partner?: string) => {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await graph.token([role], { user, ...(partner ? { partner } : {}) })}`,
    'x-purpose': 'litigation',
  };
  const response = await fetch(`${graph.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as { data: any; errors?: { extensions: { code: string } }[] };
};
let keys = 0;
interface Matter {
  caseId: string;
  caseRef: string;
  firm: string;
  deliveryId: string;
  firmRef: string;
}
/** A case with a law firm that has accepted it. */
async function newMatter(firm = 'harbor-legal'): Promise<Matter> {
  const caseId = free.pop()!;
  const { data } = await ask(
    'legal',
    `mutation ($input: InstructLawFirmInput!) { instructLawFirm(input: $input) { handoff { id } userErrors { message } } }`,
    {
      input: { caseId, lawFirmId: firm, idempotencyKey: `instruct ${++keys}` },
    },
  );
  const deliveryId = data.instructLawFirm.handoff.id as string;
  const matter = await until(
    async () => (await world.rows(`select * from legal_matter where case_id = $1 and state = 'ACCEPTED'`, caseId))[0],
    'it is accepted',
  );
  const [{ ref }] = (await world.rows('select ref from recovery_case where id = $1', caseId)) as [{ ref: string }];
  return { caseId, caseRef: ref, firm, deliveryId, firmRef: matter.partner_ref };
}
const fileFor = ({ caseRef, firmRef }: Matter, over: Row = {}, rows = rows98BI('IDR')): string =>
  writeLedes(
    'LEDES98BI V2',
    rows.map((row) => ({ ...row, CLIENT_MATTER_ID: caseRef, LAW_FIRM_MATTER_ID: firmRef, ...over })),
  );
/** Told through the firm's own simulator, as the firm says it. */
async function submit(matter: Matter, text: string): Promise<void> {
  const [sha256, content] = [createHash('sha256').update(text).digest('hex'), Buffer.from(text).toString('base64')];
  const harbor = { type: 'invoice.submitted', data: { fileName: 'invoice.txt', sha256, content } };
  const merdeka = { type: 'tagihan_diajukan', data: { nama_berkas: 'tagihan.txt', sha256, isi: content } };
  const told = await fetch(`${world.partnerUrl(matter.firm)}/control/deliveries/${matter.deliveryId}/steps`, {
    method: 'POST',
    body: JSON.stringify(matter.firm === 'harbor-legal' ? harbor : merdeka),
  });
  expect(told.status).toBe(202);
}
const invoicesOf = (caseId: string) => world.rows('select * from law_invoice where case_id = $1 order by invoice_number', caseId);
const invoiceOf = (caseId: string, number = '2026-17') =>
  until(async () => (await invoicesOf(caseId)).find((each) => each.invoice_number === number), `invoice ${number} is there`);
const decide = async (caseId: string, invoiceId: string, decision: string, over: object = {}, user = 'ana') => {
  const { data, errors } = await ask(
    'legal',
    `mutation ($input: DecideInvoiceInput!) { decideInvoice(input: $input) { dryRun invoice { state payable { amount } } handoff { operation } userErrors { message ... on GuardRejected { ruleId } } } }`,
    { input: { caseId, invoiceId, decision, words: 'As agreed', idempotencyKey: `decide ${++keys}`, ...over } },
    user,
  );
  return errors ? { code: errors[0]!.extensions.code } : data.decideInvoice;
};
const told = (caseId: string) =>
  until(
    async () =>
      (
        await world.rows(
          `select payload from handoff where case_id = $1 and operation = 'decideInvoice' and state = 'ACCEPTED' order by created_at`,
          caseId,
        )
      )
        .map(({ payload }) => payload)
        .at(-1),
    'the firm has taken it',
  );
const entries = async (caseId: string, type: string) =>
  (await world.rows('select 1 from timeline_entry where case_id = $1 and type = $2', caseId, type)).length;

it('is checked line by line, shown to the bank alone, and short-paid; the firm is told of the line that was cut', async () => {
  const matter = await newMatter();
  await submit(matter, fileFor(matter));
  const { id } = await invoiceOf(matter.caseId);
  const shown = `{ case(id: "${matter.caseId}") { matters { invoices { id state result findings total { amount currency } payable { amount }
    lines { number type result findings total { amount } payable { amount } reason description } } } } }`;
  const [seen] = (await ask('legal', shown)).data.case.matters[0].invoices;
  expect(seen).toMatchObject({
    id,
    state: 'CHECKED',
    result: 'OK',
    findings: [],
    total: { amount: '987.50', currency: 'IDR' },
    payable: null,
  });
  expect(seen.lines).toMatchObject([
    { number: '1', type: 'F', result: 'OK', total: { amount: '825.00' }, payable: null, description: 'Drafts the claim' },
    { number: '2', type: 'E', result: 'OK', total: { amount: '162.50' }, payable: null },
  ]);
  for (const [role, partner] of [['collector'], ['lawFirm', matter.firm], ['agency', 'lotus-recovery']] as const) {
    const { errors } = await ask(role, `{ node(id: "${id}") { ... on LawFirmInvoice { state } } }`, {}, `${role}-1`, partner);
    expect([role, errors?.[0]!.extensions.code]).toEqual([role, 'FORBIDDEN']);
  }
  expect(await decide(matter.caseId, id, 'SHORT_PAY', { lines: [{ line: '2', amount: '200.00', reason: 'x' }] })).toMatchObject({
    userErrors: [{ ruleId: 'cut-below-line' }],
  });
  const lines = [{ line: '2', amount: '100.00', reason: 'The court asked for less' }];
  expect(await decide(matter.caseId, id, 'SHORT_PAY', { lines, dryRun: true })).toMatchObject({ dryRun: true, userErrors: [] });
  expect(await decide(matter.caseId, id, 'SHORT_PAY', { lines })).toMatchObject({
    invoice: { state: 'SHORT_PAID', payable: { amount: '925.00' } },
    handoff: { operation: 'decideInvoice' },
    userErrors: [],
  });
  expect(await told(matter.caseId)).toMatchObject({
    decision: 'SHORT_PAID',
    invoiceNumber: '2026-17',
    submitted: { amount: '987.50', currency: 'IDR' },
    payable: { amount: '925.00' },
    lines: [{ number: '2', payable: { amount: '100.00' }, reason: 'The court asked for less' }],
  });
  expect(await decide(matter.caseId, id, 'APPROVE')).toMatchObject({ userErrors: [{ ruleId: 'invoice-waits' }] });
  // The very same invoice once more changes nothing; another of this number cannot be paid.
  await submit(matter, fileFor(matter));
  await until(async () => await entries(matter.caseId, 'INVOICE_SEEN_BEFORE'), 'it is seen before');
  await submit(matter, fileFor(matter, { INVOICE_DATE: '20260601' }));
  await until(async () => (await invoicesOf(matter.caseId)).length === 2, 'there are two of one number');
  const [other] = (await invoicesOf(matter.caseId)).filter((each) => each.id !== id);
  expect(other).toMatchObject({ state: 'CHECKED', result: 'ERROR', findings: [expect.stringContaining('DUPLICATE_NUMBER')] });
  expect(await decide(matter.caseId, other.id, 'APPROVE')).toMatchObject({ userErrors: [{ ruleId: 'invoice-payable' }] });
  expect(await decide(matter.caseId, other.id, 'REJECT')).toMatchObject({ invoice: { state: 'REJECTED', payable: { amount: '0.00' } } });
});

it('of the other firm speaks its words, and above the mandate takes two people', async () => {
  const matter = await newMatter('merdeka-law');
  const million = {
    LINE_ITEM_UNIT_COST: '4000000',
    LINE_ITEM_NUMBER_OF_UNITS: '20',
    LINE_ITEM_TAX_TOTAL: '0',
    LINE_ITEM_TOTAL: '80000000',
    TIMEKEEPER_CLASSIFICATION: 'PARTNR',
  };
  const [fee] = rows98BI('IDR') as [Row];
  const total = { INVOICE_TOTAL: '80000000', INVOICE_NET_TOTAL: '80000000', INVOICE_TAX_TOTAL: '0' };
  await submit(matter, fileFor(matter, {}, [{ ...fee, ...million, ...total }]));
  const { id, result, findings } = await invoiceOf(matter.caseId);
  expect([result, findings]).toEqual(['OK', []]);
  expect(await decide(matter.caseId, id, 'APPROVE')).toMatchObject({ invoice: { state: 'AWAITING_SECOND', payable: null }, handoff: null });
  expect(await decide(matter.caseId, id, 'APPROVE')).toMatchObject({ userErrors: [{ ruleId: 'four-eyes' }] });
  expect(await decide(matter.caseId, id, 'APPROVE', {}, 'ben')).toMatchObject({
    invoice: { state: 'APPROVED', payable: { amount: '80000000.00' } },
  });
  await told(matter.caseId);
  const effect = (await world.ledger('merdeka-law')).find(({ operation }) => operation === 'decideInvoice');
  expect(effect).toMatchObject({ status: 201 });
});

it('that is no LEDES is kept and refused to the firm with its problems, and comes again once it is right', async () => {
  const matter = await newMatter();
  const bad = fileFor(matter).replaceAll('20260531', '2026-05-31');
  await submit(matter, bad);
  const payload = await told(matter.caseId);
  expect(payload).toMatchObject({ decision: 'REJECTED', invoiceNumber: null, submitted: null, payable: null });
  expect(payload.problems[0]).toEqual({
    line: 3,
    column: 'INVOICE_DATE',
    code: 'NOT_A_DATE',
    words: 'INVOICE_DATE is not a date YYYYMMDD',
  });
  expect(await invoicesOf(matter.caseId)).toMatchObject([
    { state: 'REJECTED', file_sha256: createHash('sha256').update(bad).digest('hex') },
  ]);
  await submit(matter, fileFor(matter));
  expect(await invoiceOf(matter.caseId)).toMatchObject({ state: 'CHECKED' });
});

it('of a file that comes through the door is bound to the matter that it names, once, and never to another firm’s', async () => {
  const [ours, second] = [await newMatter(), await newMatter()];
  const rows = [ours, second].flatMap(({ caseRef, firmRef }, i) =>
    rows98BI('IDR').map((row) => ({ ...row, CLIENT_MATTER_ID: caseRef, LAW_FIRM_MATTER_ID: firmRef, INVOICE_NUMBER: `D-${i}` })),
  );
  const file = readLedes(writeLedes('LEDES98BI V2', rows));
  const filed = { fileName: 'batch.txt', file };
  expect(await recordInvoice(world.store, 'merdeka-law', filed)).toEqual({
    refused: expect.stringContaining('invoice D-0: no matter of merdeka-law'),
  });
  expect(await recordInvoice(world.store, 'harbor-legal', filed)).toEqual({ recorded: 'recorded' });
  expect(await recordInvoice(world.store, 'harbor-legal', filed)).toEqual({ recorded: 'seenBefore' });
  expect(await Promise.all([ours, second].map(async ({ caseId }, i) => (await invoiceOf(caseId, `D-${i}`)).case_id === caseId))).toEqual([
    true,
    true,
  ]);
  const bad = readLedes('LEDES1998B[]\nx[]\n');
  expect(await recordInvoice(world.store, 'harbor-legal', { fileName: 'x.txt', file: bad })).toEqual({
    refused: expect.stringContaining('line 2'),
  });
  // The lines of one matter in the callback of another cannot be paid.
  await submit(second, fileFor(ours, { INVOICE_NUMBER: 'D-9' }));
  expect(await invoiceOf(second.caseId, 'D-9')).toMatchObject({ result: 'ERROR' });
});

it('is billed by the firm’s simulator by itself, without a finding', async () => {
  const matter = await newMatter();
  const { status } = await fetch(`${world.partnerUrl(matter.firm)}/control/deliveries/${matter.deliveryId}/steps`, {
    method: 'POST',
    body: '{"type":"invoice.submitted"}',
  });
  expect(status).toBe(202);
  const invoice = await until(async () => (await invoicesOf(matter.caseId))[0], 'it is billed');
  expect(invoice).toMatchObject({ state: 'CHECKED', result: 'OK', findings: [], total_minor: '600000000' });
  // News about a delivery that placed no matter is only told.
  const [other] = await world.rows<{ id: string }>(`select id from handoff where operation = 'decideInvoice' limit 1`);
  const data = { fileName: 'a.txt', file: readLedes(fileFor(matter)) };
  const news = { type: 'invoice.submitted', deliveryId: other!.id, partnerRef: 'X', sequence: 9, occurredAt: '2026-06-01T00:00:00Z', data };
  const [{ firm }] = (await world.rows('select connector_id as firm from handoff where id = $1', other!.id)) as [{ firm: string }];
  const before = (await world.rows('select 1 from law_invoice')).length;
  expect(await recordCallback(world.store, firm, 'stray', news)).toBe('recorded');
  expect((await world.rows('select 1 from law_invoice')).length).toBe(before);
});

it('is the same by replay', async () => {
  const scratch = await openScratchStore(world.url, 'invoices_again');
  try {
    await scratch.transaction(async (tx) => {
      for (const table of seeded) await tx.query(`insert into ${table} select * from snap.${table}`);
    });
    await world.store.snapshot((log) => replay(log, scratch, () => {}));
    const [live, again] = [await world.store.transaction(digestOf), await scratch.transaction(digestOf)];
    expect(live.tables['law_invoice']!.rows).toBeGreaterThan(7);
    expect(differing(live, again)).toEqual([]);
  } finally {
    await scratch.close();
  }
});
