// The second line of rights: the connections that read for callers do so as roles that own nothing, and Postgres itself shows them only the caller's rows.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
const ofBank = `${setting('cases')} not in ('lawFirm', 'agency')`;
const ownMatter = `case ${setting('cases')} when 'lawFirm' then law_firm_id = ${setting('partner')} when 'agency' then false else true end`;
const ownPlacement = `case ${setting('cases')} when 'agency' then agency_id = ${setting('partner')} when 'lawFirm' then false else true end`;

/** Whether the caller sees a case: the rules of src/storage/profiles.ts once more. Without a scope, and for whatever is not said here, no. */
const seesCase = `
  declare
    its_branch text;
    its_portfolio text;
  begin
    case ${setting('cases')}
      when 'all' then null;
      when 'own' then
        if (of_assignee is null or of_assignee = ${setting('user')}) is not true then return false; end if;
      when 'lawFirm' then
        if not exists (select from public.legal_matter where case_id = of_case and law_firm_id = ${setting('partner')} and state not in ('REFUSED', 'CLOSED')) then return false; end if;
      when 'agency' then
        if not exists (select from public.agency_placement where case_id = of_case and agency_id = ${setting('partner')} and state not in ('REFUSED', 'RECALLED', 'CLOSED')) then return false; end if;
      else return false;
    end case;
    if ${setting('branches')} = '' and ${setting('portfolios')} = '' then return true; end if;
    select branch, portfolio into its_branch, its_portfolio from public.borrower where id = of_borrower;
    return (${setting('branches')} = '' or its_branch = any(nullif(${setting('branches')}, '')::text[]))
      and (${setting('portfolios')} = '' or its_portfolio = any(nullif(${setting('portfolios')}, '')::text[]));
  end`;
/** The most usual scope without a call. */
const ownOnly = `(select ${setting('cases')} = 'own' and ${setting('branches')} = '' and ${setting('portfolios')} = '')`;

/** Rows come one after another below the same row above: what was proved of that is remembered until the next one, and never beyond the statement. */
const below = (table: string, here: string, there = 'id') => {
  const memory = `proved_${table}_${there}`;
  return `case
    when ${here} = ${setting(memory)} then true
    when exists (select from ${table} above where above.${there} = ${here}) then set_config('casegraph.${memory}', ${here}, true) is not null
    else false end`;
};
const ofCase = below('recovery_case', 'case_id');
const ofLoan = below('loan', 'loan_id');
const ofMatter = below('legal_matter', 'matter_id');
const ofDebtor = (here: string) => below('recovery_case', here, 'borrower_id');
const bankOnly = `${ofBank} and ${ofCase}`;

/** Which rows a narrowed caller sees of each table, and which tables callers read at all. */
const rows: Record<string, string> = {
  recovery_case: `case when ${ownOnly} then assignee is null or assignee = (select ${setting('user')}) else sees_case(id, assignee, borrower_id) end`,
  borrower: ofDebtor('borrower.id'),
  contact_point: ofDebtor('contact_point.borrower_id'),
  collateral: ofDebtor('collateral.borrower_id'),
  loan: `${ofDebtor('loan.borrower_id')} and (${ofBank} or was_in_arrears(id))`, // those that are in order are no business of a partner
  loan_base: ofLoan,
  instalment: ofLoan,
  repayment: ofLoan,
  guarantor: ofLoan,
  legal_matter: `${ownMatter} and ${ofCase}`,
  matter_step: ofMatter,
  evidence_item: ofMatter,
  agency_placement: `${ownPlacement} and ${ofCase}`,
  case_loan: ofCase,
  case_exposure: ofCase,
  promise_to_pay: ofCase,
  hold: ofCase, // a partner has to know what a hold stops
  threshold_crossing: bankOnly,
  timeline_entry: bankOnly,
  interaction: bankOnly,
  decision: bankOnly,
  handoff: bankOnly,
  sold_case: bankOnly,
  bureau_flag: bankOnly,
  communication: bankOnly,
  connector: ofBank,
  breaker: ofBank,
  parked_message: ofBank,
  business_day: 'true',
  external_ref: 'true', // whoever knows the number of another system still has to see the row that it names
};

export class Migration20261125131000_row_security extends Migration {
  override name = 'Migration20261125131000_row_security';

  override up(): void {
    // Functions of the owner: they look at rows that the caller may not see, and at tables whose own policies lead here.
    const ask = (signature: string, type: string, body: string) =>
      this.addSql(`create function ${signature} returns ${type} language plpgsql stable security definer as $$ ${body} $$;`);
    ask('sees_case(of_case text, of_assignee text, of_borrower text)', 'boolean', seesCase);
    ask('was_in_arrears(of_loan text)', 'boolean', 'begin return exists (select from public.case_loan where loan_id = of_loan); end');
    // Also whoever sees no case may know how many wait.
    ask(
      'waiting_handoffs(of_connector text, of_operation text default null)',
      'int',
      `begin return (select count(*)::int from public.handoff where connector_id = of_connector and state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')
         and (of_operation is null or operation = of_operation)); end`,
    );
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
