// More of what is there, by SQL: copies of loans, their history and their cases under other ids.
import type { Store } from '../../src/storage/store.js';

/** By table: the columns in which a copy differs. */
const keys: Record<string, string[]> = {
  borrower: ['id', 'source_ref'],
  contact_point: ['id', 'borrower_id'],
  loan: ['id', 'aggregate_id', 'borrower_id'],
  loan_base: ['loan_id'],
  recovery_case: ['id', 'ref', 'borrower_id'],
  case_loan: ['id', 'case_id', 'loan_id'],
  case_exposure: ['id', 'case_id'],
  threshold_crossing: ['id', 'case_id', 'loan_id'],
  timeline_entry: ['id', 'case_id'],
  instalment: ['id', 'loan_id'],
  repayment: ['id', 'loan_id'],
  event_log: ['fact_id', 'aggregate_id'],
};

/** A position names its borrower by number, of which a case's reference is made. */
const renamedBorrower = `regexp_replace(t.base::text, '"borrowerId":"([^"]*)"', '"borrowerId":"\\1_' || copy || '"')::json`;

/** Parts of a loan that no business date reads. */
export const history = ['timeline_entry', 'instalment', 'repayment', 'event_log'];

/** @param times how many of each there are afterwards; in an order that has nothing to do with their dates */
export async function multiply(store: Store, times: number, without: readonly string[] = []): Promise<void> {
  if (times < 2) return;
  await store.transaction(async (tx) => {
    for (const [table, differing] of Object.entries(keys)) {
      if (without.includes(table)) continue;
      const columns = await tx.query<{ column_name: string }>(
        `select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name <> 'arrival'`,
        [table],
      );
      const names = columns.map(({ column_name }) => column_name);
      const copied = (name: string) =>
        differing.includes(name) ? `t.${name} || '_' || copy` : name === 'base' ? renamedBorrower : `t.${name}`;
      await tx.query(
        `insert into ${table} (${names.join()}) select ${names.map(copied).join()}
         from ${table} t, generate_series(1, $1::int) copy order by hashtext(t.${differing[0]} || '_' || copy)`,
        [times - 1],
      );
    }
  });
}
