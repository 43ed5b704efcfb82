// How borrowers are kept: who they are, how they can be reached, who stands beside them.
import { defineEntity, p } from '@mikro-orm/core';

export const Borrower = defineEntity({
  name: 'Borrower',
  tableName: 'borrower',
  properties: {
    id: p.text().primary(),
    tenant: p.text(),
    /** The borrower's number at the source, with tenant and system: what `BorrowerUpdated` is about. */
    sourceRef: p.text(),
    borrowerNo: p.text(),
    name: p.text(),
    nationalId: p.text().nullable(),
    address: p.text().nullable(),
    jurisdiction: p.text(),
    language: p.text(),
    timeZone: p.text(),
    segment: p.text().nullable(),
    /** Whose customer it is, and in which portfolio: what tokens may be narrowed to. */
    branch: p.text().nullable(),
    portfolio: p.text().nullable(),
    /** The source's order token of the newest update that was applied. */
    sequence: p.bigint(),
  },
});

export const ContactPoint = defineEntity({
  name: 'ContactPoint',
  tableName: 'contact_point',
  indexes: [{ properties: ['borrowerId', 'ordinal'] }],
  properties: {
    id: p.text().primary(),
    borrowerId: p.text(),
    ordinal: p.integer(),
    channel: p.text(),
    value: p.text(),
    preferred: p.boolean(),
    consent: p.boolean(),
  },
});

export const Guarantor = defineEntity({
  name: 'Guarantor',
  tableName: 'guarantor',
  indexes: [{ properties: ['loanId'] }, { properties: ['borrowerId'] }],
  properties: {
    id: p.text().primary(),
    loanId: p.text(),
    borrowerId: p.text(),
    name: p.text(),
    phone: p.text().nullable(),
  },
});
