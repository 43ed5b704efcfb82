// How invoices of law firms are kept, line by line, with what was found and what was decided.
import { defineEntity, p } from '@mikro-orm/core';

export const LawInvoice = defineEntity({
  name: 'LawInvoice',
  tableName: 'law_invoice',
  indexes: [
    { properties: ['caseId'] },
    { properties: ['matterId'] },
    { properties: ['lawFirmId', 'invoiceNumber'] },
    { properties: ['handoffId'] },
  ],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    matterId: p.text(),
    lawFirmId: p.text(),
    /** Null where the file could not be read, as all that the file would have said. */
    invoiceNumber: p.text().nullable(),
    invoiceDate: p.date().nullable(),
    billingFrom: p.date().nullable(),
    billingTo: p.date().nullable(),
    format: p.text().nullable(),
    fileName: p.text(),
    fileSha256: p.text(),
    /** Of the invoice as it was read, so that it is known when it comes again. */
    contentSha256: p.text(),
    currency: p.text().nullable(),
    totalMinor: p.bigint().nullable(),
    payableMinor: p.bigint().nullable(),
    /** src/domain/legal/invoice.ts */
    state: p.text(),
    result: p.text(),
    findings: p.array(),
    /** How many of its own findings leave only its rejection. */
    grave: p.integer(),
    /** Of the form of the file, as they are told to the firm. */
    problems: p.json<unknown[]>(),
    submittedOn: p.date(),
    policyVersion: p.text(),
    /** What one person has decided where two have to. */
    proposal: p.text().nullable(),
    proposedBy: p.text().nullable(),
    decidedOn: p.date().nullable(),
    decidedBy: p.text().nullable(),
    words: p.text().nullable(),
    handoffId: p.text().nullable(),
  },
});

export const LawInvoiceLine = defineEntity({
  name: 'LawInvoiceLine',
  tableName: 'law_invoice_line',
  indexes: [{ properties: ['invoiceId', 'ordinal'] }, { properties: ['contentSha256'] }],
  properties: {
    id: p.text().primary(),
    invoiceId: p.text(),
    ordinal: p.integer(),
    /** Of the file. */
    line: p.integer(),
    number: p.text(),
    type: p.text(),
    doneOn: p.date(),
    units: p.text().nullable(),
    unitCost: p.text().nullable(),
    adjustment: p.text().nullable(),
    taskCode: p.text().nullable(),
    expenseCode: p.text().nullable(),
    activityCode: p.text().nullable(),
    timekeeperId: p.text().nullable(),
    classification: p.text().nullable(),
    description: p.text(),
    contentSha256: p.text(),
    currency: p.text(),
    totalMinor: p.bigint(),
    payableMinor: p.bigint().nullable(),
    result: p.text(),
    findings: p.array(),
    reason: p.text().nullable(),
  },
});
