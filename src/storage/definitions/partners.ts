// How the dealings with partners are kept: what is owed to them (the outbox), what they answered, and what became of it.
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
  },
});

export const LegalMatter = defineEntity({
  name: 'LegalMatter',
  tableName: 'legal_matter',
  indexes: [{ properties: ['caseId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    lawFirmId: p.text(),
    handoffId: p.text(),
    /** src/domain/legal/matter.ts */
    state: p.text(),
    /** Region D': NONE, GRANTED */
    preservation: p.text(),
    instructedOn: p.date(),
    partnerRef: p.text().nullable(),
    courtRef: p.text().nullable(),
    nextHearingAt: p.datetime(6).nullable(),
    /** The firm's own sequence of the newest step that was applied. */
    partnerSequence: p.bigint(),
    closedOn: p.date().nullable(),
    version: p.integer(),
  },
});

export const MatterStep = defineEntity({
  name: 'MatterStep',
  tableName: 'matter_step',
  indexes: [{ properties: ['matterId', 'partnerSequence'] }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    step: p.text(),
    partnerSequence: p.bigint(),
    occurredAt: p.datetime(6),
    recordedAt: p.datetime(6),
    /** A step that the matter's table does not allow from where it stood is kept, and not applied. */
    applied: p.boolean(),
    data: p.json<Record<string, unknown>>(),
  },
});

export const EvidenceItem = defineEntity({
  name: 'EvidenceItem',
  tableName: 'evidence_item',
  indexes: [{ properties: ['matterId', 'ordinal'] }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    ordinal: p.integer(),
    name: p.text(),
    mediaType: p.text(),
    sha256: p.text(),
    bytes: p.integer(),
    content: p.text(),
    frozenAt: p.datetime(6),
  },
});

export const AgencyPlacement = defineEntity({
  name: 'AgencyPlacement',
  tableName: 'agency_placement',
  indexes: [{ properties: ['caseId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    agencyId: p.text(),
    handoffId: p.text(),
    /** src/domain/placement/placement.ts */
    state: p.text(),
    placedOn: p.date(),
    expiresOn: p.date(),
    commissionRate: p.decimal().precision(9).scale(6),
    policyVersion: p.text(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    closedOn: p.date().nullable(),
    version: p.integer(),
  },
});

export const PortfolioSale = defineEntity({
  name: 'PortfolioSale',
  tableName: 'portfolio_sale',
  properties: {
    id: p.text().primary(),
    ref: p.text().unique(),
    buyerId: p.text(),
    handoffId: p.text(),
    /** SIGNED, ASSIGNED, REFUSED, SETTLED */
    state: p.text(),
    cutOffAt: p.datetime(6),
    currency: p.text(),
    priceMinor: p.bigint(),
    loans: p.integer(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    closedOn: p.date(),
    version: p.integer(),
  },
});

export const SoldCase = defineEntity({
  name: 'SoldCase',
  tableName: 'sold_case',
  indexes: [{ properties: ['saleId'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    caseId: p.text(),
  },
});

/** A message to the borrower with the figures that it stated. */
export const Communication = defineEntity({
  name: 'Communication',
  tableName: 'communication',
  indexes: [{ properties: ['caseId', 'decidedOn', 'id'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    loanId: p.text(),
    handoffId: p.text(),
    type: p.text(),
    templateId: p.text(),
    channel: p.text(),
    language: p.text(),
    text: p.text(),
    currency: p.text(),
    overdueMinor: p.bigint(),
    daysPastDue: p.integer(),
    payBy: p.date(),
    decidedOn: p.date(),
    /** OWED, SENT, DELIVERED, FAILED */
    state: p.text(),
    partnerSequence: p.bigint(),
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
