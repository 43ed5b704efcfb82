// How bulk exports are kept: what was asked for with whose rights, and what became of it.
import { defineEntity, p } from '@mikro-orm/core';

export const BulkExport = defineEntity({
  name: 'BulkExport',
  tableName: 'bulk_export',
  indexes: [
    { properties: ['askedBy', 'status'], where: "status in ('QUEUED', 'RUNNING')" },
    { properties: ['expiresAt'], where: "status = 'DONE'" },
    { properties: ['finishedAt'] },
  ],
  properties: {
    id: p.text().primary(),
    /** QUEUED, RUNNING, DONE, FAILED, CANCELLED, EXPIRED */
    status: p.text(),
    document: p.text(),
    variables: p.json<Record<string, unknown>>(),
    askedBy: p.text(),
    roles: p.array(),
    purpose: p.text().nullable(),
    partner: p.text().nullable(),
    branches: p.array().nullable(),
    portfolios: p.array().nullable(),
    /** Whether it was asked of the past; else `asOfKnownAt` is the instant of the snapshot that was read. */
    past: p.boolean(),
    asOfValidAt: p.date().nullable(),
    asOfKnownAt: p.datetime(6).nullable(),
    progress: p.integer().nullable(),
    rowCount: p.integer().default(0),
    bytes: p.bigint().default(0),
    sha256: p.text().nullable(),
    schemaVersion: p.text().nullable(),
    problem: p.text().nullable(),
    createdAt: p.datetime(6),
    finishedAt: p.datetime(6).nullable(),
    expiresAt: p.datetime(6).nullable(),
    nextAttemptAt: p.datetime(6),
    attempts: p.integer().default(0),
    leaseOwner: p.text().nullable(),
    leaseUntil: p.datetime(6).nullable(),
    fence: p.bigint().default(0),
  },
});
