// How webhooks are kept, and what they are told: their outbox and its history in one.
import { defineEntity, p } from '@mikro-orm/core';

export const Webhook = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    id: p.text().primary(),
    name: p.text().unique(),
    url: p.text(),
    document: p.text(),
    variables: p.json<Record<string, unknown>>(),
    caseId: p.text().nullable(),
    types: p.array(),
    roles: p.array(),
    keyVersion: p.integer(),
    previousUntil: p.datetime(6).nullable(),
    /** What has happened since it was ended is owed to it no more. */
    active: p.boolean(),
    registeredBy: p.text(),
    registeredAt: p.datetime(6),
  },
});

/** Written by a trigger with the entry of the timeline that it tells of. */
export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  indexes: [
    { properties: ['webhookId', 'createdAt', 'id'] },
    {
      properties: ['connectorId', 'operation', 'nextAttemptAt'],
      where: "state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')",
    },
    { properties: ['lane', 'laneSequence'], where: "state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')" },
    { properties: ['answeredAt'], where: "state = 'ACCEPTED'" },
  ],
  properties: {
    id: p.text().primary(),
    webhookId: p.text(),
    caseId: p.text(),
    /** `webhooks`, and the webhook as its operation: each has a breaker of its own. */
    connectorId: p.text(),
    operation: p.text(),
    /** As of a hand-over. */
    state: p.text(),
    payload: p.json<Record<string, unknown>>(),
    lane: p.text(),
    laneSequence: p.bigint(),
    transaction: p.bigint('string').columnType('xid8').defaultRaw('pg_current_xact_id()'),
    attempts: p.integer(),
    nextAttemptAt: p.datetime(6),
    leaseOwner: p.text().nullable(),
    leaseUntil: p.datetime(6).nullable(),
    fence: p.bigint(),
    lastProblem: p.text().nullable(),
    createdAt: p.datetime(6),
    answeredAt: p.datetime(6).nullable(),
  },
});
