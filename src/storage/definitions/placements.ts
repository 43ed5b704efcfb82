// How placements with agencies are kept: the placement, its accounts as they were itemised, what the agency said, batches, and who the agencies are.
import { defineEntity, p } from '@mikro-orm/core';
import type { CommissionRule } from '../../domain/placement/rules.js';

export const AgencyPlacement = defineEntity({
  name: 'AgencyPlacement',
  tableName: 'agency_placement',
  indexes: [
    { properties: ['caseId'] },
    { properties: ['handoffId'] },
    { properties: ['batchId'] },
    { properties: ['agencyId', 'placedOn'] },
    {
      properties: ['caseId'],
      name: 'agency_placement_live',
      where: "state in ('OFFERED', 'ACKNOWLEDGED', 'WORKING', 'RECALL_REQUESTED', 'OBJECTED')",
    },
  ],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    agencyId: p.text(),
    handoffId: p.text(),
    /** Null where it was placed by itself. */
    batchId: p.text().nullable(),
    /** src/domain/placement/placement.ts */
    state: p.text(),
    placedOn: p.date(),
    expiresOn: p.date(),
    commissionRate: p.decimal().precision(9).scale(6),
    /** Null only for placements from before the rule was kept. */
    commissionRule: p.json<CommissionRule>().nullable(),
    policyVersion: p.text(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    acknowledgeBy: p.date().nullable(),
    acknowledgedOn: p.date().nullable(),
    acknowledgedLate: p.boolean().default(false),
    /** The next one; null before the agency took the case on, and after the end. */
    statusDueOn: p.date().nullable(),
    statusEveryDays: p.integer().nullable(),
    statuses: p.integer().default(0),
    statusesLate: p.integer().default(0),
    /** Of the recall: when it was asked for, until when it may be objected to or the objection answered, then it is final. */
    recallRequestedOn: p.date().nullable(),
    recallReason: p.text().nullable(),
    recallDueOn: p.date().nullable(),
    objectionReason: p.text().nullable(),
    objectedOn: p.date().nullable(),
    /** GRANTED or REFUSED. */
    objectionAnswer: p.text().nullable(),
    closeCode: p.text().nullable(),
    /** The last day on which the agency was the one who may contact; payments made until then count as the agency's. */
    closedOn: p.date().nullable(),
    /** Of what the agency was told last: balances, contact points, holds. */
    toldSha256: p.text().nullable(),
    version: p.integer(),
  },
});

/** One account as it was itemised when the case was placed. */
export const PlacedLoan = defineEntity({
  name: 'PlacedLoan',
  tableName: 'placed_loan',
  indexes: [{ properties: ['placementId', 'accountNo'] }, { properties: ['caseId'] }, { properties: ['loanId'] }],
  properties: {
    id: p.text().primary(),
    placementId: p.text(),
    caseId: p.text(),
    loanId: p.text(),
    accountNo: p.text(),
    itemisedOn: p.date(),
    since: p.date(),
    currency: p.text(),
    placedMinor: p.bigint(),
    principalMinor: p.bigint(),
    interestMinor: p.bigint(),
    feesMinor: p.bigint(),
    paymentsMinor: p.bigint(),
    creditsMinor: p.bigint(),
  },
});

/** What an agency said that it did, each once, also what came too late to count. */
export const PlacementStatus = defineEntity({
  name: 'PlacementStatus',
  tableName: 'placement_status',
  indexes: [{ properties: ['placementId', 'sequence'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    placementId: p.text(),
    caseId: p.text(),
    /** The agency's own order. */
    sequence: p.bigint(),
    occurredAt: p.datetime(6),
    receivedOn: p.date(),
    calls: p.integer(),
    messages: p.integer(),
    letters: p.integer(),
    visits: p.integer(),
    complaints: p.integer(),
    contactOutcome: p.text().nullable(),
    promisedMinor: p.bigint().nullable(),
    promisedCurrency: p.text().nullable(),
    promisedOn: p.date().nullable(),
    note: p.text().nullable(),
    late: p.boolean(),
    /** DURING_RECALL or AFTER_END: a contact that both sides have to know of. */
    flag: p.text().nullable(),
  },
});

export const PlacementBatch = defineEntity({
  name: 'PlacementBatch',
  tableName: 'placement_batch',
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    seed: p.text(),
    /** SPLIT or RULES. */
    method: p.text(),
    placedOn: p.date(),
    requestedBy: p.text(),
    policyVersions: p.array(),
    placed: p.integer(),
    leftOut: p.integer(),
  },
});

export const PlacementShare = defineEntity({
  name: 'PlacementShare',
  tableName: 'placement_share',
  indexes: [{ properties: ['batchId', 'agencyId'] }],
  properties: {
    id: p.text().primary(),
    batchId: p.text(),
    agencyId: p.text(),
    /** Null where the rules shared out. */
    share: p.decimal().precision(9).scale(6).nullable(),
    cases: p.integer(),
  },
});

/** One case of a batch: who got it, or why nobody did. */
export const PlacementAllotment = defineEntity({
  name: 'PlacementAllotment',
  tableName: 'placement_allotment',
  indexes: [{ properties: ['batchId', 'ordinal'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    batchId: p.text(),
    ordinal: p.integer(),
    caseId: p.text(),
    agencyId: p.text().nullable(),
    placementId: p.text().nullable(),
    ruleId: p.text(),
    reason: p.text().nullable(),
  },
});

/** Who an agency is, and what it may get. */
export const AgencyProfile = defineEntity({
  name: 'AgencyProfile',
  tableName: 'agency_profile',
  properties: {
    id: p.text().primary(),
    agencyId: p.text().unique(),
    licenceNo: p.text(),
    licenceExpiresOn: p.date(),
    /** That its people were checked; until when it is good. */
    attestedBy: p.text(),
    attestationExpiresOn: p.date(),
    jurisdictions: p.array(),
    segments: p.array(),
    level: p.text(),
    mostCases: p.integer().nullable(),
    mostAmountMinor: p.bigint().nullable(),
    currency: p.text().nullable(),
    suspended: p.boolean(),
    setBy: p.text(),
    setOn: p.date(),
    version: p.integer(),
  },
});
