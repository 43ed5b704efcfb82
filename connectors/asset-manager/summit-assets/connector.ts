// Summit Assets bids for portfolios of claims and buys them.
import type { PartnerSettings } from '../../contract.js';
import type { AssetManager } from '../../contract/asset-manager.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toAward, toBody, toLookUp, toPortfolio, toTape } from './mapping.js';

export function createSummitAssets(settings: PartnerSettings): AssetManager {
  const http = createHttp(settings);
  const portfolio = ({ saleRef }: { saleRef: string }) => `/portfolios/${encodeURIComponent(saleRef)}`;
  return {
    id: 'summit-assets',
    kind: 'ASSET_MANAGER',
    name: 'Summit Assets',
    operations: {
      publishTape: async (order, call) => toAnswer(await http.send('POST', '/tapes', call, toTape(order))),
      award: async (order, call) =>
        toAnswer(await http.send('POST', `/tapes/${encodeURIComponent(order.saleRef)}/award`, call, toAward(order))),
      assignPortfolio: async (order, call) => toAnswer(await http.send('POST', '/portfolios', call, toPortfolio(order))),
      notifyDebtor: async (order, call) => toAnswer(await http.send('POST', `${portfolio(order)}/notices`, call, toBody(order))),
      passOnPayment: async (order, call) => toAnswer(await http.send('POST', `${portfolio(order)}/payments`, call, toBody(order))),
      recall: async (order, call) => toAnswer(await http.send('POST', `${portfolio(order)}/recalls`, call, toBody(order))),
      answerPutBack: async (order, call) => toAnswer(await http.send('POST', `${portfolio(order)}/put-back-answers`, call, toBody(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
