// Lotus Recovery works placed cases for a commission.
import type { PartnerSettings } from '../../contract.js';
import type { Agency } from '../../contract/agency.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toLookUp, toPlacement, toRecall } from './mapping.js';

export function createLotusRecovery(settings: PartnerSettings): Agency {
  const http = createHttp(settings);
  return {
    id: 'lotus-recovery',
    kind: 'AGENCY',
    name: 'Lotus Recovery',
    operations: {
      placeCase: async (order, call) => toAnswer(await http.send('POST', '/placements', call, toPlacement(order))),
      recallCase: async (order, call) =>
        toAnswer(await http.send('POST', `/placements/${encodeURIComponent(order.orderDeliveryId)}/recall`, call, toRecall(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
