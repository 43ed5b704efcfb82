// How money is kept that partners collected: what they reported, payment by payment, and what of it they still hold.
import { defineEntity, p } from '@mikro-orm/core';

export const Remittance = defineEntity({
  name: 'Remittance',
  tableName: 'remittance',
  indexes: [{ properties: ['partnerId', 'ref'] }],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    partnerId: p.text(),
    ref: p.text(),
    contentSha256: p.text(),
    remittedOn: p.date(),
    reportedOn: p.date(),
    currency: p.text(),
    basis: p.text(),
    /** src/domain/placement/remittance.ts */
    state: p.text(),
    lines: p.integer(),
    seenBefore: p.integer(),
    /** What the partner holds of it, less reversals; what the debtors paid the bank; what the partner earns; what it is to pay. */
    heldMinor: p.bigint(),
    directMinor: p.bigint(),
    commissionMinor: p.bigint(),
    dueMinor: p.bigint(),
    problems: p.json<unknown[]>(),
    statementRef: p.text().nullable(),
    receivedMinor: p.bigint().nullable(),
    receivedOn: p.date().nullable(),
    settledOn: p.date().nullable(),
    settledBy: p.text().nullable(),
  },
});

export const RemittanceLine = defineEntity({
  name: 'RemittanceLine',
  tableName: 'remittance_line',
  indexes: [{ properties: ['remittanceId', 'ordinal'] }, { properties: ['caseId'] }, { properties: ['partnerId', 'reverses'] }],
  properties: {
    id: p.text().primary(),
    remittanceId: p.text(),
    caseId: p.text(),
    partnerId: p.text(),
    /** Of the agency, or the matter of the firm. */
    workId: p.text(),
    ordinal: p.integer(),
    paymentIdentifier: p.text(),
    type: p.text(),
    via: p.text(),
    paidOn: p.date(),
    reverses: p.text().nullable(),
    contentSha256: p.text(),
    currency: p.text(),
    /** Below zero for a reversal, as all that follows. */
    amountMinor: p.bigint(),
    principalMinor: p.bigint(),
    interestMinor: p.bigint(),
    feeMinor: p.bigint(),
    penaltyMinor: p.bigint(),
    commissionMinor: p.bigint(),
    commissionRate: p.decimal().precision(9).scale(6),
    settledOn: p.date().nullable(),
  },
});

/** One partner's money of one case in one currency. */
export const PartnerMoney = defineEntity({
  name: 'PartnerMoney',
  tableName: 'partner_money',
  indexes: [{ properties: ['caseId'] }, { properties: ['partnerId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    partnerId: p.text(),
    currency: p.text(),
    /** Collected and not settled yet. */
    trustMinor: p.bigint(),
    /** Collected and settled. */
    settledMinor: p.bigint(),
    directMinor: p.bigint(),
    commissionMinor: p.bigint(),
  },
});
