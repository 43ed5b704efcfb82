// Money that agencies and firms collected: from the callback or the file to trust money, commission and cash; all of it or nothing, to the eyes of its own partner alone, and the same by replay.
import type { RemittanceFile, RemittanceLine } from '../../connectors/contract/remittance.js';
import { readRemittanceFile, writeRemittanceFile } from '../../connectors/remittance-file.js';
import { recordRemittance } from '../../src/actions/record-remittance.js';
import { replay } from '../../src/actions/replay.js';
import { differing, digestOf } from '../../src/storage/digest.js';
import { openScratchStore } from '../../src/storage/scratch.js';
import { registerAgency } from '../support/agencies.js';
import { serveGraph } from '../support/graph-world.js';
import { openWorld, until, type World } from '../support/partner-world.js';
import { lineOf, remittanceOf } from '../support/remittances.js';

const seeded = ['borrower', 'loan', 'instalment', 'recovery_case', 'case_loan', 'business_day'];
const lotus = 'lotus-recovery';
let world: World;
let graph: Awaited<ReturnType<typeof serveGraph>>;
const free: string[] = [];
beforeAll(async () => {
  world = await openWorld();
  for (let n = 0; n < 26; n++) free.push(await world.newCase());
  await world.rows('create schema snap');
  for (const table of seeded) await world.rows(`create table snap.${table} as select * from public.${table}`);
  await registerAgency(world.store, lotus);
  graph = await serveGraph(world.store, world.url);
  await world.deliver();
}, 120_000);
afterAll(async () => {
  await graph?.stop();
  await world?.stop();
});

const ask = async (role: string, query: string, variables: object = {}, scope: { partner?: string; branches?: string[] } = {}) => {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await graph.token([role], { user: `${role}-1`, ...scope })}`,
    'x-purpose': 'collection',
  };
  const response = await fetch(`${graph.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as { data: any; errors?: { message: string; extensions: { code: string } }[] };
};
let keys = 0;
interface Placed {
  caseId: string;
  placementId: string;
  deliveryId: string;
  ref: string;
}
async function place(): Promise<Placed> {
  const caseId = free.pop()!;
  const input = { caseId, agencyId: lotus, idempotencyKey: `place ${++keys}` };
  const { data } = await ask(
    'supervisor',
    `mutation ($input: PlaceCaseWithAgencyInput!) { placeCaseWithAgency(input: $input) { placement { id } handoff { id } userErrors { message } } }`,
    { input },
  );
  const { placement, handoff } = data.placeCaseWithAgency;
  const [row] = await until(async () => {
    const rows = await world.rows(
      `select partner_ref from agency_placement where id = $1 and partner_ref is not null and state = 'ACKNOWLEDGED'`,
      placement.id,
    );
    return rows.length ? rows : null;
  }, 'it is acknowledged');
  return { caseId, placementId: placement.id, deliveryId: handoff.id, ref: row.partner_ref };
}
const tell = async (deliveryId: string, file: RemittanceFile, firm = lotus, type = 'remittance.submitted', data: object = file) => {
  const { status } = await fetch(`${world.partnerUrl(firm)}/control/deliveries/${deliveryId}/steps`, {
    method: 'POST',
    body: JSON.stringify({ type, data }),
  });
  expect(status).toBe(202);
};
const remittance = (ref: string, state: string) =>
  until(async () => (await world.rows('select * from remittance where ref = $1 and state = $2', ref, state))[0], `${ref} is ${state}`);
const money = (caseId: string) =>
  world
    .rows(
      'select partner_id, currency, trust_minor, settled_minor, direct_minor, commission_minor from partner_money where case_id = $1',
      caseId,
    )
    .then(([row]) => row);
const confirm = async (remittanceId: string, amount: string, over: object = {}, scope: object = {}) => {
  const input = {
    remittanceId,
    received: { amount, currency: 'IDR' },
    receivedOn: '2026-06-01',
    statementRef: 'ST-1',
    idempotencyKey: `confirm ${++keys}`,
    ...over,
  };
  const { data, errors } = await ask(
    'supervisor',
    `mutation ($input: ConfirmRemittanceInput!) { confirmRemittance(input: $input) { dryRun remittance { state due { amount } } userErrors { code message ... on GuardRejected { ruleId } } } }`,
    { input },
    scope,
  );
  return errors ? { code: errors[0]!.extensions.code } : data.confirmRemittance;
};
const entries = async (caseId: string, type: string) =>
  (await world.rows('select 1 from timeline_entry where case_id = $1 and type = $2', caseId, type)).length;

