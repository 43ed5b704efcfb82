// A digest of all that is folded from the log: equal digests mean equal loans, cases and owed deliveries, in whatever order things arrived.
import { sha256 } from '../domain/ids.js';
import type { Tx } from './store.js';

/** What counts of each table. Left out is what depends on the moment or the order of arrival: instants, versions, sequences, the state of sending. */
const parts: Readonly<Record<string, string>> = {
  borrower: 'id, borrower_no, name, national_id, address, jurisdiction, language, time_zone, segment, branch, portfolio, sequence',
  contact_point: 'id, channel, value, preferred, consent',
  loan: `id, aggregate_id, borrower_id, status, result, assessed_on, overdue_since, paused, outstanding_minor, overdue_minor, overdue_principal_minor, overdue_interest_minor, overdue_fee_minor,
    overdue_penalty_minor, bucket, quality_class, obligor_class, material_since, default_since, next_due_on, next_step_on, decides_on, doubts, episode, in_arrears, episode_since`,
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
  handoff: 'id, delivery_key, case_id, connector_id, operation, payload_sha256, deadline_on',
  legal_matter: 'id, case_id, law_firm_id, state, preservation, instructed_on',
  evidence_item: 'id, sha256',
  agency_placement: 'id, case_id, state, expires_on, commission_rate',
  portfolio_sale: 'id, ref, state, price_minor',
  bureau_flag:
    'id, case_id, report_key, state, version, raised_on, as_of, overdue_since, days_past_due, overdue_minor, step, waits_for, waits_until, withdrawn_on, withdraw_reason',
  bureau_report:
    'id, flag_id, version, kind, account_ref, said_on, as_of, facts, facts_sha256, rule, policy_version, bytes_sha256, corrects_id, corrected_by_id, due_on',
  bureau_dispute: 'id, flag_id, dispute_ref, code, opened_on, due_on, resolved_on, outcome',
  bureau_inquiry: `id, case_id, borrower_id, bureau_id, handoff_id, state, purpose, legal_basis, consent_ref, cost_minor, requested_on, requested_by, expires_on, score, multi_creditor,
    other_lenders_overdue, problem`,
  tradeline: 'id, inquiry_id, lender, account_ref, ours, kind, outstanding_minor, overdue_minor, days_past_due, quality_class, reported_on',
  communication: 'id, case_id, text, pay_by',
  business_day: 'tenant, business_date',
};

export interface Digest {
  whole: string;
  /** By table: rows and digest. */
  tables: Record<string, { rows: number; sha256: string }>;
}

const linesOf = (table: string) => `select (select row(d.*)::text) as line from (select ${parts[table]} from ${table}) d`;
const halfOf = (first: number) => `sum(('x' || encode(substr(hash, ${first}, 8), 'hex'))::bit(64)::bigint::numeric)`;

/** Each row's SHA-256 is added up, so that a table of any size is digested in one pass without sorting it. */
export async function digestOf(tx: Tx): Promise<Digest> {
  const tables: Digest['tables'] = {};
  for (const table of Object.keys(parts)) {
    const [row] = await tx.query<{ rows: string; sums: string }>(
      `select count(*) as rows, concat_ws(' ', ${halfOf(1)}, ${halfOf(9)}) as sums from (select sha256(convert_to(line, 'UTF8')) as hash from (${linesOf(table)}) l) h`,
    );
    tables[table] = { rows: Number(row!.rows), sha256: sha256(`${row!.rows} ${row!.sums}`) };
  }
  return {
    whole: sha256(
      Object.values(tables)
        .map((table) => table.sha256)
        .join('\n'),
    ),
    tables,
  };
}

export const differing = (a: Digest, b: Digest): string[] =>
  Object.keys(a.tables).filter((table) => a.tables[table]!.sha256 !== b.tables[table]!.sha256);

export interface Difference {
  /** Whose tables have the row: the first or the second. */
  only: 'first' | 'second';
  row: string;
}

/** The first row, in the order of its text, that only one of the two has. */
export async function firstDifference(first: Tx, second: Tx, table: string): Promise<Difference | null> {
  const [ones, others] = [await sortedLines(first, table), await sortedLines(second, table)];
  for (;;) {
    const [one, other] = [await ones(), await others()];
    if (one === other) {
      if (one === null) return null;
    } else return other === null || (one !== null && one < other) ? { only: 'first', row: one! } : { only: 'second', row: other };
  }
}

async function sortedLines(tx: Tx, table: string): Promise<() => Promise<string | null>> {
  await tx.query(`declare lines_of_${table} no scroll cursor for select line from (${linesOf(table)}) l order by line collate "C"`);
  let fetched: { line: string }[] = [];
  let next = 0;
  return async () => {
    if (next === fetched.length) {
      fetched = await tx.query<{ line: string }>(`fetch 2000 from lines_of_${table}`);
      next = 0;
    }
    return fetched[next++]?.line ?? null;
  };
}
