// Summit Assets' side of the wire.
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';

export const summitAssets: PartnerSpec = {
  id: 'summit-assets',
  name: 'Summit Assets',
  kind: 'Asset manager',
  port: 4104,
  refPrefix: 'SA',
  callback: plainCallback,
  words: { ...plainWords, ref: 'portfolioId' },
  operations: [
    { name: 'assignPortfolio', method: 'POST', path: /^\/portfolios$/, requires: ['portfolio', 'cutOff', 'price.amount', 'loans'] },
  ],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: { assignPortfolio: 'assignment.accepted' },
  steps: ['assignment.settled', 'assignment.refused'],
};