it('is trust money of the agency until its settlement is confirmed, cash from then on, and moves no loan', async () => {
  const [one, two] = [await place(), await place()];
  const loans = await world.rows('select id, outstanding_minor, version from loan order by id');
  const lines = [
    lineOf(1, 'T-1', one.ref, [900_000_00n, 100_000_00n, 0n, 0n]),
    lineOf(2, 'T-2', two.deliveryId, [50_000_00n, 0n, 0n, 5n]),
    lineOf(3, 'T-3', one.ref, [10_000_00n, 0n, 0n, 0n], { via: 'BANK' }),
    lineOf(4, 'T-4', one.ref, [200_000_00n, 0n, 0n, 0n], { type: 'PAR', reverses: 'T-1' }),
  ];
  await tell(one.deliveryId, remittanceOf('T', lines));
  const { id } = await remittance('T', 'REPORTED');
  expect(await money(one.caseId)).toEqual({
    partner_id: lotus,
    currency: 'IDR',
    trust_minor: '80000000',
    settled_minor: '0',
    direct_minor: '1000000',
    commission_minor: '14580000',
  });
  expect(await money(two.caseId)).toMatchObject({ trust_minor: '5000005', commission_minor: '900001' });
  const shown = `{ remittance(id: "${id}") { state basis lineCount held { amount } direct { amount } commission { amount } due { amount } lines(first: 10) { nodes { paymentIdentifier amount { amount } commission { amount } settledOn } } }
    case(id: "${one.caseId}") { partnerMoney { trust { amount } } partnerPayments(first: 5) { nodes { paymentIdentifier } } } partnerMoneyTotals { partnerId currency trustMoney settled direct commission } }`;
  const seen = (await ask('agency', shown, {}, { partner: lotus })).data;
  expect(seen.remittance).toMatchObject({
    state: 'REPORTED',
    basis: 'NET',
    lineCount: 4,
    held: { amount: '850000.05' },
    direct: { amount: '10000.00' },
    commission: { amount: '154800.01' },
    due: { amount: '695200.04' },
  });
  expect(
    seen.remittance.lines.nodes
      .map(({ paymentIdentifier, amount, commission }: any) => [paymentIdentifier, amount.amount, commission.amount])
      .sort(),
  ).toEqual([
    ['T-1', '1000000.00', '180000.00'],
    ['T-2', '50000.05', '9000.01'],
    ['T-3', '10000.00', '1800.00'],
    ['T-4', '-200000.00', '-36000.00'],
  ]);
  expect(seen.partnerMoneyTotals).toEqual([
    { partnerId: lotus, currency: 'IDR', trustMoney: '850000.05', settled: '0.00', direct: '10000.00', commission: '154800.01' },
  ]);
  expect((await ask('supervisor', shown)).data).toEqual(seen);
  expect(await confirm(id, '695200.03')).toMatchObject({
    userErrors: [{ ruleId: 'received-is-due', message: '695200.04 IDR are due and 695200.03 IDR came: the difference is -0.01 IDR' }],
  });
  expect(await confirm(id, '695200.04', { dryRun: true })).toMatchObject({ dryRun: true, userErrors: [] });
  expect(await confirm(id, '695200.04', { receivedOn: '2026-06-02' })).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT' }] });
  const key = { idempotencyKey: 'the same' };
  for (let time = 0; time < 2; time++)
    expect(await confirm(id, '695200.04', key)).toMatchObject({ remittance: { state: 'SETTLED' }, userErrors: [] });
  expect(await confirm(id, '695200.04')).toMatchObject({ userErrors: [{ ruleId: 'remittance-waits' }] });
  expect(await money(one.caseId)).toMatchObject({ trust_minor: '0', settled_minor: '80000000', commission_minor: '14580000' });
  expect([await entries(one.caseId, 'PARTNER_MONEY_REPORTED'), await entries(one.caseId, 'PARTNER_MONEY_SETTLED')]).toEqual([1, 1]);
  expect(await world.rows('select id, outstanding_minor, version from loan order by id')).toEqual(loans);
  // What is reversed after it was settled is owed back.
  const back = lineOf(1, 'T-5', one.ref, [700_000_00n, 100_000_00n, 0n, 0n], { type: 'PAR', reverses: 'T-1' });
  await tell(two.deliveryId, remittanceOf('T-back', [back]));
  expect(await remittance('T-back', 'REPORTED')).toMatchObject({
    held_minor: '-80000000',
    commission_minor: '-14400000',
    due_minor: '-65600000',
  });
});

