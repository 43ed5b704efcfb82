// Placements in bulk: what agencies hold, what a case owes, what an agency was told last, what was paid while cases were placed, and what falls due.
import type { LocalDate } from '../domain/fact.js';
import type { Candidate } from '../domain/placement/allocation.js';
import type { AgencyTerms, Load } from '../domain/placement/eligibility.js';
import type { AgencyLevel } from '../domain/placement/rules.js';
import { AgencyProfile } from './definitions/placements.js';
import type { InferEntity, Tx } from './store.js';

export const liveStates = `('OFFERED', 'ACKNOWLEDGED', 'WORKING', 'RECALL_REQUESTED', 'OBJECTED')`;

export interface KnownAgency {
  agencyId: string;
  terms: AgencyTerms;
  load: Load;
}

const termsOf = (row: InferEntity<typeof AgencyProfile>): AgencyTerms => ({
  licenceNo: row.licenceNo,
  licenceExpiresOn: row.licenceExpiresOn,
  attestedBy: row.attestedBy,
  attestationExpiresOn: row.attestationExpiresOn,
  jurisdictions: row.jurisdictions,
  segments: row.segments,
  level: row.level as AgencyLevel,
  mostCases: row.mostCases ?? null,
  mostAmount: row.mostAmountMinor == null || !row.currency ? null : { minor: row.mostAmountMinor, currency: row.currency },
  suspended: row.suspended,
});

/** Nobody else places with them while this transaction lasts: what they hold is counted against what they may. */
export async function knownAgencies(tx: Tx, ids: readonly string[] | null): Promise<KnownAgency[]> {
  const rows = await tx.em.find(AgencyProfile, ids ? { agencyId: { $in: [...ids] } } : {}, { orderBy: { agencyId: 'asc' } });
  for (const { agencyId } of rows) await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`capacity of ${agencyId}`]);
  const held = await tx.query<{ agency_id: string; cases: string; minor: string }>(
    `select p.agency_id, count(*)::text as cases,
       coalesce(sum((select sum(l.placed_minor) from placed_loan l where l.placement_id = p.id and l.currency = a.currency)), 0)::text as minor
     from agency_placement p join agency_profile a on a.agency_id = p.agency_id
     where p.state in ${liveStates} and p.agency_id = any($1) group by p.agency_id`,
    [rows.map(({ agencyId }) => agencyId)],
  );
  return rows.map((row) => {
    const load = held.find((each) => each.agency_id === row.agencyId);
    return { agencyId: row.agencyId, terms: termsOf(row), load: { cases: Number(load?.cases ?? 0), minor: BigInt(load?.minor ?? 0) } };
  });
}

/** What is asked of cases before they are placed; in order of id. */
export async function candidatesOf(tx: Tx, caseIds: readonly string[], today: LocalDate): Promise<Candidate[]> {
  const rows = await tx.query<{
    id: string;
    jurisdiction: string;
    segment: string | null;
    days: number;
    owed: { currency: string; overdue: string; outstanding: string }[];
  }>(
    `select c.id, c.jurisdiction, b.segment, coalesce($2::date - c.overdue_since, 0) as days,
       coalesce((select json_agg(json_build_object('currency', currency, 'overdue', overdue::text, 'outstanding', outstanding::text) order by currency)
         from (select l.currency, sum(l.overdue_minor) as overdue, sum(l.outstanding_minor) as outstanding from loan l
               where l.currency is not null and exists (select from case_loan k where k.case_id = c.id and k.loan_id = l.id and k.cured_on is null) group by l.currency) s), '[]') as owed
     from recovery_case c left join borrower b on b.id = c.borrower_id where c.id = any($1) order by c.id`,
    [caseIds, today],
  );
  return rows.map(({ id, jurisdiction, segment, days, owed }) => ({
    caseId: id,
    jurisdiction,
    segment,
    daysPastDue: days,
    overdue: Object.fromEntries(owed.map((each) => [each.currency, BigInt(each.overdue)])),
    outstanding: Object.fromEntries(owed.map((each) => [each.currency, BigInt(each.outstanding)])),
  }));
}

export interface PlaceableFilter {
  jurisdiction?: string | null;
  segment?: string | null;
  minDaysPastDue?: number | null;
  maxDaysPastDue?: number | null;
}

