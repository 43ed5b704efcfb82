// Whose customer a borrower is, and in which portfolio: what tokens may be narrowed to.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125130000_branch_and_portfolio extends Migration {
  override name = 'Migration20261125130000_branch_and_portfolio';

  override up(): void {
    this.addSql('alter table borrower add column branch text null, add column portfolio text null;');
  }
}
