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
  pledged_collateral: 'id, borrower_id, kind, value_minor, valued_on',
  valuation: 'id, collateral_id, source, method, appraiser, currency, value_minor, valued_on, expires_on',
  disposal: `id, collateral_id, case_id, state, method, begun_on, ordered_on, seized_on, round, opens_on, reserve_minor, appraised_minor, in_lieu_minor, approved_by, sold_on, price_minor,
    distributed_on, costs_minor, ours_minor, shortfall_minor, surplus_minor, released_on, policy_version`,
  auction_round: 'id, number, reserve_minor, least_minor, opens_on, closes_on, result, closed_on, price_minor, bidders',
  proceeds_share: 'id, kind, rank, holder, loan_id, owed_minor, paid_minor, principal_minor, interest_minor, fee_minor, penalty_minor',
  recovery_case: `id, ref, borrower_id, status, stage, opened_on, closed_on, close_reason, reopened, cured_since, overdue_since, highest_threshold, quality_class, treatment, arrangement, legal, preservation, disposal,
    placement, placeable_from, ownership, legal_eligible, assignee, team`,
  case_loan: 'id, case_id, entered_on, cured_on',
  case_exposure: 'id, loans, overdue_minor, outstanding_minor',
  threshold_crossing: 'id, case_id, crossed_on, would_not_have_fired',
  timeline_entry: 'case_id, type, effective_on, cause_id',
  interaction: 'id, case_id, channel, direction, outcome',
  promise_to_pay: 'id, case_id, amount_minor, due_on, state, paid_minor',
  hold: 'id, case_id, type, scopes, expires_on, released_at is null as live',
  decision: 'id, case_id, rule_id, policy_version, outcome',
  handoff: 'id, delivery_key, case_id, connector_id, operation, payload_sha256, deadline_on',
  legal_matter: `id, case_id, law_firm_id, state, preservation, instructed_on, acknowledge_by, acknowledged_late, demand_level, demand_proved_on, letter_sent_on, court, docket, procedure, currency, instructed_minor, claimed_minor, remaining_minor, filed_on,
    served_on, judged_on, judgment_result, awarded_minor, final_on, settled_minor, settlement_confirmed_on, enforcement_applied_on, enforcement_ref, manifest_sha256`,
  evidence_item: 'id, sha256, kind, handoff_id',
  preservation_order: 'id, state, asset, applied_on, granted_on, served_on, renewed_on, expires_on, ended_on, attend_on',
  statutory_clock: 'id, case_id, matter_id, kind, about, state, based_on, started_on, expires_on, alarms, attend_on, policy_version',
  clock_interruption: 'id, clock_id, cause, interrupted_on, evidence, void',
  matter_instruction: 'id, kind, note, currency, amount_minor, instructed_on, instructed_by',
  matter_payment: 'id, handoff_id, transaction_ref, kind, currency, amount_minor, claim_minor, value_on, told_on, due_on, acknowledged_on',
  evidence_custody: 'id, event, custodian, sha256',
  hardship_assessment: 'id, case_id, ordinal, cause, words, assessed_on, assessed_by',
  law_invoice: `id, case_id, matter_id, law_firm_id, invoice_number, file_sha256, content_sha256, state, result, findings, total_minor, payable_minor, decided_on, decided_by, proposed_by, proposal, words`,
  law_invoice_line: 'id, invoice_id, content_sha256, result, findings, total_minor, payable_minor, reason',
  agency_placement: `id, case_id, agency_id, batch_id, state, placed_on, expires_on, commission_rate, commission_rule, acknowledge_by, acknowledged_on, acknowledged_late, status_due_on, statuses,
    statuses_late, recall_requested_on, recall_due_on, objection_reason, objection_answer, close_code, closed_on`,
  placed_loan:
    'id, placement_id, loan_id, itemised_on, since, currency, placed_minor, principal_minor, interest_minor, fees_minor, payments_minor, credits_minor',
  placement_status:
    'id, placement_id, calls, messages, letters, visits, complaints, contact_outcome, promised_minor, promised_on, late, flag',
  placement_batch: 'id, seed, method, placed_on, placed, left_out',
  placement_share: 'id, batch_id, agency_id, share, cases',
  placement_allotment: 'id, batch_id, ordinal, case_id, agency_id, placement_id, rule_id',
  agency_profile: `id, agency_id, licence_no, licence_expires_on, attestation_expires_on, jurisdictions, segments, level, most_cases, most_amount_minor, currency, suspended`,
  remittance:
    'id, partner_id, ref, content_sha256, remitted_on, basis, state, lines, seen_before, held_minor, direct_minor, commission_minor, due_minor, problems, received_minor, statement_ref, settled_on',
  remittance_line:
    'id, remittance_id, case_id, work_id, type, via, paid_on, reverses, amount_minor, principal_minor, interest_minor, fee_minor, penalty_minor, commission_minor, commission_rate, settled_on',
  partner_money: 'id, case_id, partner_id, trust_minor, settled_minor, direct_minor, commission_minor',
  portfolio_sale: `id, ref, state, currency, loans, legal_balance_minor, bids_close_at, bids_opened_at is null as sealed, reserve_fraction, buyer_id, price_minor, price_fraction, award_rule, awarded_bid_id,
    contract_ref, cut_off_at, cut_off_zone, handoff_id, pooled_on, published_on, awarded_on, signed_on, assigned_on, notified_on, settled_on, policy_version`,
  sold_case: 'id, sale_id, case_id',
  sale_loan: `id, sale_id, loan_id, case_id, ordinal, tape_ref, state, ownership, principal_minor, interest_minor, other_minor, legal_balance_minor, days_past_due, price_minor, rule_ids, added_on, buyer_id,
    cut_off_at, transferred_on, notified_on, notice_method, notice_ref, notice_sha256, return_ground, return_reason, refund_minor, return_handoff_id, returned_on`,
  sale_bid: 'id, sale_id, buyer_id, handoff_id, state, bid_ref, price_minor, price_fraction, award_handoff_id',
  sealed_bid: 'id, sale_id, currency, price_minor',
  sale_tape: 'id, sale_id, kind, form, as_of, loans, principal_minor, legal_balance_minor, sha256, files, made_on, made_by',
  passed_on_payment:
    'id, sale_id, sale_loan_id, loan_id, transaction_ref, number, kind, amount_minor, value_on, told_at, handoff_id, state',
  put_back:
    'id, sale_id, sale_loan_id, put_back_ref, reason, requested_on, in_time, due_on, state, answered_on, answered_by, refund_minor, handoff_id',
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

/** Where a part is not the table of its name: what people added to the case is apart from what core banking told. */
const rowsOf: Readonly<Record<string, string>> = {
  collateral: 'collateral where source_ref is not null',
  pledged_collateral: 'collateral where source_ref is null',
};

export interface Digest {
  whole: string;
  /** By table: rows and digest. */
  tables: Record<string, { rows: number; sha256: string }>;
}

const linesOf = (table: string) => `select (select row(d.*)::text) as line from (select ${parts[table]} from ${rowsOf[table] ?? table}) d`;
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
