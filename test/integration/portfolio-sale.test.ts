// A sale of claims from the pool to loans that come back: real Postgres, a strict buyer over HTTP, sealed bids, the cut-off, and the same by replay.
import { parse } from 'csv-parse/sync';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { writeSaleTape } from '../../src/reporting/sale-tape.js';
import { recordSaleTape } from '../../src/actions/record-sale-tape.js';
import { bidOn } from '../../src/sandbox/partners/summit-assets/rules.js';
import { until } from '../support/partner-world.js';
import { replaysAlike } from '../support/replays-alike.js';
import { openSaleWorld, type SaleWorld } from '../support/sale-world.js';

let world: SaleWorld;
let saleId: string;
const folder = mkdtempSync(join(tmpdir(), 'sale-tape-'));
const cutOffAt = '2026-05-03T00:00:00+07:00';
const shown = `id state version loanCount legalBalance { amount } price { amount currency } priceFraction buyerId awardRule bidsOpenedAt
  bids { id state submittedAt price { amount } priceFraction } availableActions { name allowed ruleIds earliestAt }
  loans(first: 20) { nodes { id state ownership ruleIds reasons price { amount } refund { amount } loan { accountNo ownership } case { ownership } } }
  tapes { kind form loans legalBalance { amount } sha256 } passedOn(first: 50) { nodes { transactionRef number kind amount { amount } state } }
  putBacks { id state reason inTime dueOn refund { amount } }`;
const sale = async (role = 'legal') =>
  (await world.ask(role, `query ($id: ID!) { portfolioSale(id: $id) { ${shown} } }`, { id: saleId })).data.portfolioSale;
const item = async (account: string) => (await sale()).loans.nodes.find((each: any) => each.loan.accountNo === account);
const act = (name: string, input: object = {}, more = 'sale { id }') => world.act(name, { saleId, ...input }, more);
const rules = ({ userErrors }: any) => userErrors.map((each: any) => each.ruleId ?? each.code);
const inState = (state: string) => until(async () => (await sale()).state === state, `the sale is ${state}`);
const booked = async () =>
  (await world.ledger('summit-assets')).flatMap(({ operation, ref, kept }) =>
    operation === 'passOnPayment' && ref ? [(kept as any).body] : [],
  );

const record = (made: Parameters<typeof recordSaleTape>[1]) => recordSaleTape(world.store, made);

beforeAll(async () => {
  world = await openSaleWorld();
  for (const [account, borrower] of ['A1 A', 'A2 A', 'B1 B', 'C1 C', 'D1 D', 'E1 E', 'F1 F', 'G1 G'].map(
    (each) => each.split(' ') as [string, string],
  ))
    await world.open(account, borrower);
  await world.open('J1', 'J', { jurisdiction: 'CN' });
  await world.to('2026-05-01');
  const hold = (type: string) =>
    world
      .caseOf(type === 'DECEASED' ? 'D1' : 'E1')
      .then((caseId) => world.act('placeHold', { caseId, type, scopes: ['CONTACT'], reason: 'So we were told' }));
  await hold('DECEASED');
  await hold('FRAUD_INVESTIGATION');
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world?.stop();
}, 60_000);

