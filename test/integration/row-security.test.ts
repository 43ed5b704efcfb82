// Row-level security where nobody is a superuser: the owner of the tables goes on writing, and the roles that read own nothing.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { launchPostgres, type LocalPostgres } from '../../src/sandbox/launch/postgres.js';
import { profileOf } from '../../src/storage/profiles.js';
import { openReadPools, type ReadPools } from '../../src/storage/reader/pool.js';
import { createRun } from '../../src/storage/reader/run.js';
import type { Caller } from '../../src/storage/reader/shape.js';
import { openStore, type Store } from '../../src/storage/store.js';
import * as tables from '../../src/storage/tables.js';

const folder = mkdtempSync(join(tmpdir(), 'casegraph-rows-'));
let postgres: LocalPostgres;
let administrator: pg.Client;
let url: string;
let store: Store;
let pools: ReadPools | undefined;
beforeAll(async () => {
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  postgres = await launchPostgres({ folder: join(folder, 'pg'), port: 0, throwaway: true });
  administrator = new pg.Client({ connectionString: postgres.url });
  await administrator.connect();
  await administrator.query(`create role bank login password 'bank'`);
  await administrator.query('create database bank owner bank');
  url = `postgres://bank:bank@${new URL(postgres.url).host}/bank`;
  store = await openStore(url);
}, 60_000);
afterAll(async () => {
  await pools?.close();
  await store?.close();
  await administrator?.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const inDatabase = (sql: string) => store.transaction((tx) => tx.query<Record<string, unknown>>(sql));

it('is not made without its roles, and says what an administrator has to do', async () => {
  await expect(store.orm.migrator.up()).rejects.toThrow(
    'the role casegraph_reader is missing and bank may not create it: have an administrator run "create role casegraph_reader; grant casegraph_reader to bank"',
  );
});

it('uses the roles of the name that the database says', async () => {
  await store.close();
  await administrator.query(`alter role bank set casegraph.reader_role = 'reader_of_bank'`);
  store = await openStore(url);
  await expect(store.orm.migrator.up()).rejects.toThrow('create role reader_of_bank; grant reader_of_bank to bank');
  for (const role of ['reader_of_bank', 'reader_of_bank_narrowed']) await administrator.query(`create role ${role}; grant ${role} to bank`);
  await store.orm.migrator.up();
}, 60_000);

it('is forced on every table of the graph, with a rule for each of the two roles that read', async () => {
  const found = await inDatabase(
    `select c.relname as table, c.relforcerowsecurity as forced, (select string_agg(r.rolname, ' ' order by r.rolname) from pg_policy p join pg_roles r on r.oid = any(p.polroles) where p.polrelid = c.oid) as roles
     from pg_class c where c.relrowsecurity`,
  );
  for (const { name } of Object.values(tables))
    expect(found.find(({ table }) => table === name) ?? { table: name }).toEqual({
      table: name,
      forced: true,
      roles: 'bank reader_of_bank reader_of_bank_narrowed',
    });
});

describe('with a case of ana', () => {
  const ask = (caller: Partial<Caller> & Pick<Caller, 'profile'>, text: string) =>
    createRun(pools!)({ name: text.slice(0, 60), text, reads: [] }, { variables: {}, caller: { user: 'nobody', roles: [], ...caller } });
  const cases = 'select count(*)::text from recovery_case';
  const [collector, auditor] = [profileOf(['collector']), profileOf(['auditor'])];

  beforeAll(async () => {
    pools = openReadPools(url);
    await inDatabase(
      `insert into recovery_case select * from json_populate_record(null::recovery_case, '{"id": "case_1", "tenant": "t", "ref": "1", "borrower_id": "borrower_1", "ordinal": 1, "jurisdiction": "ID", "status": "OPEN",
       "stage": "X", "opened_on": "2026-01-01", "reopened": 0, "highest_threshold": 0, "quality_class": 1, "treatment": "NONE", "arrangement": "NONE", "legal": "NONE", "preservation": "NONE", "placement": "NONE",
       "ownership": "OWNED", "legal_eligible": false, "assignee": "ana", "sequence": 1, "version": 1, "policy_version": "v1"}')`,
    );
  });

  it('lets its owner write and read', async () => expect(await inDatabase(cases)).toEqual([{ count: '1' }]));

  it('shows the case to whom it belongs, in one statement after another on few connections', async () => {
    const users = Array.from({ length: 200 }, (_, i) => (i % 3 ? 'ben' : 'ana'));
    expect(await Promise.all(users.map((user) => ask({ profile: collector, user }, cases)))).toEqual(
      users.map((user) => (user === 'ana' ? '1' : '0')),
    );
    expect(await ask({ profile: auditor }, cases)).toBe('1');
  });

  it('shows nothing to a statement that comes without a scope, also after one that had it', async () => {
    await ask({ profile: collector, user: 'ana' }, cases);
    for (let i = 0; i < 10; i++) expect((await pools!.narrowed.query(cases)).rows).toEqual([{ count: '0' }]);
  });

  it('shows a scope of its own to the next statement when one before it fails', async () => {
    for (let i = 0; i < 10; i++) {
      await expect(ask({ profile: collector, user: 'ana' }, `select (1 / ${i - i})::text`)).rejects.toThrow('division by zero');
      expect(await ask({ profile: collector, user: 'ben' }, cases)).toBe('0');
      expect(await ask({ profile: collector, user: 'ana' }, cases)).toBe('1');
    }
  });

  it.each(['event_log', 'audit_entry', 'answered_request', 'callback_receipt', 'sealed_bid'])('lets no caller read %s', async (table) => {
    for (const profile of [collector, auditor])
      await expect(ask({ profile }, `select count(*)::text from ${table}`)).rejects.toThrow(`permission denied for table ${table}`);
  });

  it('lets no caller write', async () => {
    for (const pool of [pools!.whole, pools!.narrowed])
      await expect(pool.query('begin; set transaction read write; delete from recovery_case')).rejects.toThrow(
        'permission denied for table recovery_case',
      );
  });
});
