// Partners' money in bulk: their placements by any of their numbers, what was booked before, and what a case's money changes by.
import { toJson } from '../domain/loan/kept-position.js';
import type { BookedPayment, Minors } from '../domain/placement/remittance.js';
import type { Tx } from './store.js';

export interface PlacementRow {
  id: string;
  case_id: string;
  tenant: string;
  jurisdiction: string;
  handoff_id: string;
  partner_ref: string | null;
  commission_rate: string;
  /** As it was agreed at placement; null for law firms, and where only a rate was. */
  commission_rule: { directPaymentsEarn: boolean; tailDays: number } | null;
  placed_on: string;
  closed_on: string | null;
  refused: boolean;
}

/** The partner's own placements and matters, by the numbers that it gives them; those of others are not found. */
export const ownWork = (tx: Tx, partnerId: string, refs: readonly string[]): Promise<PlacementRow[]> =>
  tx.query<PlacementRow>(
    `select w.*, c.tenant, c.jurisdiction from (
       select id, case_id, handoff_id, partner_ref, commission_rate::text, commission_rule, placed_on::text, closed_on::text, state = 'REFUSED' as refused from agency_placement
         where agency_id = $1 and (handoff_id = any($2) or partner_ref = any($2))
       union all
       select id, case_id, handoff_id, partner_ref, '0', null, instructed_on::text, closed_on::text, state = 'REFUSED' from legal_matter
         where law_firm_id = $1 and (handoff_id = any($2) or partner_ref = any($2))) w
     join recovery_case c on c.id = w.case_id order by w.id`,
    [partnerId, refs],
  );

interface LineRow {
  payment_identifier: string;
  content_sha256: string;
  work_id: string;
  commission_rate: string;
  via: 'PARTNER' | 'BANK';
  type: 'PA' | 'PAR';
  amount: string;
  principal: string;
  interest: string;
  fee: string;
  penalty: string;
  back: Record<keyof Minors, number | string> | null;
}

const minorsOf = (of: Record<keyof Minors, string | number>): Minors => ({
  amount: BigInt(of.amount),
  principal: BigInt(of.principal),
  interest: BigInt(of.interest),
  fee: BigInt(of.fee),
  penalty: BigInt(of.penalty),
});

/** By payment identifier, with what was reversed of each. */
export async function bookedBefore(tx: Tx, partnerId: string, identifiers: readonly string[]): Promise<Map<string, BookedPayment>> {
  const rows = await tx.query<LineRow>(
    `select l.payment_identifier, l.content_sha256, l.work_id, l.commission_rate::text, l.via, l.type, l.amount_minor as amount, l.principal_minor as principal, l.interest_minor as interest,
       l.fee_minor as fee, l.penalty_minor as penalty,
       (select json_build_object('amount', (-sum(r.amount_minor))::text, 'principal', (-sum(r.principal_minor))::text, 'interest', (-sum(r.interest_minor))::text,
          'fee', (-sum(r.fee_minor))::text, 'penalty', (-sum(r.penalty_minor))::text)
        from remittance_line r where r.partner_id = $1 and r.reverses = l.payment_identifier having count(*) > 0) as back
     from remittance_line l where l.partner_id = $1 and l.payment_identifier = any($2)`,
    [partnerId, identifiers],
  );
  const none = { amount: 0, principal: 0, interest: 0, fee: 0, penalty: 0 };
  return new Map(
    rows.map((row) => [
      row.payment_identifier,
      {
        contentSha256: row.content_sha256,
        placementId: row.work_id,
        minors: minorsOf(row),
        rate: row.commission_rate,
        via: row.via,
        type: row.type,
        reversed: minorsOf(row.back ?? none),
      },
    ]),
  );
}

export interface MoneyChange {
  id: string;
  caseId: string;
  partnerId: string;
  currency: string;
  trust: bigint;
  settled: bigint;
  direct: bigint;
  commission: bigint;
}

export async function changeMoney(tx: Tx, changes: readonly MoneyChange[]): Promise<void> {
  if (!changes.length) return;
  await tx.bulk(
    `insert into partner_money as m (id, case_id, partner_id, currency, trust_minor, settled_minor, direct_minor, commission_minor)
       select id, "caseId", "partnerId", currency, trust, settled, direct, commission
       from json_to_recordset($1::json) as r(id text, "caseId" text, "partnerId" text, currency text, trust bigint, settled bigint, direct bigint, commission bigint)
     on conflict (id) do update set trust_minor = m.trust_minor + excluded.trust_minor, settled_minor = m.settled_minor + excluded.settled_minor,
       direct_minor = m.direct_minor + excluded.direct_minor, commission_minor = m.commission_minor + excluded.commission_minor`,
    [toJson(changes)],
  );
}

/** Marks a remittance's lines of these cases. @returns by case, what was held of each */
export const settleLines = (
  tx: Tx,
  remittanceId: string,
  caseIds: readonly string[],
  on: string,
): Promise<{ case_id: string; held: string }[]> =>
  tx.query(
    `with settled as (update remittance_line set settled_on = $3 where remittance_id = $1 and case_id = any($2) and settled_on is null returning case_id, via, amount_minor)
     select case_id, coalesce(sum(amount_minor) filter (where via = 'PARTNER'), 0)::text as held from settled group by case_id order by case_id`,
    [remittanceId, caseIds, on],
  );

export const casesOfRemittance = async (tx: Tx, remittanceId: string): Promise<string[]> =>
  (
    await tx.query<{ case_id: string }>('select distinct case_id from remittance_line where remittance_id = $1 order by 1', [remittanceId])
  ).map(({ case_id }) => case_id);

export interface MoneyOfPartner {
  partnerId: string;
  currency: string;
  trust: string;
  settled: string;
  direct: string;
  commission: string;
}

/** Of each partner, or of one, over all cases; minor units as text. */
export const moneyOfPartners = (tx: Tx, partnerId: string | null): Promise<MoneyOfPartner[]> =>
  tx.query(
    `select partner_id as "partnerId", currency, sum(trust_minor)::text as trust, sum(settled_minor)::text as settled, sum(direct_minor)::text as direct, sum(commission_minor)::text as commission
     from partner_money where $1::text is null or partner_id = $1 group by partner_id, currency order by partner_id, currency`,
    [partnerId],
  );
