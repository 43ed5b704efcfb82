import { Migration } from '@mikro-orm/migrations';

export class Migration20261123223338_first_tables extends Migration {
  override name = 'Migration20261123223338_first_tables';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "agency_placement" ("id" text not null, "case_id" text not null, "agency_id" text not null, "handoff_id" text not null, "state" text not null, "placed_on" date not null, "expires_on" date not null, "commission_rate" numeric(9,6) not null, "policy_version" text not null, "partner_ref" text null, "partner_sequence" bigint not null, "closed_on" date null, "version" int not null, primary key ("id"));`,
    );
    this.addSql(`create index "agency_placement_case_id_index" on "agency_placement" ("case_id");`);
    this.addSql(`create index "agency_placement_handoff_id_index" on "agency_placement" ("handoff_id");`);

    this.addSql(
      `create table "answered_request" ("actor" text not null, "idempotency_key" text not null, "input_sha256" text not null, "result" jsonb not null, "answered_at" timestamptz(6) not null, primary key ("actor", "idempotency_key"));`,
    );

    this.addSql(
      `create table "audit_entry" ("number" bigserial primary key, "at" timestamptz(6) not null, "actor" text not null, "roles" text[] not null, "purpose" text null, "action" text not null, "subject" text null, "detail" jsonb not null);`,
    );
    this.addSql(`create index "audit_entry_at_index" on "audit_entry" ("at");`);

    this.addSql(
      `create table "borrower" ("id" text not null, "tenant" text not null, "source_ref" text not null, "borrower_no" text not null, "name" text not null, "national_id" text null, "address" text null, "jurisdiction" text not null, "language" text not null, "time_zone" text not null, "segment" text null, "sequence" bigint not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "breaker" ("id" text not null, "connector_id" text not null, "operation" text not null, "state" text not null, "since" timestamptz(6) not null, "failure_rate" numeric(5,4) not null, primary key ("id"));`,
    );
    this.addSql(`create index "breaker_connector_id_index" on "breaker" ("connector_id");`);

    this.addSql(
      `create table "bureau_flag" ("id" text not null, "report_key" text not null, "bureau_id" text not null, "loan_id" text not null, "case_id" text not null, "episode" int not null, "state" text not null, "version" int not null, "raised_on" date not null, "as_of" date not null, "overdue_since" date not null, "days_past_due" int not null, "currency" text not null, "overdue_minor" bigint not null, "outstanding_minor" bigint not null, "quality_class" int not null, "withdrawn_on" date null, "withdraw_reason" text null, "would_not_have_fired" boolean not null, "policy_version" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "bureau_flag" add constraint "bureau_flag_report_key_unique" unique ("report_key");`);
    this.addSql(`create index "bureau_flag_loan_id_episode_index" on "bureau_flag" ("loan_id", "episode");`);
    this.addSql(`create index "bureau_flag_case_id_index" on "bureau_flag" ("case_id");`);

    this.addSql(
      `create table "business_day" ("tenant" text not null, "business_date" date not null, "opened_at" timestamptz(6) not null, primary key ("tenant"));`,
    );

    this.addSql(
      `create table "callback_receipt" ("partner_id" text not null, "webhook_id" text not null, "received_at" timestamptz(6) not null, "outcome" text not null, primary key ("partner_id", "webhook_id"));`,
    );

    this.addSql(
      `create table "case_exposure" ("id" text not null, "case_id" text not null, "currency" text not null, "loans" int not null, "overdue_minor" bigint not null, "outstanding_minor" bigint not null, primary key ("id"));`,
    );
    this.addSql(`create index "case_exposure_case_id_currency_index" on "case_exposure" ("case_id", "currency");`);

    this.addSql(
      `create table "case_loan" ("id" text not null, "case_id" text not null, "loan_id" text not null, "episode" int not null, "entered_on" date not null, "cured_on" date null, primary key ("id"));`,
    );
    this.addSql(`create index "case_loan_loan_id_index" on "case_loan" ("loan_id");`);
    this.addSql(`create index "case_loan_case_id_index" on "case_loan" ("case_id");`);

    this.addSql(
      `create table "collateral" ("id" text not null, "borrower_id" text not null, "loan_id" text null, "collateral_ref" text not null, "kind" text not null, "description" text not null, "currency" text not null, "value_minor" bigint not null, "valued_on" date not null, "sequence" bigint not null, primary key ("id"));`,
    );
    this.addSql(`create index "collateral_borrower_id_index" on "collateral" ("borrower_id");`);
    this.addSql(`create index "collateral_loan_id_index" on "collateral" ("loan_id");`);

    this.addSql(
      `create table "communication" ("id" text not null, "case_id" text not null, "loan_id" text not null, "handoff_id" text not null, "type" text not null, "template_id" text not null, "channel" text not null, "language" text not null, "text" text not null, "currency" text not null, "overdue_minor" bigint not null, "days_past_due" int not null, "pay_by" date not null, "decided_on" date not null, "state" text not null, "partner_sequence" bigint not null, primary key ("id"));`,
    );
    this.addSql(`create index "communication_case_id_decided_on_id_index" on "communication" ("case_id", "decided_on", "id");`);

    this.addSql(
      `create table "connector" ("id" text not null, "connector_id" text not null, "kind" text not null, "name" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "connector" add constraint "connector_connector_id_unique" unique ("connector_id");`);

    this.addSql(
      `create table "contact_point" ("id" text not null, "borrower_id" text not null, "ordinal" int not null, "channel" text not null, "value" text not null, "preferred" boolean not null, "consent" boolean not null, primary key ("id"));`,
    );
    this.addSql(`create index "contact_point_borrower_id_ordinal_index" on "contact_point" ("borrower_id", "ordinal");`);

    this.addSql(
      `create table "decision" ("id" text not null, "case_id" text not null, "sequence" bigint not null, "rule_id" text not null, "policy_version" text not null, "outcome" text not null, "reasons" text[] not null, "inputs" jsonb not null, "decided_on" date not null, primary key ("id"));`,
    );
    this.addSql(`create index "decision_case_id_sequence_index" on "decision" ("case_id", "sequence");`);

    this.addSql(
      `create table "evidence_item" ("id" text not null, "matter_id" text not null, "ordinal" int not null, "name" text not null, "media_type" text not null, "sha256" text not null, "bytes" int not null, "content" text not null, "frozen_at" timestamptz(6) not null, primary key ("id"));`,
    );
    this.addSql(`create index "evidence_item_matter_id_ordinal_index" on "evidence_item" ("matter_id", "ordinal");`);

    this.addSql(
      `create table "external_ref" ("system" text not null, "ref" text not null, "node_id" text not null, primary key ("system", "ref"));`,
    );
    this.addSql(`create index "external_ref_node_id_index" on "external_ref" ("node_id");`);

    this.addSql(
      `create table "guarantor" ("id" text not null, "loan_id" text not null, "borrower_id" text not null, "name" text not null, "phone" text null, primary key ("id"));`,
    );
    this.addSql(`create index "guarantor_loan_id_index" on "guarantor" ("loan_id");`);
    this.addSql(`create index "guarantor_borrower_id_index" on "guarantor" ("borrower_id");`);

    this.addSql(
      `create table "handoff" ("id" text not null, "delivery_key" text not null, "case_id" text not null, "connector_id" text not null, "operation" text not null, "state" text not null, "payload" jsonb not null, "payload_sha256" text not null, "lane" text not null, "lane_sequence" bigint not null, "transaction" xid8 not null default pg_current_xact_id(), "attempts" int not null, "next_attempt_at" timestamptz(6) not null, "lease_owner" text null, "lease_until" timestamptz(6) null, "fence" bigint not null, "partner_ref" text null, "last_problem" text null, "created_at" timestamptz(6) not null, "answered_at" timestamptz(6) null, primary key ("id"));`,
    );
    this.addSql(`alter table "handoff" add constraint "handoff_delivery_key_unique" unique ("delivery_key");`);
    this.addSql(`create index "handoff_case_id_created_at_id_index" on "handoff" ("case_id", "created_at", "id");`);
    this.addSql(
      `create index "handoff_connector_id_operation_next_attempt_at_index" on "handoff" ("connector_id", "operation", "next_attempt_at") where state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN');`,
    );

    this.addSql(
      `create table "hold" ("id" text not null, "case_id" text not null, "type" text not null, "scopes" text[] not null, "reason" text not null, "placed_by" text not null, "placed_at" timestamptz(6) not null, "expires_on" date null, "released_at" timestamptz(6) null, "released_by" text null, primary key ("id"));`,
    );
    this.addSql(`create index "hold_case_id_index" on "hold" ("case_id");`);

    this.addSql(
      `create table "instalment" ("id" text not null, "loan_id" text not null, "number" int not null, "due_on" date not null, "currency" text not null, "principal_due_minor" bigint not null, "interest_due_minor" bigint not null, "fee_due_minor" bigint not null, "penalty_due_minor" bigint not null, "due_minor" bigint not null, "outstanding_minor" bigint not null, primary key ("id"));`,
    );
    this.addSql(`create index "instalment_loan_id_number_index" on "instalment" ("loan_id", "number");`);

    this.addSql(
      `create table "interaction" ("id" text not null, "case_id" text not null, "channel" text not null, "direction" text not null, "outcome" text not null, "note" text null, "at" timestamptz(6) not null, "actor" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "interaction_case_id_at_id_index" on "interaction" ("case_id", "at", "id");`);

    this.addSql(
      `create table "legal_matter" ("id" text not null, "case_id" text not null, "law_firm_id" text not null, "handoff_id" text not null, "state" text not null, "preservation" text not null, "instructed_on" date not null, "partner_ref" text null, "court_ref" text null, "next_hearing_at" timestamptz(6) null, "partner_sequence" bigint not null, "closed_on" date null, "version" int not null, primary key ("id"));`,
    );
    this.addSql(`create index "legal_matter_case_id_index" on "legal_matter" ("case_id");`);
    this.addSql(`create index "legal_matter_handoff_id_index" on "legal_matter" ("handoff_id");`);

    this.addSql(
      `create table "loan" ("id" text not null, "tenant" text not null, "aggregate_id" text not null, "account_no" text null, "borrower_id" text null, "product_id" text null, "product_class" text null, "jurisdiction" text null, "currency" text null, "status" text not null, "principal_minor" bigint not null, "disbursed_on" date null, "state" jsonb not null, "version" int not null, "result" text not null, "assessed_on" date null, "overdue_since" date null, "paused_days" int not null, "outstanding_principal_minor" bigint not null, "outstanding_interest_minor" bigint not null, "outstanding_fee_minor" bigint not null, "outstanding_penalty_minor" bigint not null, "outstanding_minor" bigint not null, "overdue_principal_minor" bigint not null, "overdue_interest_minor" bigint not null, "overdue_fee_minor" bigint not null, "overdue_penalty_minor" bigint not null, "overdue_minor" bigint not null, "bucket" text not null, "quality_class" int not null, "next_due_on" date null, "next_step_on" date null, "touched" boolean not null, "touched_from" date null, "episode" int not null, "in_arrears" boolean not null, "episode_since" date null, primary key ("id"));`,
    );
    this.addSql(`alter table "loan" add constraint "loan_aggregate_id_unique" unique ("aggregate_id");`);
    this.addSql(`create index "loan_borrower_id_index" on "loan" ("borrower_id");`);
    this.addSql(`create index "loan_tenant_next_step_on_index" on "loan" ("tenant", "next_step_on");`);
    this.addSql(`create index "loan_tenant_touched_index" on "loan" ("tenant", "touched") where touched;`);

    this.addSql(
      `create table "event_log" ("source" text not null, "fact_id" text not null, "arrival" bigserial not null, "type" text not null, "tenant" text not null, "aggregate_id" text not null, "sequence" bigint not null, "effective_on" date not null, "business_on" date not null, "occurred_at" timestamptz(6) not null, "recorded_at" timestamptz(6) not null default now(), "data" jsonb not null, primary key ("source", "fact_id"));`,
    );
    this.addSql(`create index "event_log_aggregate_id_arrival_index" on "event_log" ("aggregate_id", "arrival");`);
    this.addSql(`alter table "event_log" add constraint "event_log_arrival_unique" unique ("arrival");`);

    this.addSql(
      `create table "matter_step" ("id" text not null, "matter_id" text not null, "step" text not null, "partner_sequence" bigint not null, "occurred_at" timestamptz(6) not null, "recorded_at" timestamptz(6) not null, "applied" boolean not null, "data" jsonb not null, primary key ("id"));`,
    );
    this.addSql(`create index "matter_step_matter_id_partner_sequence_index" on "matter_step" ("matter_id", "partner_sequence");`);

    this.addSql(
      `create table "parked_message" ("id" text not null, "topic" text not null, "partition" int not null, "message_offset" bigint not null, "reason" text not null, "key" bytea null, "raw" bytea not null, "headers" jsonb not null, "state" text not null, "parked_at" timestamptz(6) not null, "redriven_at" timestamptz(6) null, primary key ("id"));`,
    );
    this.addSql(`create index "parked_message_state_parked_at_id_index" on "parked_message" ("state", "parked_at", "id");`);
    this.addSql(
      `alter table "parked_message" add constraint "parked_message_topic_partition_message_offset_unique" unique ("topic", "partition", "message_offset");`,
    );

    this.addSql(
      `create table "partition_date" ("tenant" text not null, "topic" text not null, "partition" int not null, "business_date" date not null, primary key ("tenant", "topic", "partition"));`,
    );

    this.addSql(
      `create table "portfolio_sale" ("id" text not null, "ref" text not null, "buyer_id" text not null, "handoff_id" text not null, "state" text not null, "cut_off_at" timestamptz(6) not null, "currency" text not null, "price_minor" bigint not null, "loans" int not null, "partner_ref" text null, "partner_sequence" bigint not null, "closed_on" date not null, "version" int not null, primary key ("id"));`,
    );
    this.addSql(`alter table "portfolio_sale" add constraint "portfolio_sale_ref_unique" unique ("ref");`);

    this.addSql(
      `create table "progress" ("topic" text not null, "partition" int not null, "next_offset" bigint not null, primary key ("topic", "partition"));`,
    );

    this.addSql(
      `create table "promise_to_pay" ("id" text not null, "case_id" text not null, "loan_id" text null, "currency" text not null, "amount_minor" bigint not null, "due_on" date not null, "made_on" date not null, "state" text not null, "paid_minor" bigint not null, "actor" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "promise_to_pay_case_id_due_on_index" on "promise_to_pay" ("case_id", "due_on");`);
    this.addSql(`create index "promise_to_pay_due_on_index" on "promise_to_pay" ("due_on") where state = 'OPEN';`);

    this.addSql(
      `create table "recovery_case" ("id" text not null, "tenant" text not null, "ref" text not null, "borrower_id" text not null, "ordinal" int not null, "jurisdiction" text not null, "status" text not null, "stage" text not null, "opened_on" date not null, "closed_on" date null, "close_reason" text null, "reopened" int not null, "cured_since" date null, "overdue_since" date null, "highest_threshold" int not null, "quality_class" int not null, "treatment" text not null, "arrangement" text not null, "legal" text not null, "preservation" text not null, "placement" text not null, "ownership" text not null, "legal_eligible" boolean not null, "assignee" text null, "team" text null, "sequence" bigint not null, "version" int not null, "policy_version" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "recovery_case" add constraint "recovery_case_ref_unique" unique ("ref");`);
    this.addSql(`create index "recovery_case_status_overdue_since_id_index" on "recovery_case" ("status", "overdue_since", "id");`);
    this.addSql(
      `create index "recovery_case_assignee_status_overdue_since_id_index" on "recovery_case" ("assignee", "status", "overdue_since", "id");`,
    );
    this.addSql(`create index "recovery_case_borrower_id_ordinal_index" on "recovery_case" ("borrower_id", "ordinal");`);

    this.addSql(
      `create table "repayment" ("id" text not null, "loan_id" text not null, "transaction_ref" text not null, "kind" text not null, "value_on" date not null, "posted_on" date not null, "currency" text not null, "amount_minor" bigint not null, "reversed_on" date null, "recorded_at" timestamptz(6) not null, primary key ("id"));`,
    );
    this.addSql(`create index "repayment_loan_id_value_on_id_index" on "repayment" ("loan_id", "value_on", "id");`);

    this.addSql(`create table "sold_case" ("id" text not null, "sale_id" text not null, "case_id" text not null, primary key ("id"));`);
    this.addSql(`create index "sold_case_sale_id_index" on "sold_case" ("sale_id");`);
    this.addSql(`create index "sold_case_case_id_index" on "sold_case" ("case_id");`);

    this.addSql(
      `create table "threshold_crossing" ("id" text not null, "loan_id" text not null, "case_id" text not null, "episode" int not null, "days" int not null, "crossed_on" date not null, "would_not_have_fired" boolean not null, primary key ("id"));`,
    );
    this.addSql(`create index "threshold_crossing_case_id_index" on "threshold_crossing" ("case_id");`);
    this.addSql(`create index "threshold_crossing_loan_id_index" on "threshold_crossing" ("loan_id");`);

    this.addSql(
      `create table "timeline_entry" ("id" text not null, "case_id" text not null, "sequence" bigint not null, "type" text not null, "summary" text not null, "actor" text not null, "effective_on" date not null, "recorded_at" timestamptz(6) not null, "cause_id" text not null, "data" jsonb not null, primary key ("id"));`,
    );
    this.addSql(`create index "timeline_entry_case_id_sequence_index" on "timeline_entry" ("case_id", "sequence");`);
  }
}
