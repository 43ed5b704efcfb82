// How files to credit bureaus are kept: each file with its bytes, the account that each of its records tells, and what the bureau said of them.
import { defineEntity, p } from '@mikro-orm/core';

export const BureauFile = defineEntity({
  name: 'BureauFile',
  tableName: 'bureau_file',
  uniques: [{ properties: ['bureauId', 'sequence'] }],
  properties: {
    id: p.text().primary(),
    bureauId: p.text(),
    tenant: p.text(),
    format: p.text(),
    /** PERIOD, RESUBMISSION, CORRECTION */
    kind: p.text(),
    periodFrom: p.date(),
    periodTo: p.date(),
    /** Of the bureau, without gaps; none of a file that had nothing to tell. */
    sequence: p.bigint().nullable(),
    /** The newest fact that it was made from, in the order in which facts are learned, and when that order was drawn. */
    knownThrough: p.bigint(),
    knownAt: p.datetime(6),
    /** The business date on which it is said to be made. */
    createdOn: p.date(),
    dueOn: p.date(),
    /** As they were: the same settings make the same bytes. */
    settings: p.json<Record<string, unknown>>(),
    /** ORDERED, EMPTY, MADE, SENT, RECEIVED, ACCEPTED, PARTLY_ACCEPTED, REJECTED, SUPERSEDED */
    state: p.text(),
    records: p.integer(),
    heldBack: p.integer(),
    madeAt: p.datetime(6).nullable(),
    sentAt: p.datetime(6).nullable(),
    /** The business date on which the bureau's last word came. */
    answeredOn: p.date().nullable(),
    orderedBy: p.text(),
  },
});

export const BureauFilePart = defineEntity({
  name: 'BureauFilePart',
  tableName: 'bureau_file_part',
  indexes: [{ properties: ['fileId'] }, { properties: ['name'] }],
  properties: {
    id: p.text().primary(),
    fileId: p.text(),
    ordinal: p.integer(),
    part: p.text(),
    name: p.text(),
    sha256: p.text(),
    bytes: p.bigint(),
    totals: p.json<Record<string, number>>(),
    /** Null until the bureau answers: TAKEN, REFUSED; and at which level it did last. */
    answer: p.text().nullable(),
    answerLevel: p.text().nullable(),
  },
});

export const BureauFileChunk = defineEntity({
  name: 'BureauFileChunk',
  tableName: 'bureau_file_chunk',
  properties: {
    partId: p.text().primary(),
    ordinal: p.integer().primary(),
    bytes: p.blob(),
  },
});

/** What one record of a file told of one account. */
export const BureauItem = defineEntity({
  name: 'BureauItem',
  tableName: 'bureau_item',
  indexes: [
    { properties: ['bureauId', 'aggregateId', 'version'] },
    { properties: ['loanId'] },
    { properties: ['fileId', 'borrowerRef', 'accountRef'] },
  ],
  properties: {
    id: p.text().primary(),
    fileId: p.text(),
    bureauId: p.text(),
    aggregateId: p.text(),
    loanId: p.text(),
    accountRef: p.text(),
    /** Where it tells that the number changed. */
    formerAccountRef: p.text().nullable(),
    borrowerRef: p.text(),
    /** Rises with everything that is told of the account to the bureau in files. */
    version: p.integer(),
    action: p.text(),
    segments: p.array(),
    /** Of a dispute, as the record has it. */
    mark: p.text().nullable(),
    /** Under which the bureau may answer. */
    keys: p.array(),
    /** HELD_BACK, PENDING, ACCEPTED, WARNED, REJECTED, CORRECTED, DELETED */
    state: p.text(),
    /** Of what it says of the account, in hex. */
    recordSha256: p.text(),
    /** The account is over with it. */
    ended: p.boolean(),
    daysPastDue: p.integer(),
    qualityClass: p.integer(),
    currency: p.text(),
    outstandingMinor: p.bigint(),
    overdueMinor: p.bigint(),
    policyVersion: p.text(),
    facts: p.integer(),
    corrects: p.text().nullable(),
    correctedBy: p.text().nullable(),
  },
});

export const BureauProblem = defineEntity({
  name: 'BureauProblem',
  tableName: 'bureau_problem',
  indexes: [{ properties: ['fileId'] }, { properties: ['itemId'] }],
  properties: {
    id: p.text().primary(),
    fileId: p.text(),
    /** Null where the file as a whole is meant. */
    itemId: p.text().nullable(),
    part: p.text().nullable(),
    /** The gateway found it before anything was sent, or the bureau. */
    foundBy: p.text(),
    code: p.text(),
    field: p.text().nullable(),
    words: p.text(),
    /** What the code means, where the format knows it. */
    explanation: p.text().nullable(),
    warning: p.boolean(),
  },
});

export const BureauAnswer = defineEntity({
  name: 'BureauAnswer',
  tableName: 'bureau_answer',
  indexes: [{ properties: ['fileId'] }],
  properties: {
    /** Of the bureau and the bytes: the same answer is taken once. */
    id: p.text().primary(),
    bureauId: p.text(),
    fileId: p.text(),
    part: p.text(),
    name: p.text(),
    level: p.text(),
    taken: p.boolean(),
    sha256: p.text(),
    bytes: p.blob(),
    receivedAt: p.datetime(6).defaultRaw('now()'),
    number: p.bigint().autoincrement(),
  },
});
