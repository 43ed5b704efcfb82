// Whose facts and which facts a look into the past is about.
import type { LocalDate } from '../domain/fact.js';
import { heldOn } from './bureau-flags.js';
import { factColumns, factOf, type LoggedRow } from './loan-facts.js';
import { liveStates } from './placements.js';
import type { Tx } from './store.js';

/** `knownAt`: what had been learned by then; `validAt`: as the world was on that day. Null is no limit. */
export interface Moment {
  validAt: LocalDate | null;
  /** RFC 3339. */
  knownAt: string | null;
}

/** The borrowers that an id of a case, loan or borrower, or a case's number, leads to. */
export async function borrowersBehind(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select borrower_id as id from public.recovery_case where id = $1 or ref = $1 union select borrower_id from public.loan where id = $1 and borrower_id is not null
     union select id from public.borrower where id = $1
     union select borrower_id from public.collateral where id = $1
     union select c.borrower_id from public.external_ref e join public.recovery_case c on c.id = e.node_id where e.ref = $1`,
    [id],
  );
  return rows.map((row) => row.id);
}

export async function borrowersWithCases(tx: Tx): Promise<string[]> {
  return (await tx.query<{ id: string }>('select distinct borrower_id as id from public.recovery_case')).map((row) => row.id);
}

const about = `with cases as (select id, tenant from public.recovery_case where borrower_id = any($1))
  select aggregate_id as id from public.loan where borrower_id = any($1)
  union select source_ref from public.borrower where id = any($1)
  union select source_ref from public.collateral where borrower_id = any($1) and source_ref is not null
  union select id from cases
  union select h.case_id from public.handoff h join public.portfolio_sale s on s.handoff_id = h.id join public.sold_case o on o.sale_id = s.id where o.case_id in (select id from cases)
  union select batch_id from public.placement_allotment where case_id in (select id from cases)
  union select s.lead_case_id from public.portfolio_sale s join public.sold_case o on o.sale_id = s.id where o.case_id in (select id from cases)
  union select distinct tenant from public.borrower where id = any($1)`;

/** Borrowers whose cases were sold together with these are part of the same fact. */
export async function withSaleCompanions(tx: Tx, borrowerIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct c.borrower_id as id from public.recovery_case mine join public.sold_case m on m.case_id = mine.id join public.sold_case o on o.sale_id = m.sale_id
       join public.recovery_case c on c.id = o.case_id where mine.borrower_id = any($1)`,
    [borrowerIds],
  );
  return [...new Set([...borrowerIds, ...rows.map((row) => row.id)])];
}

/** Their facts and the business dates, in the order in which they were learned. */
export async function factsOf(tx: Tx, borrowerIds: readonly string[], { validAt, knownAt }: Moment): Promise<ReturnType<typeof factOf>[]> {
  const ids = await tx.query<{ id: string }>(about, [borrowerIds]);
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from public.event_log where aggregate_id = any($1) and type <> 'BusinessDateAnnounced'
       and recorded_at <= coalesce($2::timestamptz, 'infinity') and effective_on <= coalesce($3::date, 'infinity') order by arrival`,
    [ids.map((row) => row.id), knownAt, validAt],
  );
  return rows.map(factOf);
}

/** The first business date on which anything can happen by itself; null when nothing will. */
export async function nextEventfulDate(tx: Tx, tenant: string): Promise<LocalDate | null> {
  const [row] = await tx.query<{ day: string | null }>(
    `select least(
       (select min(case when touched then '0001-01-01'::date else least(next_step_on, decides_on) end) from loan where tenant = $1),
       (select min(due_on) + 1 from promise_to_pay where state = 'OPEN'),
       (select min(expires_on) + 1 from hold where released_at is null),
       (select min(opens_on) from disposal where state = 'LISTED'),
       (select min(attend_on) from statutory_clock where tenant = $1 and state = 'RUNNING'),
       (select min(attend_on) from preservation_order),
       (select min(acknowledge_by) + 1 from legal_matter where state = 'INSTRUCTED' and not acknowledged_late),
       (select min(case f.waits_for when 'NOTICE' then f.waits_until else '0001-01-01'::date end) from bureau_flag f
        where f.waits_for = 'NOTICE' or f.waits_for = 'HOLD' and not ${heldOn('f', 'business_date($1)')}),
       (select '0001-01-01'::date from agency_placement where state in ${liveStates} limit 1),
       (select min(placeable_from) from recovery_case where tenant = $1),
       (select '0001-01-01'::date from recovery_case where tenant = $1 and status = 'OPEN' and cured_since is not null limit 1))::text as day`,
    [tenant],
  );
  return row!.day;
}

export async function setBusinessDate(tx: Tx, tenant: string, date: LocalDate, openedAt: Date | undefined): Promise<void> {
  await tx.query(
    'insert into business_day (tenant, business_date, opened_at) values ($1, $2, $3) on conflict (tenant) do update set business_date = excluded.business_date, opened_at = excluded.opened_at',
    [tenant, date, openedAt],
  );
}
