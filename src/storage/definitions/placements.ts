// How the placement of a case with an agency is kept.
import { defineEntity, p } from '@mikro-orm/core';

export const AgencyPlacement = defineEntity({
  name: 'AgencyPlacement',
  tableName: 'agency_placement',
  indexes: [{ properties: ['caseId'] }, { properties: ['handoffId'] }],
  properties: {
    id: p.text().primary(),
    caseId: p.text(),
    agencyId: p.text(),
    handoffId: p.text(),
    /** src/domain/placement/placement.ts */
    state: p.text(),
    placedOn: p.date(),
    expiresOn: p.date(),
    commissionRate: p.decimal().precision(9).scale(6),
    policyVersion: p.text(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    closedOn: p.date().nullable(),
    version: p.integer(),
  },
});
