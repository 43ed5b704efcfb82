// What was handed over to a partner, as the graph shows it.
import { handoff } from '../../storage/tables.js';
import { HandoffState } from '../enums.js';
import { Column, Noun, One } from '../reader/declare.js';
import { caseReaders } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

@Noun(handoff, { roles: caseReaders, class: 'internal', description: 'A durable command to a partner: owed once, delivered once.' })
export class Handoff {
  @Column() connectorId!: string;
  @Column() operation!: string;
  @Column(() => HandoffState) state!: string;
  @Column({ description: 'SHA-256 of what is sent, in hex.' }) payloadSha256!: string;
  @Column() attempts!: number;
  @Column({ nullable: true, description: "The partner's number of it." }) partnerRef?: string;
  @Column({ nullable: true }) lastProblem?: string;
  @Column(() => DateTime) createdAt!: string;
  @Column(() => DateTime) nextAttemptAt!: string;
  @Column(() => DateTime, { nullable: true }) answeredAt?: string;
  @Column(() => LocalDate, { nullable: true, description: 'The law wants it with the partner by then.' }) deadlineOn?: string;
  @Column(() => DateTime, { nullable: true, description: 'When it was raised that it waits for too long.' }) ageAlarmAt?: string;
  @Column(() => DateTime, { nullable: true, description: 'When it was raised that its deadline is near.' }) escalatedAt?: string;
  @Column({
    sql: "(@.state not in ('ACCEPTED', 'REFUSED', 'CANCELLED') and (@.age_alarm_at is not null or @.escalated_at is not null))",
    description: 'Not delivered, and raised as late: a person has to see to it.',
  })
  atRisk!: boolean;
  @One('RecoveryCase', { here: 'case_id' }) case!: unknown;
  @One('Connector', { here: 'connector_id', there: 'connector_id' }) connector!: unknown;
}
