// A pledged asset from its valuation to the distribution of what it brought, over the graph on the real store: rules, dry runs, rights, the past, and the same by a replay.
import { openFlagWorld, type FlagWorld } from '../support/flag-world.js';
import { replaysAlike } from '../support/replays-alike.js';
import { line, snapshot, told } from '../support/read-model.js';

let world: FlagWorld;
beforeAll(async () => {
  world = await openFlagWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const money = (amount: string) => ({ amount, currency: 'IDR' });
const core = (tenant: string, sequence: number, on: string, value: bigint) =>
  world.tellOf(
    tenant,
    'collateral/C1',
    told('CollateralUpdated', sequence, on, {
      collateralId: 'C1',
      borrowerRef: `${tenant}/core/borrower/B-${tenant}`,
      loanRef: `${tenant}/core/L1`,
      kind: 'REAL_ESTATE',
      description: 'A house',
      currency: 'IDR',
      value,
      valuedOn: on,
    }),
  );
/** A case that owes 1200.00 since 2026-01-10, secured by a house that core banking values at 900.00. */
async function secured(tenant: string): Promise<{ caseId: string; collateralId: string }> {
  await world.tell(
    tenant,
    snapshot(1, [line(1, '2026-01-10', 60_000), line(2, '2026-01-20', 60_000)], { jurisdiction: 'CN', principal: 120_000 }),
  );
  await core(tenant, 1, '2026-01-02', 900_00n);
  await world.to(tenant, '2026-01-05');
  await world.to(tenant, '2026-02-12');
  const [row] = await world.rows(
    'select c.id as "caseId", k.id as "collateralId" from recovery_case c join collateral k on k.borrower_id = c.borrower_id where c.tenant = $1',
    tenant,
  );
  return row;
}
let asked = 0;
async function change(
  mutation: string,
  input: Record<string, unknown>,
  { role = 'legal', user = undefined as string | undefined, also = '' } = {},
) {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  const { data, errors } = await world.ask(
    role,
    `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { ${also} case { stage disposal assetStates } decision { outcome ruleId inputs }
       userErrors { __typename code message ... on GuardRejected { ruleId citation } } dryRun } }`,
    { input: { idempotencyKey: `key ${++asked}`, ...input } },
    user ?? `${role}-1`,
    'litigation',
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[mutation];
}
async function done(...[mutation, input, how]: Parameters<typeof change>) {
  const answer = await change(mutation, input, how);
  expect([mutation, answer.userErrors]).toEqual([mutation, []]);
  return answer;
}
const refusedBy = async (...[mutation, input, how]: Parameters<typeof change>): Promise<string[]> =>
  (await change(mutation, input, how)).userErrors.map((each: any) => each.ruleId ?? each.code);
const disposalOf = async (id: string) => {
  const { data } = await world.ask(
    'legal',
    `query ($id: ID!) { case(id: $id) { stage availableActions { name allowed ruleIds } disposals { state method round price { amount } costs { amount } ours { amount } shortfall { amount } surplus { amount }
       rounds { number reserve { amount } least { amount } result bidders price { amount } }
       shares { kind rank holder ours owed { amount } paid { amount } interest { amount } principal { amount } } collateral { state added } } } }`,
    { id },
  );
  return data.case;
};

let course: { caseId: string; collateralId: string };
it('goes from a valuation over a failed round to a sale whose proceeds leave a shortfall', async () => {
  const at = (course = await secured('course'));
  const valuation = { ...at, value: money('1000'), valuedOn: '2026-02-01', method: 'FULL', appraiser: 'Appraisers & Co' };
  expect(await change('recordValuation', { ...valuation, dryRun: true })).toMatchObject({ dryRun: true, decision: { outcome: 'ALLOWED' } });
  expect(await world.rows(`select 1 from valuation where collateral_id = $1 and source = 'CASE'`, at.collateralId)).toEqual([]);
  const { valuation: made } = await done('recordValuation', valuation, {
    also: 'valuation { source expiresOn value { amount } policyVersion }',
  });
  expect(made).toEqual({ source: 'CASE', expiresOn: '2027-02-01', value: { amount: '1000.00' }, policyVersion: 'CN-2026.1' });

  const listing = { ...at, round: 1, reserve: money('800'), opensOn: '2026-02-20', closesOn: '2026-02-22' };
  expect(await refusedBy('listForAuction', listing)).toEqual(['asset-state']);
  const seized = await done('recordSeizure', { ...at, seizedOn: '2026-02-10', orderRef: '(2026)执1' });
  expect(seized.case).toEqual({ stage: 'DISPOSAL', disposal: 'RUNNING', assetStates: ['SEIZED'] });
  const low = await change('listForAuction', { ...listing, reserve: money('799.99'), dryRun: true });
  expect(low).toMatchObject({
    decision: { outcome: 'REFUSED', ruleId: 'reserve-floor' },
    userErrors: [{ ruleId: 'reserve-floor', message: 'The reserve must be 800.00 IDR or more', citation: expect.stringContaining('2004') }],
  });
  expect(JSON.parse(low.decision.inputs)).toMatchObject({ leastReserve: '800.00 IDR', value: '1000.00 IDR', debt: '1200.00 IDR' });
  await done('listForAuction', listing);
  const result = { ...at, result: 'UNSOLD', closedOn: '2026-02-20', bidders: 0 };
  expect(await refusedBy('recordAuctionResult', result)).toEqual(['asset-state']);
  await world.to('course', '2026-02-20');
  await done('recordAuctionResult', result);

  const second = { ...at, round: 2, reserve: money('640'), opensOn: '2026-03-01', closesOn: '2026-03-03' };
  expect(await refusedBy('listForAuction', { ...second, reserve: money('639.99') })).toEqual(['reserve-floor']);
  expect(await refusedBy('listForAuction', { ...second, round: 3 })).toEqual(['INVALID_INPUT']);
  await done('listForAuction', second);
  await world.to('course', '2026-03-02');
  const sale = { ...at, result: 'SOLD', closedOn: '2026-03-02', bidders: 3, price: money('700.01') };
  expect(await refusedBy('recordAuctionResult', { ...sale, price: money('600') })).toEqual(['at-reserve']);
  await done('recordAuctionResult', sale);

  const proceeds = {
    ...at,
    costs: [{ label: 'court fees', amount: money('50') }],
    liens: [
      { rank: 2, holder: 'us', ours: true },
      { rank: 1, holder: 'tax office', ours: false, amount: money('100') },
    ],
  };
  expect(await refusedBy('distributeProceeds', { ...proceeds, liens: [proceeds.liens[1]] })).toEqual(['INVALID_INPUT']);
  const paidOut = await done('distributeProceeds', proceeds);
  expect(paidOut.case).toMatchObject({ disposal: 'NONE', assetStates: ['PROCEEDS_DISTRIBUTED'] });
  const { disposals, availableActions } = await disposalOf(at.caseId);
  const amount = (text: string) => ({ amount: text });
  expect(disposals).toMatchObject([
    {
      state: 'PROCEEDS_DISTRIBUTED',
      method: 'AUCTION',
      price: amount('700.01'),
      costs: amount('50.00'),
      ours: amount('550.01'),
      shortfall: amount('649.99'),
      surplus: amount('0.00'),
      rounds: [
        { number: 1, reserve: amount('800.00'), least: amount('800.00'), result: 'UNSOLD', bidders: 0, price: null },
        { number: 2, reserve: amount('640.00'), least: amount('640.00'), result: 'SOLD', bidders: 3, price: amount('700.01') },
      ],
      shares: [
        { kind: 'COST', holder: 'court fees', paid: amount('50.00') },
        { kind: 'LIEN', holder: 'us', ours: true, owed: amount('1200.00'), paid: amount('550.01') },
        { kind: 'LIEN', holder: 'tax office', ours: false, paid: amount('100.00') },
        { kind: 'LOAN', paid: amount('550.01'), interest: amount('0.00'), principal: amount('550.01') },
        { kind: 'SURPLUS', paid: amount('0.00') },
      ],
    },
  ]);
  expect(
    availableActions.filter(({ name }: any) => /COLLATERAL|PROCEEDS/.test(name)).map(({ name, allowed }: any) => [name, allowed]),
  ).toEqual([
    ['ADD_COLLATERAL', true],
    ['DISTRIBUTE_PROCEEDS', false],
    ['RELEASE_COLLATERAL', true],
  ]);
  await done('releaseCollateral', { ...at, reason: 'sold' });
  const { data } = await world.ask(
    'auditor',
    '{ disposalKpis(filter: { from: "2026-03-01", to: "2026-03-31" }) { currency sold appraised netProceeds recoveryRate rounds daysToSale } }',
  );
  expect(data.disposalKpis).toEqual([
    { currency: 'IDR', sold: 1, appraised: '1000.00', netProceeds: '650.01', recoveryRate: '0.6500', rounds: '2.00', daysToSale: '20.00' },
  ]);
}, 120_000);

it('tells what an asset was worth on a day by what was known then', async () => {
  const at = await secured('past');
  const now = async () =>
    (await world.rows<{ now: string }>(`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`))[0]!
      .now;
  const before = await now();
  const valuation = { ...at, value: money('1000'), valuedOn: '2026-01-15', method: 'FULL', appraiser: 'A' };
  await done('recordValuation', valuation, { role: 'collector' });
  await core('past', 2, '2026-02-01', 950_00n);
  const valueAt = async (asOf: object) => {
    const { data, errors } = await world.ask(
      'legal',
      'query ($id: ID!, $asOf: AsOfInput) { collateral(id: $id, asOf: $asOf) { valuations { source } currentValuation { value { amount } } } }',
      { id: at.collateralId, asOf },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return [data.collateral.currentValuation.value.amount, data.collateral.valuations.length];
  };
  expect(await valueAt({})).toEqual(['950.00', 3]);
  expect(await valueAt({ validAt: '2026-01-20' })).toEqual(['1000.00', 2]);
  expect(await valueAt({ validAt: '2026-01-10' })).toEqual(['900.00', 1]);
  expect(await valueAt({ validAt: '2026-01-20', knownAt: before })).toEqual(['900.00', 1]);
}, 120_000);

it('takes an asset in lieu only by two people, stops what a hold is about, and pledges a further asset', async () => {
  const at = await secured('lieu');
  const hold = async (scopes: string[]) => {
    const { hold: placed } = await done(
      'placeHold',
      { caseId: at.caseId, type: 'DISPUTE', scopes, reason: 'whose it is' },
      { also: 'hold { id }' },
    );
    return () => done('releaseHold', { caseId: at.caseId, holdId: placed.id, reason: 'settled' });
  };
  const order = { ...at, reason: 'no payment' };
  let release = await hold(['LEGAL']);
  expect(await refusedBy('orderRepossession', order)).toEqual(['no-legal-hold']);
  await done('recordValuation', { ...at, value: money('500'), valuedOn: '2026-02-12', method: 'COURT', appraiser: 'court' });
  await release();
  await done('orderRepossession', order);
  release = await hold(['SALE']);
  const listing = { ...at, round: 1, reserve: money('400'), opensOn: '2026-02-13', closesOn: '2026-02-13' };
  expect(await refusedBy('listForAuction', listing)).toEqual(['no-sale-hold']);
  await release();
  await done('listForAuction', listing);
  await world.to('lieu', '2026-02-14');
  await done('recordAuctionResult', { ...at, result: 'UNSOLD', closedOn: '2026-02-13', bidders: 0 });
  expect(await refusedBy('recordPrivateSale', { ...at, price: money('399.99'), soldOn: '2026-02-14' })).toEqual(['sale-floor']);
  const approval = { ...at, value: money('400') };
  expect(await refusedBy('approveAssetInLieu', approval, { user: 'ben' })).toEqual(['in-lieu-proposed']);
  await done('takeInLieu', { ...at, value: money('400'), reason: 'no bid' }, { user: 'ana' });
  expect(await refusedBy('approveAssetInLieu', approval, { user: 'ana' })).toEqual(['four-eyes']);
  expect(await refusedBy('approveAssetInLieu', { ...approval, value: money('401') }, { user: 'ben' })).toEqual(['as-proposed']);
  await done('approveAssetInLieu', approval, { user: 'ben' });
  expect(await disposalOf(at.caseId)).toMatchObject({ stage: 'DISPOSAL', disposals: [{ state: 'IN_LIEU', price: { amount: '400.00' } }] });

  const pledge = {
    caseId: at.caseId,
    kind: 'VEHICLE',
    description: 'A car',
    collateralRef: 'V1',
    value: money('80'),
    valuedOn: '2026-02-14',
  };
  const { collateral } = await done('addCollateral', pledge, { also: 'collateral { id state added }' });
  expect(collateral).toMatchObject({ state: 'CHARGED', added: true });
  expect(await refusedBy('addCollateral', pledge)).toEqual(['INVALID_INPUT']);
  expect(await refusedBy('releaseCollateral', { caseId: at.caseId, collateralId: collateral.id, reason: 'x' })).toEqual(['still-secures']);
  expect(
    await refusedBy('recordSeizure', { caseId: at.caseId, collateralId: course.collateralId, seizedOn: '2026-02-14', orderRef: 'x' }),
  ).toEqual(['NOT_FOUND']);
  await expect(change('listForAuction', listing, { role: 'collector' })).rejects.toThrow('FORBIDDEN');
  const { errors } = await world.ask('lawFirm', 'query ($id: ID!) { collateral(id: $id) { id disposals { id } } }', {
    id: at.collateralId,
  });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
}, 120_000);

it('is the same by a replay of the log', () => replaysAlike(world.store, world.databaseUrl), 120_000);
