// How the dealings with credit bureaus are kept: flags, each report of them, and disputes.
import { defineEntity, p } from '@mikro-orm/core';

/** One overdue flag: one or more of an arrears episode of a loan at a bureau, with what the bureau was last told. */
export const BureauFlag = defineEntity({
  name: 'BureauFlag',
  tableName: 'bureau_flag',
  indexes: [
    { properties: ['loanId', 'episode'] },
    { properties: ['caseId'] },
    { properties: ['loanId'], where: 'waits_for is not null', name: 'bureau_flag_waiting' },
  ],
  properties: {
    id: p.text().primary(),
    /** `{bureau}/{loan}/{episode}`, and `.{n}` when it is raised again in that episode. */
    reportKey: p.text().unique(),
    bureauId: p.text(),
    loanId: p.text(),
    caseId: p.text(),
    episode: p.integer(),
    /** src/domain/bureau/flag.ts */
    state: p.text(),
    /** Of the last report of its figures, among all reports of the loan to the bureau; 0 while nothing was said. */
    version: p.integer(),
    /** When it was raised; until then when it came to be owed. */
    raisedOn: p.date(),
    /** The business date that the reported values are of. */
    asOf: p.date(),
    overdueSince: p.date(),
    daysPastDue: p.integer(),
    currency: p.text(),
    overdueMinor: p.bigint(),
    outstandingMinor: p.bigint(),
    qualityClass: p.integer(),
    step: p.integer(),
    waitsFor: p.text().nullable(),
    waitsUntil: p.date().nullable(),
    withdrawnOn: p.date().nullable(),
    withdrawReason: p.text().nullable(),
    wouldNotHaveFired: p.boolean(),
    policyVersion: p.text(),
  },
});

/** The proof of one report to a bureau: what was said by which rule from which facts, and what the bureau answered. */
export const BureauReport = defineEntity({
  name: 'BureauReport',
  tableName: 'bureau_report',
  indexes: [{ properties: ['flagId'] }, { properties: ['caseId'] }, { properties: ['handoffId'] }, { properties: ['bureauId', 'saidOn'] }],
  uniques: [{ properties: ['loanId', 'bureauId', 'version'] }],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    flagId: p.text(),
    caseId: p.text(),
    loanId: p.text(),
    bureauId: p.text(),
    /** 1, 2, 3 … over all that is said of a loan to a bureau. */
    version: p.integer(),
    /** reportKinds of src/domain/bureau/flag.ts */
    kind: p.text(),
    /** The account number under which it was said. */
    accountRef: p.text(),
    /** The business date that it was said on, and the one that its figures are of. */
    saidOn: p.date(),
    asOf: p.date(),
    /** When the fact that decided it was learned, and which fact that was. */
    knownAt: p.datetime(6),
    causeId: p.text(),
    /** How many facts of the loan it was judged by, and the SHA-256 of their sources and ids in their order. */
    facts: p.integer().nullable(),
    factsSha256: p.text().nullable(),
    rule: p.text(),
    policyVersion: p.text(),
    handoffId: p.text(),
    bytesSha256: p.text(),
    correctsId: p.text().nullable(),
    correctedById: p.text().nullable(),
    dueOn: p.date().nullable(),
    /** ACCEPTED, REFUSED or PARKED; null until then. */
    acknowledgementState: p.text().nullable(),
    acknowledgementRef: p.text().nullable(),
    acknowledgementCode: p.text().nullable(),
    acknowledgementWords: p.text().nullable(),
    acknowledgementAt: p.datetime(6).nullable(),
    acknowledgedOn: p.date().nullable(),
  },
});

/** What somebody holds against a flag. */
export const BureauDispute = defineEntity({
  name: 'BureauDispute',
  tableName: 'bureau_dispute',
  indexes: [{ properties: ['flagId'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    caseId: p.text(),
    loanId: p.text(),
    flagId: p.text(),
    bureauId: p.text(),
    /** The bureau's own number where it sent the dispute, else ours. */
    disputeRef: p.text(),
    sentByBureau: p.boolean(),
    code: p.text(),
    words: p.text(),
    /** src/domain/bureau/dispute.ts */
    state: p.text(),
    openedOn: p.date(),
    dueOn: p.date(),
    actor: p.text(),
    answer: p.text().nullable(),
    resolvedOn: p.date().nullable(),
    outcome: p.text().nullable(),
    respondedOn: p.date().nullable(),
    holdId: p.text(),
    /** The response to the bureau. */
    handoffId: p.text().nullable(),
  },
});
