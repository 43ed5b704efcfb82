// Cases as units of work: found by borrower or loan, locked while they change, their sums refreshed from their loans.
import type { InferEntity } from '@mikro-orm/postgresql';
import { RecoveryCase } from './definitions/cases.js';
import { writeLock, type Tx } from './store.js';

export type CaseRow = InferEntity<typeof RecoveryCase>;

/** The newest case of each borrower, open or closed, locked in order of id. */
export async function newestCasesOf(tx: Tx, borrowerIds: readonly string[]): Promise<Map<string, CaseRow>> {
  if (!borrowerIds.length) return new Map();
  const cases = await tx.em.find(RecoveryCase, { borrowerId: { $in: [...borrowerIds] } }, { lockMode: writeLock, orderBy: { id: 'asc' } });
  const newest = new Map<string, CaseRow>();
  for (const each of cases) {
    const known = newest.get(each.borrowerId);
    if (!known || known.ordinal < each.ordinal) newest.set(each.borrowerId, each);
  }
  return newest;
}

export const casesById = (tx: Tx, ids: readonly string[]): Promise<CaseRow[]> =>
  ids.length
    ? tx.em.find(RecoveryCase, { id: { $in: [...new Set(ids)] } }, { lockMode: writeLock, orderBy: { id: 'asc' } })
    : Promise.resolve([]);

const exposures = `insert into case_exposure (id, case_id, currency, loans, overdue_minor, outstanding_minor)
  select 'exposure_' || left(encode(sha256(convert_to(c.case_id || l.currency, 'UTF8')), 'hex'), 16), c.case_id, l.currency, count(*), sum(l.overdue_minor), sum(l.outstanding_minor)
  from (select distinct case_id, loan_id from case_loan where case_id = any($1) and cured_on is null) c join loan l on l.id = c.loan_id group by c.case_id, l.currency`;
const standing = `select c.case_id, min(l.overdue_since)::text as overdue_since, max(greatest(l.quality_class, l.obligor_class)) as quality_class
  from case_loan c join loan l on l.id = c.loan_id where c.case_id = any($1) and c.cured_on is null group by c.case_id`;

/** Takes what the loans in arrears say over into their cases: exposures by currency, the earliest overdue date, the worst class. */
export async function refreshCases(tx: Tx, cases: readonly CaseRow[]): Promise<void> {
  if (!cases.length) return;
  const ids = cases.map(({ id }) => id);
  await tx.bulk('delete from case_exposure where case_id = any($1)', [ids]);
  await tx.bulk(exposures, [ids]);
  const rows = await tx.bulk<{ case_id: string; overdue_since: string | null; quality_class: number }>(standing, [ids]);
  const found = new Map(rows.map((row) => [row.case_id, row]));
  for (const each of cases) {
    each.overdueSince = found.get(each.id)?.overdue_since ?? null;
    each.qualityClass = found.get(each.id)?.quality_class ?? 1;
  }
}

const openCasesOf = `(select array_agg(id) from recovery_case where borrower_id = any($1) and status = 'OPEN')`;

/** The same for the open cases of borrowers, without loading them; none of them may be changed in this unit of work. */
export async function refreshCasesOf(tx: Tx, borrowerIds: readonly string[]): Promise<void> {
  if (!borrowerIds.length) return;
  const [found] = await tx.bulk<{ ids: string[] | null }>(`select ${openCasesOf} as ids`, [borrowerIds]);
  if (!found?.ids) return;
  await tx.bulk('delete from case_exposure where case_id = any($1)', [found.ids]);
  await tx.bulk(exposures, [found.ids]);
  await tx.bulk(
    `update recovery_case r set overdue_since = s.overdue_since::date, quality_class = s.quality_class from (${standing}) s
     where r.id = s.case_id and (r.overdue_since, r.quality_class) is distinct from (s.overdue_since::date, s.quality_class)`,
    [found.ids],
  );
}