it('pools what may be sold, and names each loan that may not with its rules', async () => {
  const loanIds = await Promise.all(['A1', 'B1', 'C1', 'J1'].map(world.loanOf));
  const caseIds = await Promise.all(['D1', 'E1', 'F1'].map(world.caseOf));
  const pool = { saleRef: 'NPL-1', currency: 'IDR', loanIds, caseIds };
  const dry = await world.act('createSalePool', { ...pool, dryRun: true }, 'sale { id }');
  expect(dry).toMatchObject({ dryRun: true, sale: null, decision: { outcome: 'ALLOWED' }, userErrors: [] });
  const made = await world.act('createSalePool', { ...pool, idempotencyKey: 'the pool' }, 'sale { id }');
  expect(made.userErrors).toEqual([]);
  saleId = made.sale.id;
  expect((await world.act('createSalePool', { ...pool, idempotencyKey: 'the pool' }, 'sale { id }')).sale.id).toBe(saleId);
  expect(rules(await world.act('createSalePool', pool))).toContain('sale-ref-once');
  const { loans, ...deal } = await sale();
  expect(deal).toMatchObject({ state: 'POOLED', loanCount: 4, legalBalance: { amount: '16000000.00' } });
  expect(Object.fromEntries(loans.nodes.map((each: any) => [each.loan.accountNo, [each.state, ...each.ruleIds]]))).toEqual({
    A1: ['SALE_CANDIDATE'],
    B1: ['SALE_CANDIDATE'],
    C1: ['SALE_CANDIDATE'],
    F1: ['SALE_CANDIDATE'],
    D1: ['LEFT_OUT', 'no-deceased'],
    E1: ['LEFT_OUT', 'no-fraud-investigation'],
    J1: ['LEFT_OUT', 'sale-jurisdiction'],
  });
  expect(await item('D1')).toMatchObject({ ownership: 'BANK', reasons: ['A hold of type DECEASED is in force'] });
  expect(await item('A1')).toMatchObject({ loan: { ownership: 'SALE_CANDIDATE' }, case: { ownership: 'OWNED' } });
  // A loan is in one sale at a time, and a pool of nothing is none.
  const second = await world.act('createSalePool', { saleRef: 'NPL-2', currency: 'IDR', loanIds: [loanIds[0]] });
  expect(rules(second)).toEqual(['one-live-sale']);
  expect(
    rules(
      await world.act('closePortfolioSale', {
        saleRef: 'NPL-3',
        buyerId: 'summit-assets',
        caseIds: [await world.caseOf('A1')],
        price: { amount: '1.00', currency: 'IDR' },
        cutOffAt,
      }),
    ),
  ).toEqual(['one-live-sale']);
  const chinese = await world.act('createSalePool', { saleRef: 'NPL-4', currency: 'IDR', loanIds: [await world.loanOf('J1')] });
  expect(rules(chinese)).toEqual(['documents-complete']);
});

