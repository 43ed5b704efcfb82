// Facts stand in the log in the order of their arrival, or nearly: a summary of each range of pages finds them as well as an entry for each fact, and costs nothing to keep.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125001000_log_arrival extends Migration {
  override name = 'Migration20261125001000_log_arrival';

  override up(): void {
    this.addSql(
      'drop index event_log_arrival; create index event_log_arrival on event_log using brin (arrival) with (autosummarize = on);',
    );
  }

  override down(): void {
    this.addSql('drop index event_log_arrival; create index event_log_arrival on event_log (arrival);');
  }
}
