// What is measured, for Prometheus: what comes in, what waits to go out, how partners and queries do.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Store } from '../storage/store.js';

export interface Metrics {
  recorded(counts: { recorded: number; duplicates: number; parked: number }): void;
  delivered(connectorId: string, operation: string, outcome: string): void;
  breaker(connectorId: string, operation: string, state: string): void;
  /** A hand-over was raised as late. */
  raised(connectorId: string, is: string): void;
  request(operation: string, seconds: number, outcome: string): void;
  /** A subscriber did not read and was cut off. */
  tooSlow(): void;
  /** The text for a scrape; what is in the database is asked then. */
  text(): Promise<{ contentType: string; text: string }>;
}

const breakerStates = ['CLOSED', 'HALF_OPEN', 'OPEN'];

export function createMetrics(store: Store, lag: () => Promise<number | null>, subscribers: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const at = { registers: [registry] };
  const messages = new Counter({
    ...at,
    name: 'casegraph_messages_total',
    help: 'Messages from Kafka by what became of them',
    labelNames: ['outcome'],
  });
  const deliveries = new Counter({
    ...at,
    name: 'casegraph_deliveries_total',
    help: 'Deliveries to partners by what became of them',
    labelNames: ['connector', 'operation', 'outcome'],
  });
  const breakers = new Gauge({
    ...at,
    name: 'casegraph_breaker_state',
    help: '0 closed, 1 half open, 2 open',
    labelNames: ['connector', 'operation'],
  });
  const requests = new Histogram({
    ...at,
    name: 'casegraph_graphql_seconds',
    help: 'GraphQL operations',
    labelNames: ['operation', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  });
  const lagged = new Gauge({
    ...at,
    name: 'casegraph_ingest_lag_messages',
    help: 'Messages in Kafka that are not recorded; -1 when Kafka cannot be asked',
  });
  const waiting = new Gauge({ ...at, name: 'casegraph_outbox_waiting', help: 'Hand-overs by state', labelNames: ['state'] });
  const oldest = new Gauge({ ...at, name: 'casegraph_outbox_oldest_seconds', help: 'Age of the oldest hand-over that waits' });
  const ages = new Gauge({
    ...at,
    name: 'casegraph_outbox_age_seconds',
    help: 'Age of the hand-overs that wait, by partner: the median, the 95th percentile, the oldest',
    labelNames: ['connector', 'quantile'],
  });
  const alarms = new Counter({
    ...at,
    name: 'casegraph_handoff_alarms_total',
    help: 'Hand-overs that were raised: AGED waited for too long, ESCALATED are near their deadline',
    labelNames: ['connector', 'is'],
  });
  const late = new Gauge({ ...at, name: 'casegraph_handoffs_at_risk', help: 'Hand-overs that were raised and are not delivered' });
  const parked = new Gauge({ ...at, name: 'casegraph_parked_messages', help: 'Messages that could not be read' });
  const slow = new Counter({
    ...at,
    name: 'casegraph_slow_subscribers_total',
    help: 'Subscribers that were cut off because they did not read',
  });
  new Gauge({
    ...at,
    name: 'casegraph_subscribers',
    help: 'Open connections of subscribers',
    collect() {
      this.set(subscribers());
    },
  });
  const unknown = new Gauge({
    ...at,
    name: 'casegraph_loans_waiting',
    help: 'Loans of which facts came and whose account was not told yet',
  });
  return {
    tooSlow: () => slow.inc(),
    recorded({ recorded, duplicates, parked }) {
      messages.inc({ outcome: 'recorded' }, recorded);
      messages.inc({ outcome: 'duplicate' }, duplicates);
      messages.inc({ outcome: 'parked' }, parked);
    },
    delivered: (connector, operation, outcome) => deliveries.inc({ connector, operation, outcome }),
    raised: (connector, is) => alarms.inc({ connector, is }),
    breaker: (connector, operation, state) => breakers.set({ connector, operation }, breakerStates.indexOf(state)),
    request: (operation, seconds, outcome) => requests.observe({ operation, outcome }, seconds),
    async text() {
      lagged.set((await lag().catch(() => null)) ?? -1);
      const rows = await store.transaction((tx) =>
        tx.query<{ state: string; count: string; age: string }>(
          `select state, count(*) as count, extract(epoch from now() - min(created_at)) as age from handoff where state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN') group by state`,
        ),
      );
      waiting.reset();
      for (const { state, count } of rows) waiting.set({ state }, Number(count));
      oldest.set(Math.max(0, ...rows.map(({ age }) => Number(age))));
      const aged = await store.transaction((tx) =>
        tx.query<{ connector: string; of: number[] }>(
          `select connector_id as connector, percentile_cont(array[0.5, 0.95, 1]) within group (order by extract(epoch from now() - created_at)) as of
           from handoff where state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN') group by connector_id`,
        ),
      );
      ages.reset();
      for (const { connector, of } of aged)
        ['0.5', '0.95', '1'].forEach((quantile, i) => ages.set({ connector, quantile }, Math.max(0, Number(of[i]))));
      const [stuck] = await store.transaction((tx) =>
        tx.query<{ parked: string; loans: string; late: string }>(
          `select (select count(*) from parked_message where state = 'PARKED') as parked, (select count(*) from loan where result = 'AWAITING_SNAPSHOT') as loans,
             (select count(*) from handoff where (age_alarm_at is not null or escalated_at is not null) and state not in ('ACCEPTED', 'REFUSED', 'CANCELLED')) as late`,
        ),
      );
      parked.set(Number(stuck!.parked));
      late.set(Number(stuck!.late));
      unknown.set(Number(stuck!.loans));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
