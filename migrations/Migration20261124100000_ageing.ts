// Ageing without loading: the steps a loan will take by itself stand beside it. The log is kept by month of its business date.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124100000_ageing extends Migration {
  override name = 'Migration20261124100000_ageing';

  override up(): void {
    this.addSql('create table loan_base (loan_id text primary key, base json not null);');
    // Rows from before are folded again by `casegraph replay`.
    this.addSql(`alter table loan drop column state, drop column paused_days,
      add column postings json not null default '[]', add column steps json null, add column decides_on date null,
      add column paused datemultirange not null default '{}', add column doubts text[] not null default '{}', add column obligor_class int not null default 1;`);
    this.addSql('alter table collateral add column source_ref text null;');
    this.addSql('alter table loan set (fillfactor = 85); alter table instalment set (fillfactor = 85);');
    this.addSql('alter table loan drop constraint loan_aggregate_id_unique; drop index loan_tenant_next_step_on_index;');
    this.addSql('create index loan_tenant_next_step_on_index on loan (tenant, next_step_on) where next_step_on is not null;');
    this.addSql('create index loan_tenant_decides_on_index on loan (tenant, decides_on) where decides_on is not null;');

    this.addSql('alter table event_log rename to event_log_before;');
    this
      .addSql(`create table event_log (source text not null, fact_id text not null, arrival bigint not null default nextval('event_log_arrival_seq'), type text not null, tenant text not null,
      aggregate_id text not null, sequence bigint not null, effective_on date not null, business_on date not null, occurred_at timestamptz(6) not null, recorded_at timestamptz(6) not null default now(),
      data json not null, primary key (source, fact_id, business_on)) partition by range (business_on);`);
    this.addSql('alter sequence event_log_arrival_seq owned by event_log.arrival;');
    this.addSql(
      'create index event_log_aggregate on event_log (aggregate_id, arrival); create index event_log_arrival on event_log (arrival);',
    );
    this.addSql(`create function log_month(of_date date) returns void language plpgsql as $$
      declare first date := date_trunc('month', of_date);
      begin
        if to_regclass(format('public.event_log_%s', to_char(first, 'YYYY_MM'))) is not null then return; end if;
        perform pg_advisory_xact_lock(hashtextextended('event_log months', 0));
        if to_regclass(format('public.event_log_%s', to_char(first, 'YYYY_MM'))) is not null then return; end if;
        -- Made apart and attached: that stops no writer of other months.
        execute format('create table public.event_log_%s (like public.event_log including defaults including indexes)', to_char(first, 'YYYY_MM'));
        execute format('alter table public.event_log attach partition public.event_log_%s for values from (%L) to (%L)', to_char(first, 'YYYY_MM'), first, first + interval '1 month');
      end $$;`);
    this.addSql('select log_month(day) from (select distinct business_on from event_log_before) d(day);');
    this.addSql(
      `insert into event_log select source, fact_id, arrival, type, tenant, aggregate_id, sequence, effective_on, business_on, occurred_at, recorded_at, data from event_log_before;`,
    );
    this.addSql('drop table event_log_before;');
  }
}
