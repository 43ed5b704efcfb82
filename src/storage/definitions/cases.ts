// How recovery cases are kept: the case, its loans, what was said, promised, held and decided, and its timeline.
import { defineEntity, p } from '@mikro-orm/core';

export const RecoveryCase = defineEntity({
  name: 'RecoveryCase',
  tableName: 'recovery_case',
  indexes: [
    { properties: ['status', 'overdueSince', 'id'] },
    { properties: ['assignee', 'status', 'overdueSince', 'id'] },
    { properties: ['borrowerId', 'ordinal'] },
  ],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    /** What people call it: `RC-{borrower number}-{ordinal}-{five letters of the borrower's id}`. */
    ref: p.text().unique(),
    borrowerId: p.text(),
    /** The borrower's first, second … case. */
    ordinal: p.integer(),
    jurisdiction: p.text(),
    /** OPEN or CLOSED. */
    status: p.text(),
    /** Derived from the regions below by src/domain/case/stage.ts; nothing else sets it. */
    stage: p.text(),
    openedOn: p.date(),
    closedOn: p.date().nullable(),
    closeReason: p.text().nullable(),
    reopened: p.integer(),
    /** All loans have been without arrears since this business date; the case closes when policy's cure days have passed. */
    curedSince: p.date().nullable(),
    /** The earliest of its loans in arrears. */
    overdueSince: p.date().nullable(),
    /** The highest threshold crossed by its loans while open, in days. */
    highestThreshold: p.integer(),
    qualityClass: p.integer(),
    /** Region B: NONE, REMINDER, SOFT_COLLECTION, FIELD_VISIT … */
    treatment: p.text(),
    /** Region C, derived from live promises: NONE, PROMISED. */
    arrangement: p.text(),
    /** Region D, of the live legal matter: NONE, PRE_LEGAL (eligible), INSTRUCTED … */
    legal: p.text(),
    /** Region E, derived from the disposals of its assets: RUNNING, null for none. */
    disposal: p.text().nullable(),
    /** Region D', beside D. */
    preservation: p.text(),
    /** Region F: who may contact. NONE, PLACED, RECALL_REQUESTED … */
    placement: p.text(),
    /** Until this business date it cools off after a placement; null when it does not. */
    placeableFrom: p.date().nullable(),
    /** Region G: OWNED, SALE_PENDING, TRANSFERRED, BUYBACK_PENDING; OWNED where some of its loans are kept. */
    ownership: p.text(),
    legalEligible: p.boolean(),
    assignee: p.text().nullable(),
    team: p.text().nullable(),
    /** Rises with every entry of the timeline: the sequence of `caseChanged` and of the partner orders of this case. */
    sequence: p.bigint(),
    version: p.integer(),
    policyVersion: p.text(),
  },
});

export const CaseLoan = defineEntity({
  name: 'CaseLoan',
  tableName: 'case_loan',
  indexes: [{ properties: ['loanId'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    loanId: p.text(),
    episode: p.integer(),
    enteredOn: p.date(),
    curedOn: p.date().nullable(),
  },
});

/** What is owed on the case in one currency: currencies are never added. */
export const CaseExposure = defineEntity({
  name: 'CaseExposure',
  tableName: 'case_exposure',
  indexes: [{ properties: ['caseId', 'currency'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    currency: p.text(),
    loans: p.integer(),
    overdueMinor: p.bigint(),
    outstandingMinor: p.bigint(),
  },
});

/** Each threshold crossed, once an arrears episode of a loan. */
export const ThresholdCrossing = defineEntity({
  name: 'ThresholdCrossing',
  tableName: 'threshold_crossing',
  indexes: [{ properties: ['caseId'] }, { properties: ['loanId'] }],
  properties: {
    id: p.text().primary(),
    loanId: p.text(),
    caseId: p.text(),
    episode: p.integer(),
    days: p.integer(),
    crossedOn: p.date(),
    /** A fact that came later shows that it would not have been crossed. */
    wouldNotHaveFired: p.boolean(),
  },
});

export const TimelineEntry = defineEntity({
  name: 'TimelineEntry',
  tableName: 'timeline_entry',
  indexes: [{ properties: ['caseId', 'sequence'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    sequence: p.bigint(),
    type: p.text(),
    summary: p.text(),
    actor: p.text(),
    effectiveOn: p.date(),
    /** Of its cause. Part of the key because the timeline is kept by month of it. */
    businessOn: p.date().primary(),
    recordedAt: p.datetime(6),
    /** The id of the fact in the event log that caused it. */
    causeId: p.text(),
    data: p.json<Record<string, unknown>>(),
  },
});

export const Interaction = defineEntity({
  name: 'Interaction',
  tableName: 'interaction',
  indexes: [{ properties: ['caseId', 'at', 'id'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    channel: p.text(),
    direction: p.text(),
    /** NO_ANSWER, CONNECTED, RIGHT_PARTY, REFUSAL_TO_PAY, WRONG_NUMBER, MESSAGE_LEFT */
    outcome: p.text(),
    note: p.text().nullable(),
    at: p.datetime(6),
    actor: p.text(),
  },
});

export const PromiseToPay = defineEntity({
  name: 'PromiseToPay',
  tableName: 'promise_to_pay',
  indexes: [{ properties: ['caseId', 'dueOn'] }, { properties: ['dueOn'], where: "state = 'OPEN'" }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    loanId: p.text().nullable(),
    currency: p.text(),
    amountMinor: p.bigint(),
    dueOn: p.date(),
    madeOn: p.date(),
    /** OPEN, KEPT, PARTIAL, BROKEN, CANCELLED */
    state: p.text(),
    paidMinor: p.bigint(),
    actor: p.text(),
  },
});

export const Hold = defineEntity({
  name: 'Hold',
  tableName: 'hold',
  indexes: [{ properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    /** DISPUTE, COMPLAINT, DECEASED, BANKRUPTCY … */
    type: p.text(),
    /** Out of CONTACT, LEGAL, PLACEMENT, BUREAU, SALE. */
    scopes: p.array(),
    reason: p.text(),
    placedBy: p.text(),
    placedAt: p.datetime(6),
    expiresOn: p.date().nullable(),
    releasedAt: p.datetime(6).nullable(),
    releasedBy: p.text().nullable(),
  },
});

/** A rule's answer with what it was based on. */
export const Decision = defineEntity({
  name: 'Decision',
  tableName: 'decision',
  indexes: [{ properties: ['caseId', 'sequence'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    sequence: p.bigint(),
    ruleId: p.text(),
    policyVersion: p.text(),
    outcome: p.text(),
    reasons: p.array(),
    inputs: p.json<Record<string, unknown>>(),
    decidedOn: p.date(),
  },
});
