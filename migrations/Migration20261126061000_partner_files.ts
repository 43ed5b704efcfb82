// Files that partners and the bank left for each other: what came, by name and content, and what is owed, with its bytes until it was written out.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261126061000_partner_files extends Migration {
  override name = 'Migration20261126061000_partner_files';

  override up(): void {
    this.addSql(
      `create table partner_file (id text primary key, partner_id text not null, direction text not null, name text not null, sha256 text not null, bytes bigint not null, content bytea null,
         state text not null, problems text[] not null default '{}', detail jsonb not null default '{}', at timestamptz(6) not null default now(), settled_at timestamptz(6) null);
       create unique index partner_file_taken on partner_file (partner_id, sha256) where direction = 'IN' and state = 'TAKEN';
       create unique index partner_file_owed on partner_file (partner_id, name) where direction = 'OUT';
       create index partner_file_name on partner_file (partner_id, name) where direction = 'IN';
       create index partner_file_waiting on partner_file (partner_id, at) where state in ('OWED', 'WRITING');
       alter table partner_file enable row level security, force row level security;
       create policy writers on partner_file to current_user using (true) with check (true);`,
    );
  }

  override down(): void {
    this.addSql('drop table partner_file;');
  }
}
