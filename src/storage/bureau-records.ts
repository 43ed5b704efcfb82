// What a bureau's file is made from: the facts of loans as they were known when it was ordered, and its records while Postgres sorts them.
import type { BorrowerFact, CollateralFact } from '../domain/borrower.js';
import type { LocalDate } from '../domain/fact.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { byAggregate, factColumns, type LoggedRow } from './loan-facts.js';
import type { Tx } from './store.js';

export interface LoanToTell {
  aggregateId: string;
  loanId: string;
  collateralRefs: string[];
}

/** The next loans of a tenant in the order of their ids, with the aggregates of the collateral of their borrowers. */
export async function loansToTell(
  tx: Tx,
  tenant: string,
  after: string,
  most: number,
  only: readonly string[] | null,
): Promise<LoanToTell[]> {
  const rows = await tx.query<{ aggregate_id: string; id: string; refs: string[] }>(
    `select l.aggregate_id, l.id, coalesce((select array_agg(c.source_ref order by c.source_ref) from collateral c where c.borrower_id = l.borrower_id and c.source_ref is not null), '{}') as refs
     from loan l where l.tenant = $1 and l.aggregate_id collate "C" > $2 and ($4::text[] is null or l.aggregate_id = any($4)) order by l.aggregate_id collate "C" limit $3`,
    [tenant, after, most, only],
  );
  return rows.map(({ aggregate_id, id, refs }) => ({ aggregateId: aggregate_id, loanId: id, collateralRefs: refs }));
}

/** Facts of these aggregates that had been learned, in that order; effective on a date or before it. */
export async function factsThrough(
  tx: Tx,
  aggregateIds: readonly string[],
  knownThrough: bigint,
  until: LocalDate,
): Promise<Map<string, (LoanFact | BorrowerFact | CollateralFact)[]>> {
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from event_log where aggregate_id = any($1) and arrival <= $2 and effective_on <= $3::date order by arrival`,
    [aggregateIds, knownThrough, until],
  );
  return byAggregate<LoanFact | BorrowerFact | CollateralFact>(rows);
}

/** Records of one file while it is made, sorted by Postgres: a table of this transaction alone. */
export async function openSorter(tx: Tx): Promise<void> {
  await tx.query(
    'create temporary table bureau_draft (borrower_ref text not null, account_ref text not null, text text not null) on commit drop',
  );
}

export async function sortDrafts(tx: Tx, drafts: readonly { borrowerRef: string; accountRef: string; text: string }[]): Promise<void> {
  await tx.bulk('insert into bureau_draft select * from json_to_recordset($1::json) as r(borrower_ref text, account_ref text, text text)', [
    JSON.stringify(drafts.map(({ borrowerRef, accountRef, text }) => ({ borrower_ref: borrowerRef, account_ref: accountRef, text }))),
  ]);
}

export async function doubledAccount(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ ref: string }>(
    'select account_ref as ref from bureau_draft group by 1 having count(*) > 1 order by 1 limit 1',
  );
  return row?.ref ?? null;
}

/** In the order of borrowers and accounts, byte by byte; a borrower is never spread over two pages. */
export async function* sortedDrafts(tx: Tx, borrowersAtOnce: number): AsyncGenerator<string[]> {
  await tx.query('create index on bureau_draft (borrower_ref collate "C", account_ref collate "C")');
  await tx.query('analyze bureau_draft');
  for (let last = ''; ;) {
    const [end] = await tx.bulk<{ ref: string | null }>(
      `select max(ref collate "C") as ref from (select distinct borrower_ref collate "C" as ref from bureau_draft where borrower_ref collate "C" > $1 order by 1 limit $2) b`,
      [last, borrowersAtOnce],
    );
    if (end!.ref === null) return;
    const rows = await tx.bulk<{ text: string }>(
      `select text from bureau_draft where borrower_ref collate "C" > $1 and borrower_ref collate "C" <= $2 order by borrower_ref collate "C", account_ref collate "C"`,
      [last, end!.ref],
    );
    yield rows.map(({ text }) => text);
    last = end!.ref;
  }
}
