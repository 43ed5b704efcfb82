// Webhooks: who is told of which cases, and what is owed to them, which is written with the entry of the timeline that it tells of.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261125153000_webhooks extends Migration {
  override name = 'Migration20261125153000_webhooks';

  override up(): void {
    this.addSql(
      `create table webhook (id text primary key, name text not null unique, url text not null, document text not null, variables jsonb not null, case_id text null,
       types text[] not null, roles text[] not null, key_version int not null, previous_until timestamptz(6) null, active boolean not null, registered_by text not null, registered_at timestamptz(6) not null);`,
    );
    this.addSql(
      `create table webhook_delivery (id text primary key, webhook_id text not null, case_id text not null, connector_id text not null, operation text not null, state text not null, payload jsonb not null,
       lane text not null, lane_sequence bigint not null, transaction xid8 not null default pg_current_xact_id(), attempts int not null, next_attempt_at timestamptz(6) not null, lease_owner text null, lease_until timestamptz(6) null,
       fence bigint not null, last_problem text null, created_at timestamptz(6) not null, answered_at timestamptz(6) null);`,
    );
    const owed = `state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')`;
    this.addSql(
      `create index webhook_delivery_due on webhook_delivery (connector_id, operation, next_attempt_at) where ${owed};
       create index webhook_delivery_lane on webhook_delivery (lane, lane_sequence) where ${owed};
       create index webhook_delivery_webhook on webhook_delivery (webhook_id, created_at, id);
       create index webhook_delivery_done on webhook_delivery (answered_at) where state = 'ACCEPTED';`,
    );
    // Empty types and no case are all of them. Ordered in each case by its sequence; the payload names the entry, and what the document selects is read when it is sent.
    this.addSql(`create function owe_webhooks() returns trigger language plpgsql as $$
      begin
        insert into webhook_delivery (id, webhook_id, case_id, connector_id, operation, state, payload, lane, lane_sequence, attempts, next_attempt_at, fence, created_at)
        select 'delivery_' || substr(encode(sha256(convert_to(w.id || a.id, 'UTF8')), 'hex'), 1, 24), w.id, a.case_id, 'webhooks', w.id, 'QUEUED',
          jsonb_build_object('entryId', a.id, 'caseId', a.case_id, 'sequence', a.sequence::text, 'type', a.type, 'causeId', a.cause_id, 'occurredOn', a.effective_on, 'recordedAt', a.recorded_at),
          w.id || ' ' || a.case_id, a.sequence, 0, now(), 0, now()
        from added a join webhook w on w.active and (w.types = '{}' or a.type = any(w.types)) and (w.case_id is null or w.case_id = a.case_id)
        on conflict do nothing;
        return null;
      end $$;`);
    this.addSql(
      `create trigger owe_webhooks after insert on timeline_entry referencing new table as added for each statement execute function owe_webhooks();`,
    );
  }

  override down(): void {
    this.addSql('drop trigger owe_webhooks on timeline_entry; drop function owe_webhooks();');
    this.addSql('drop table webhook_delivery; drop table webhook;');
  }
}
