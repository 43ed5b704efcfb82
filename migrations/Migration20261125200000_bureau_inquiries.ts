// Inquiries at credit bureaus and the accounts that the reports told of: read by the bank's roles only, with their case.
import { Migration } from '@mikro-orm/migrations';

const ofBankWithCase = `current_setting('casegraph.cases', true) not in ('lawFirm', 'agency') and exists (select from recovery_case above where above.id = case_id)`;

export class Migration20261125200000_bureau_inquiries extends Migration {
  override name = 'Migration20261125200000_bureau_inquiries';

  override up(): void {
    this.addSql(
      `create table bureau_inquiry (id text not null, case_id text not null, borrower_id text not null, bureau_id text not null, handoff_id text not null, state text not null, purpose text not null,
       legal_basis text not null, consent_ref text null, currency text not null, cost_minor bigint not null, requested_on date not null, requested_by text not null, completed_at timestamptz(6) null,
       cache_days int not null, expires_on date null, score int null, multi_creditor boolean null, other_lenders_overdue int null, partner_ref text null, problem text null, policy_version text not null,
       primary key (id));`,
    );
    this.addSql(
      `create index bureau_inquiry_case_id_requested_on_index on bureau_inquiry (case_id, requested_on);
       create index bureau_inquiry_handoff_id_index on bureau_inquiry (handoff_id);
       create index bureau_inquiry_borrower_id_purpose_requested_on_index on bureau_inquiry (borrower_id, purpose, requested_on);
       create index bureau_inquiry_expires_on_index on bureau_inquiry (expires_on) where state in ('COMPLETED', 'NO_HIT');`,
    );
    this.addSql(
      `create table tradeline (id text not null, inquiry_id text not null, case_id text not null, ordinal int not null, lender text not null, account_ref text not null, ours boolean not null,
       kind text not null, opened_on date not null, currency text not null, outstanding_minor bigint not null, overdue_minor bigint not null, days_past_due int not null, quality_class int not null,
       reported_on date not null, primary key (id));`,
    );
    this.addSql(
      `create index tradeline_inquiry_id_ordinal_index on tradeline (inquiry_id, ordinal);
       create index tradeline_case_id_index on tradeline (case_id);`,
    );
    for (const table of ['bureau_inquiry', 'tradeline']) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (%s)', reader_role(true), $rule$${ofBankWithCase}$rule$);
        end $$;`);
    }
  }

  override down(): void {
    this.addSql('drop table tradeline; drop table bureau_inquiry;');
  }
}