it('is offered by a masked tape, and nobody reads a bid before the closing instant', async () => {
  expect(rules(await act('openBids'))).toEqual(['sale-state']);
  const main = saleId;
  const soon = new Date(Date.now() + 4_000).toISOString();
  const offer = { buyerIds: ['summit-assets'], bidsCloseAt: soon, reserveFraction: '0.05' };
  expect(rules(await act('publishTape', { ...offer, buyerIds: ['harbor-legal'] }))).toEqual(['INVALID_INPUT']);
  expect(rules(await act('publishTape', offer))).toEqual([]);
  // Another sale closes much later.
  const bidsCloseAt = new Date(Date.now() + 3_600_000).toISOString();
  const { sale: later } = await world.act(
    'createSalePool',
    { saleRef: 'NPL-5', currency: 'IDR', loanIds: [await world.loanOf('G1')] },
    'sale { id }',
  );
  saleId = later.id;
  expect(rules(await act('publishTape', { ...offer, bidsCloseAt }))).toEqual([]);
  await until(async () => (await sale()).bids[0].state === 'SUBMITTED', 'the buyer has bid');
  const tapeOf = async (ref: string): Promise<any> =>
    (await world.rows(`select payload from handoff where operation = 'publishTape' and payload->>'saleRef' = $1`, ref))[0].payload;
  const payload = await tapeOf('NPL-5');
  const { amount } = bidOn(payload);
  for (const role of ['legal', 'supervisor', 'auditor']) {
    const seen = await sale(role);
    expect(seen).toMatchObject({ state: 'BID', bids: [{ state: 'SUBMITTED', price: null, priceFraction: null }] });
    expect(JSON.stringify(seen)).not.toContain(amount);
  }
  const timeline = await world.rows('select data::text, summary from timeline_entry');
  expect(JSON.stringify(timeline)).not.toContain(amount);
  for (const text of ['G1', 'Someone', '/core/']) expect(JSON.stringify(payload.lines)).not.toContain(text);
  for (const name of ['openBids', 'awardSale']) {
    const refused = await act(name);
    expect(rules(refused)).toContain('bids-sealed');
    expect(refused.userErrors[0].earliestAllowedAt).toBe(bidsCloseAt);
  }
  const { availableActions } = await sale();
  expect(availableActions.filter((each: any) => each.allowed).map((each: any) => each.name)).toEqual(['CANCEL_SALE']);
  expect(availableActions.find((each: any) => each.name === 'OPEN_BIDS')).toMatchObject({
    ruleIds: ['bids-sealed'],
    earliestAt: bidsCloseAt,
  });
  expect(rules(await act('cancelSale', { reason: 'Another time' }))).toEqual([]);
  expect(await item('G1')).toMatchObject({ state: 'RELEASED', loan: { ownership: 'BANK' } });

  saleId = main;
  await until(async () => (await sale()).bids[0].state === 'SUBMITTED', 'the buyer has bid');
  await until(async () => !rules(await act('openBids')).length, 'bids may be opened');
  const price = bidOn(await tapeOf('NPL-1'));
  expect(await sale()).toMatchObject({ bids: [{ price: { amount: price.amount } }], bidsOpenedAt: expect.any(String) });
  // The buyer bids again, too late.
  const tape = (await world.ledger('summit-assets')).find(({ operation }) => operation === 'publishTape')!;
  await fetch(`${world.partnerUrl('summit-assets')}/control/deliveries/${tape.deliveryId}/steps`, {
    method: 'POST',
    body: JSON.stringify({ type: 'bid.submitted', data: { bidRef: 'SBID-NPL-1', price } }),
  });
  await until(async () => (await world.rows(`select 1 from timeline_entry where type = 'SALE_BID_LATE'`)).length, 'the late bid is told');
  expect((await sale()).bids).toMatchObject([{ state: 'SUBMITTED', price: { amount: price.amount } }]);
});

