// What is owed to partners (the outbox), what they answered, and how their circuits stand.
import { defineEntity, p } from '@mikro-orm/core';

/** The outbox and its history in one: a durable command to one operation of one partner. */
export const Handoff = defineEntity({
  name: 'Handoff',
  tableName: 'handoff',
  indexes: [
    { properties: ['caseId', 'createdAt', 'id'] },
    {
      properties: ['connectorId', 'operation', 'nextAttemptAt'],
      where: "state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')",
    },
  ],
  properties: {
    /** `handoff_…` of the delivery key; travels to the partner as the idempotency key. */
    id: p.text().primary(),
    /** What is owed, in words that are the same after a replay, e.g. `bureau/{reportKey}/2`. */
    deliveryKey: p.text().unique(),
    caseId: p.text(),
    connectorId: p.text(),
    operation: p.text(),
    /** QUEUED, QUEUED_CIRCUIT_OPEN, SENDING, UNKNOWN, ACCEPTED, REFUSED, PARKED, CANCELLED */
    state: p.text(),
    payload: p.json<Record<string, unknown>>(),
    payloadSha256: p.text(),
    /** Deliveries of one lane (a case at a partner, a report key at a bureau) go one after another in this order. */
    lane: p.text(),
    laneSequence: p.bigint(),
    /** Guards the reading order: see src/delivery. */
    transaction: p.bigint('string').columnType('xid8').defaultRaw('pg_current_xact_id()'),
    attempts: p.integer(),
    nextAttemptAt: p.datetime(6),
    leaseOwner: p.text().nullable(),
    leaseUntil: p.datetime(6).nullable(),
    /** Rises with every lease: an answer that comes under an older one is not written. */
    fence: p.bigint(),
    partnerRef: p.text().nullable(),
    lastProblem: p.text().nullable(),
    createdAt: p.datetime(6),
    answeredAt: p.datetime(6).nullable(),
    /** The law wants it with the partner by then. */
    deadlineOn: p.date().nullable(),
    /** When it was raised that it waits for too long, and that its deadline is near. */
    ageAlarmAt: p.datetime(6).nullable(),
    escalatedAt: p.datetime(6).nullable(),
    /** How often a person had it delivered again. */
    rounds: p.integer().default(0),
    /** Of what is parked: nobody knows whether the partner has it. */
    maybeSent: p.boolean().default(false),
  },
});

export const Connector = defineEntity({
  name: 'Connector',
  tableName: 'connector',
  properties: {
    id: p.text().primary(),
    connectorId: p.text().unique(),
    kind: p.text(),
    name: p.text(),
  },
});

export const Breaker = defineEntity({
  name: 'Breaker',
  tableName: 'breaker',
  indexes: [{ properties: ['connectorId'] }],
  properties: {
    id: p.text().primary(),
    connectorId: p.text(),
    operation: p.text(),
    /** CLOSED, OPEN, HALF_OPEN */
    state: p.text(),
    since: p.datetime(6),
    failureRate: p.decimal().precision(5).scale(4),
  },
});

/** The inbox of callbacks: what was seen is not applied again. */
export const CallbackReceipt = defineEntity({
  name: 'CallbackReceipt',
  tableName: 'callback_receipt',
  properties: {
    partnerId: p.text().primary(),
    webhookId: p.text().primary(),
    receivedAt: p.datetime(6),
    outcome: p.text(),
  },
});
