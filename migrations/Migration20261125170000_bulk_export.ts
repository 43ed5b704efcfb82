// Bulk exports: who asked for what, how far it has come, and who writes it now. Read by whoever asked for them, and by platform engineers.
import { Migration } from '@mikro-orm/migrations';

const setting = (name: string) => `current_setting('casegraph.${name}', true)`;
/** Who sees no case is a platform engineer, of whom a job says what it is and not what is in its file. */
const ofAsker = `asked_by = ${setting('user')} or ${setting('cases')} = 'none'`;

export class Migration20261125170000_bulk_export extends Migration {
  override name = 'Migration20261125170000_bulk_export';

  override up(): void {
    this.addSql(
      `create table bulk_export (id text primary key, status text not null, document text not null, variables jsonb not null, asked_by text not null, roles text[] not null, purpose text null, partner text null,
       branches text[] null, portfolios text[] null, past boolean not null, as_of_valid_at date null, as_of_known_at timestamptz(6) null, progress int null, row_count int not null default 0,
       bytes bigint not null default 0, sha256 text null, schema_version text null, problem text null, created_at timestamptz(6) not null, finished_at timestamptz(6) null, expires_at timestamptz(6) null,
       next_attempt_at timestamptz(6) not null, attempts int not null default 0, lease_owner text null, lease_until timestamptz(6) null, fence bigint not null default 0);`,
    );
    this.addSql(
      `create index bulk_export_open on bulk_export (asked_by, status) where status in ('QUEUED', 'RUNNING');
       create index bulk_export_kept on bulk_export (expires_at) where status = 'DONE';
       create index bulk_export_ended on bulk_export (finished_at);`,
    );
    this.addSql(`alter table bulk_export enable row level security, force row level security;`);
    this.addSql(`create policy writers on bulk_export to current_user using (true) with check (true);`);
    this.addSql(`do $$
      begin
        execute format('grant select on bulk_export to %I, %I', reader_role(false), reader_role(true));
        execute format('create policy readers on bulk_export for select to %I using (true)', reader_role(false));
        execute format('create policy narrowed_readers on bulk_export for select to %I using (%s)', reader_role(true), $rule$${ofAsker}$rule$);
      end $$;`);
  }

  override down(): void {
    this.addSql('drop table bulk_export;');
  }
}
