// Valuations, and how pledged assets are turned into money: read by the bank's roles only. What core banking has told so far becomes valuations too.
import { Migration } from '@mikro-orm/migrations';

const ofBank = `current_setting('casegraph.cases', true) not in ('lawFirm', 'agency')`;
const rows: Record<string, string> = {
  valuation: `${ofBank} and exists (select from collateral above where above.id = collateral_id)`,
  disposal: `${ofBank} and exists (select from collateral above where above.id = collateral_id)`,
  auction_round: `${ofBank} and exists (select from disposal above where above.id = disposal_id)`,
  proceeds_share: `${ofBank} and exists (select from disposal above where above.id = disposal_id)`,
};

export class Migration20261126030000_collateral extends Migration {
  override name = 'Migration20261126030000_collateral';

  override up(): void {
    this.addSql('alter table recovery_case add column disposal text null;');
    this.addSql(
      `create table valuation (id text primary key, collateral_id text not null, source text not null, method text null, appraiser text null, currency text not null, value_minor bigint not null,
         valued_on date not null, expires_on date null, recorded_at timestamptz(6) not null, recorded_by text null, policy_version text null);
       create index valuation_collateral_id_valued_on_id_index on valuation (collateral_id, valued_on, id);`,
    );
    this.addSql(
      `create table disposal (id text primary key, collateral_id text not null, case_id text not null, state text not null, method text null, currency text not null, begun_on date not null,
         ordered_on date null, seized_on date null, round int not null, opens_on date null, reserve_minor bigint null, valuation_id text null, appraised_minor bigint null, in_lieu_minor bigint null,
         in_lieu_by text null, approved_by text null, sold_on date null, price_minor bigint null, distributed_on date null, costs_minor bigint null, ours_minor bigint null, shortfall_minor bigint null,
         surplus_minor bigint null, released_on date null, policy_version text not null, version int not null);
       create index disposal_collateral_id_index on disposal (collateral_id);
       create index disposal_case_id_begun_on_index on disposal (case_id, begun_on);
       create index disposal_opens_on_index on disposal (opens_on) where state = 'LISTED';
       create index disposal_sold_on_index on disposal (sold_on);`,
    );
    this.addSql(
      `create table auction_round (id text primary key, disposal_id text not null, case_id text not null, number int not null, currency text not null, reserve_minor bigint not null,
         least_minor bigint null, opens_on date not null, closes_on date not null, result text null, closed_on date null, price_minor bigint null, bidders int null, policy_version text not null);
       create index auction_round_disposal_id_number_index on auction_round (disposal_id, number);
       create index auction_round_case_id_index on auction_round (case_id);`,
    );
    this.addSql(
      `create table proceeds_share (id text primary key, disposal_id text not null, case_id text not null, ordinal int not null, kind text not null, rank int null, holder text null, ours boolean not null,
         loan_id text null, currency text not null, owed_minor bigint not null, paid_minor bigint not null, principal_minor bigint null, interest_minor bigint null, fee_minor bigint null,
         penalty_minor bigint null);
       create index proceeds_share_disposal_id_ordinal_index on proceeds_share (disposal_id, ordinal);
       create index proceeds_share_case_id_index on proceeds_share (case_id);`,
    );
    // As coreValuationIdOf of src/domain/collateral/asset.ts makes the ids.
    this.addSql(
      `insert into valuation (id, collateral_id, source, currency, value_minor, valued_on, recorded_at)
       select 'valuation_' || right(c.id, 16) || lpad(to_hex(e.sequence), 16, '0'), c.id, 'CORE', e.data->>'currency', (e.data->>'value')::bigint, (e.data->>'valuedOn')::date, e.recorded_at
       from collateral c join event_log e on e.aggregate_id = c.source_ref and e.type = 'CollateralUpdated' and e.data->>'collateralId' = c.collateral_ref
       on conflict do nothing;`,
    );
    for (const [table, rule] of Object.entries(rows)) {
      this.addSql(`alter table ${table} enable row level security, force row level security;`);
      this.addSql(`create policy writers on ${table} to current_user using (true) with check (true);`);
      this.addSql(`do $$
        begin
          execute format('grant select on ${table} to %I, %I', reader_role(false), reader_role(true));
          execute format('create policy readers on ${table} for select to %I using (true)', reader_role(false));
          execute format('create policy narrowed_readers on ${table} for select to %I using (%s)', reader_role(true), $rule$${rule}$rule$);
        end $$;`);
    }
  }

  override down(): void {
    for (const table of Object.keys(rows)) this.addSql(`drop table ${table};`);
    this.addSql('alter table recovery_case drop column disposal;');
  }
}
