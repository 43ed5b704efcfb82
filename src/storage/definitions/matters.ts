// How a law firm's work on a case is kept.
import { defineEntity, p } from '@mikro-orm/core';

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