/** Open cases in arrears that nobody else works, by a filter; in order of id, `most` of them. */
export async function placeableCases(tx: Tx, filter: PlaceableFilter, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select c.id from recovery_case c join borrower b on b.id = c.borrower_id join business_day d on d.tenant = c.tenant
     where c.status = 'OPEN' and c.placement = 'NONE' and c.ownership = 'OWNED' and c.overdue_since is not null and ($1::text is null or c.jurisdiction = $1) and ($2::text is null or b.segment = $2)
       and d.business_date - c.overdue_since between coalesce($3::int, 0) and coalesce($4::int, 1000000) order by c.id limit $5`,
    [filter.jurisdiction ?? null, filter.segment ?? null, filter.minDaysPastDue ?? null, filter.maxDaysPastDue ?? null, most],
  );
  return rows.map(({ id }) => id);
}

/** What was paid, and credited, on loans since their arrears began, up to a date; in minor units, by loan. */
export async function creditedSince(
  tx: Tx,
  loans: readonly { id: string; since: LocalDate }[],
  until: LocalDate,
): Promise<Map<string, { payments: bigint; credits: bigint }>> {
  const rows = await tx.query<{ id: string; payments: string; credits: string }>(
    `select l.id, coalesce(sum(r.amount_minor) filter (where r.kind in ('REPAYMENT', 'RECOVERY')), 0)::text as payments,
       coalesce(sum(r.amount_minor) filter (where r.kind in ('WAIVER', 'GOODWILL_CREDIT')), 0)::text as credits
     from unnest($1::text[], $2::date[]) as l(id, since) left join repayment r on r.loan_id = l.id and r.reversed_on is null and r.value_on between l.since and $3::date group by l.id`,
    [loans.map(({ id }) => id), loans.map(({ since }) => since), until],
  );
  return new Map(rows.map(({ id, payments, credits }) => [id, { payments: BigInt(payments), credits: BigInt(credits) }]));
}

/** What an agency has to know of a case, as a digest: who the debtor is and how they may be reached, what is owed, what holds stop. */
const tellable = `encode(sha256(convert_to(concat_ws(E'\\n',
  (select concat_ws('|', b.name, b.national_id, b.address, b.language, b.time_zone) from borrower b where b.id = c.borrower_id),
  (select string_agg(concat_ws('|', p.channel, p.value, p.consent), ' ' order by p.ordinal, p.id) from contact_point p where p.borrower_id = c.borrower_id),
  (select string_agg(concat_ws('|', l.account_no, l.overdue_since, l.outstanding_principal_minor, l.outstanding_interest_minor, l.outstanding_fee_minor, l.outstanding_penalty_minor), ' ' order by l.account_no)
     from loan l where exists (select from case_loan k where k.case_id = c.id and k.loan_id = l.id and (k.cured_on is null or exists (select from placed_loan q where q.placement_id = a.id and q.loan_id = l.id)))),
  (select string_agg(distinct s, ' ' order by s) from hold h, unnest(h.scopes) s where h.case_id = c.id and h.released_at is null)), 'UTF8')), 'hex')`;

/** Live placements, one of them or all of a tenant, with the digest of what there is to tell now where it is not what was told. */
export function untoldPlacements(tx: Tx, of: { tenant: string } | { placementId: string }): Promise<{ id: string; told: string }[]> {
  const [which, value] = 'tenant' in of ? ['c.tenant', of.tenant] : ['a.id', of.placementId];
  return tx.query(
    `select id, told from (select a.id, a.told_sha256, ${tellable} as told from agency_placement a join recovery_case c on c.id = a.case_id where ${which} = $1 and a.state in ${liveStates}) t
     where told is distinct from told_sha256 order by id`,
    [value],
  );
}

export interface PaidMeanwhile {
  placement_id: string;
  case_id: string;
  account_no: string;
  repayment_id: string;
  transaction_ref: string;
  currency: string;
  amount_minor: string;
  value_on: LocalDate;
  kind: 'PAYMENT' | 'REVERSAL';
}

/** What was paid to the bank on placed accounts, or taken back of it, and was not told yet. `handoff.delivery_key` says what was. */
export const paidMeanwhile = (tx: Tx, tenant: string): Promise<PaidMeanwhile[]> =>
  tx.query(
    `select p.id as placement_id, p.case_id, q.account_no, r.id as repayment_id, r.transaction_ref, r.currency, r.amount_minor::text, r.value_on::text, k.kind
     from agency_placement p join recovery_case c on c.id = p.case_id join placed_loan q on q.placement_id = p.id
       join repayment r on r.loan_id = q.loan_id and r.kind in ('REPAYMENT', 'RECOVERY') and r.value_on > p.placed_on
       cross join lateral (values ('PAYMENT'), ('REVERSAL')) k(kind)
     where c.tenant = $1 and p.state in ${liveStates} and (k.kind = 'PAYMENT' or r.reversed_on is not null)
       and exists (select from handoff h where h.delivery_key = 'direct/' || p.id || '/' || r.id || '/PAYMENT') = (k.kind = 'REVERSAL')
       and (k.kind = 'REVERSAL' or r.reversed_on is null)
       and not exists (select from handoff h where h.delivery_key = 'direct/' || p.id || '/' || r.id || '/' || k.kind)
     order by p.id, r.value_on, r.id, k.kind`,
    [tenant],
  );

/** Live placements whose clocks have run out, and those of cases that are cured. */
export async function duePlacements(tx: Tx, tenant: string, today: LocalDate): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select p.id from agency_placement p join recovery_case c on c.id = p.case_id
     where c.tenant = $1 and p.state in ${liveStates} and (p.expires_on < $2::date or p.recall_due_on < $2::date or p.status_due_on < $2::date
       or (p.state = 'OFFERED' and not p.acknowledged_late and p.acknowledge_by < $2::date) or (c.cured_since is not null and p.recall_requested_on is null)) order by p.id`,
    [tenant, today],
  );
  return rows.map(({ id }) => id);
}

/** Cases that have cooled off. */
export async function dueCases(tx: Tx, tenant: string, today: LocalDate): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('select id from recovery_case where tenant = $1 and placeable_from <= $2::date order by id', [
    tenant,
    today,
  ]);
  return rows.map(({ id }) => id);
}

/** Whether a business date has anything to do with placements at all: asked before anything else, so that a book without them pays for one look. */
export async function anyPlacements(tx: Tx, tenant: string): Promise<boolean> {
  const [row] = await tx.bulk<{ some: boolean }>(
    `select exists (select from agency_placement where state in ${liveStates}) or exists (select from recovery_case where tenant = $1 and placeable_from is not null) as some`,
    [tenant],
  );
  return row!.some;
}
