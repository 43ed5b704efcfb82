// How facts are kept: the append-only event log, how far each partition was read, and what could not be read.
import { defineEntity, p } from '@mikro-orm/core';

export const LoggedFact = defineEntity({
  name: 'LoggedFact',
  tableName: 'event_log',
  indexes: [{ properties: ['aggregateId', 'arrival'] }],
  properties: {
    /** The order in which facts were learned. */
    arrival: p.bigint().autoincrement(),
    /** Source and id are the inbox: a fact is taken once. */
    source: p.text().primary(),
    factId: p.text().primary(),
    type: p.text(),
    tenant: p.text(),
    /** The loan, borrower or case that it is about. */
    aggregateId: p.text(),
    sequence: p.bigint(),
    effectiveOn: p.date(),
    /** Part of the key because the log is kept by month of it: the same event has the same business date however often it is sent. */
    businessOn: p.date().primary(),
    occurredAt: p.datetime(6),
    recordedAt: p.datetime(6).defaultRaw('now()'),
    data: p.json<Record<string, unknown>>().columnType('json'),
  },
});

export const Progress = defineEntity({
  name: 'Progress',
  tableName: 'progress',
  properties: {
    topic: p.text().primary(),
    partition: p.integer().primary(),
    nextOffset: p.bigint(),
  },
});

/** The last business date that a partition has announced. */
export const PartitionDate = defineEntity({
  name: 'PartitionDate',
  tableName: 'partition_date',
  properties: {
    tenant: p.text().primary(),
    topic: p.text().primary(),
    partition: p.integer().primary(),
    businessDate: p.date(),
  },
});

export const BusinessDay = defineEntity({
  name: 'BusinessDay',
  tableName: 'business_day',
  properties: {
    tenant: p.text().primary(),
    businessDate: p.date(),
    openedAt: p.datetime(6),
  },
});

export const ParkedMessage = defineEntity({
  name: 'ParkedMessage',
  tableName: 'parked_message',
  indexes: [{ properties: ['state', 'parkedAt', 'id'] }],
  uniques: [{ properties: ['topic', 'partition', 'messageOffset'] }],
  properties: {
    id: p.text().primary(),
    topic: p.text(),
    partition: p.integer(),
    messageOffset: p.bigint(),
    reason: p.text(),
    key: p.blob().nullable(),
    raw: p.blob(),
    headers: p.json<Record<string, string>>(),
    /** PARKED, REDRIVEN */
    state: p.text(),
    parkedAt: p.datetime(6),
    redrivenAt: p.datetime(6).nullable(),
  },
});

/** A request that was answered: the same key with the same input gets the same result. */
export const AnsweredRequest = defineEntity({
  name: 'AnsweredRequest',
  tableName: 'answered_request',
  properties: {
    actor: p.text().primary(),
    idempotencyKey: p.text().primary(),
    inputSha256: p.text(),
    result: p.json<Record<string, unknown>>(),
    answeredAt: p.datetime(6),
  },
});

export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    /** First in the key, and there because the audit log is kept by month of it. */
    at: p.datetime(6).primary(),
    number: p.bigint().primary().autoincrement(),
    actor: p.text(),
    roles: p.array(),
    purpose: p.text().nullable(),
    /** READ_UNMASKED, or the name of a mutation */
    action: p.text(),
    subject: p.text().nullable(),
    detail: p.json<Record<string, unknown>>(),
  },
});

/** A number that another system knows a node of the graph by. */
export const ExternalRef = defineEntity({
  name: 'ExternalRef',
  tableName: 'external_ref',
  indexes: [{ properties: ['nodeId'] }],
  properties: {
    system: p.text().primary(),
    ref: p.text().primary(),
    id: p.text(),
    nodeId: p.text(),
  },
});
