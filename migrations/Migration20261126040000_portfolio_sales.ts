// The sale of claims as a deal: its loans one by one, sealed bids, tapes, payments that are passed on, and loans that come back.
import { Migration } from '@mikro-orm/migrations';

/** Below their loan: whoever sees that, of the bank. */
const ofBankWithLoan = `current_setting('casegraph.cases', true) not in ('lawFirm', 'agency') and exists (select from loan above where above.id = loan_id)`;
/** Deals tell of many cases: they are for tokens that are not narrowed to some. */
const rights: Record<string, string> = {
  portfolio_sale: 'false',
  sale_bid: 'false',
  sale_tape: 'false',
  sale_loan: ofBankWithLoan,
  passed_on_payment: ofBankWithLoan,
  put_back: ofBankWithLoan,
};

export class Migration20261126040000_portfolio_sales extends Migration {
  override name = 'Migration20261126040000_portfolio_sales';

  override up(): void {
    this.addSql(`alter table portfolio_sale rename column closed_on to signed_on;`);
    this.addSql(
      `alter table portfolio_sale alter column signed_on drop not null, alter column buyer_id drop not null, alter column handoff_id drop not null, alter column price_minor drop not null,
       alter column cut_off_at drop not null, add column tenant text null, add column lead_case_id text null, add column jurisdiction text null, add column legal_balance_minor bigint not null default 0,
       add column bids_close_at timestamptz(6) null, add column bids_opened_at timestamptz(6) null, add column reserve_fraction numeric(9,6) null, add column price_fraction numeric(9,6) null,
       add column award_rule text null, add column award_reason text null, add column awarded_bid_id text null, add column contract_ref text null, add column cut_off_zone text null,
       add column pooled_on date null, add column published_on date null, add column awarded_on date null, add column assigned_on date null, add column notified_on date null,
       add column settled_on date null, add column policy_version text not null default '';`,
    );
    this.addSql(
      `update portfolio_sale s set tenant = c.tenant, lead_case_id = c.id, jurisdiction = c.jurisdiction, cut_off_zone = 'UTC', pooled_on = s.signed_on, policy_version = c.policy_version
       from handoff h join recovery_case c on c.id = h.case_id where h.id = s.handoff_id;`,
    );
    this.addSql(
      `alter table portfolio_sale alter column tenant set not null, alter column lead_case_id set not null, alter column jurisdiction set not null, alter column pooled_on set not null,
       alter column legal_balance_minor drop default, alter column policy_version drop default;
       create index portfolio_sale_handoff_id_index on portfolio_sale (handoff_id);`,
    );
    this.addSql(
      `create table sale_loan (id text not null, sale_id text not null, sale_ref text not null, loan_id text not null, case_id text not null, ordinal int not null, tape_ref text not null,
       state text not null, ownership text not null, currency text not null, principal_minor bigint not null, interest_minor bigint not null, other_minor bigint not null,
       legal_balance_minor bigint not null, days_past_due int not null, price_minor bigint null, rule_ids text[] not null, reasons text[] not null, added_on date not null, buyer_id text null,
       cut_off_at timestamptz(6) null, cut_off_zone text null, transferred_on date null, notified_on date null, notice_method text null, notice_ref text null, notice_sha256 text null,
       return_ground text null, return_reason text null, refund_minor bigint null, return_handoff_id text null, returned_at timestamptz(6) null, returned_on date null, primary key (id));
       create index sale_loan_sale_id_ordinal_index on sale_loan (sale_id, ordinal);
       create index sale_loan_loan_id_index on sale_loan (loan_id);
       create index sale_loan_case_id_index on sale_loan (case_id);
       create unique index sale_loan_live on sale_loan (loan_id) where ownership <> 'BANK';`,
    );
    this.addSql(
      `create table sale_bid (id text not null, sale_id text not null, buyer_id text not null, handoff_id text not null, state text not null, invited_on date not null,
       submitted_at timestamptz(6) null, bid_ref text null, partner_sequence bigint not null, currency text not null, price_minor bigint null, price_fraction numeric(9,6) null,
       award_handoff_id text null, primary key (id));
       create index sale_bid_sale_id_index on sale_bid (sale_id);
       create index sale_bid_handoff_id_index on sale_bid (handoff_id);
       create table sealed_bid (id text not null, sale_id text not null, currency text not null, price_minor bigint not null, primary key (id));`,
    );
    this.addSql(
      `create table sale_tape (id text not null, sale_id text not null, kind text not null, form text not null, as_of date not null, loans int not null, currency text not null,
       principal_minor bigint not null, legal_balance_minor bigint not null, sha256 text not null, files jsonb not null, made_on date not null, made_by text not null, primary key (id));
       create index sale_tape_sale_id_made_on_index on sale_tape (sale_id, made_on);`,
    );
    this.addSql(
      `create table passed_on_payment (id text not null, sale_id text not null, sale_loan_id text not null, loan_id text not null, case_id text not null, buyer_id text not null,
       transaction_ref text not null, number int not null, kind text not null, currency text not null, amount_minor bigint not null, value_on date not null, told_at timestamptz(6) not null,
       owed_on date not null, handoff_id text not null, state text not null, primary key (id));
       create index passed_on_payment_sale_id_index on passed_on_payment (sale_id);
       create index passed_on_payment_loan_id_index on passed_on_payment (loan_id);
       create index passed_on_payment_sale_loan_id_index on passed_on_payment (sale_loan_id);
       create index passed_on_payment_handoff_id_index on passed_on_payment (handoff_id);`,
    );
    this.addSql(
      `create table put_back (id text not null, sale_id text not null, sale_loan_id text not null, loan_id text not null, case_id text not null, put_back_ref text not null, reason text not null,
       words text not null, requested_on date not null, in_time boolean not null, due_on date not null, state text not null, answered_on date null, answered_by text null, answer text null,
       currency text not null, refund_minor bigint null, handoff_id text null, primary key (id));
       create index put_back_sale_id_index on put_back (sale_id);
       create index put_back_loan_id_index on put_back (loan_id);
       create index put_back_handoff_id_index on put_back (handoff_id);`,
    );
    // Sales that were made before loans were kept one by one: as the buyer was told of them.
    this.addSql(
      `insert into sale_loan (id, sale_id, sale_ref, loan_id, case_id, ordinal, tape_ref, state, ownership, currency, principal_minor, interest_minor, other_minor, legal_balance_minor, days_past_due,
         rule_ids, reasons, added_on, buyer_id, cut_off_at, cut_off_zone, transferred_on)
       select 'saleloan_' || left(encode(sha256(convert_to(s.id || l.id, 'UTF8')), 'hex'), 16), s.id, s.ref, l.id, o.case_id, row_number() over (partition by s.id order by l.id),
         'T-' || left(encode(sha256(convert_to(s.id || l.id, 'UTF8')), 'hex'), 12), w.state, w.ownership, s.currency,
         m.principal, m.interest, m.total - m.principal - m.interest, m.total, (k->>'daysPastDue')::int, '{}', '{}', s.signed_on, s.buyer_id, s.cut_off_at, 'UTC',
         case when w.state = 'TRANSFERRED' then s.signed_on end
       from portfolio_sale s join handoff h on h.id = s.handoff_id cross join json_array_elements((h.payload->'loans')::json) k
         join loan l on l.account_no = k->>'accountRef' join sold_case o on o.sale_id = s.id
         cross join lateral (select round((k->'principal'->>'amount')::numeric / currency_unit(s.currency))::bigint as principal, round((k->'interest'->>'amount')::numeric / currency_unit(s.currency))::bigint as interest,
           round((k->'total'->>'amount')::numeric / currency_unit(s.currency))::bigint as total) m
         cross join lateral (select case s.state when 'REFUSED' then 'RELEASED' when 'SIGNED' then 'SALE_PENDING' else 'TRANSFERRED' end as state,
           case s.state when 'REFUSED' then 'BANK' when 'SIGNED' then 'SALE_PENDING' else 'TRANSFERRED' end as ownership) w
       where exists (select from case_loan c where c.case_id = o.case_id and c.loan_id = l.id);
       update portfolio_sale s set legal_balance_minor = (select coalesce(sum(legal_balance_minor), 0) from sale_loan l where l.sale_id = s.id);`,
    );
    for (const [table, rule] of Object.entries(rights)) {
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
}
