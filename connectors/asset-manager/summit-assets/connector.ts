// Summit Assets buys portfolios of claims.
import type { PartnerSettings } from '../../contract.js';
import type { AssetManager } from '../../contract/asset-manager.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toLookUp, toPortfolio } from './mapping.js';

export function createSummitAssets(settings: PartnerSettings): AssetManager {
  const http = createHttp(settings);
  return {
    id: 'summit-assets',
    kind: 'ASSET_MANAGER',
    name: 'Summit Assets',
    operations: {
      assignPortfolio: async (order, call) => toAnswer(await http.send('POST', '/portfolios', call, toPortfolio(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
