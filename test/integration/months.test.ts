// Histories by month: an old month of the timeline or the audit log may be detached while the gateway serves, and what was there before months were kept is still there.
import { recordLateFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { detachedMonths } from '../../src/storage/months.js';
import { openStore } from '../../src/storage/store.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

interface Entry {
  id: string;
  sequence: string;
  month: string;
}
const entriesOf = (caseId: string, table = 'timeline_entry') =>
  world.rows<Entry>(
    `select id, sequence::text, to_char(business_on, 'YYYY_MM') as month from ${table} where case_id = $1 order by ${table}.sequence`,
    caseId,
  );
async function shown(caseId: string): Promise<{ totalCount: number; nodes: { id: string; type: string }[] }> {
  const query = 'query ($id: ID!) { case(id: $id) { timeline(first: 100) { totalCount nodes { id type } } } }';
  return (await world.ask('supervisor', query, { id: caseId })).data.case.timeline;
}
const node = async (id: string) =>
  (await world.ask('supervisor', 'query ($id: ID!) { node(id: $id) { id } }', { id })).data.node as { id: string } | null;

it('keeps each entry in the month of the business date of its cause', async () => {
  const [wrong] = await world.rows<{ count: string }>(
    `select count(*) from timeline_entry e join event_log l on l.source || ' ' || l.fact_id = e.cause_id
     where e.business_on <> l.business_on or e.tableoid::regclass::text <> 'timeline_entry_' || to_char(l.business_on, 'YYYY_MM')`,
  );
  expect(wrong).toEqual({ count: '0' });
  expect((await world.rows('select distinct tableoid from timeline_entry')).length).toBeGreaterThan(3);
});

it('makes a month once when two ask for it together, while others read and write the months that are there', async () => {
  const make = `select make_month('timeline_entry', '2031-01-15')`;
  const waiting = () => world.rows(`select from pg_locks where locktype = 'advisory' and not granted`);
  let second: Promise<unknown> | undefined;
  await world.store.transaction(async (first) => {
    await first.query(make);
    second = world.rows(make);
    await until('the second waits', async () => (await waiting()).length === 1);
    await world.store.transaction(async (other) => {
      await other.query(`set local lock_timeout = '2s'`);
      await other.query(
        `insert into timeline_entry select (jsonb_populate_record(e, '{"id": "entry_other", "case_id": "case_other"}')).* from timeline_entry e order by business_on, id limit 1`,
      );
      expect(await other.query(`select from timeline_entry where case_id = 'case_other'`)).toHaveLength(1);
    });
  });
  await second;
  expect(await world.rows(`select tablename from pg_tables where tablename like 'timeline_entry_2031%'`)).toHaveLength(1);
});

it('goes on when an old month of the timeline is detached, also with what comes late for that month', async () => {
  const [chosen] = await world.rows<{ id: string; aggregate_id: string; first: string }>(
    `select c.id, l.aggregate_id, to_char(min(e.business_on), 'YYYY-MM') as first from recovery_case c join loan l using (borrower_id) join timeline_entry e on e.case_id = c.id
     where c.status = 'OPEN' group by c.id, l.aggregate_id having min(e.business_on) < '2026-03-01' and max(e.business_on) >= '2026-03-01' order by 1, 2 limit 1`,
  );
  const { id: caseId, aggregate_id: aggregateId, first } = chosen!;
  const month = first.replace('-', '_');
  const all = await entriesOf(caseId);
  const [gone, kept] = [all.filter((entry) => entry.month === month), all.filter((entry) => entry.month !== month)];
  await world.rows(`alter table timeline_entry detach partition timeline_entry_${month}`);
  expect(await world.store.transaction((tx) => detachedMonths(tx, 'timeline_entry'))).toEqual([first]);

  expect(await shown(caseId)).toMatchObject({ totalCount: kept.length, nodes: kept.map(({ id }) => ({ id })) });
  expect(await node(kept[0]!.id)).toEqual({ id: kept[0]!.id });
  expect(await node(gone[0]!.id)).toBeNull();

  const late: SourceFact = {
    source: '/core-banking/late',
    id: 'late',
    type: 'LoanTransactionPosted',
    tenant: 'demo',
    aggregateId,
    sequence: 1_000_000n,
    effectiveOn: `${first}-28`,
    businessOn: `${first}-28`,
    occurredAt: new Date(`${first}-28T00:00:00Z`),
    data: {
      transactionId: 'late',
      kind: 'REPAYMENT',
      valueOn: `${first}-28`,
      postedOn: `${first}-28`,
      amount: 1n,
      currency: 'IDR',
      portions: null,
    },
  };
  const record = () => world.store.transaction((tx) => recordLateFacts(tx, [late]));
  // The process believes the month to be there: the first try finds that out, and leaves nothing behind.
  await expect(record()).rejects.toThrow(/no partition of relation "timeline_entry"/);
  expect(await record()).toBe(1);
  const timeline = await shown(caseId);
  expect(timeline).toMatchObject({ totalCount: kept.length + 1 });
  expect(timeline.nodes.at(-1)).toMatchObject({ type: 'REPAYMENT_POSTED' });
  expect(await node(timeline.nodes.at(-1)!.id)).not.toBeNull();
  expect(await entriesOf(caseId, `timeline_entry_${month}_late`)).toEqual([
    { id: timeline.nodes.at(-1)!.id, sequence: String(all.length + 1), month },
  ]);
  expect(await entriesOf(caseId, `timeline_entry_${month}`)).toEqual(gone);

  // The log still has all of it.
  const past = 'query ($id: ID!) { case(id: $id, asOf: {}) { timeline(first: 100) { totalCount } } }';
  expect((await world.ask('supervisor', past, { id: caseId })).data.case.timeline.totalCount).toBe(all.length + 1);
});

it('puts reads in clear on record while old months of the audit log are detached', async () => {
  await world.rows(`select make_month('audit_entry', '2026-01-31')`);
  await world.rows(
    `insert into audit_entry (at, actor, roles, action, detail) values ('2026-01-31 23:59:59+00', 'ana', '{legal}', 'HOLD', '{}'), ('2026-01-01 00:00:00+00', 'ana', '{legal}', 'HOLD', '{}')`,
  );
  await world.rows('alter table audit_entry detach partition audit_entry_2026_01');
  await world.ask('legal', '{ cases(first: 1) { nodes { borrower { nationalId } } } }');
  expect(
    await world.rows(
      `select actor, action, tableoid::regclass::text = 'audit_entry_' || to_char(at at time zone 'UTC', 'YYYY_MM') as right from audit_entry where action <> 'setAgencyProfile' order by number`,
    ),
  ).toEqual([{ actor: 'legal-1', action: 'READ_UNMASKED', right: true }]);
  expect(await world.rows('select action from audit_entry_2026_01')).toHaveLength(2);
});

it('takes over what was there before histories were kept by month', async () => {
  await world.store.orm.em.getConnection().execute('create database before_months');
  const at = new URL(world.databaseUrl);
  at.pathname = '/before_months';
  at.searchParams.set('options', '-c timezone=Asia/Jakarta'); // months are those of UTC all the same
  const store = await openStore(at.toString());
  const rows = (text: string) => store.transaction((tx) => tx.query<Record<string, unknown>>(text));
  try {
    await store.orm.migrator.up({ to: 'Migration20261124210000_waiting_loans' });
    await rows(`select log_month('2026-01-05'), log_month('2026-02-05'), log_month('2025-06-05')`);
    await rows(`insert into event_log (source, fact_id, type, tenant, aggregate_id, sequence, effective_on, business_on, occurred_at, data)
      select 'core', id, 'X', 't', 'a', 1, business_on, business_on, now(), '{}' from (values ('1', date '2026-01-05'), ('2', '2026-02-05'), ('2', '2026-01-31')) f(id, business_on)`);
    await rows(`insert into timeline_entry (id, case_id, sequence, type, summary, actor, effective_on, recorded_at, cause_id, data)
      select 'entry_' || s, 'case_1', s, 'X', '', '', '2019-01-01', recorded_at, 'core ' || s, '{}'
      from (values (1, timestamptz '2026-05-31 23:59+00'), (2, '2026-05-31 23:59+00'), (3, '2026-05-31 23:59+00')) e(s, recorded_at)`);
    await rows(`insert into audit_entry (at, actor, roles, action, detail)
      values ('2026-05-31 23:59+00', 'ana', '{legal}', 'HOLD', '{"a": 1}'), ('2026-06-01 00:00+00', 'ben', '{}', 'HOLD', '{}')`);
    await rows('alter table event_log detach partition event_log_2025_06');
    expect(await rows('show timezone')).toEqual([{ TimeZone: 'Asia/Jakarta' }]);

    await store.orm.migrator.up();
    expect(
      await rows(`select tableoid::regclass::text as part, id, business_on::text, effective_on::text from timeline_entry order by id`),
    ).toEqual([
      { part: 'timeline_entry_2026_01', id: 'entry_1', business_on: '2026-01-05', effective_on: '2019-01-01' },
      { part: 'timeline_entry_2026_01', id: 'entry_2', business_on: '2026-01-31', effective_on: '2019-01-01' },
      { part: 'timeline_entry_2026_05', id: 'entry_3', business_on: '2026-05-31', effective_on: '2019-01-01' },
    ]);
    // Also for months of the log from which no case has anything: whoever knows them to be there makes no more of them.
    expect(await rows(`select to_regclass('timeline_entry_2026_02') is not null as there`)).toEqual([{ there: true }]);
    expect(
      await rows(`insert into audit_entry (at, actor, roles, action, detail) values ('2026-05-01 00:00+00', 'ana', '{}', 'READ', '{}')`),
    ).toEqual([]);
    expect(await rows('select tableoid::regclass::text as part, number, actor, detail from audit_entry order by number')).toEqual([
      { part: 'audit_entry_2026_05', number: '1', actor: 'ana', detail: { a: 1 } },
      { part: 'audit_entry_2026_06', number: '2', actor: 'ben', detail: {} },
      { part: 'audit_entry_2026_05', number: '3', actor: 'ana', detail: {} },
    ]);
    expect(await store.transaction((tx) => detachedMonths(tx, 'event_log'))).toEqual(['2025-06']);
  } finally {
    await store.close();
  }
}, 60_000);
