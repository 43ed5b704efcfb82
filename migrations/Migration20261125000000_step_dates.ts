// The dates of a loan's steps beside the steps, so that a business date finds the one it has reached without looking through all of them.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125000000_step_dates extends Migration {
  override name = 'Migration20261125000000_step_dates';

  override up(): void {
    this.addSql('alter table loan add column step_on date[] null;');
    // A step has begun with its date.
    this.addSql(`update loan set (step_on, steps) =
      (select array_agg((step->>0)::date order by step->>0), json_agg(step::jsonb - 0 order by step->>0) from json_array_elements(steps) as s(step)) where steps is not null;`);
    // A business date changes these in place.
    this.addSql('alter table recovery_case set (fillfactor = 85); alter table case_exposure set (fillfactor = 85);');
  }

  override down(): void {
    this.addSql('alter table recovery_case reset (fillfactor); alter table case_exposure reset (fillfactor);');
    this.addSql(`update loan set steps =
      (select json_agg(jsonb_build_array(day) || step::jsonb order by day) from json_array_elements(steps) with ordinality as s(step, i), unnest(step_on) with ordinality as d(day, j) where i = j)
      where steps is not null;`);
    this.addSql('alter table loan drop column step_on;');
  }
}
