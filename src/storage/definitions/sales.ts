// How the sale of claims is kept: the deal, its loans, its sealed bids, its tapes, what is passed on to the buyer, and what comes back.
import { defineEntity, p } from '@mikro-orm/core';

export const PortfolioSale = defineEntity({
  name: 'PortfolioSale',
  tableName: 'portfolio_sale',
  indexes: [{ properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    ref: p.text().unique(),
    /** The first of its cases by id: it carries the facts of the sale. */
    leadCaseId: p.text(),
    jurisdiction: p.text(),
    /** src/domain/sale/sale.ts */
    state: p.text(),
    currency: p.text(),
    /** Those that are in it, and what they owed when they came in. */
    loans: p.integer(),
    legalBalanceMinor: p.bigint(),
    bidsCloseAt: p.datetime(6).nullable(),
    bidsOpenedAt: p.datetime(6).nullable(),
    /** Of the legal balance; no bid below it is awarded. */
    reserveFraction: p.decimal().precision(9).scale(6).nullable(),
    buyerId: p.text().nullable(),
    priceMinor: p.bigint().nullable(),
    priceFraction: p.decimal().precision(9).scale(6).nullable(),
    awardRule: p.text().nullable(),
    awardReason: p.text().nullable(),
    awardedBidId: p.text().nullable(),
    contractRef: p.text().nullable(),
    cutOffAt: p.datetime(6).nullable(),
    /** IANA: the clock by which the cut-off and days of payment are read. */
    cutOffZone: p.text().nullable(),
    /** Of the assignment. */
    handoffId: p.text().nullable(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    pooledOn: p.date(),
    publishedOn: p.date().nullable(),
    awardedOn: p.date().nullable(),
    signedOn: p.date().nullable(),
    assignedOn: p.date().nullable(),
    notifiedOn: p.date().nullable(),
    settledOn: p.date().nullable(),
    policyVersion: p.text(),
    version: p.integer(),
  },
});

/** A case that has loans in a sale. */
export const SoldCase = defineEntity({
  name: 'SoldCase',
  tableName: 'sold_case',
  indexes: [{ properties: ['saleId'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    caseId: p.text(),
  },
});

export const SaleLoan = defineEntity({
  name: 'SaleLoan',
  tableName: 'sale_loan',
  indexes: [{ properties: ['saleId', 'ordinal'] }, { properties: ['loanId'] }, { properties: ['caseId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    saleRef: p.text(),
    loanId: p.text(),
    caseId: p.text(),
    ordinal: p.integer(),
    /** What tapes call it: a name that tells nothing. */
    tapeRef: p.text(),
    /** src/domain/sale/item.ts */
    state: p.text(),
    /** Region G, of the state. */
    ownership: p.text(),
    currency: p.text(),
    /** Owed when it came in. */
    principalMinor: p.bigint(),
    interestMinor: p.bigint(),
    otherMinor: p.bigint(),
    legalBalanceMinor: p.bigint(),
    daysPastDue: p.integer(),
    priceMinor: p.bigint().nullable(),
    /** The rules that stand against its sale, where it was left out. */
    ruleIds: p.array(),
    reasons: p.array(),
    addedOn: p.date(),
    buyerId: p.text().nullable(),
    cutOffAt: p.datetime(6).nullable(),
    cutOffZone: p.text().nullable(),
    transferredOn: p.date().nullable(),
    notifiedOn: p.date().nullable(),
    noticeMethod: p.text().nullable(),
    noticeRef: p.text().nullable(),
    noticeSha256: p.text().nullable(),
    returnGround: p.text().nullable(),
    returnReason: p.text().nullable(),
    refundMinor: p.bigint().nullable(),
    returnHandoffId: p.text().nullable(),
    returnedAt: p.datetime(6).nullable(),
    returnedOn: p.date().nullable(),
  },
});

export const SaleBid = defineEntity({
  name: 'SaleBid',
  tableName: 'sale_bid',
  indexes: [{ properties: ['saleId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    buyerId: p.text(),
    /** Of the tape that it answers. */
    handoffId: p.text(),
    /** src/domain/sale/sale.ts */
    state: p.text(),
    invitedOn: p.date(),
    submittedAt: p.datetime(6).nullable(),
    bidRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    currency: p.text(),
    /** Null until all bids are opened. */
    priceMinor: p.bigint().nullable(),
    priceFraction: p.decimal().precision(9).scale(6).nullable(),
    awardHandoffId: p.text().nullable(),
  },
});

/** What a bid says while it is sealed: no caller reads this table. */
export const SealedBid = defineEntity({
  name: 'SealedBid',
  tableName: 'sealed_bid',
  properties: {
    /** Of the bid. */
    id: p.text().primary(),
    saleId: p.text(),
    currency: p.text(),
    priceMinor: p.bigint(),
  },
});

export const SaleTape = defineEntity({
  name: 'SaleTape',
  tableName: 'sale_tape',
  indexes: [{ properties: ['saleId', 'madeOn'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    /** MASKED or FULL. */
    kind: p.text(),
    /** ORDER: the lines that a buyer is sent; FILES: the templates. */
    form: p.text(),
    asOf: p.date(),
    loans: p.integer(),
    currency: p.text(),
    principalMinor: p.bigint(),
    legalBalanceMinor: p.bigint(),
    /** Of the lines, or of the manifest of the files; in hex. */
    sha256: p.text(),
    /** By name: rows, bytes and SHA-256. */
    files: p.json<unknown>(),
    madeOn: p.date(),
    madeBy: p.text(),
  },
});

export const PassedOnPayment = defineEntity({
  name: 'PassedOnPayment',
  tableName: 'passed_on_payment',
  indexes: [{ properties: ['saleId'] }, { properties: ['loanId'] }, { properties: ['saleLoanId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    saleLoanId: p.text(),
    loanId: p.text(),
    caseId: p.text(),
    buyerId: p.text(),
    transactionRef: p.text(),
    /** Of what was passed on of this payment. */
    number: p.integer(),
    /** PAYMENT, REVERSAL, CORRECTION */
    kind: p.text(),
    currency: p.text(),
    /** Below zero is asked back. */
    amountMinor: p.bigint(),
    valueOn: p.date(),
    toldAt: p.datetime(6),
    owedOn: p.date(),
    handoffId: p.text(),
    /** OWED, PASSED_ON, REFUSED */
    state: p.text(),
  },
});

export const PutBack = defineEntity({
  name: 'PutBack',
  tableName: 'put_back',
  indexes: [{ properties: ['saleId'] }, { properties: ['loanId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    saleId: p.text(),
    saleLoanId: p.text(),
    loanId: p.text(),
    caseId: p.text(),
    /** The buyer's number of it. */
    putBackRef: p.text(),
    reason: p.text(),
    words: p.text(),
    requestedOn: p.date(),
    /** It came within the days that its reason has. */
    inTime: p.boolean(),
    dueOn: p.date(),
    /** src/domain/sale/item.ts */
    state: p.text(),
    answeredOn: p.date().nullable(),
    answeredBy: p.text().nullable(),
    answer: p.text().nullable(),
    currency: p.text(),
    refundMinor: p.bigint().nullable(),
    handoffId: p.text().nullable(),
  },
});
