// A sale of claims from the pool to loans that come back: real Postgres, a strict buyer over HTTP, sealed bids, the cut-off, and the same by replay.
import { bidOn } from '../../src/sandbox/partners/summit-assets/rules.js';
import { until } from '../support/partner-world.js';
import { replaysAlike } from '../support/replays-alike.js';
import { openSaleWorld, type SaleWorld } from '../support/sale-world.js';

let world: SaleWorld;
let saleId: string;
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

beforeAll(async () => {
  world = await openSaleWorld();
  for (const [account, borrower] of ['A1 A', 'A2 A', 'B1 B', 'C1 C', 'D1 D', 'E1 E', 'F1 F'].map(
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
afterAll(() => world?.stop(), 60_000);

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
  const bidsCloseAt = new Date(Date.now() + 2_500).toISOString();
  const offer = { buyerIds: ['summit-assets'], bidsCloseAt, reserveFraction: '0.05' };
  expect(rules(await act('publishTape', { ...offer, buyerIds: ['harbor-legal'] }))).toEqual(['INVALID_INPUT']);
  expect(rules(await act('publishTape', offer))).toEqual([]);
  await until(async () => (await sale()).bids[0].state === 'SUBMITTED', 'the buyer has bid');
  const [{ payload }] = (await world.rows(`select payload from handoff where operation = 'publishTape'`)) as [{ payload: any }];
  const { amount } = bidOn(payload);
  for (const role of ['legal', 'supervisor', 'auditor']) {
    const seen = await sale(role);
    expect(seen).toMatchObject({ state: 'BID', bids: [{ state: 'SUBMITTED', price: null, priceFraction: null }] });
    expect(JSON.stringify(seen)).not.toContain(amount);
  }
  const timeline = await world.rows('select data::text, summary from timeline_entry');
  expect(JSON.stringify(timeline)).not.toContain(amount);
  for (const text of ['A1', 'B1', 'Pretend', '/core/']) expect(JSON.stringify(payload.lines)).not.toContain(text);
  for (const [name, more] of [
    ['openBids', {}],
    ['awardSale', {}],
  ] as const) {
    const refused = await act(name, more);
    expect(rules(refused)).toContain('bids-sealed');
    expect(refused.userErrors[0].earliestAllowedAt).toBe(bidsCloseAt);
  }
  const allowed = ({ availableActions }: any) => availableActions.filter((each: any) => each.allowed).map((each: any) => each.name);
  expect(allowed(await sale())).toEqual(['CANCEL_SALE']);
  expect((await sale()).availableActions.find((each: any) => each.name === 'OPEN_BIDS')).toMatchObject({
    ruleIds: ['bids-sealed'],
    earliestAt: bidsCloseAt,
  });
  await until(async () => !rules(await act('openBids')).length, 'bids may be opened');
  expect(await sale()).toMatchObject({ bids: [{ price: { amount } }], bidsOpenedAt: expect.any(String) });
  // The buyer bids again, too late.
  const tape = (await world.ledger('summit-assets')).find(({ operation }) => operation === 'publishTape')!;
  await fetch(`${world.partnerUrl('summit-assets')}/control/deliveries/${tape.deliveryId}/steps`, {
    method: 'POST',
    body: JSON.stringify({ type: 'bid.submitted', data: { bidRef: 'SBID-NPL-1', price: { amount, currency: 'IDR' } } }),
  });
  await until(async () => (await world.rows(`select 1 from timeline_entry where type = 'SALE_BID_LATE'`)).length, 'the late bid is told');
  expect((await sale()).bids).toMatchObject([{ state: 'SUBMITTED', price: { amount } }]);
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
  expect((await sale()).tapes.map(({ kind, loans }: any) => [kind, loans])).toEqual([
    ['MASKED', 4],
    ['FULL', 3],
  ]);
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
