// Law firms in full: the course of a matter, preservation, statutory clocks, instructions, payments after filing, custody of the evidence, and why a borrower does not pay.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
const ofMatter = `exists (select from legal_matter above where above.id = matter_id)`;
const ofBankWithCase = `${setting('cases')} not in ('lawFirm', 'agency') and exists (select from recovery_case above where above.id = case_id)`;
const ofBankWithClock = `exists (select from statutory_clock above where above.id = clock_id)`;

const rows: Record<string, string> = {
  preservation_order: ofMatter,
  matter_instruction: ofMatter,
  matter_payment: ofMatter,
  evidence_custody: ofMatter,
  statutory_clock: ofBankWithCase,
  clock_interruption: ofBankWithClock,
  hardship_assessment: ofBankWithCase,
};

export class Migration20261126010000_legal_matters extends Migration {
  override name = 'Migration20261126010000_legal_matters';

  override up(): void {
    this.addSql(
      `alter table legal_matter add column demand_level int not null default 0, add column demand_proved_on date null, add column letter_sent_on date null, add column court text null,
         add column docket text null, add column procedure text null, add column currency text null, add column claimed_minor bigint null, add column remaining_minor bigint null, add column filed_on date null, add column served_on date null,
         add column judged_on date null, add column judgment_result text null, add column awarded_minor bigint null, add column final_on date null, add column settled_minor bigint null,
         add column settlement_confirmed_on date null, add column enforcement_applied_on date null, add column enforcement_ref text null, add column moved_on date null, add column instructed_minor bigint null,
         add column manifest_sha256 text null;
       alter table evidence_item add column kind text null, add column handoff_id text null;`,
    );
    // What was called so once: the log, folded again, says the new word.
    this.addSql(`update legal_matter set state = 'ENFORCING' where state = 'ENFORCEMENT';`);
    this.addSql(`update recovery_case set legal = 'ENFORCING' where legal = 'ENFORCEMENT';`);
    this.addSql(
      `create table preservation_order (id text primary key, matter_id text not null, order_ref text not null, state text not null, asset text null, applied_on date null, granted_on date null,
         served_on date null, renewed_on date null, expires_on date null, ended_on date null, attend_on date null);
       create index preservation_order_matter_id_index on preservation_order (matter_id);
       create index preservation_order_attend_on_index on preservation_order (attend_on) where attend_on is not null;`,
    );
    this.addSql(
      `create table statutory_clock (id text primary key, tenant text not null, case_id text not null, matter_id text null, kind text not null, about text not null, state text not null,
         based_on date not null, started_on date not null, expires_on date not null, alarms text[] not null, attend_on date not null, policy_version text not null, citation text not null, verified boolean not null);
       create index statutory_clock_case_id_index on statutory_clock (case_id);
       create index statutory_clock_matter_id_index on statutory_clock (matter_id);
       create index statutory_clock_tenant_attend_on_index on statutory_clock (tenant, attend_on) where state = 'RUNNING';`,
    );
    this.addSql(
      `create table clock_interruption (id text primary key, clock_id text not null, cause text not null, interrupted_on date not null, evidence text not null, void boolean not null);
       create index clock_interruption_clock_id_index on clock_interruption (clock_id);`,
    );
    this.addSql(
      `create table matter_instruction (id text primary key, matter_id text not null, handoff_id text not null, kind text not null, note text null, currency text null, amount_minor bigint null,
         instructed_on date not null, instructed_by text not null);
       create index matter_instruction_matter_id_instructed_on_index on matter_instruction (matter_id, instructed_on);`,
    );
    this.addSql(
      `create table matter_payment (id text primary key, matter_id text not null, handoff_id text not null, transaction_ref text not null, kind text not null, currency text not null,
         amount_minor bigint not null, claim_minor bigint not null, value_on date not null, told_on date not null, due_on date not null, acknowledged_on date null);
       create index matter_payment_matter_id_told_on_index on matter_payment (matter_id, told_on);`,
    );
    this.addSql(
      `create table evidence_custody (id text primary key, matter_id text not null, event text not null, custodian text not null, at timestamptz(6) not null, sha256 text not null);
       create index evidence_custody_matter_id_at_index on evidence_custody (matter_id, at);`,
    );
    this.addSql(
      `create table hardship_assessment (id text primary key, case_id text not null, ordinal int not null, cause text not null, words text not null, assessed_on date not null, assessed_by text not null);
       create index hardship_assessment_case_id_ordinal_index on hardship_assessment (case_id, ordinal);`,
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
    this.seesCase(`'REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN'`);
  }

  /** A firm sees a case for as long as it works on it. */
  private seesCase(ended: string): void {
    this
      .addSql(`create or replace function sees_case(of_case text, of_assignee text, of_borrower text) returns boolean language plpgsql stable security definer as $$
      declare
        its_branch text;
        its_portfolio text;
      begin
        case ${setting('cases')}
          when 'all' then null;
          when 'own' then
            if (of_assignee is null or of_assignee = ${setting('user')}) is not true then return false; end if;
          when 'lawFirm' then
            if not exists (select from public.legal_matter where case_id = of_case and law_firm_id = ${setting('partner')} and state not in (${ended})) then return false; end if;
          when 'agency' then
            if not exists (select from public.agency_placement where case_id = of_case and agency_id = ${setting('partner')} and state not in ('REFUSED', 'RECALLED', 'CLOSED')) then return false; end if;
          else return false;
        end case;
        if ${setting('branches')} = '' and ${setting('portfolios')} = '' then return true; end if;
        select branch, portfolio into its_branch, its_portfolio from public.borrower where id = of_borrower;
        return (${setting('branches')} = '' or its_branch = any(nullif(${setting('branches')}, '')::text[]))
          and (${setting('portfolios')} = '' or its_portfolio = any(nullif(${setting('portfolios')}, '')::text[]));
      end $$;`);
  }

  override down(): void {
    this.seesCase(`'REFUSED', 'CLOSED'`);
    for (const table of Object.keys(rows).toReversed()) this.addSql(`drop table ${table};`);
    this.addSql(
      `alter table legal_matter drop column demand_level, drop column demand_proved_on, drop column letter_sent_on, drop column court, drop column docket, drop column procedure, drop column currency,
         drop column claimed_minor, drop column remaining_minor, drop column filed_on, drop column served_on, drop column judged_on, drop column judgment_result, drop column awarded_minor, drop column final_on, drop column settled_minor,
         drop column settlement_confirmed_on, drop column enforcement_applied_on, drop column enforcement_ref, drop column moved_on, drop column instructed_minor, drop column manifest_sha256;
       alter table evidence_item drop column kind, drop column handoff_id;`,
    );
  }
}
