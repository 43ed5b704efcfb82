// Loans that wait for their account are counted at each scrape of the metrics, and listed.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124210000_waiting_loans extends Migration {
  override name = 'Migration20261124210000_waiting_loans';

  override up(): void {
    this.addSql(`create index loan_waiting on loan (id) where result = 'AWAITING_SNAPSHOT';`);
  }
}
