// Webhooks are read by the bank's roles only, as Postgres sees it too.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125160000_webhook_rights extends Migration {
  override name = 'Migration20261125160000_webhook_rights';

  override up(): void {
    for (const table of ['webhook', 'webhook_delivery']) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (current_setting(''casegraph.cases'', true) not in (''lawFirm'', ''agency''))', reader_role(true));
        end $$;`);
    }
  }

  override down(): void {
    for (const table of ['webhook', 'webhook_delivery']) {
      this.addSql(`drop policy writers on ${table}; drop policy readers on ${table}; drop policy narrowed_readers on ${table};`);
      this.addSql(`alter table ${table} no force row level security, disable row level security;`);
      this.addSql(`do $$ begin execute format('revoke select on ${table} from %I, %I', reader_role(false), reader_role(true)); end $$;`);
    }
  }
}
