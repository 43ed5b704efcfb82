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
    /** Region D': NONE, or what the order that most needs to be looked at is: src/domain/legal/preservation.ts */
    preservation: p.text(),
    instructedOn: p.date(),
    /** By when the firm has to say whether it takes the claim on. */
    acknowledgeBy: p.date().nullable(),
    acknowledgedLate: p.boolean().default(false),
    partnerRef: p.text().nullable(),
    courtRef: p.text().nullable(),
    nextHearingAt: p.datetime(6).nullable(),
    /** The firm's own sequence of the newest step that was applied. */
    partnerSequence: p.bigint(),
    closedOn: p.date().nullable(),
    version: p.integer(),
    /** All below is folded from the firm's steps: src/domain/legal/standing.ts */
    demandLevel: p.integer().default(0),
    demandProvedOn: p.date().nullable(),
    letterSentOn: p.date().nullable(),
    court: p.text().nullable(),
    docket: p.text().nullable(),
    procedure: p.text().nullable(),
    /** Of all sums of the matter; null where its loans are of several. */
    currency: p.text().nullable(),
    /** What the bank handed over, and what is claimed: the same until it is filed with another sum. */
    instructedMinor: p.bigint().nullable(),
    claimedMinor: p.bigint().nullable(),
    /** The same less what was paid since. */
    remainingMinor: p.bigint().nullable(),
    filedOn: p.date().nullable(),
    servedOn: p.date().nullable(),
    judgedOn: p.date().nullable(),
    judgmentResult: p.text().nullable(),
    awardedMinor: p.bigint().nullable(),
    finalOn: p.date().nullable(),
    settledMinor: p.bigint().nullable(),
    settlementConfirmedOn: p.date().nullable(),
    enforcementAppliedOn: p.date().nullable(),
    enforcementRef: p.text().nullable(),
    movedOn: p.date().nullable(),
    /** Of the evidence as it was frozen, in hex. */
    manifestSha256: p.text().nullable(),
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
    /** src/domain/legal/rules.ts; null of what was frozen before kinds were kept. */
    kind: p.text().nullable(),
    /** The delivery that it went with. */
    handoffId: p.text().nullable(),
    frozenAt: p.datetime(6),
  },
});
