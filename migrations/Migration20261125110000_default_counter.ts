// The counter of default of each loan, in the two dates from which it is read on any business date.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125110000_default_counter extends Migration {
  override name = 'Migration20261125110000_default_counter';

  override up(): void {
    this.addSql('alter table loan add column material_since date null, add column default_since date null;');
    // Loans whose rules have the counter from now on are judged on the next business date.
    this.addSql(`update loan set decides_on = assessed_on where result not in ('NONE', 'AWAITING_SNAPSHOT') and jurisdiction in
      ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK');`);
  }
}
