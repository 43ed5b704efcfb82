// Answers about one case, stored while they are asked for again and again: a cache, which nothing is lost with.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125180000_case_answers extends Migration {
  override name = 'Migration20261125180000_case_answers';

  override up(): void {
    this.addSql(`create unlogged table case_answer (
      case_id text not null,
      key text not null,
      version text not null,
      json text not null,
      stored_at timestamptz not null,
      primary key (case_id, key)
    );`);
    this.addSql('create index case_answer_stored_at on case_answer (stored_at);');
    // Where this Postgres was built with it.
    this.addSql(
      `do $$ begin alter table case_answer alter column json set compression lz4; exception when feature_not_supported then null; end $$;`,
    );
    this.addSql(`alter table case_answer enable row level security, force row level security;`);
    this.addSql(`create policy writers on case_answer to current_user using (true) with check (true);`);
    this.addSql(`do $$
      begin
        execute format('grant select on case_answer to %I, %I', reader_role(false), reader_role(true));
        execute format('create policy readers on case_answer for select to %I using (true)', reader_role(false));
        execute format('create policy narrowed_readers on case_answer for select to %I using (exists (select from recovery_case above where above.id = case_id))', reader_role(true));
      end $$;`);
  }

  override down(): void {
    this.addSql('drop table case_answer;');
  }
}
