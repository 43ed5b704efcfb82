// How a message to the borrower is kept.
import { defineEntity, p } from '@mikro-orm/core';

/** A message to the borrower with the figures that it stated. */
export const Communication = defineEntity({
  name: 'Communication',
  tableName: 'communication',
  indexes: [{ properties: ['caseId', 'decidedOn', 'id'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    loanId: p.text(),
    handoffId: p.text(),
    type: p.text(),
    templateId: p.text(),
    channel: p.text(),
    language: p.text(),
    text: p.text(),
    currency: p.text(),
    overdueMinor: p.bigint(),
    daysPastDue: p.integer(),
    payBy: p.date(),
    decidedOn: p.date(),
    /** OWED, SENT, DELIVERED, FAILED */
    state: p.text(),
    partnerSequence: p.bigint(),
  },
});
