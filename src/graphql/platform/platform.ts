// What the platform engineers see: partners, their breakers, and messages that could not be read.
import { breaker, connector, parkedMessage } from '../../storage/tables.js';
import { BreakerState, ConnectorKind, ParkedState } from '../enums.js';
import { Column, List, Noun } from '../reader/declare.js';
import { partnerReaders, platformReaders } from '../roles.js';
import { DateTime, Decimal, Sequence } from '../scalars.js';

@Noun(connector, { roles: partnerReaders, class: 'internal', description: 'A partner that the gateway is connected to.' })
export class Connector {
  @Column() connectorId!: string;
  @Column(() => ConnectorKind) kind!: string;
  @Column() name!: string;
  @Column(() => [String], {
    sql: `coalesce((select array_agg(b.operation order by b.operation) from breaker b where b.connector_id = @.connector_id), array[]::text[])`,
    description: 'What it can be asked to do.',
  })
  operations!: string[];
  @Column({ sql: 'waiting_handoffs(@.connector_id)', description: 'Hand-overs that wait for this partner.' }) queuedHandoffs!: number;
  @List('Breaker', 'operation', { here: 'connector_id', there: 'connector_id', description: 'One for each operation.' }) breaker!: unknown;
}

@Noun(breaker, { roles: partnerReaders, class: 'internal', description: 'The circuit breaker of one operation of a partner.' })
export class Breaker {
  @Column() operation!: string;
  @Column(() => BreakerState) state!: string;
  @Column(() => DateTime) since!: string;
  @Column(() => Decimal, { description: 'Share of the watched calls that failed.' }) failureRate!: string;
  @Column({ sql: 'waiting_handoffs(@.connector_id, @.operation)', description: 'Hand-overs that wait for this operation.' })
  queuedHandoffs!: number;
}

@Noun(parkedMessage, {
  roles: platformReaders,
  class: 'internal',
  description: 'A message that could not be read; its bytes are kept and never shown here.',
})
export class ParkedMessage {
  @Column() topic!: string;
  @Column() partition!: number;
  @Column(() => Sequence, { sql: '@.message_offset' }) offset!: string;
  @Column() reason!: string;
  @Column(() => ParkedState) state!: string;
  @Column(() => DateTime) parkedAt!: string;
  @Column(() => DateTime, { nullable: true }) redrivenAt?: string;
}
