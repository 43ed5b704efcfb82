// Tells listeners which cases have new entries in their timeline, once a statement and case, at the commit.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124000000_notify_case_changed extends Migration {
  override name = 'Migration20261124000000_notify_case_changed';

  override up(): void {
    this.addSql(`create function notify_case_changed() returns trigger language plpgsql as $$
      begin
        perform pg_notify('case_changed', case_id) from (select distinct case_id from added) changed;
        return null;
      end $$;`);
    this.addSql(
      `create trigger case_changed after insert on timeline_entry referencing new table as added for each statement execute function notify_case_changed();`,
    );
  }

  override down(): void {
    this.addSql('drop trigger case_changed on timeline_entry; drop function notify_case_changed();');
  }
}