it('is refused as a whole and says why, is kept, tells nothing of what is another’s, and comes again once it is right', async () => {
  const [mine, other] = [await place(), free.pop()!];
  const input = { caseId: other, lawFirmId: 'merdeka-law', idempotencyKey: `instruct ${++keys}` };
  const { data } = await ask('legal', `mutation ($input: InstructLawFirmInput!) { instructLawFirm(input: $input) { handoff { id } } }`, {
    input,
  });
  const theirs = data.instructLawFirm.handoff.id as string;
  const lines = (placement: string) => [lineOf(1, 'U-1', mine.ref, [100n, 0n, 0n, 0n]), lineOf(2, 'U-2', placement, [100n, 0n, 0n, 0n])];
  const words: string[] = [];
  for (const [ref, placement] of [
    ['U', theirs],
    ['U', 'LR-999999'],
  ] as const) {
    await tell(mine.deliveryId, remittanceOf(ref, lines(placement)));
    const refused = await until(async () => {
      const rows = await world.rows<{ problems: any[] }>(`select problems from remittance where ref = 'U' and state = 'REFUSED'`);
      return rows.length === words.length + 1 ? rows : null;
    }, 'it is refused');
    words.push(...refused.flatMap(({ problems }) => problems.map(({ line, words }) => `${line} ${words}`)).slice(words.length));
  }
  expect(words).toEqual(Array(2).fill('2 It is no case that was placed with you'));
  expect(await world.rows(`select 1 from remittance_line where payment_identifier in ('U-1', 'U-2')`)).toEqual([]);
  expect([await money(mine.caseId), await entries(mine.caseId, 'PARTNER_MONEY_REPORTED')]).toEqual([undefined, 0]);
  await tell(mine.deliveryId, remittanceOf('U', lines(mine.ref)));
  await remittance('U', 'REPORTED');
  // The same number with other lines.
  expect(await recordRemittance(world.store, lotus, remittanceOf('U', [lineOf(1, 'U-9', mine.ref, [1n, 0n, 0n, 0n])]))).toMatchObject({
    problems: [{ code: 'CONFLICT' }],
  });
  expect(await recordRemittance(world.store, 'nobody', remittanceOf('U', lines(mine.ref)))).toMatchObject({
    problems: [{ code: 'NO_PLACEMENT' }],
  });
});

it('of a law firm comes in its own words, gross and without commission, and neither partner sees the other’s', async () => {
  const caseId = free.pop()!;
  const input = { caseId, lawFirmId: 'merdeka-law', idempotencyKey: `instruct ${++keys}` };
  const { data } = await ask('legal', `mutation ($input: InstructLawFirmInput!) { instructLawFirm(input: $input) { handoff { id } } }`, {
    input,
  });
  const deliveryId = data.instructLawFirm.handoff.id as string;
  await until(
    async () => (await world.rows(`select 1 from legal_matter where case_id = $1 and state = 'ACCEPTED'`, caseId)).length,
    'it is accepted',
  );
  const sums = { jumlah: '500.00', pokok: '500.00', bunga: '0.00', biaya: '0.00', denda: '0.00' };
  const baris = [{ nomor_pembayaran: 'S-1', jenis: 'pembayaran', perkara: deliveryId, tanggal: '2026-06-01', lewat: 'kantor', ...sums }];
  const setoran = { nomor: 'S', tanggal: '2026-06-01', mata_uang: 'IDR', dasar: 'kotor', baris, kontrol: { banyak: 1, ...sums } };
  await tell(deliveryId, {} as never, 'merdeka-law', 'setoran_diajukan', setoran);
  const { id } = await remittance('S', 'REPORTED');
  const query = `{ remittance(id: "${id}") { partnerId due { amount } commission { amount } } remittances(first: 20) { nodes { partnerId } } partnerMoneyTotals { partnerId } }`;
  const firm = await ask('lawFirm', query, {}, { partner: 'merdeka-law' });
  expect(firm.data).toEqual({
    remittance: { partnerId: 'merdeka-law', due: { amount: '500.00' }, commission: { amount: '0.00' } },
    remittances: { nodes: [{ partnerId: 'merdeka-law' }] },
    partnerMoneyTotals: [{ partnerId: 'merdeka-law' }],
  });
  const agency = (await ask('agency', query, {}, { partner: lotus })).data;
  expect([agency.remittance, new Set(agency.remittances.nodes.map(({ partnerId }: any) => partnerId))]).toEqual([null, new Set([lotus])]);
  expect((await ask('agency', `{ partnerMoneyTotals(partnerId: "merdeka-law") { partnerId } }`, {}, { partner: lotus })).data).toEqual({
    partnerMoneyTotals: [],
  });
  expect((await ask('supervisor', `{ remittances(first: 5) { nodes { id } } }`, {}, { branches: ['X'] })).data.remittances.nodes).toEqual(
    [],
  );
  expect((await ask('supervisor', `{ partnerMoneyTotals { partnerId } }`, {}, { branches: ['X'] })).errors![0]!.extensions.code).toBe(
    'FORBIDDEN',
  );
  expect(await confirm(id, '500.00', {}, { branches: ['X'] })).toEqual({ code: 'FORBIDDEN' });
  expect((await ask('collector', query)).errors![0]!.extensions.code).toBe('FORBIDDEN');
});

