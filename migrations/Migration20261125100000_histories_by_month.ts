// The timeline and the audit log are kept by month as the log is: the timeline by the business date of what caused an entry, the audit log by its instant.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125100000_histories_by_month extends Migration {
  override name = 'Migration20261125100000_histories_by_month';

  override up(): void {
    this.addSql(`alter table log_month_made rename to month_made;
      alter table month_made add column of_table text not null default 'event_log', drop constraint log_month_made_pkey, add primary key (of_table, first);
      alter table month_made alter column of_table drop default;`);
    this.addSql('drop function log_month(date);');
    this.addSql(`create function make_month(of_table text, of_date date) returns void language plpgsql as $$
      declare
        parent regclass := format('public.%I', of_table);
        first date := date_trunc('month', of_date);
        name text := format('%s_%s', of_table, to_char(first, 'YYYY_MM'));
        attached boolean;
        locked boolean := false;
      begin
        loop
          -- Not by to_regclass: a session that waited for another's month would still remember that there was none.
          select exists (select from pg_inherits where inhrelid = c.oid and inhparent = parent) into attached
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = name;
          if attached then return;
          -- A table of this name that is not a part is a month that was detached: it is left as it is.
          elsif found then name := name || '_late';
          elsif not locked then
            perform pg_advisory_xact_lock(hashtextextended(of_table || ' months', 0));
            locked := true;
          else exit;
          end if;
        end loop;
        -- Made apart and attached: that stops no writer of other months. Months are those of UTC, whatever the session's time zone.
        execute format('create table public.%I (like %s including defaults including indexes)', name, parent);
        execute format('alter table %s attach partition public.%I for values from (%L) to (%L)', parent, name, first || ' 00:00+00', (first + interval '1 month')::date || ' 00:00+00');
        insert into public.month_made (of_table, first) values (of_table, first) on conflict do nothing;
      end $$;`);

    this.addSql('alter table timeline_entry rename to timeline_entry_before;');
    this
      .addSql(`create table timeline_entry (id text not null, case_id text not null, sequence bigint not null, type text not null, summary text not null, actor text not null,
      effective_on date not null, business_on date not null, recorded_at timestamptz(6) not null, cause_id text not null, data jsonb not null) partition by range (business_on);`);
    // Those whose cause is in a month of the log that was detached are told by when they were recorded.
    this.addSql(`create temporary table caused on commit drop as
      select e.id, coalesce(min(l.business_on), min((e.recorded_at at time zone 'UTC')::date)) as business_on
      from timeline_entry_before e left join event_log l on l.source || ' ' || l.fact_id = e.cause_id group by e.id;`);
    this.addSql(`select make_month('timeline_entry', first) from (
      select first from month_made where of_table = 'event_log' union select distinct date_trunc('month', business_on)::date from caused) m;`);
    this
      .addSql(`insert into timeline_entry (id, case_id, sequence, type, summary, actor, effective_on, business_on, recorded_at, cause_id, data)
      select e.id, case_id, sequence, type, summary, actor, effective_on, c.business_on, recorded_at, cause_id, data from timeline_entry_before e join caused c on c.id = e.id;`);
    this.addSql('drop table timeline_entry_before;');
    this.addSql(`alter table timeline_entry add primary key (id, business_on);
      create index timeline_entry_case_id_sequence_index on timeline_entry (case_id, sequence);
      create trigger case_changed after insert on timeline_entry referencing new table as added for each statement execute function notify_case_changed();`);

    this.addSql('alter table audit_entry rename to audit_entry_before;');
    this
      .addSql(`create table audit_entry (number bigint not null default nextval('audit_entry_number_seq'), at timestamptz(6) not null, actor text not null, roles text[] not null,
      purpose text null, action text not null, subject text null, detail jsonb not null) partition by range (at);
      alter sequence audit_entry_number_seq owned by audit_entry.number;`);
    this.addSql(
      `select make_month('audit_entry', first) from (select distinct date_trunc('month', at at time zone 'UTC')::date as first from audit_entry_before) m;`,
    );
    this.addSql(
      'insert into audit_entry (number, at, actor, roles, purpose, action, subject, detail) select number, at, actor, roles, purpose, action, subject, detail from audit_entry_before;',
    );
    this.addSql('drop table audit_entry_before;');
    this.addSql('alter table audit_entry add primary key (at, number);');
  }
}
