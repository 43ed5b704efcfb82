// How Summit Assets says it: a portfolio with its loans.
import type { PortfolioAssignment } from '../../contract/asset-manager.js';
import { asPublished, publishedCallback, speech } from '../../words.js';

export const toPortfolio = (order: PortfolioAssignment) => ({
  portfolio: order.saleRef,
  cutOff: order.cutOffAt,
  price: order.price,
  loans: order.loans,
});

export const { toAnswer, toLookUp, readCallback } = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'portfolioId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished('assignment.accepted', 'assignment.refused', 'assignment.settled'),
});
