// How the sale of cases is kept.
import { defineEntity, p } from '@mikro-orm/core';

export const PortfolioSale = defineEntity({
  name: 'PortfolioSale',
  tableName: 'portfolio_sale',
  properties: {
    id: p.text().primary(),
    ref: p.text().unique(),
    buyerId: p.text(),
    handoffId: p.text(),
    /** SIGNED, ASSIGNED, REFUSED, SETTLED */
    state: p.text(),
    cutOffAt: p.datetime(6),
    currency: p.text(),
    priceMinor: p.bigint(),
    loans: p.integer(),
    partnerRef: p.text().nullable(),
    partnerSequence: p.bigint(),
    closedOn: p.date(),
    version: p.integer(),
  },
});

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
