// What is kept beside a matter: preservation of property, statutory clocks, what the firm was told, the custody of the evidence, and why a borrower does not pay.
import { defineEntity, p } from '@mikro-orm/core';

export const PreservationOrder = defineEntity({
  name: 'PreservationOrder',
  tableName: 'preservation_order',
  indexes: [{ properties: ['matterId'] }, { properties: ['attendOn'], where: 'attend_on is not null' }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    orderRef: p.text(),
    /** src/domain/legal/preservation.ts */
    state: p.text(),
    asset: p.text().nullable(),
    appliedOn: p.date().nullable(),
    grantedOn: p.date().nullable(),
    servedOn: p.date().nullable(),
    renewedOn: p.date().nullable(),
    expiresOn: p.date().nullable(),
    endedOn: p.date().nullable(),
    /** When the calendar next changes its state. */
    attendOn: p.date().nullable(),
  },
});

export const StatutoryClock = defineEntity({
  name: 'StatutoryClock',
  tableName: 'statutory_clock',
  indexes: [{ properties: ['caseId'] }, { properties: ['matterId'] }, { properties: ['tenant', 'attendOn'], where: "state = 'RUNNING'" }],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    caseId: p.text(),
    /** Null of a limitation period, which is the claim's own. */
    matterId: p.text().nullable(),
    /** src/domain/legal/clock.ts */
    kind: p.text(),
    about: p.text(),
    state: p.text(),
    /** What it is counted from where nothing interrupts it. */
    basedOn: p.date(),
    startedOn: p.date(),
    expiresOn: p.date(),
    /** Days before the end at which somebody was told. */
    alarms: p.array(),
    /** When it has to be looked at again. */
    attendOn: p.date(),
    policyVersion: p.text(),
    citation: p.text(),
    verified: p.boolean(),
  },
});

export const ClockInterruption = defineEntity({
  name: 'ClockInterruption',
  tableName: 'clock_interruption',
  indexes: [{ properties: ['clockId'] }],
  properties: {
    id: p.text().primary(),
    clockId: p.text(),
    cause: p.text(),
    interruptedOn: p.date(),
    /** The id of the step, repayment or promise that shows it. */
    evidence: p.text(),
    /** A payment that was reversed interrupts nothing. */
    void: p.boolean(),
  },
});

export const MatterInstruction = defineEntity({
  name: 'MatterInstruction',
  tableName: 'matter_instruction',
  indexes: [{ properties: ['matterId', 'instructedOn'] }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    handoffId: p.text(),
    /** src/domain/legal/instruction.ts */
    kind: p.text(),
    note: p.text().nullable(),
    currency: p.text().nullable(),
    amountMinor: p.bigint().nullable(),
    instructedOn: p.date(),
    instructedBy: p.text(),
  },
});

export const MatterPayment = defineEntity({
  name: 'MatterPayment',
  tableName: 'matter_payment',
  indexes: [{ properties: ['matterId', 'toldOn'] }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    handoffId: p.text(),
    transactionRef: p.text(),
    /** PAYMENT, REVERSAL */
    kind: p.text(),
    currency: p.text(),
    amountMinor: p.bigint(),
    /** What is still claimed of the loan. */
    claimMinor: p.bigint(),
    valueOn: p.date(),
    toldOn: p.date(),
    dueOn: p.date(),
    acknowledgedOn: p.date().nullable(),
  },
});

export const EvidenceCustody = defineEntity({
  name: 'EvidenceCustody',
  tableName: 'evidence_custody',
  indexes: [{ properties: ['matterId', 'at'] }],
  properties: {
    id: p.text().primary(),
    matterId: p.text(),
    /** BUILT, FROZEN, ADDED, HANDED_OVER, RECEIVED, DIFFERS */
    event: p.text(),
    /** Who had it then. */
    custodian: p.text(),
    at: p.datetime(6),
    /** Hex: of the manifest of the bundle, or of the one document that was added. */
    sha256: p.text(),
  },
});

export const HardshipAssessment = defineEntity({
  name: 'HardshipAssessment',
  tableName: 'hardship_assessment',
  indexes: [{ properties: ['caseId', 'ordinal'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    /** The first, second … of its case: the newest counts. */
    ordinal: p.integer(),
    /** src/domain/legal/rules.ts */
    cause: p.text(),
    words: p.text(),
    assessedOn: p.date(),
    assessedBy: p.text(),
  },
});
