// Ageing: loans that only move on to the next of their stored steps are moved by one statement, without being loaded.
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

// Steps are as `keptStep` of write-loans.ts writes them. `reached` is the last one whose date has come.
const age = `with moved as (
    update loan l set assessed_on = $2::date,
      (result, overdue_since, overdue_principal_minor, overdue_interest_minor, overdue_fee_minor, overdue_penalty_minor, overdue_minor, bucket, quality_class, next_due_on, next_step_on) =
        (select step->>0, (step->>1)::date, (step->>2)::bigint, (step->>3)::bigint, (step->>4)::bigint, (step->>5)::bigint, (step->>6)::bigint, step->>7, (step->>8)::int, (step->>9)::date, l.step_on[reached + 1]
         from (select reached, l.steps->(reached - 1) as step from (select width_bucket($2::date, l.step_on) as reached offset 0) r offset 0) s)
    where l.tenant = $1 and l.next_step_on <= $2::date and not l.touched and (l.decides_on is null or l.decides_on > $2::date) and l.borrower_id is not null
    returning l.borrower_id, l.in_arrears, new.quality_class <> old.quality_class as reclassed)
  select count(*)::int as loans, coalesce(array_agg(distinct borrower_id) filter (where in_arrears or reclassed), '{}') as borrowers,
    coalesce(array_agg(distinct borrower_id) filter (where reclassed), '{}') as reclassed from moved`;

export interface Aged {
  loans: number;
  /** Those with a loan among them that is in arrears or changed its class. */
  borrowers: string[];
  /** Those with a loan among them that changed its class. */
  reclassed: string[];
}

/** Moves the loans of a tenant on which nothing has to be decided to where they stand at a business date. Facts that came since the last date, and decisions, are for who loads the loan. */
export async function ageLoans(tx: Tx, tenant: string, on: LocalDate): Promise<Aged> {
  const [aged] = await tx.bulk<Aged>(age, [tenant, on]);
  return aged!;
}

const judge = `update loan set decides_on = $2::date where tenant = $1 and borrower_id is not null and result not in ('NONE', 'AWAITING_SNAPSHOT')
  and (jurisdiction = any($3) or ('*' = any($3) and jurisdiction <> all($4)))`;

/** Rules change on a date: the steps that loans have stored follow the old ones, so each of these loans is judged on it. `*` in `changing` is for all jurisdictions that are not in `named`. */
export async function judgeAllOf(
  tx: Tx,
  tenant: string,
  on: LocalDate,
  changing: readonly string[],
  named: readonly string[],
): Promise<void> {
  if (changing.length) await tx.bulk(judge, [tenant, on, changing, named]);
}

const spread = `update loan l set obligor_class = case when l.status in ('ACTIVE', 'CHARGED_OFF') then w.worst else 1 end
  from (select borrower_id, case when worst >= from_tier then worst else 1 end as worst
        from (select s.borrower_id, r.from_tier, max(s.quality_class) filter (where s.status in ('ACTIVE', 'CHARGED_OFF')) as worst
              from loan s join json_to_recordset($2::json) as r(jurisdiction text, from_tier int) on r.jurisdiction = s.jurisdiction
              where s.borrower_id = any($1) group by s.borrower_id, r.from_tier) b) w
  where l.borrower_id = w.borrower_id and l.obligor_class <> case when l.status in ('ACTIVE', 'CHARGED_OFF') then w.worst else 1 end returning l.borrower_id`;

/**
 * The worst class among a borrower's live loans spreads to the other live ones from a tier on, and retracts when it is better again.
 * @returns the borrowers whose loans it changed for
 */
export async function spreadClasses(
  tx: Tx,
  borrowerIds: readonly string[],
  rules: readonly { jurisdiction: string; fromTier: number }[],
): Promise<string[]> {
  if (!borrowerIds.length || !rules.length) return [];
  const rows = await tx.bulk<{ borrower_id: string }>(spread, [
    borrowerIds,
    JSON.stringify(rules.map(({ jurisdiction, fromTier }) => ({ jurisdiction, from_tier: fromTier }))),
  ]);
  return [...new Set(rows.map((row) => row.borrower_id))];
}
