// Placements with agencies: clocks, recall, close codes and itemised accounts; what agencies say; batches; who the agencies are.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
const ownPlacement = `case ${setting('cases')} when 'lawFirm' then false else exists (select from agency_placement above where above.id = placement_id) end`;
const ofBank = `${setting('cases')} not in ('lawFirm', 'agency')`;

/** Which rows a narrowed caller sees. */
const rows: Record<string, string> = {
  placed_loan: ownPlacement,
  placement_status: ownPlacement,
  placement_batch: 'false',
  placement_share: 'false',
  placement_allotment: 'false',
  agency_profile: ofBank,
};

/** A placement that has ended in either of the new ways shows its agency nothing any more. */
const ended = (from: string, to: string) =>
  `do $do$ begin execute replace(pg_get_functiondef('sees_case(text, text, text)'::regprocedure), $was$${from}$was$, $is$${to}$is$); end $do$;`;
const [before, after] = [`'REFUSED', 'RECALLED', 'CLOSED'`, `'REFUSED', 'RECALLED', 'CLOSED', 'RETURNED', 'EXPIRED'`];

export class Migration20261126050000_placements extends Migration {
  override name = 'Migration20261126050000_placements';

  override up(): void {
    this.addSql(
      `alter table agency_placement add column batch_id text null, add column commission_rule jsonb null, add column acknowledge_by date null, add column acknowledged_on date null,
       add column acknowledged_late boolean not null default false, add column status_due_on date null, add column status_every_days int null, add column statuses int not null default 0,
       add column statuses_late int not null default 0, add column recall_requested_on date null, add column recall_reason text null, add column recall_due_on date null,
       add column objection_reason text null, add column objected_on date null, add column objection_answer text null, add column close_code text null, add column told_sha256 text null;`,
    );
    this.addSql(
      `create index agency_placement_batch_id_index on agency_placement (batch_id);
       create index agency_placement_agency_id_placed_on_index on agency_placement (agency_id, placed_on);
       create index agency_placement_live on agency_placement (case_id) where state in ('OFFERED', 'ACKNOWLEDGED', 'WORKING', 'RECALL_REQUESTED', 'OBJECTED');`,
    );
    this.addSql('alter table recovery_case add column placeable_from date null;');
    this.addSql('create index recovery_case_placeable_from_index on recovery_case (placeable_from) where placeable_from is not null;');
    this.addSql(
      `create table placed_loan (id text not null, placement_id text not null, case_id text not null, loan_id text not null, account_no text not null, itemised_on date not null, since date not null,
       currency text not null, placed_minor bigint not null, principal_minor bigint not null, interest_minor bigint not null, fees_minor bigint not null, payments_minor bigint not null,
       credits_minor bigint not null, primary key (id));
       create index placed_loan_placement_id_account_no_index on placed_loan (placement_id, account_no);
       create index placed_loan_case_id_index on placed_loan (case_id);
       create index placed_loan_loan_id_index on placed_loan (loan_id);`,
    );
    this.addSql(
      `create table placement_status (id text not null, placement_id text not null, case_id text not null, sequence bigint not null, occurred_at timestamptz(6) not null, received_on date not null,
       calls int not null, messages int not null, letters int not null, visits int not null, complaints int not null, contact_outcome text null, promised_minor bigint null, promised_currency text null,
       promised_on date null, note text null, late boolean not null, flag text null, primary key (id));
       create index placement_status_placement_id_sequence_index on placement_status (placement_id, sequence);
       create index placement_status_case_id_index on placement_status (case_id);`,
    );
    this.addSql(
      `create table placement_batch (id text not null, tenant text not null, seed text not null, method text not null, placed_on date not null, requested_by text not null, policy_versions text[] not null,
       placed int not null, left_out int not null, primary key (id));
       create table placement_share (id text not null, batch_id text not null, agency_id text not null, share numeric(9,6) null, cases int not null, primary key (id));
       create index placement_share_batch_id_agency_id_index on placement_share (batch_id, agency_id);
       create table placement_allotment (id text not null, batch_id text not null, ordinal int not null, case_id text not null, agency_id text null, placement_id text null, rule_id text not null,
       reason text null, primary key (id));
       create index placement_allotment_batch_id_ordinal_index on placement_allotment (batch_id, ordinal);
       create index placement_allotment_case_id_index on placement_allotment (case_id);`,
    );
    this.addSql(
      `create table agency_profile (id text not null, agency_id text not null, licence_no text not null, licence_expires_on date not null, attested_by text not null, attestation_expires_on date not null,
       jurisdictions text[] not null, segments text[] not null, level text not null, most_cases int null, most_amount_minor bigint null, currency text null, suspended boolean not null,
       set_by text not null, set_on date not null, version int not null, primary key (id));
       alter table agency_profile add constraint agency_profile_agency_id_unique unique (agency_id);`,
    );
    for (const [table, visible] of Object.entries(rows)) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (%s)', reader_role(true), $rule$${visible}$rule$);
        end $$;`);
    }
    this.addSql(ended(before, after));
  }

  override down(): void {
    this.addSql(ended(after, before));
    this.addSql('drop table placed_loan, placement_status, placement_batch, placement_share, placement_allotment, agency_profile;');
    this.addSql('alter table recovery_case drop column placeable_from;');
    this.addSql(
      `alter table agency_placement drop column batch_id, drop column commission_rule, drop column acknowledge_by, drop column acknowledged_on, drop column acknowledged_late, drop column status_due_on,
       drop column status_every_days, drop column statuses, drop column statuses_late, drop column recall_requested_on, drop column recall_reason, drop column recall_due_on, drop column objection_reason,
       drop column objected_on, drop column objection_answer, drop column close_code, drop column told_sha256;`,
    );
  }
}
