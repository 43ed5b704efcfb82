// The order of a lane is asked for with every lease: without this index each waiting row is compared with all the others.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124001000_handoff_lane extends Migration {
  override name = 'Migration20261124001000_handoff_lane';

  override up(): void {
    this.addSql(
      `create index handoff_lane on handoff (lane, lane_sequence) where state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN');`,
    );
  }

  override down(): void {
    this.addSql('drop index handoff_lane;');
  }
}
