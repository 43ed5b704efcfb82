// Agencies beside one another: what they recovered of what was placed, at equal age, and how well they worked.
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

export interface LeagueQuestion {
  tenant: string | null;
  /** Placed within these dates, both included. */
  from: LocalDate;
  to: LocalDate;
  /** Recoveries are counted for so many months after each placement, and only of placements that are that old. */
  months: number;
  batchId: string | null;
}

/** One agency in one currency: currencies are never added. Counts of quality are of the agency's placements that have accounts in the currency. */
export interface LeagueRow {
  agencyId: string;
  currency: string;
  placements: number;
  placedMinor: bigint;
  recoveredMinor: bigint;
  commissionMinor: bigint;
  liquidation: string;
  netLiquidation: string;
  statuses: number;
  statusesLate: number;
  acknowledgedLate: number;
  refusals: number;
  complaints: number;
  complaintsPerThousand: string;
  breaches: number;
}

const league = `
  with counted as (
    select p.*, (p.placed_on + make_interval(months => $3))::date as until, least((p.placed_on + make_interval(months => $3))::date, p.closed_on) as last
    from agency_placement p join recovery_case c on c.id = p.case_id join business_day d on d.tenant = c.tenant
    where p.placed_on between $1::date and $2::date and (p.placed_on + make_interval(months => $3))::date <= d.business_date
      and ($4::text is null or p.batch_id = $4) and ($5::text is null or c.tenant = $5)),
  worked as (
    select p.id, p.agency_id, l.currency, sum(l.placed_minor) as placed, coalesce(sum(r.paid), 0) as recovered, round(coalesce(sum(r.paid), 0) * p.commission_rate) as commission
    from counted p join placed_loan l on l.placement_id = p.id
      cross join lateral (select sum(r.amount_minor) as paid from repayment r
        where r.loan_id = l.loan_id and r.kind in ('REPAYMENT', 'RECOVERY') and r.reversed_on is null and r.value_on > p.placed_on and r.value_on <= p.last) r
    where p.state <> 'REFUSED' group by p.id, p.agency_id, p.commission_rate, l.currency),
  said as (
    select p.id, coalesce(sum(s.complaints), 0) as complaints, count(*) filter (where s.flag = 'AFTER_END') as breaches
    from counted p left join placement_status s on s.placement_id = p.id and s.received_on <= p.until group by p.id),
  refused as (select p.agency_id, count(*) as refusals from counted p where p.state = 'REFUSED' group by p.agency_id)
  select w.agency_id as "agencyId", w.currency, count(*)::int as placements, sum(w.placed)::text as placed, sum(w.recovered)::text as recovered, sum(w.commission)::text as commission,
    round(sum(w.recovered) / nullif(sum(w.placed), 0), 6)::text as liquidation, round((sum(w.recovered) - sum(w.commission)) / nullif(sum(w.placed), 0), 6)::text as net,
    sum(p.statuses)::int as statuses, sum(p.statuses_late)::int as late, count(*) filter (where p.acknowledged_late)::int as acknowledged,
    coalesce((select r.refusals from refused r where r.agency_id = w.agency_id), 0)::int as refusals, sum(s.complaints)::int as complaints,
    round(1000 * sum(s.complaints) / count(*), 3)::text as per_thousand, sum(s.breaches)::int as breaches
  from worked w join counted p on p.id = w.id join said s on s.id = w.id group by w.agency_id, w.currency
  order by w.currency, sum(w.recovered) / nullif(sum(w.placed), 0) desc nulls last, w.agency_id`;

/** The best first, by currency. Commission is by the rate that was pinned at each placement. */
export async function agencyLeague(tx: Tx, { tenant, from, to, months, batchId }: LeagueQuestion): Promise<LeagueRow[]> {
  const rows = await tx.query<
    Record<string, string> & Record<'placements' | 'statuses' | 'late' | 'acknowledged' | 'refusals' | 'complaints' | 'breaches', number>
  >(league, [from, to, months, batchId, tenant]);
  return rows.map((row) => ({
    agencyId: row['agencyId']!,
    currency: row['currency']!,
    placements: row.placements,
    placedMinor: BigInt(row['placed']!),
    recoveredMinor: BigInt(row['recovered']!),
    commissionMinor: BigInt(row['commission']!),
    liquidation: row['liquidation'] ?? '0.000000',
    netLiquidation: row['net'] ?? '0.000000',
    statuses: row.statuses,
    statusesLate: row.late,
    acknowledgedLate: row.acknowledged,
    refusals: row.refusals,
    complaints: row.complaints,
    complaintsPerThousand: row['per_thousand']!,
    breaches: row.breaches,
  }));
}
