// A digest of all that is folded from the log: equal digests mean equal loans, cases and owed deliveries, in whatever order things arrived.
import type { Tx } from './store.js';

/** What counts of each table. Left out is what depends on the moment or the order of arrival: instants, versions, sequences, the state of sending. */
const parts: Readonly<Record<string, string>> = {
  borrower: 'id, borrower_no, name, national_id, address, jurisdiction, language, time_zone, segment, sequence',
  contact_point: 'id, channel, value, preferred, consent',
  loan: `id, aggregate_id, borrower_id, status, result, assessed_on, overdue_since, paused, outstanding_minor, overdue_minor, overdue_principal_minor, overdue_interest_minor, overdue_fee_minor,
    overdue_penalty_minor, bucket, quality_class, obligor_class, next_due_on, next_step_on, decides_on, doubts, episode, in_arrears, episode_since`,
  instalment: 'id, number, due_on, due_minor, outstanding_minor',
  repayment: 'id, kind, value_on, posted_on, amount_minor, reversed_on',
  guarantor: 'id, name, phone',
  collateral: 'id, kind, value_minor, valued_on',
  recovery_case: `id, ref, borrower_id, status, stage, opened_on, closed_on, close_reason, reopened, cured_since, overdue_since, highest_threshold, quality_class, treatment, arrangement, legal, preservation,
    placement, ownership, legal_eligible, assignee, team`,
  case_loan: 'id, case_id, entered_on, cured_on',
  case_exposure: 'id, loans, overdue_minor, outstanding_minor',
  threshold_crossing: 'id, case_id, crossed_on, would_not_have_fired',
  timeline_entry: 'case_id, type, effective_on, cause_id',
  interaction: 'id, case_id, channel, direction, outcome',
  promise_to_pay: 'id, case_id, amount_minor, due_on, state, paid_minor',
  hold: 'id, case_id, type, scopes, expires_on, released_at is null as live',
  decision: 'id, case_id, rule_id, policy_version, outcome',
  handoff: 'id, delivery_key, case_id, connector_id, operation, payload_sha256',
  legal_matter: 'id, case_id, law_firm_id, state, preservation, instructed_on',
  evidence_item: 'id, sha256',
  agency_placement: 'id, case_id, state, expires_on, commission_rate',
  portfolio_sale: 'id, ref, state, price_minor',
  bureau_flag: 'id, case_id, state, version, raised_on, as_of, overdue_since, days_past_due, overdue_minor, withdrawn_on, withdraw_reason',
  communication: 'id, case_id, text, pay_by',
  business_day: 'tenant, business_date',
};

export interface Digest {
  whole: string;
  /** By table: rows and digest. */
  tables: Record<string, { rows: number; sha256: string }>;
}

const linesOf = (table: string, schema = '') =>
  `select (select row(d.*)::text) as line from (select ${parts[table]} from ${schema}${table}) d`;

/** A row that only one of the two has, when `tx` sees a scratch copy before the live tables; null when there is none. */
export async function firstDifference(tx: Tx, table: string): Promise<{ where: 'live' | 'replayed'; row: string } | null> {
  const [live, replayed] = [linesOf(table, 'public.'), linesOf(table)];
  const [row] = await tx.query<{ where: 'live' | 'replayed'; row: string }>(
    `select * from (select 'live' as "where", line as row from (${live} except all ${replayed}) a union all select 'replayed', line from (${replayed} except all ${live}) b) c order by row, "where" limit 1`,
  );
  return row ?? null;
}

export async function digestOf(tx: Tx): Promise<Digest> {
  const tables: Digest['tables'] = {};
  for (const table of Object.keys(parts)) {
    const [row] = await tx.query<{ rows: string; sha256: string }>(
      `select count(*) as rows, encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' order by line), ''), 'UTF8')), 'hex') as sha256 from (${linesOf(table)}) lines`,
    );
    tables[table] = { rows: Number(row!.rows), sha256: row!.sha256 };
  }
  const [all] = await tx.query<{ sha256: string }>(`select encode(sha256(convert_to($1, 'UTF8')), 'hex') as sha256`, [
    JSON.stringify(tables),
  ]);
  return { whole: all!.sha256, tables };
}