it('is written as files that add up, without a person in them before it is signed', async () => {
  const out = join(folder, 'masked');
  const said: string[] = [];
  const write = (options: object) =>
    writeSaleTape(world.store, { sale: 'NPL-1', out, full: false, by: 'desk', ...options }, record, (line) => void said.push(line));
  await expect(write({ sale: 'NPL-9' })).rejects.toThrow('there is no sale NPL-9');
  await expect(write({ full: true })).rejects.toThrow('after the signature only');
  await write({});
  expect(said).toEqual([expect.stringContaining('4 loans, legal balance 16000000.00 IDR, 10 files')]);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  for (const { name, bytes, sha256 } of manifest.files) {
    const content = readFileSync(join(out, name));
    expect([name, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([name, bytes, sha256]);
  }
  const csv = (name: string, from = out): Record<string, string>[] => parse(readFileSync(join(from, `${name}.csv`)), { columns: true });
  const loans = csv('3-loan');
  expect(loans.map(({ legal_balance }) => legal_balance)).toEqual(Array(4).fill('4000000'));
  expect(csv('1-counterparty').map(({ counterparty_name, national_identifier }) => [counterparty_name, national_identifier])).toEqual(
    Array(4).fill(['', '']),
  );
  expect(csv('2.1-borrower-loan').map(({ loan_identifier }) => loan_identifier)).toEqual(
    loans.map(({ loan_identifier }) => loan_identifier),
  );
  const text = manifest.files
    .filter(({ name }: any) => name.endsWith('.csv'))
    .map(({ name }: any) => readFileSync(join(out, name), 'utf8'))
    .join();
  for (const told of ['A1', 'B1', 'Someone', '+62']) expect(text).not.toMatch(new RegExp(`(^|[,\\n"])${told.replace('+', '\\+')}`));
  const listed = csv('fields')
    .filter(({ template, name }) => template === '3-loan' && name)
    .map(({ name }) => name);
  expect(Object.keys(loans[0]!)).toEqual(listed);
  for (const { template, name, masked_tape, reason } of csv('fields'))
    expect([template, name, masked_tape === 'filled']).toEqual([template, name, reason === '']);
  const sheets = await readXlsxFile(join(out, 'tape.xlsx'));
  expect(sheets.map(({ sheet }) => sheet)).toHaveLength(8);
  const sheet = sheets.find((each) => each.sheet === '3 Loan')!.data;
  expect(sheet.map((row) => row[0])).toEqual(['loan_identifier', ...loans.map(({ loan_identifier }) => loan_identifier)]);
  await write({});
  const tapes = (await sale()).tapes.filter(({ form }: any) => form === 'FILES');
  expect(tapes[0]).toMatchObject({ kind: 'MASKED', loans: 4, sha256: manifest.sha256 });
});

it('is awarded by its rule, and signed without what must not be sold since', async () => {
  expect(rules(await act('awardSale'))).toEqual([]);
  const awarded = await sale();
  expect(awarded).toMatchObject({ state: 'AWARDED', buyerId: 'summit-assets', awardRule: 'HIGHEST_PRICE', price: awarded.bids[0].price });
  await world.delivered();
  await world.act('placeHold', { caseId: await world.caseOf('C1'), type: 'DISPUTE', scopes: ['LEGAL'], reason: 'Whose is it?' });
  const terms = { contractRef: 'SPA-1', cutOffAt, timeZone: 'Asia/Jakarta' };
  expect(rules(await act('signSale', { ...terms, timeZone: 'Mars/Olympus' }))).toEqual(['INVALID_INPUT']);
  expect(rules(await act('signSale', { ...terms, expectedVersion: 1 }))).toEqual(['CONCURRENCY_CONFLICT']);
  expect(rules(await act('signSale', terms))).toEqual([]);
  const signed = await sale();
  expect(signed).toMatchObject({ state: 'SIGNED', loanCount: 3, legalBalance: { amount: '12000000.00' } });
  const minor = (each: any) => BigInt(each.price.amount.replace('.', ''));
  expect(minor(signed)).toBe((minor(awarded) * 3n) / 4n);
  expect(await item('C1')).toMatchObject({ state: 'LEFT_OUT', ruleIds: ['no-dispute'], price: null, case: { ownership: 'OWNED' } });
  // A has another loan, which it keeps; B is sold as a whole.
  expect(await item('A1')).toMatchObject({ ownership: 'SALE_PENDING', case: { ownership: 'OWNED' } });
  expect(await item('B1')).toMatchObject({ ownership: 'SALE_PENDING', case: { ownership: 'SALE_PENDING' } });
  const asked = await world.ask(
    'legal',
    'query ($id: ID!) { case(id: $id) { availableActions { name allowed ruleIds } sales { saleRef state } } }',
    { id: await world.caseOf('B1') },
  );
  expect(asked.data.case.availableActions.find((each: any) => each.name === 'CONTACT_BORROWER').ruleIds).toContain('still-owned');
  expect(asked.data.case.sales).toEqual([{ saleRef: 'NPL-1', state: 'SALE_PENDING' }]);
});

it('is assigned by a buyer that judges it, and what was paid from the cut-off on is passed on once', async () => {
  await world.pay('B1', 2, 'late', '2026-05-02', 5_000_00, '2026-05-04T01:00:00Z'); // counts before the cut-off, told after it
  await world.pay('B1', 3, 'second', '2026-05-03', 7_000_00, '2026-05-02T17:00:01Z'); // a second after midnight in Jakarta
  await world.pay('A2', 2, 'kept', '2026-05-04', 9_000_00);
  await world.to('2026-05-04');
  expect(await booked()).toEqual([]);
  await world.fault('summit-assets', { status: 503 });
  expect(rules(await act('assignSale', {}, 'handoff { operation }'))).toEqual([]);
  expect(rules(await act('assignSale'))).toEqual(['assigned-once']);
  await world.pay('A1', 2, 'between', '2026-05-04', 3_000_00);
  expect((await sale()).state).toBe('SIGNED'); // the buyer answers late
  await world.fault('summit-assets', null);
  await inState('ASSIGNED');
  expect(await item('B1')).toMatchObject({ state: 'TRANSFERRED', loan: { ownership: 'TRANSFERRED' }, case: { ownership: 'TRANSFERRED' } });
  await world.pay('B1', 4, 'live', '2026-05-05', 11_000_00);
  await world.pay('B1', 3, 'second', '2026-05-03', 7_000_00, '2026-05-02T17:00:01Z'); // told again
  await world.undo('A1', 3, 'between', '2026-05-05');
  await world.pay('B1', 5, 'live', '2026-05-05', 10_000_00); // another amount
  await world.delivered();
  const told = (await booked()).map(({ paymentRef, number, kind, amount }: any) => `${paymentRef} ${number} ${kind} ${amount.amount}`);
  expect(told.sort()).toEqual([
    'between 1 PAYMENT 3000.00',
    'between 2 REVERSAL -3000.00',
    'live 1 PAYMENT 11000.00',
    'live 2 CORRECTION -1000.00',
    'second 1 PAYMENT 7000.00',
  ]);
  await until(async () => (await sale()).passedOn.nodes.every((each: any) => each.state === 'PASSED_ON'), 'all is booked by the buyer');
  const orders = (await sale()).tapes.filter(({ form }: any) => form === 'ORDER');
  expect(orders.map(({ kind, loans }: any) => [kind, loans])).toEqual([
    ['MASKED', 4],
    ['FULL', 3],
  ]);
});

it('names debtors to its buyer once it is signed', async () => {
  const out = join(folder, 'full');
  await writeSaleTape(world.store, { sale: 'NPL-1', out, full: true, by: 'desk' }, record, () => {});
  const parties: Record<string, string>[] = parse(readFileSync(join(out, '1-counterparty.csv')), { columns: true });
  expect(parties.map(({ counterparty_identifier }) => counterparty_identifier).sort()).toEqual(['A', 'B', 'F']);
  const payments: Record<string, string>[] = parse(readFileSync(join(out, '5-repayments.csv')), { columns: true });
  expect(payments).toContainEqual(expect.objectContaining({ loan_identifier: 'B1', month: '2026-05', total_repayment: '22000' }));
  expect((await sale()).tapes.map(({ kind, form }: any) => `${kind} ${form}`)).toContain('FULL FILES');
});

it('binds the debtors from their notice, and is settled by its price', async () => {
  const evidence = { evidenceRef: 'BA-7', evidenceSha256: 'b'.repeat(64), notifiedOn: '2026-05-04' };
  const refused = await act('recordDebtorNotice', { method: 'ELECTRONIC', ...evidence });
  expect(refused.userErrors).toMatchObject([{ ruleId: 'notice-method', citation: expect.stringContaining('613') }]);
  expect(rules(await act('recordDebtorNotice', { method: 'BAILIFF', ...evidence, loanIds: [await world.loanOf('A1')] }))).toEqual([]);
  expect((await sale()).state).toBe('ASSIGNED');
  expect(rules(await act('recordDebtorNotice', { method: 'BAILIFF', ...evidence }))).toEqual([]);
  expect((await sale()).state).toBe('NOTIFIED');
  const { price } = await sale();
  const paid = { received: price, receivedOn: '2026-05-04', paymentRef: 'IN-1' };
  expect(rules(await act('settleSale', { ...paid, received: { ...price, amount: '1.00' } }))).toEqual(['price-received']);
  expect(rules(await act('settleSale', paid))).toEqual([]);
  expect((await sale()).state).toBe('SETTLED');
});

it('gives loans back: put back and answered, recalled, or kept by a buyer that says no', async () => {
  const [{ handoff_id: assigned }] = (await world.rows('select handoff_id from portfolio_sale where id = $1', saleId)) as [
    { handoff_id: string },
  ];
  const accountRef = 'B1';
  await fetch(`${world.partnerUrl('summit-assets')}/control/deliveries/${assigned}/steps`, {
    method: 'POST',
    body: JSON.stringify({ type: 'putBack.requested', data: { putBackRef: 'SPB-1', accountRef, reason: 'BANKRUPT', words: 'By decree' } }),
  });
  await until(async () => (await sale()).putBacks.length, 'the loan is put back');
  const [asked] = (await sale()).putBacks;
  expect(asked).toMatchObject({ state: 'REQUESTED', inTime: true, dueOn: '2026-05-18' });
  const answer = { putBackId: asked.id, accepted: true, words: 'The register says so' };
  const answered = await world.act('answerPutBack', answer, 'putBack { state refund { amount } } saleLoan { state }');
  expect(answered.userErrors).toEqual([]);
  const price = Number((await item('B1')).price.amount);
  expect(answered.putBack).toEqual({ state: 'ACCEPTED', refund: { amount: (price - 17_000).toFixed(2) } });
  await until(async () => (await item('B1')).state === 'PUT_BACK', 'the loan is the bank’s again');
  expect(await item('B1')).toMatchObject({ ownership: 'BANK', loan: { ownership: 'BANK' }, case: { ownership: 'OWNED' } });
  expect((await sale()).putBacks[0].state).toBe('RETURNED');
  expect(rules(await world.act('answerPutBack', answer))).toContain('put-back-once');
  const before = (await booked()).length;
  const today = new Date().toISOString().slice(0, 10);
  await world.pay('B1', 9, 'home', '2027-01-05', 1_000_00, `${today}T23:59:59Z`); // counts for a day after it came back
  await world.delivered();
  expect((await booked()).length).toBe(before);

  const saleLoanId = (await item('A1')).id;
  await world.fault('summit-assets', { refuse: { code: 'NOT_AGREED', reason: 'We keep it' } });
  expect(rules(await world.act('buyBackLoan', { saleLoanId, ground: 'BUY_BACK', reason: 'A customer again' }))).toEqual([]);
  await until(
    async () => (await world.rows(`select 1 from timeline_entry where type = 'LOAN_KEPT_BY_BUYER'`)).length,
    'the buyer keeps it',
  );
  expect((await item('A1')).state).toBe('TRANSFERRED');
  await world.fault('summit-assets', null);
  expect(rules(await world.act('buyBackLoan', { saleLoanId, ground: 'RECALL', reason: 'Sold in error' }))).toEqual([]);
  await until(async () => (await item('A1')).state === 'RECALLED', 'the loan is recalled');
  expect(rules(await world.act('buyBackLoan', { saleLoanId, ground: 'RECALL', reason: 'Once more' }))).toEqual(['loan-transferred']);
});

it('is for counsel to change, for supervisors and auditors to see, and for nobody else', async () => {
  for (const role of ['supervisor', 'auditor', 'collector'])
    await expect(world.act('openBids', { saleId }, '', role)).rejects.toThrow('FORBIDDEN');
  expect((await sale('auditor')).state).toBe('SETTLED');
  for (const role of ['collector', 'bureauReporter', 'platform'])
    expect((await world.ask(role, '{ portfolioSales(first: 1) { nodes { ref } } }')).errors![0].extensions.code).toBe('FORBIDDEN');
});

it('comes to the same by a replay', () => replaysAlike(world.store, world.url), 60_000);
