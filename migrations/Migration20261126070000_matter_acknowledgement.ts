// By when a law firm has to say that it takes a claim on. Matters of before have no such day.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261126070000_matter_acknowledgement extends Migration {
  override name = 'Migration20261126070000_matter_acknowledgement';

  override up(): void {
    this.addSql(`alter table legal_matter add column acknowledge_by date null, add column acknowledged_late boolean not null default false;
      create index legal_matter_waiting on legal_matter (acknowledge_by) where state = 'INSTRUCTED' and not acknowledged_late;`);
  }

  override down(): void {
    this.addSql('alter table legal_matter drop column acknowledge_by, drop column acknowledged_late;');
  }
}
