// How loans are kept: the position folded from the log, and its schedule, repayments and collateral as the graph shows them.
import { defineEntity, p } from '@mikro-orm/core';

export const Loan = defineEntity({
  name: 'Loan',
  tableName: 'loan',
  indexes: [
    { properties: ['borrowerId'] },
    { properties: ['tenant', 'nextStepOn'], where: 'next_step_on is not null' },
    { properties: ['tenant', 'decidesOn'], where: 'decides_on is not null' },
    { properties: ['tenant', 'touched'], where: 'touched' },
  ],
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    /** `{tenant}/{source system}/{loan account}`: the aggregate of the loan's events. */
    aggregateId: p.text(),
    accountNo: p.text().nullable(),
    borrowerId: p.text().nullable(),
    productId: p.text().nullable(),
    productClass: p.text().nullable(),
    jurisdiction: p.text().nullable(),
    currency: p.text().nullable(),
    /** AWAITING_SNAPSHOT until the account itself has been seen. */
    status: p.text(),
    principalMinor: p.bigint(),
    disbursedOn: p.date().nullable(),
    /** The postings of its position; the rest of it, which changes seldom, is in loan_base. */
    postings: p.json<unknown>(),
    version: p.integer(),
    /** The assessment as of `assessedOn`. */
    result: p.text(),
    assessedOn: p.date().nullable(),
    overdueSince: p.date().nullable(),
    /** Merged, from the day on that days count for treatments. */
    paused: p.string().columnType('datemultirange'),
    outstandingPrincipalMinor: p.bigint(),
    outstandingInterestMinor: p.bigint(),
    outstandingFeeMinor: p.bigint(),
    outstandingPenaltyMinor: p.bigint(),
    outstandingMinor: p.bigint(),
    overduePrincipalMinor: p.bigint(),
    overdueInterestMinor: p.bigint(),
    overdueFeeMinor: p.bigint(),
    overduePenaltyMinor: p.bigint(),
    overdueMinor: p.bigint(),
    bucket: p.text(),
    qualityClass: p.integer(),
    /** The counter of default by the policy; ahead of the business date where that is only to come. */
    materialSince: p.date().nullable(),
    defaultSince: p.date().nullable(),
    nextDueOn: p.date().nullable(),
    /** The next business date on which the assessment changes if nothing happens. */
    nextStepOn: p.date().nullable(),
    /** What it will be from each of the next dates on, if nothing happens: src/storage/ageing.ts moves it there. */
    steps: p.json<unknown>().nullable(),
    /** The date of each step, ascending. */
    stepOn: p.array().columnType('date[]').nullable(),
    /** The next business date on which a case may be entered or a threshold crossed. */
    decidesOn: p.date().nullable(),
    /** The worst class of the borrower's loans, as decided at the last close of day. */
    obligorClass: p.integer(),
    /** What in the source's facts does not fit together. */
    doubts: p.array(),
    /** Facts came since the last close of day: what follows from them is decided at the next. */
    touched: p.boolean(),
    /** The oldest effective date among those facts: flags reported on or after it are judged again. */
    touchedFrom: p.date().nullable(),
    /** Arrears episodes so far, and whether one runs, as decided at the last close of day. */
    episode: p.integer(),
    inArrears: p.boolean(),
    episodeSince: p.date().nullable(),
  },
});

export const LoanBase = defineEntity({
  name: 'LoanBase',
  tableName: 'loan_base',
  properties: {
    loanId: p.text().primary(),
    base: p.json<unknown>(),
  },
});

export const Instalment = defineEntity({
  name: 'Instalment',
  tableName: 'instalment',
  indexes: [{ properties: ['loanId', 'number'] }],
  properties: {
    id: p.text().primary(),
    loanId: p.text(),
    number: p.integer(),
    dueOn: p.date(),
    currency: p.text(),
    principalDueMinor: p.bigint(),
    interestDueMinor: p.bigint(),
    feeDueMinor: p.bigint(),
    penaltyDueMinor: p.bigint(),
    dueMinor: p.bigint(),
    outstandingMinor: p.bigint(),
  },
});

export const Repayment = defineEntity({
  name: 'Repayment',
  tableName: 'repayment',
  indexes: [{ properties: ['loanId', 'valueOn', 'id'] }],
  properties: {
    id: p.text().primary(),
    loanId: p.text(),
    transactionRef: p.text(),
    kind: p.text(),
    valueOn: p.date(),
    postedOn: p.date(),
    currency: p.text(),
    amountMinor: p.bigint(),
    reversedOn: p.date().nullable(),
    recordedAt: p.datetime(6),
  },
});

export const Collateral = defineEntity({
  name: 'Collateral',
  tableName: 'collateral',
  indexes: [{ properties: ['borrowerId'] }, { properties: ['loanId'] }],
  properties: {
    id: p.text().primary(),
    borrowerId: p.text(),
    loanId: p.text().nullable(),
    collateralRef: p.text(),
    kind: p.text(),
    description: p.text(),
    currency: p.text(),
    valueMinor: p.bigint(),
    valuedOn: p.date(),
    sequence: p.bigint(),
    /** The aggregate of its events. */
    sourceRef: p.text().nullable(),
  },
});
