// What the graph promises is held against the tables before the first query.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisedColumns } from '../../src/graphql/reader/promises.js';
import '../../src/graphql/schema.js';
import { launchPostgres } from '../../src/sandbox/launch/postgres.js';
import { compareCatalogue, type Promised } from '../../src/storage/reader/catalogue.js';
import { openReadPools, type ReadPools } from '../../src/storage/reader/pool.js';
import { openStore } from '../../src/storage/store.js';

const folder = mkdtempSync(join(tmpdir(), 'casegraph-catalogue-'));
let postgres: Awaited<ReturnType<typeof launchPostgres>>;
let pools: ReadPools;
beforeAll(async () => {
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  postgres = await launchPostgres({ folder: join(folder, 'pg'), port: 0, throwaway: true });
  const store = await openStore(postgres.url);
  await store.orm.migrator.up();
  await store.close();
  pools = openReadPools(postgres.url);
}, 120_000);
afterAll(async () => {
  await pools?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the tables keep what every noun promises', async () => {
  expect(promisedColumns().length).toBeGreaterThan(200);
  await expect(compareCatalogue(pools.whole, promisedColumns())).resolves.toBeUndefined();
});

const loan = (over: Partial<Promised['leaf']>, absent?: string): Promised => ({
  field: 'Loan.x',
  table: 'loan',
  leaf: { sql: '@.overdue_since', type: 'date', nullable: true, ...over },
  ...(absent ? { absent } : {}),
});

it.each([
  ['a nullable column', loan({ nullable: false }), 'Loan.x may not be null, but loan may make it null'],
  ['a relation over a nullable column', loan({ sql: '@.borrower_id', type: 'text', nullable: false }), 'Loan.x may not be null'],
  [
    'an expression that may yield null',
    loan({ sql: '(business_date(@.tenant) - @.overdue_since)', type: 'int', nullable: false }),
    'Loan.x may not be null',
  ],
  [
    'a row that is not there',
    loan({ sql: '(select b.id from borrower b where b.id = @.borrower_id)', type: 'text', nullable: false }),
    'Loan.x may not be null',
  ],
  [
    'a part that is null while the whole is there',
    loan({ sql: '@.currency', type: 'text', nullable: false }, '@.overdue_minor is null'),
    'Loan.x may not be null',
  ],
  ['another type', loan({ type: 'int' }), 'Loan.x is declared as integer, and is date'],
  ['a column that is not there', loan({ sql: '@.colour' }), 'Loan: column t.colour does not exist'],
])('%s is named', async (_, promise, said) => {
  await expect(compareCatalogue(pools.whole, [promise])).rejects.toThrow(said);
});
it.each([
  ['coalesced', loan({ sql: 'coalesce(business_date(@.tenant) - @.overdue_since, 0)', type: 'int', nullable: false })],
  ['absent with its whole', loan({ sql: '@.currency', type: 'text', nullable: false }, '@.currency is null')],
])('what is %s is right', async (_, promise) => {
  await expect(compareCatalogue(pools.whole, [promise])).resolves.toBeUndefined();
});
