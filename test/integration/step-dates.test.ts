// Steps that loans had stored before the dates stood beside them age as they would have.
import { ageLoans } from '../../src/storage/ageing.js';
import { openStore } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database?.stop());

const steps = [
  ['2026-02-01', 'PAST_DUE', '2026-01-31', '70', '30', '0', '0', '100', 'D1', 2, '2026-02-28'],
  ['2026-03-01', 'PAST_DUE', '2026-01-31', '140', '60', '0', '0', '200', 'D2', 3, '2026-03-31'],
];
/** What a column that must have a value is given here. */
const values: Record<string, string> = { text: `''`, integer: '0', bigint: '0', boolean: 'false', date: `'2026-01-01'`, json: `'[]'` };

it('takes over the steps of loans', async () => {
  await database.store.orm.em.getConnection().execute('create database before_step_dates');
  const at = new URL(database.url);
  at.pathname = '/before_step_dates';
  const store = await openStore(at.toString());
  const rows = <Row extends object>(text: string, ...given: unknown[]) => store.transaction((tx) => tx.query<Row>(text, given));
  try {
    await store.orm.migrator.up({ to: 'Migration20261124210000_waiting_loans' });
    const must = await rows<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name = 'loan' and is_nullable = 'NO' and column_default is null`,
    );
    const given: Record<string, string> = {
      ...Object.fromEntries(must.map(({ name, type }) => [name, values[type]!])),
      id: `'loan_1'`,
      tenant: `'t'`,
      borrower_id: `'borrower_1'`,
      next_step_on: `'2026-02-01'`,
      steps: '$1::json',
    };
    await rows(`insert into loan (${Object.keys(given).join()}) values (${Object.values(given).join()})`, JSON.stringify(steps));

    await store.orm.migrator.up();
    const aged = async (on: string) => {
      await store.transaction((tx) => ageLoans(tx, 't', on));
      return (
        await rows(
          `select result, overdue_since::text, overdue_principal_minor, overdue_interest_minor, overdue_minor, bucket, quality_class, next_due_on::text, next_step_on::text from loan`,
        )
      )[0];
    };
    expect(await aged('2026-02-01')).toEqual({
      result: 'PAST_DUE',
      overdue_since: '2026-01-31',
      overdue_principal_minor: '70',
      overdue_interest_minor: '30',
      overdue_minor: '100',
      bucket: 'D1',
      quality_class: 2,
      next_due_on: '2026-02-28',
      next_step_on: '2026-03-01',
    });
    expect(await aged('2026-03-02')).toMatchObject({ overdue_minor: '200', bucket: 'D2', quality_class: 3, next_step_on: null });
  } finally {
    await store.close();
  }
}, 60_000);
