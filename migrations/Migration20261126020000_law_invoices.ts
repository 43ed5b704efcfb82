// Invoices of law firms and their lines: read by the bank's roles only, with their case.
import { Migration } from '@mikro-orm/migrations';

const ofBank = `current_setting('casegraph.cases', true) not in ('lawFirm', 'agency')`;
const rows: Record<string, string> = {
  law_invoice: `${ofBank} and exists (select from recovery_case above where above.id = case_id)`,
  law_invoice_line: `${ofBank} and exists (select from law_invoice above where above.id = invoice_id)`,
};

export class Migration20261126020000_law_invoices extends Migration {
  override name = 'Migration20261126020000_law_invoices';

  override up(): void {
    this.addSql(
      `create table law_invoice (id text not null primary key, case_id text not null, matter_id text not null, law_firm_id text not null, invoice_number text null, invoice_date date null,
         billing_from date null, billing_to date null, format text null, file_name text not null, file_sha256 text not null, content_sha256 text not null, currency text null, total_minor bigint null,
         payable_minor bigint null, state text not null, result text not null, findings text[] not null, grave int not null, problems jsonb not null, submitted_on date not null, policy_version text not null,
         proposal text null, proposed_by text null, decided_on date null, decided_by text null, words text null, handoff_id text null);
       create index law_invoice_case_id_index on law_invoice (case_id);
       create index law_invoice_matter_id_index on law_invoice (matter_id);
       create index law_invoice_law_firm_id_invoice_number_index on law_invoice (law_firm_id, invoice_number);
       create index law_invoice_handoff_id_index on law_invoice (handoff_id);`,
    );
    this.addSql(
      `create table law_invoice_line (id text not null primary key, invoice_id text not null, ordinal int not null, line int not null, number text not null, type text not null, done_on date not null,
         units text null, unit_cost text null, adjustment text null, task_code text null, expense_code text null, activity_code text null, timekeeper_id text null, classification text null,
         description text not null, content_sha256 text not null, currency text not null, total_minor bigint not null, payable_minor bigint null, result text not null, findings text[] not null,
         reason text null);
       create index law_invoice_line_invoice_id_ordinal_index on law_invoice_line (invoice_id, ordinal);
       create index law_invoice_line_content_sha256_index on law_invoice_line (content_sha256);`,
    );
    for (const [table, rule] of Object.entries(rows)) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (%s)', reader_role(true), $rule$${rule}$rule$);
        end $$;`);
    }
  }

  override down(): void {
    this.addSql('drop table law_invoice_line, law_invoice;');
  }
}
