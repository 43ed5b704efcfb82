// Tells listeners what has changed, many in one notification: cases with their first new sequence, hand-overs, breakers, and cases that left a queue.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125150000_live_changes extends Migration {
  override name = 'Migration20261125150000_live_changes';

  override up(): void {
    // A notification has room for 8,000 bytes; one for each row would cost a bulk statement more than its rows.
    this.addSql(`create or replace function notify_case_changed() returns trigger language plpgsql as $$
      begin
        perform pg_notify('case_changed', string_agg(case_id || ' ' || sequence, e'\\n'))
        from (select case_id, min(sequence) as sequence, (row_number() over () - 1) / 150 as part from added group by case_id) changed group by part;
        return null;
      end $$;`);
    this.addSql(`create function notify_handoff_changed() returns trigger language plpgsql as $$
      begin
        perform pg_notify('handoff_changed', string_agg(id, e'\\n'))
        from (select id, (row_number() over () - 1) / 250 as part from added) changed group by part;
        return null;
      end $$;`);
    // Each delivery is SENDING for a moment: what becomes of it is told.
    this.addSql(`create function notify_handoff_moved() returns trigger language plpgsql as $$
      begin
        perform pg_notify('handoff_changed', string_agg(id, e'\\n'))
        from (select n.id, (row_number() over () - 1) / 250 as part from now_is n join was o using (id) where n.state <> o.state and n.state <> 'SENDING') changed group by part;
        return null;
      end $$;`);
    this.addSql(
      `create trigger handoff_added after insert on handoff referencing new table as added for each statement execute function notify_handoff_changed();`,
    );
    this.addSql(
      `create trigger handoff_moved after update on handoff referencing old table as was new table as now_is for each statement execute function notify_handoff_moved();`,
    );
    this.addSql(`create function notify_breaker_changed() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' or old.state <> new.state then perform pg_notify('breaker_changed', new.id); end if;
        return null;
      end $$;`);
    this.addSql(`create trigger breaker_changed after insert or update on breaker for each row execute function notify_breaker_changed();`);
    this.addSql(`create function notify_queue_left() returns trigger language plpgsql as $$
      begin
        perform pg_notify('queue_left', json_build_array(old.id, old.assignee, old.team)::text);
        return null;
      end $$;`);
    this.addSql(`create trigger queue_left after update on recovery_case for each row
      when (old.status = 'OPEN' and (old.assignee is not null or old.team is not null)
        and (old.assignee is distinct from new.assignee or old.team is distinct from new.team or old.status <> new.status))
      execute function notify_queue_left();`);
  }

  override down(): void {
    this.addSql('drop trigger queue_left on recovery_case; drop function notify_queue_left();');
    this.addSql('drop trigger breaker_changed on breaker; drop function notify_breaker_changed();');
    this.addSql('drop trigger handoff_moved on handoff; drop function notify_handoff_moved();');
    this.addSql('drop trigger handoff_added on handoff; drop function notify_handoff_changed();');
    this.addSql(`create or replace function notify_case_changed() returns trigger language plpgsql as $$
      begin
        perform pg_notify('case_changed', case_id) from (select distinct case_id from added) changed;
        return null;
      end $$;`);
  }
}
