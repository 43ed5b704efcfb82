// What the graph shows of partners: who they are, and how their breakers stand.
import { idOf } from '../domain/ids.js';
import type { Tx } from './store.js';

export async function writeConnectors(tx: Tx, connectors: readonly { id: string; kind: string; name: string }[]): Promise<void> {
  for (const each of connectors)
    await tx.query(
      'insert into connector (id, connector_id, kind, name) values ($1, $2, $3, $4) on conflict (id) do update set kind = excluded.kind, name = excluded.name',
      [idOf('connector', each.id), each.id, each.kind, each.name],
    );
}

export async function writeBreaker(
  tx: Tx,
  report: { connectorId: string; operation: string; state: string; since: string; failureRate: number },
): Promise<void> {
  await tx.query(
    `insert into breaker (id, connector_id, operation, state, since, failure_rate) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set state = excluded.state, since = excluded.since, failure_rate = excluded.failure_rate`,
    [
      idOf('breaker', report.connectorId, report.operation),
      report.connectorId,
      report.operation,
      report.state,
      report.since,
      report.failureRate.toFixed(4),
    ],
  );
}
