// How pledged assets are kept beyond what core banking tells: what they were valued at, and how they are turned into money.
import { defineEntity, p } from '@mikro-orm/core';

export const Valuation = defineEntity({
  name: 'Valuation',
  tableName: 'valuation',
  indexes: [{ properties: ['collateralId', 'valuedOn', 'id'] }],
  properties: {
    /** Of one day the id that sorts last counts: src/domain/collateral/asset.ts makes it. */
    id: p.text().primary(),
    collateralId: p.text(),
    /** CORE or CASE */
    source: p.text(),
    /** DESKTOP, FULL, INDEX, COURT; null as core banking tells it. */
    method: p.text().nullable(),
    appraiser: p.text().nullable(),
    currency: p.text(),
    valueMinor: p.bigint(),
    /** The day that it is the value of. */
    valuedOn: p.date(),
    /** The last day on which it is in date; null where the rules of the day tell. */
    expiresOn: p.date().nullable(),
    /** When it was learned. */
    recordedAt: p.datetime(6),
    recordedBy: p.text().nullable(),
    policyVersion: p.text().nullable(),
  },
});

export const Disposal = defineEntity({
  name: 'Disposal',
  tableName: 'disposal',
  indexes: [
    { properties: ['collateralId'] },
    { properties: ['caseId', 'begunOn'] },
    { properties: ['opensOn'], where: "state = 'LISTED'" },
    { properties: ['soldOn'] },
  ],
  properties: {
    id: p.text().primary(),
    collateralId: p.text(),
    caseId: p.text(),
    /** src/domain/collateral/asset.ts */
    state: p.text(),
    /** AUCTION, PRIVATE_SALE, IN_LIEU; null until it is sold. */
    method: p.text().nullable(),
    currency: p.text(),
    begunOn: p.date(),
    orderedOn: p.date().nullable(),
    seizedOn: p.date().nullable(),
    /** The number of the last round; 0 before the first. */
    round: p.integer(),
    opensOn: p.date().nullable(),
    reserveMinor: p.bigint().nullable(),
    valuationId: p.text().nullable(),
    /** By the valuation that the last round stood on. */
    appraisedMinor: p.bigint().nullable(),
    inLieuMinor: p.bigint().nullable(),
    inLieuBy: p.text().nullable(),
    approvedBy: p.text().nullable(),
    soldOn: p.date().nullable(),
    priceMinor: p.bigint().nullable(),
    distributedOn: p.date().nullable(),
    costsMinor: p.bigint().nullable(),
    oursMinor: p.bigint().nullable(),
    shortfallMinor: p.bigint().nullable(),
    surplusMinor: p.bigint().nullable(),
    releasedOn: p.date().nullable(),
    /** By which its last step was decided. */
    policyVersion: p.text(),
    version: p.integer(),
  },
});

export const AuctionRound = defineEntity({
  name: 'AuctionRound',
  tableName: 'auction_round',
  indexes: [{ properties: ['disposalId', 'number'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    disposalId: p.text(),
    caseId: p.text(),
    number: p.integer(),
    currency: p.text(),
    reserveMinor: p.bigint(),
    /** What the rules asked for at least; null where they ask for nothing. */
    leastMinor: p.bigint().nullable(),
    opensOn: p.date(),
    closesOn: p.date(),
    /** SOLD, UNSOLD; null while it is to come or runs. */
    result: p.text().nullable(),
    closedOn: p.date().nullable(),
    priceMinor: p.bigint().nullable(),
    bidders: p.integer().nullable(),
    policyVersion: p.text(),
  },
});

export const ProceedsShare = defineEntity({
  name: 'ProceedsShare',
  tableName: 'proceeds_share',
  indexes: [{ properties: ['disposalId', 'ordinal'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    disposalId: p.text(),
    caseId: p.text(),
    ordinal: p.integer(),
    /** COST, LIEN, LOAN (a part of our liens), SURPLUS */
    kind: p.text(),
    rank: p.integer().nullable(),
    holder: p.text().nullable(),
    ours: p.boolean(),
    loanId: p.text().nullable(),
    currency: p.text(),
    owedMinor: p.bigint(),
    paidMinor: p.bigint(),
    /** Of a loan, by the parts of its debt. */
    principalMinor: p.bigint().nullable(),
    interestMinor: p.bigint().nullable(),
    feeMinor: p.bigint().nullable(),
    penaltyMinor: p.bigint().nullable(),
  },
});
