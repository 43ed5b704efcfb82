// The second line of rights: the connections that read for callers do so as roles that own nothing, and Postgres itself shows them only the caller's rows.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
const ofBank = `${setting('cases')} not in ('lawFirm', 'agency')`;
const oneOf = (place: string, claim: string) =>
  `(${setting(claim)} = '' or exists (select from public.borrower b where b.id = c.borrower_id and b.${place} = any(nullif(${setting(claim)}, '')::text[])))`;

/** Which cases the caller sees: the rules of src/storage/profiles.ts once more. Without a scope every part is null or false. */
const seesCase = `case ${setting('cases')}
    when 'all' then true
    when 'own' then c.assignee is null or c.assignee = ${setting('user')}
    when 'lawFirm' then exists (select from public.legal_matter m where m.case_id = c.id and m.law_firm_id = ${setting('partner')} and m.state not in ('REFUSED', 'CLOSED'))
    when 'agency' then exists (select from public.agency_placement p where p.case_id = c.id and p.agency_id = ${setting('partner')} and p.state not in ('REFUSED', 'RECALLED', 'CLOSED'))
    else false end
  and ${oneOf('branch', 'branches')} and ${oneOf('portfolio', 'portfolios')}`;
const ownMatter = `case ${setting('cases')} when 'lawFirm' then law_firm_id = ${setting('partner')} when 'agency' then false else true end`;
const ownPlacement = `case ${setting('cases')} when 'agency' then agency_id = ${setting('partner')} when 'lawFirm' then false else true end`;

/** Asked as the owner: a policy that looked into tables with policies of their own would carry all of theirs in every plan, and some would go in circles. */
const questions: Record<string, string> = {
  'sees_case(of_id text)': `exists (select from public.recovery_case c where c.id = of_id and ${seesCase})`,
  'sees_debtor(of_id text)': `exists (select from public.recovery_case c where c.borrower_id = of_id and ${seesCase})`,
  'was_in_arrears(of_id text)': 'exists (select from public.case_loan where loan_id = of_id)',
  'sees_loan(of_id text)': `exists (select from public.loan where id = of_id and public.sees_debtor(borrower_id)) and (${ofBank} or public.was_in_arrears(of_id))`,
  'sees_matter(of_id text)': `exists (select from public.legal_matter where id = of_id and ${ownMatter} and public.sees_case(case_id))`,
};

/** Rows come one after another below the same row above: what was proved of that is remembered until the next one, and never beyond the statement. */
const proved = (question: string, here: string) => `case
    when ${here} = ${setting(`proved_${question}`)} then true
    when ${question}(${here}) then set_config('casegraph.proved_${question}', ${here}, true) is not null
    else false end`;
const ofCase = proved('sees_case', 'case_id');
const ofLoan = proved('sees_loan', 'loan_id');
const ofDebtor = proved('sees_debtor', 'borrower_id');
const ofMatter = proved('sees_matter', 'matter_id');
const bankOnly = `${ofBank} and ${ofCase}`;
const ownOnly = `(select ${setting('cases')} = 'own' and ${setting('branches')} = '' and ${setting('portfolios')} = '')`;

/** Which rows a narrowed caller sees of each table, and which tables callers read at all. */
const rows: Record<string, string> = {
  recovery_case: `case when ${ownOnly} then assignee is null or assignee = (select ${setting('user')}) else sees_case(id) end`,
  borrower: proved('sees_debtor', 'id'),
  contact_point: ofDebtor,
  collateral: ofDebtor,
  loan: `${ofDebtor} and (${ofBank} or was_in_arrears(id))`, // those that are in order are no business of a partner
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
    const ask = (signature: string, type: string, answer: string) =>
      this.addSql(
        `create function ${signature} returns ${type} language plpgsql stable security definer as $$ begin return (${answer}); end $$;`,
      );
    for (const [signature, answer] of Object.entries(questions)) ask(signature, 'boolean', answer);
    // Also whoever sees no case may know how many wait.
    ask(
      'waiting_handoffs(of_connector text, of_operation text default null)',
      'int',
      `select count(*)::int from public.handoff where connector_id = of_connector and state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')
         and (of_operation is null or operation = of_operation)`,
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
