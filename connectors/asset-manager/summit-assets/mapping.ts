// How Summit Assets says it: a sale is a portfolio, and its loans are accounts.
import type { AwardNotice, PortfolioAssignment, TapeOffer } from '../../contract/asset-manager.js';
import { asPublished, judgedCallback, publishedCallback, speech } from '../../words.js';
import { problemOfNews } from './news.js';

export const toTape = ({ saleRef, ...offer }: TapeOffer) => ({ portfolio: saleRef, ...offer });

export const toAward = ({ bidRef, outcome, price }: AwardNotice) => ({ bid: bidRef, outcome, ...(price ? { price } : {}) });

export const toPortfolio = ({ saleRef, cutOffAt, price, loans, contractRef, bidRef }: PortfolioAssignment) => ({
  portfolio: saleRef,
  cutOff: cutOffAt,
  price,
  loans,
  ...(contractRef ? { contract: contractRef } : {}),
  ...(bidRef ? { bid: bidRef } : {}),
});

/** What is about a portfolio that it has names it in the path. */
export function toBody<Order extends { saleRef: string }>(order: Order): Omit<Order, 'saleRef'> {
  const { saleRef: _, ...body } = order;
  return body;
}

const said = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'portfolioId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished('bid.submitted', 'assignment.accepted', 'assignment.refused', 'assignment.settled', 'putBack.requested'),
});

export const { toAnswer, toLookUp } = said;

export const readCallback = judgedCallback(said.readCallback, problemOfNews);
