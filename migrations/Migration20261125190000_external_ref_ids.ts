// Numbers of other systems get ids, as all that the graph shows has; whoever writes some beside the gateway need not think of them.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125190000_external_ref_ids extends Migration {
  override name = 'Migration20261125190000_external_ref_ids';

  override up(): void {
    this.addSql(`alter table external_ref add column id text not null default 'ref_' || substr(md5(gen_random_uuid()::text), 1, 16);`);
    this.addSql('create unique index external_ref_id on external_ref (id);');
    // Being rows by themselves now, they are seen with their case.
    this.narrow('exists (select from recovery_case above where above.id = node_id)');
  }

  override down(): void {
    this.narrow('true');
    this.addSql('alter table external_ref drop column id;');
  }

  private narrow(rule: string): void {
    this.addSql(`do $$
      begin
        execute format('alter policy narrowed_readers on external_ref to %I using (%s)', reader_role(true), $rule$${rule}$rule$);
      end $$;`);
  }
}