it('is kept when it was paid before the case came back, though it is told after', async () => {
  const mine = await place();
  const input = { caseId: mine.caseId, placementId: mine.placementId, reason: 'Promise made', idempotencyKey: `recall ${++keys}` };
  await ask('supervisor', `mutation ($input: RecallPlacementInput!) { recallPlacement(input: $input) { userErrors { message } } }`, {
    input,
  });
  await until(
    async () => (await world.rows(`select 1 from agency_placement where id = $1 and state = 'RECALLED'`, mine.placementId)).length,
    'it is recalled',
  );
  await tell(mine.deliveryId, remittanceOf('V', [lineOf(1, 'V-1', mine.ref, [1_000_00n, 0n, 0n, 0n])]));
  await remittance('V', 'REPORTED');
  expect(await money(mine.caseId)).toMatchObject({ trust_minor: '100000', commission_minor: '18000' });
});

describe('of 10,000 lines', () => {
  let file: RemittanceFile;
  const booked = async () =>
    Number((await world.rows(`select count(*) as n from remittance_line where payment_identifier like 'W-%'`))[0].n);
  beforeAll(async () => {
    const placed: Placed[] = [];
    while (placed.length < 12) placed.push(await place());
    const lines = Array.from({ length: 10_000 }, (_, n): RemittanceLine =>
      lineOf(n + 2, `W-${n}`, placed[n % 12]!.ref, [BigInt(n + 1), 7n, 0n, BigInt(n % 3)]),
    );
    file = remittanceOf('W', lines, { basis: 'GROSS' });
  });

  it('books nothing where one total is wrong, and names it', async () => {
    const wrong = { ...file, ref: 'W-wrong', totals: { ...file.totals, penalty: '99.98' } };
    expect(await recordRemittance(world.store, lotus, wrong)).toEqual({
      problems: [{ line: null, field: 'penalty', code: 'TOTAL', words: 'The control total of penalty is 99.98, its lines make 99.99' }],
    });
    const spoilt = file.lines.map((line) => (line.paymentIdentifier === 'W-7777' ? { ...line, interest: '0.08' } : line));
    expect(await recordRemittance(world.store, lotus, { ...file, ref: 'W-spoilt', lines: spoilt })).toMatchObject({
      problems: [
        { line: 7779, field: 'amount', code: 'BUCKETS' },
        { field: 'interest', code: 'TOTAL' },
      ],
    });
    expect(await booked()).toBe(0);
  });

  it('books them all in one transaction within seconds, and once', async () => {
    const read = readRemittanceFile(writeRemittanceFile(file));
    if (!('remittance' in read)) throw new Error('it was not read');
    const from = Date.now();
    expect(await recordRemittance(world.store, lotus, read.remittance)).toEqual({ recorded: 'recorded', booked: 10_000 });
    const ms = Date.now() - from;
    if (process.env['CASEGRAPH_FIGURES']) console.info(`10,000 lines were booked in ${ms} ms`);
    expect(ms).toBeLessThan(10_000);
    expect(await recordRemittance(world.store, lotus, { ...file, lines: file.lines.toReversed() })).toEqual({
      recorded: 'seenBefore',
      booked: 0,
    });
    expect(await booked()).toBe(10_000);
    const [{ sum }] = (await world.rows(
      `select sum(amount_minor)::text as sum from remittance_line where payment_identifier like 'W-%'`,
    )) as [{ sum: string }];
    expect(sum).toBe(file.totals.amount.replace('.', ''));
    const { id } = await remittance('W', 'REPORTED');
    expect(await confirm(id, file.totals.amount)).toMatchObject({ remittance: { state: 'SETTLED' } });
  });
});

it('is the same by replay', async () => {
  const scratch = await openScratchStore(world.url, 'remittances_again');
  try {
    await scratch.transaction(async (tx) => {
      for (const table of seeded) await tx.query(`insert into ${table} select * from snap.${table}`);
    });
    await world.store.snapshot((log) => replay(log, scratch, () => {}));
    const [live, again] = [await world.store.transaction(digestOf), await scratch.transaction(digestOf)];
    expect(live.tables['remittance_line']!.rows).toBeGreaterThan(10_000);
    expect(differing(live, again)).toEqual([]);
  } finally {
    await scratch.close();
  }
});
