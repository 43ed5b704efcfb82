// What bureaus ask of people, accounts and security: whole in the event log, and in no other table.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLoanFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { toFact } from '../../src/events/to-fact.js';
import { factColumns, factOf, type LoggedRow } from '../../src/storage/loan-facts.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';

let database: Database;
let store: Store;
beforeAll(async () => {
  database = await openDatabase();
  ({ store } = database);
}, 120_000);
afterAll(() => database?.stop(), 60_000);

const mark = 'Geheimrat';
function fact(key: string, type: string, data: object): SourceFact {
  const read = toFact({
    id: `${key}/1`,
    source: '/core-banking/details',
    type,
    time: '2026-03-10T01:00:00Z',
    tenantid: 'details',
    aggregateid: `details/core/${key}`,
    sequence: '1',
    businessdate: '2026-03-10',
    effectivedate: '2026-03-10',
    data,
  });
  if (!('fact' in read)) throw new Error(JSON.stringify(read));
  return read.fact;
}
const codes = { anything: mark };
const facts = [
  fact('borrower/B1', 'BorrowerUpdated', {
    borrowerId: 'B1',
    name: 'Siti',
    jurisdiction: 'ID',
    language: 'id',
    timeZone: 'Asia/Jakarta',
    contactPoints: [],
    details: { familyName: mark, mothersName: mark, taxNumber: mark, birthPlace: mark, postal: { lines: [mark], city: mark }, codes },
  }),
  fact('L1', 'LoanAccountSnapshotted', {
    loanAccountId: 'L1',
    accountNo: 'L1',
    borrowerId: 'B1',
    productId: 'PL',
    productClass: 'CONSUMER',
    jurisdiction: 'ID',
    currency: 'IDR',
    status: 'ACTIVE',
    principal: '100.00',
    disbursedOn: '2026-02-01',
    installments: [{ installmentNumber: 1, dueDate: '2026-03-01', principal: { due: '100.00' } }],
    guarantors: [{ guarantorId: 'G1', name: 'Budi', phone: '+62 811', idNumber: mark, percent: 50, address: mark }],
    details: { branch: mark, interestRate: '12.5', creditLimit: '250.50', codes, originalCreditor: { name: mark } },
  }),
  fact('collateral/C1', 'CollateralUpdated', {
    collateralId: 'C1',
    borrowerId: 'B1',
    loanAccountId: 'L1',
    kind: 'VEHICLE',
    description: 'Car',
    value: '10.00',
    currency: 'IDR',
    valuedOn: '2026-02-01',
    details: { owner: mark, evidence: mark, boundOn: '2026-02-01', codes },
  }),
];

it('keeps them there alone, and gives them back as they were told', async () => {
  await advanceBusinessDate(store, 'details', '2026-03-10');
  const batch = { topic: 'details', partition: 0, expectedOffset: 0n, nextOffset: 1n, unreadable: [] };
  await recordLoanFacts(store, { ...batch, facts });
  for (const date of ['2026-03-11', '2026-03-12']) await advanceBusinessDate(store, 'details', date); // with a case by now
  const { holders, logged, guarantors, cases } = await store.transaction(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables)
      if ((await tx.query(`select 1 from ${name} t where t::text like '%${mark}%' limit 1`)).length) found.push(name);
    const rows = await tx.query<LoggedRow>(
      `select ${factColumns} from event_log where tenant = 'details' and type in ('BorrowerUpdated', 'LoanAccountSnapshotted', 'CollateralUpdated') order by arrival`,
    );
    return {
      holders: found,
      logged: rows.map((row) => factOf(row).data),
      guarantors: await tx.query(
        `select name, phone from guarantor where borrower_id in (select id from borrower where tenant = 'details')`,
      ),
      cases: await tx.query(`select status from recovery_case where tenant = 'details'`),
    };
  });
  expect([cases, guarantors]).toEqual([[{ status: 'OPEN' }], [{ name: 'Budi', phone: '+62 811' }]]);
  expect(holders).toEqual(['public.event_log_2026_03']);
  expect(logged).toEqual(facts.map(({ data }) => data));
});
