// Summit Assets' side of the wire.
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';
import { openSummitDesk } from './desk.js';

export const summitAssets: PartnerSpec = {
  id: 'summit-assets',
  name: 'Summit Assets',
  kind: 'Asset manager',
  port: 4104,
  refPrefix: 'SA',
  callback: plainCallback,
  words: { ...plainWords, ref: 'portfolioId' },
  operations: [
    {
      name: 'publishTape',
      method: 'POST',
      path: /^\/tapes$/,
      requires: ['portfolio', 'asOf', 'bidsCloseAt', 'lines', 'totals.loans', 'totals.principal', 'totals.legalBalance', 'sha256'],
    },
    { name: 'award', method: 'POST', path: /^\/tapes\/([^/]+)\/award$/, requires: ['bid', 'outcome'] },
    { name: 'assignPortfolio', method: 'POST', path: /^\/portfolios$/, requires: ['portfolio', 'cutOff', 'price.amount', 'loans'] },
    {
      name: 'notifyDebtor',
      method: 'POST',
      path: /^\/portfolios\/([^/]+)\/notices$/,
      requires: ['accountRefs', 'method', 'evidenceRef', 'evidenceSha256', 'notifiedOn'],
    },
    {
      name: 'passOnPayment',
      method: 'POST',
      path: /^\/portfolios\/([^/]+)\/payments$/,
      requires: ['accountRef', 'paymentRef', 'number', 'kind', 'amount.amount', 'valueOn'],
    },
    {
      name: 'recall',
      method: 'POST',
      path: /^\/portfolios\/([^/]+)\/recalls$/,
      requires: ['accountRef', 'ground', 'reason', 'refund.amount'],
    },
    {
      name: 'answerPutBack',
      method: 'POST',
      path: /^\/portfolios\/([^/]+)\/put-back-answers$/,
      requires: ['accountRef', 'putBackRef', 'accepted', 'words'],
    },
  ],
  desk: openSummitDesk,
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: {},
  steps: ['bid.submitted', 'assignment.accepted', 'assignment.settled', 'assignment.refused', 'putBack.requested'],
};
