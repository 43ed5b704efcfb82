// What the guards of legal action ask of a case, as SQL: the graph shows it, and requests are judged by it.
import type { LocalDate } from '../domain/fact.js';
import type { CaseRow } from './cases.js';
import type { Tx } from './store.js';

/** Each of a row of recovery_case, by its alias. */
export const legalSituation = {
  heldTypes: (row: string) =>
    `(select coalesce(array_agg(distinct h.type order by h.type), array[]::text[]) from hold h where h.case_id = ${row}.id and h.released_at is null)`,
  hardshipCause: (row: string) =>
    `(select h.cause from hardship_assessment h where h.case_id = ${row}.id order by h.ordinal desc, h.id desc limit 1)`,
  contactAttempts: (row: string) => `(select count(*)::int from interaction i where i.case_id = ${row}.id and i.direction = 'OUTBOUND')`,
  rightPartyContacts: (row: string) =>
    `(select count(*)::int from interaction i where i.case_id = ${row}.id and i.outcome in ('RIGHT_PARTY', 'REFUSAL_TO_PAY'))`,
  /** The first end of a period within which a suit has to be filed. */
  filingDueOn: (row: string) =>
    `(select min(k.expires_on) from statutory_clock k where k.case_id = ${row}.id and k.state = 'RUNNING' and k.kind in ('LIMITATION', 'FILING_AFTER_PRESERVATION'))`,
  limitationExpiresOn: (row: string) =>
    `(select max(k.expires_on) from statutory_clock k where k.case_id = ${row}.id and k.kind = 'LIMITATION' and k.state <> 'CANCELLED')`,
  /** What the bank has of itself, and what was added to a live matter or proved in it. */
  documentKinds: (row: string) => `(select coalesce(array_agg(distinct d.kind order by d.kind), array[]::text[]) from (
      select 'CONTRACT' as kind from case_loan k join loan l on l.id = k.loan_id where k.case_id = ${row}.id and l.account_no is not null and l.disbursed_on is not null
      union all select unnest(array['REPAYMENTS', 'CONTACT_LOG'])
      union all select 'SCHEDULE' from case_loan k where k.case_id = ${row}.id and exists (select from instalment i where i.loan_id = k.loan_id)
      union all select e.kind from evidence_item e join legal_matter m on m.id = e.matter_id
        where m.case_id = ${row}.id and e.kind is not null and m.state not in ('REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN')
      union all select 'DEMAND_PROOF' from legal_matter m
        where m.case_id = ${row}.id and m.demand_proved_on is not null and m.state not in ('REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN')) d)`,
} as const;

/** The first end of a running period of these kinds. */
export async function firstEndOf(tx: Tx, caseId: string, kinds: readonly string[]): Promise<LocalDate | null> {
  if (!kinds.length) return null;
  const [row] = await tx.query<{ on: string | null }>(
    `select min(expires_on)::text as on from statutory_clock where case_id = $1 and state = 'RUNNING' and kind = any($2)`,
    [caseId, kinds],
  );
  return row!.on;
}

/** Whose firm has not answered, and should have before this date. */
export const unacknowledgedMatters = (tx: Tx, tenant: string, today: LocalDate): Promise<{ id: string; caseId: string }[]> =>
  tx.query(
    `select m.id, m.case_id as "caseId" from legal_matter m join recovery_case c on c.id = m.case_id
     where m.state = 'INSTRUCTED' and not m.acknowledged_late and m.acknowledge_by < $2::date and c.tenant = $1 order by m.id`,
    [tenant, today],
  );

export interface LegalSituation {
  heldTypes: string[];
  hardshipCause: string | null;
  contactAttempts: number;
  rightPartyContacts: number;
  filingDueInDays: number | null;
  documentKinds: string[];
}

export async function legalSituationOf(tx: Tx, theCase: CaseRow, today: string): Promise<LegalSituation> {
  const { heldTypes, hardshipCause, contactAttempts, rightPartyContacts, filingDueOn, documentKinds } = legalSituation;
  const [row] = await tx.query<LegalSituation>(
    `select ${heldTypes('c')} as "heldTypes", ${hardshipCause('c')} as "hardshipCause", ${contactAttempts('c')} as "contactAttempts",
       ${rightPartyContacts('c')} as "rightPartyContacts", ${filingDueOn('c')} - $2::date as "filingDueInDays", ${documentKinds('c')} as "documentKinds"
     from recovery_case c where c.id = $1`,
    [theCase.id, today],
  );
  return row!;
}
