// How inquiries at credit bureaus are kept, and the accounts that the reports on borrowers told of.
import { defineEntity, p } from '@mikro-orm/core';

export const BureauInquiry = defineEntity({
  name: 'BureauInquiry',
  tableName: 'bureau_inquiry',
  indexes: [
    { properties: ['caseId', 'requestedOn'] },
    { properties: ['handoffId'] },
    { properties: ['borrowerId', 'purpose', 'requestedOn'] },
    { properties: ['expiresOn'], where: "state in ('COMPLETED', 'NO_HIT')" },
  ],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    borrowerId: p.text(),
    bureauId: p.text(),
    handoffId: p.text(),
    /** src/domain/inquiry/inquiry.ts */
    state: p.text(),
    purpose: p.text(),
    legalBasis: p.text(),
    consentRef: p.text().nullable(),
    currency: p.text(),
    costMinor: p.bigint(),
    requestedOn: p.date(),
    requestedBy: p.text(),
    completedAt: p.datetime(6).nullable(),
    /** From this date on it is not gone by. Pinned by the policy when it was asked, counted from the answer. */
    cacheDays: p.integer(),
    expiresOn: p.date().nullable(),
    score: p.integer().nullable(),
    multiCreditor: p.boolean().nullable(),
    otherLendersOverdue: p.integer().nullable(),
    partnerRef: p.text().nullable(),
    /** Why the bureau refused. */
    problem: p.text().nullable(),
    policyVersion: p.text(),
  },
});

export const Tradeline = defineEntity({
  name: 'Tradeline',
  tableName: 'tradeline',
  indexes: [{ properties: ['inquiryId', 'ordinal'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    inquiryId: p.text(),
    caseId: p.text(),
    ordinal: p.integer(),
    lender: p.text(),
    accountRef: p.text(),
    ours: p.boolean(),
    kind: p.text(),
    openedOn: p.date(),
    currency: p.text(),
    outstandingMinor: p.bigint(),
    overdueMinor: p.bigint(),
    daysPastDue: p.integer(),
    qualityClass: p.integer(),
    reportedOn: p.date(),
  },
});
