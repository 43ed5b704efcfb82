// Money that partners collected: a partner's users see their own; the bank's roles see lines with their case, and remittances where they see the whole bank.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
const own = (otherwise: string) =>
  `case when ${setting('cases')} in ('lawFirm', 'agency') then partner_id = ${setting('partner')} else ${otherwise} end`;
const ofCase = 'exists (select from recovery_case above where above.id = case_id)';
const rows: Record<string, string> = {
  remittance: own('false'),
  remittance_line: `${own('true')} and ${ofCase}`,
  partner_money: `${own('true')} and ${ofCase}`,
};

export class Migration20261126021000_remittances extends Migration {
  override name = 'Migration20261126021000_remittances';

  override up(): void {
    this.addSql(
      `create table remittance (id text not null primary key, tenant text not null, partner_id text not null, ref text not null, content_sha256 text not null, remitted_on date not null,
         reported_on date not null, currency text not null, basis text not null, state text not null, lines int not null, seen_before int not null, held_minor bigint not null, direct_minor bigint not null,
         commission_minor bigint not null, due_minor bigint not null, problems jsonb not null, statement_ref text null, received_minor bigint null, received_on date null, settled_on date null,
         settled_by text null);
       create index remittance_partner_id_ref_index on remittance (partner_id, ref);`,
    );
    this.addSql(
      `create table remittance_line (id text not null primary key, remittance_id text not null, case_id text not null, partner_id text not null, work_id text not null, ordinal int not null,
         payment_identifier text not null, type text not null, via text not null, paid_on date not null, reverses text null, content_sha256 text not null, currency text not null,
         amount_minor bigint not null, principal_minor bigint not null, interest_minor bigint not null, fee_minor bigint not null, penalty_minor bigint not null, commission_minor bigint not null,
         commission_rate numeric(9,6) not null, settled_on date null, constraint remittance_line_partner_id_payment_identifier_unique unique (partner_id, payment_identifier));
       create index remittance_line_remittance_id_ordinal_index on remittance_line (remittance_id, ordinal);
       create index remittance_line_case_id_index on remittance_line (case_id);
       create index remittance_line_partner_id_reverses_index on remittance_line (partner_id, reverses) where reverses is not null;`,
    );
    this.addSql(
      `create table partner_money (id text not null primary key, case_id text not null, partner_id text not null, currency text not null, trust_minor bigint not null, settled_minor bigint not null,
         direct_minor bigint not null, commission_minor bigint not null);
       create index partner_money_case_id_index on partner_money (case_id);
       create index partner_money_partner_id_index on partner_money (partner_id);`,
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
    this.addSql('drop table partner_money, remittance_line, remittance;');
  }
}
