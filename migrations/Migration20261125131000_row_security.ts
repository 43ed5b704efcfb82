// The second line of rights: the connections that read for callers do so as roles that own nothing, and Postgres itself shows them only the caller's rows.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `(select nullif(current_setting('casegraph.${name}', true), ''))`; // in a select of its own: asked once a statement
const cases = setting('cases');
const partner = setting('partner');
const ofPartner = `${cases} in ('lawFirm', 'agency')`;
const above = (table: string, here: string, there = 'id') => `exists (select from ${table} a where a.${there} = ${here})`;
const ofCase = above('recovery_case', 'case_id');
const ofLoan = above('loan', 'loan_id');
const ofBorrower = above('borrower', 'borrower_id');
const bankOnly = (rule: string) => `not (${ofPartner}) and ${rule}`;

/** Which rows a narrowed caller sees of each table: the rules of src/storage/profiles.ts once more, each climbing to the case. */
const rows: Record<string, string> = {
  recovery_case: `case ${cases}
      when 'all' then true
      when 'own' then assignee is null or assignee = ${setting('user')}
      when 'lawFirm' then is_with_law_firm(id, ${partner})
      when 'agency' then is_with_agency(id, ${partner})
      else false end
    and (${setting('branches')} is null and ${setting('portfolios')} is null or is_borrower_of(borrower_id, ${setting('branches')}::text[], ${setting('portfolios')}::text[]))`,
  borrower: above('recovery_case', 'borrower.id', 'borrower_id'),
  loan: `${above('recovery_case', 'loan.borrower_id', 'borrower_id')} and (not (${ofPartner}) or exists (select from case_loan k where k.loan_id = loan.id))`,
  legal_matter: `case ${cases} when 'lawFirm' then law_firm_id = ${partner} when 'agency' then false else true end and ${ofCase}`,
  agency_placement: `case ${cases} when 'agency' then agency_id = ${partner} when 'lawFirm' then false else true end and ${ofCase}`,
  contact_point: ofBorrower,
  collateral: ofBorrower,
  loan_base: ofLoan,
  instalment: ofLoan,
  repayment: ofLoan,
  guarantor: ofLoan,
  case_loan: ofCase,
  case_exposure: ofCase,
  promise_to_pay: ofCase,
  hold: ofCase, // a partner has to know what a hold stops
  matter_step: above('legal_matter', 'matter_id'),
  evidence_item: above('legal_matter', 'matter_id'),
  threshold_crossing: bankOnly(ofCase),
  timeline_entry: bankOnly(ofCase),
  interaction: bankOnly(ofCase),
  decision: bankOnly(ofCase),
  handoff: bankOnly(ofCase),
  sold_case: bankOnly(ofCase),
  bureau_flag: bankOnly(ofCase),
  communication: bankOnly(ofCase),
  connector: bankOnly('true'),
  breaker: bankOnly('true'),
  parked_message: bankOnly('true'),
  business_day: 'true',
  external_ref: 'true', // whoever knows the number of another system still has to see the row that it names
};

export class Migration20261125131000_row_security extends Migration {
  override name = 'Migration20261125131000_row_security';

  override up(): void {
    // Functions of the owner, where a rule looks at rows that the caller may not see or that are themselves within the case.
    const asOwner = 'stable parallel safe security definer';
    this.addSql(`create function is_with_law_firm(of_case text, firm text) returns boolean language sql ${asOwner} return
      exists (select from public.legal_matter where case_id = of_case and law_firm_id = firm and state not in ('REFUSED', 'CLOSED'));`);
    this.addSql(`create function is_with_agency(of_case text, agency text) returns boolean language sql ${asOwner} return
      exists (select from public.agency_placement where case_id = of_case and agency_id = agency and state not in ('REFUSED', 'RECALLED', 'CLOSED'));`);
    this
      .addSql(`create function is_borrower_of(of_borrower text, branches text[], portfolios text[]) returns boolean language sql ${asOwner} return
      exists (select from public.borrower where id = of_borrower and (branches is null or branch = any(branches)) and (portfolios is null or portfolio = any(portfolios)));`);
    this
      .addSql(`create function waiting_handoffs(of_connector text, of_operation text default null) returns int language plpgsql ${asOwner} set search_path = public, pg_temp as $$
      begin
        return (select count(*)::int from handoff where connector_id = of_connector and state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')
          and (of_operation is null or operation = of_operation));
      end $$;`);
    this.addSql(`create function reader_role(narrowed boolean) returns text language sql stable return
      coalesce(nullif(current_setting('casegraph.reader_role', true), ''), 'casegraph_reader') || case when narrowed then '_narrowed' else '' end;`);

    this.addSql(`do $$
      declare role text;
      begin
        foreach role in array array[reader_role(false), reader_role(true)] loop
          if not exists (select from pg_roles where rolname = role) then
            begin
              execute format('create role %I', role);
            exception
              when duplicate_object then null;
              when insufficient_privilege then
                raise exception 'the role % is missing and % may not create it: have an administrator run "create role %; grant % to %"', role, current_user, role, role, current_user;
            end;
          end if;
          if not pg_has_role(current_user, role, 'SET') then execute format('grant %I to current_user', role); end if;
          execute format('grant usage on schema public to %I', role);
        end loop;
      end $$;`);

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
}
