// Flags get one line of versions for each loan and bureau, each report of them becomes a row, and disputes are kept. What was said before is carried over.
import { Migration } from '@mikro-orm/migrations';

const bankOnly = `current_setting('casegraph.cases', true) not in ('lawFirm', 'agency') and case
    when case_id = current_setting('casegraph.proved_recovery_case_id', true) then true
    when exists (select from recovery_case above where above.id = case_id) then set_config('casegraph.proved_recovery_case_id', case_id, true) is not null
    else false end`;

/** Flags that a hold stopped, and those that were withdrawn as errors of loans that are still late, are owed now: the next business date judges these loans. */
const judgeAgain = `update loan l set decides_on = l.assessed_on where l.in_arrears
    and not exists (select from bureau_flag f where f.loan_id = l.id and f.episode = l.episode and f.state <> 'WITHDRAWN')
    and (exists (select from bureau_flag f where f.loan_id = l.id and f.episode = l.episode and f.withdraw_reason = 'ERROR')
      or l.id in (select d.inputs->>'loanId' from decision d where d.outcome = 'BUREAU_FLAG_HELD'));`;

export class Migration20261125210000_bureau_reports extends Migration {
  override name = 'Migration20261125210000_bureau_reports';

  override up(): void {
    this.addSql(
      `alter table bureau_flag add column step int not null default 0, add column waits_for text null, add column waits_until date null;
       alter table bureau_flag alter column step drop default;
       create index bureau_flag_waiting on bureau_flag (loan_id) where waits_for is not null;`,
    );
    this.addSql(
      `create table bureau_report (id text not null primary key, tenant text not null, flag_id text not null, case_id text not null, loan_id text not null, bureau_id text not null, version int not null,
         kind text not null, account_ref text not null, said_on date not null, as_of date not null, known_at timestamptz(6) not null, cause_id text not null, facts int null, facts_sha256 text null,
         rule text not null, policy_version text not null, handoff_id text not null, bytes_sha256 text not null, corrects_id text null, corrected_by_id text null, due_on date null,
         acknowledgement_state text null, acknowledgement_ref text null, acknowledgement_code text null, acknowledgement_words text null, acknowledgement_at timestamptz(6) null, acknowledged_on date null,
         constraint bureau_report_loan_id_bureau_id_version_unique unique (loan_id, bureau_id, version));
       create index bureau_report_flag_id_index on bureau_report (flag_id);
       create index bureau_report_case_id_index on bureau_report (case_id);
       create index bureau_report_handoff_id_index on bureau_report (handoff_id);
       create index bureau_report_bureau_id_said_on_index on bureau_report (bureau_id, said_on);`,
    );
    this.addSql(
      `create table bureau_dispute (id text not null primary key, tenant text not null, case_id text not null, loan_id text not null, flag_id text not null, bureau_id text not null,
         dispute_ref text not null, sent_by_bureau boolean not null, code text not null, words text not null, state text not null, opened_on date not null, due_on date not null, actor text not null,
         answer text null, resolved_on date null, outcome text null, responded_on date null, hold_id text not null, handoff_id text null);
       create index bureau_dispute_flag_id_index on bureau_dispute (flag_id);
       create index bureau_dispute_case_id_index on bureau_dispute (case_id);`,
    );
    this.carryOver();
    this.addSql(judgeAgain);
    for (const table of ['bureau_report', 'bureau_dispute']) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (%s)', reader_role(true), $rule$${bankOnly}$rule$);
        end $$;`);
    }
  }

  /** The versions of each report key follow each other, episode after episode. What is still to be sent takes its number and place in the one line. */
  private carryOver(): void {
    // As idOf of src/domain/ids.ts makes them.
    this.addSql(`create function pg_temp.report_id(bureau text, loan text, version bigint) returns text language sql as $$
      select 'report_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substring(bits from i for 5)::int + 1, 1), '' order by i)
      from (select ('x' || encode(substr(sha256(convert_to(format('[%s,%s,%s]', to_json(bureau), to_json(loan), version), 'UTF8')), 1, 10), 'hex'))::bit(80) as bits) b, generate_series(1, 76, 5) i $$;`);
    this.addSql(
      `create temporary table said on commit drop as
         select h.id as handoff_id, f.id as flag_id, f.report_key, row_number() over (partition by f.bureau_id, f.loan_id order by f.episode, (h.payload->>'version')::int) as version
         from bureau_flag f join handoff h on h.connector_id = f.bureau_id and h.payload->>'reportKey' = f.report_key
         where h.operation in ('reportOverdue', 'correctReport', 'withdrawReport');`,
    );
    this.addSql(
      `insert into bureau_report (id, tenant, flag_id, case_id, loan_id, bureau_id, version, kind, account_ref, said_on, as_of, known_at, cause_id, rule, policy_version, handoff_id, bytes_sha256,
           acknowledgement_state, acknowledgement_ref, acknowledgement_words, acknowledgement_at, acknowledged_on)
         select pg_temp.report_id(f.bureau_id, f.loan_id, s.version), c.tenant, f.id, f.case_id, f.loan_id, f.bureau_id, s.version,
           case h.operation when 'reportOverdue' then 'OVERDUE' when 'correctReport' then 'CORRECTION' else 'WITHDRAWAL' end, h.payload->>'accountRef',
           case h.operation when 'reportOverdue' then f.raised_on when 'withdrawReport' then f.withdrawn_on else h.created_at::date end, (h.payload->>'asOf')::date, h.created_at,
           'before reports were kept', case h.operation when 'reportOverdue' then 'threshold' when 'correctReport' then 'known-later' else case f.withdraw_reason when 'CURED' then 'cure' else 'known-later' end end,
           f.policy_version, h.id, h.payload_sha256, case when h.state in ('ACCEPTED', 'REFUSED', 'PARKED') then h.state end, h.partner_ref, h.last_problem, h.answered_at, h.answered_at::date
         from said s join handoff h on h.id = s.handoff_id join bureau_flag f on f.id = s.flag_id join recovery_case c on c.id = f.case_id;`,
    );
    this.addSql(
      `update bureau_flag f set version = s.version from (select flag_id, max(version) as version from said group by flag_id) s where s.flag_id = f.id;`,
    );
    this.addSql(
      `with renumbered as (select s.handoff_id, f.bureau_id, f.loan_id, s.version, h.payload || jsonb_build_object('version', s.version)
             || case when h.payload ? 'replacesVersion' then jsonb_build_object('replacesVersion', s.version - 1) else '{}' end as payload
           from said s join handoff h on h.id = s.handoff_id join bureau_flag f on f.id = s.flag_id),
         never_sent as (update handoff h set payload = r.payload, payload_sha256 = encode(sha256(convert_to(r.payload::text, 'UTF8')), 'hex'), lane = 'bureau/' || r.bureau_id || '/' || r.loan_id,
             lane_sequence = r.version * 2
           from renumbered r where r.handoff_id = h.id and h.state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN') and h.attempts = 0 returning h.id, h.payload_sha256),
         under_way as (update handoff h set lane = 'bureau/' || r.bureau_id || '/' || r.loan_id, lane_sequence = r.version * 2
           from renumbered r where r.handoff_id = h.id and not (h.state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN') and h.attempts = 0))
         update bureau_report b set bytes_sha256 = n.payload_sha256 from never_sent n where b.handoff_id = n.id;`,
    );
  }

  override down(): void {
    this.addSql('drop table bureau_report, bureau_dispute;');
    this.addSql('alter table bureau_flag drop column step, drop column waits_for, drop column waits_until;');
  }
}
