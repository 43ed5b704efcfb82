// Months of the log may be detached while the gateway runs: what comes late for such a month gets a new partition.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124200000_detached_months extends Migration {
  override name = 'Migration20261124200000_detached_months';

  override up(): void {
    // What the log once had: whoever folds it has to know that a month is missing.
    this.addSql('create table log_month_made (first date primary key);');
    this.addSql(
      `insert into log_month_made select to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM') from pg_inherits where inhparent = 'event_log'::regclass;`,
    );
    this.addSql(`create or replace function log_month(of_date date) returns void language plpgsql as $$
      declare
        first date := date_trunc('month', of_date);
        name text := format('event_log_%s', to_char(first, 'YYYY_MM'));
        locked boolean := false;
      begin
        loop
          if exists (select from pg_inherits where inhparent = 'public.event_log'::regclass and inhrelid = to_regclass('public.' || name)) then return; end if;
          -- A table of this name that is not a part of the log is a month that was detached: it is left as it is.
          if to_regclass('public.' || name) is not null then name := name || '_late';
          elsif not locked then
            perform pg_advisory_xact_lock(hashtextextended('event_log months', 0));
            locked := true;
          else exit;
          end if;
        end loop;
        -- Made apart and attached: that stops no writer of other months.
        execute format('create table public.%I (like public.event_log including defaults including indexes)', name);
        execute format('alter table public.event_log attach partition public.%I for values from (%L) to (%L)', name, first, first + interval '1 month');
        insert into public.log_month_made values (first) on conflict do nothing;
      end $$;`);
  }
}
