// Cases, many at a time: found by borrower or id, locked while they change, their sums refreshed from their loans.
import type { InferEntity } from '@mikro-orm/postgresql';
import { RecoveryCase } from './definitions/cases.js';
import type { Tx } from './store.js';

export type CaseRow = InferEntity<typeof RecoveryCase>;

/** The newest case of each borrower, open or closed, locked in order of id. */
export async function newestCasesOf(tx: Tx, borrowerIds: readonly string[]): Promise<Map<string, CaseRow>> {
  if (!borrowerIds.length) return new Map();
  const cases = await tx.rows(RecoveryCase).where('borrower_id = any($1)', [borrowerIds]);
  const newest = new Map<string, CaseRow>();
  for (const each of cases) {
    const known = newest.get(each.borrowerId);
    if (!known || known.ordinal < each.ordinal) newest.set(each.borrowerId, each);
  }
  return newest;
}

export const casesById = (tx: Tx, ids: readonly string[]): Promise<CaseRow[]> => tx.rows(RecoveryCase).byId(ids);

/** The open cases of a tenant without arrears: they close when policy's cure days have passed. */
export const curedCasesOf = (tx: Tx, tenant: string): Promise<CaseRow[]> =>
  tx.rows(RecoveryCase).where(`tenant = $1 and status = 'OPEN' and cured_since is not null and overdue_since is null`, [tenant]);

/** A closed case has no claim left whose periods would run. */
export const cancelClocks = (tx: Tx, caseIds: readonly string[]): Promise<object[]> =>
  tx.query(`update statutory_clock set state = 'CANCELLED' where case_id = any($1) and state in ('RUNNING', 'STOPPED')`, [caseIds]);

// A loan is looked up by itself: joined, it would be read by a scan of all loans once a day touches enough cases.
const refresh = (cases: string): string => `with cases as materialized (${cases}),
  standing as (
    select c.case_id, l.currency, count(*) as loans, sum(l.overdue_minor) as overdue_minor, sum(l.outstanding_minor) as outstanding_minor,
      min(l.overdue_since) as overdue_since, max(greatest(l.quality_class, l.obligor_class)) as quality_class
    from (select distinct e.case_id, e.loan_id from cases, lateral (select case_id, loan_id from case_loan where case_id = cases.id and cured_on is null) e) c,
      lateral (select currency, overdue_minor, outstanding_minor, overdue_since, quality_class, obligor_class from loan where id = c.loan_id limit 1) l
    group by c.case_id, l.currency),
  gone as (
    delete from case_exposure e using cases where e.case_id = cases.id and not exists (select from standing s where s.case_id = e.case_id and s.currency = e.currency)),
  there as (
    insert into case_exposure as e (id, case_id, currency, loans, overdue_minor, outstanding_minor)
    select 'exposure_' || left(encode(sha256(convert_to(case_id || currency, 'UTF8')), 'hex'), 16), case_id, currency, loans, overdue_minor, outstanding_minor from standing
    on conflict (id) do update set loans = excluded.loans, overdue_minor = excluded.overdue_minor, outstanding_minor = excluded.outstanding_minor
      where (e.loans, e.overdue_minor, e.outstanding_minor) is distinct from (excluded.loans, excluded.overdue_minor, excluded.outstanding_minor)),
  together as (
    select case_id, min(overdue_since) as overdue_since, max(quality_class) as quality_class from standing group by case_id)`;

/** Takes what the loans in arrears say over into their cases: exposures by currency, the earliest overdue date, the worst class. */
export async function refreshCases(tx: Tx, cases: readonly CaseRow[]): Promise<void> {
  if (!cases.length) return;
  const rows = await tx.bulk<{ case_id: string; overdue_since: string | null; quality_class: number }>(
    `${refresh('select unnest($1::text[]) as id')} select case_id, overdue_since::text, quality_class from together`,
    [cases.map(({ id }) => id)],
  );
  const found = new Map(rows.map((row) => [row.case_id, row]));
  for (const each of cases) {
    each.overdueSince = found.get(each.id)?.overdue_since ?? null;
    each.qualityClass = found.get(each.id)?.quality_class ?? 1;
  }
}

const openCasesOf = `select c.id from unnest($1::text[]) as b(id), lateral (select id from recovery_case where borrower_id = b.id and status = 'OPEN') c`;

/** The same for the open cases of borrowers, without loading them; none of them may be changed in this transaction by other means. */
export async function refreshCasesOf(tx: Tx, borrowerIds: readonly string[]): Promise<void> {
  if (!borrowerIds.length) return;
  await tx.bulk(
    `${refresh(openCasesOf)} update recovery_case c set overdue_since = t.overdue_since, quality_class = t.quality_class from together t
     where c.id = t.case_id and (c.overdue_since, c.quality_class) is distinct from (t.overdue_since, t.quality_class)`,
    [borrowerIds],
  );
}
