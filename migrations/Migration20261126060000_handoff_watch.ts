// Hand-overs say by when they have to be delivered, when they were found to be late, and what people did about them.
import { Migration } from '@mikro-orm/migrations';

const waiting = `state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')`;

export class Migration20261126060000_handoff_watch extends Migration {
  override name = 'Migration20261126060000_handoff_watch';

  override up(): void {
    this.addSql(
      `alter table handoff add column deadline_on date null, add column age_alarm_at timestamptz(6) null, add column escalated_at timestamptz(6) null,
         add column rounds int not null default 0, add column maybe_sent boolean not null default false;
       update handoff set maybe_sent = true where state = 'PARKED';
       create index handoff_ageing on handoff (created_at) where age_alarm_at is null and ${waiting};
       create index handoff_deadline on handoff (deadline_on) where escalated_at is null and deadline_on is not null;
       create index callback_receipt_received on callback_receipt (received_at);`,
    );
  }

  override down(): void {
    this.addSql(
      `drop index callback_receipt_received; drop index handoff_deadline; drop index handoff_ageing;
       alter table handoff drop column deadline_on, drop column age_alarm_at, drop column escalated_at, drop column rounds, drop column maybe_sent;`,
    );
  }
}
