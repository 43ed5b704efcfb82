// Who follows what a partner says: by the type of a callback, and by the operation that was answered. A line each.
import { inquiryCallbacks } from '../domain/inquiry/inquiry.js';
import type { Fact } from '../domain/fact.js';
import { matterCallbacks } from '../domain/legal/matter.js';
import { placementCallbacks } from '../domain/placement/placement.js';
import { saleCallbacks } from '../domain/sale/sale.js';
import type { Tx } from '../storage/store.js';
import { followResponse } from './bureau-dispute.js';
import { followReportAnswer, followReportNews, openSentDispute } from './follow-bureau.js';
import { followInquiry } from './follow-inquiry.js';
import { followClaimAnswer, followEvidenceAnswer, followMatter, followPaymentAnswer } from './follow-matter.js';
import { followMessage } from './follow-message.js';
import { followPlacement } from './follow-placement.js';
import { followInvoice } from './record-invoice.js';
import { followAward } from './award-sale.js';
import { followBid, followTape } from './follow-bid.js';
import { followPassedOn, followSale } from './follow-sale.js';
import { followPutBack, followReturn } from './return-loan.js';
import type { FinalAnswer, News } from './news.js';
import { reportOperations } from './say-to-bureau.js';

/** @returns false when the case was told nothing of it */
type Follower = (tx: Tx, fact: Fact, news: News) => Promise<boolean | void>;
type AnswerFollower = (tx: Tx, fact: Fact, news: News, answer: FinalAnswer) => Promise<void>;

const each = <Step extends string>(
  steps: Readonly<Record<string, Step>>,
  follow: (tx: Tx, fact: Fact, news: News, step: Step) => Promise<boolean | void>,
): Record<string, Follower> =>
  Object.fromEntries(Object.entries(steps).map(([type, step]) => [type, (tx: Tx, fact: Fact, news: News) => follow(tx, fact, news, step)]));

/** By the type of a callback. */
export const callbackFollowers: Readonly<Record<string, Follower>> = {
  ...each(matterCallbacks, followMatter),
  ...each(placementCallbacks, followPlacement),
  ...each(saleCallbacks, followSale),
  'bid.submitted': followBid,
  'putBack.requested': followPutBack,
  ...each(inquiryCallbacks, followInquiry),
  ...each({ 'message.delivered': 'DELIVERED', 'message.failed': 'FAILED' }, followMessage),
  ...each({ 'report.recorded': 'ACCEPTED', 'report.rejected': 'REFUSED' }, followReportNews),
  'dispute.opened': openSentDispute,
  'invoice.submitted': followInvoice,
};

/** By the operation that was answered. What was given up may be with the partner all the same: a person decides, and what hangs on it does not move. */
export const answerFollowers: Readonly<Record<string, Partial<Record<FinalAnswer['is'], AnswerFollower>>>> = {
  addEvidence: { accepted: followEvidenceAnswer },
  reportDirectPayment: { accepted: followPaymentAnswer },
  placeClaim: { accepted: followClaimAnswer, refused: (tx, fact, news) => followMatter(tx, fact, news, 'REFUSED') },
  placeCase: { refused: (tx, fact, news) => followPlacement(tx, fact, news, 'REFUSED') },
  assignPortfolio: { refused: (tx, fact, news) => followSale(tx, fact, news, 'REFUSED') },
  publishTape: { refused: followTape },
  award: { refused: followAward },
  passOnPayment: { accepted: followPassedOn, refused: followPassedOn },
  recall: { accepted: followReturn, refused: followReturn },
  answerPutBack: { accepted: followReturn, refused: followReturn },
  requestInquiry: { refused: (tx, fact, news) => followInquiry(tx, fact, news, 'REFUSE') },
  respondDispute: { accepted: followResponse },
  sendReminder: {
    accepted: (tx, fact, news) => followMessage(tx, fact, news, 'SENT'),
    refused: (tx, fact, news) => followMessage(tx, fact, news, 'FAILED'),
  },
  ...Object.fromEntries(
    Object.values(reportOperations).map((operation) => [
      operation,
      { accepted: followReportAnswer, refused: followReportAnswer, parked: followReportAnswer },
    ]),
  ),
};
