// Lotus Recovery works placed cases for a commission.
import type { Call, PartnerSettings } from '../../contract.js';
import type { Agency } from '../../contract/agency.js';
import { createHttp } from '../../http.js';
import {
  readCallback,
  toAnswer,
  toDirectPayment,
  toFinalRecall,
  toLookUp,
  toObjectionAnswer,
  toPlacement,
  toRecall,
  toUpdate,
} from './mapping.js';

export function createLotusRecovery(settings: PartnerSettings): Agency {
  const http = createHttp(settings);
  const about = async (orderDeliveryId: string, what: string, call: Call, body: object) =>
    toAnswer(await http.send('POST', `/placements/${encodeURIComponent(orderDeliveryId)}/${what}`, call, body));
  return {
    id: 'lotus-recovery',
    kind: 'AGENCY',
    name: 'Lotus Recovery',
    operations: {
      placeCase: async (order, call) => toAnswer(await http.send('POST', '/placements', call, toPlacement(order))),
      updateCase: (order, call) => about(order.orderDeliveryId, 'updates', call, toUpdate(order)),
      reportDirectPayment: (order, call) => about(order.orderDeliveryId, 'direct-payments', call, toDirectPayment(order)),
      recallCase: (order, call) => about(order.orderDeliveryId, 'recall', call, toRecall(order)),
      answerObjection: (order, call) => about(order.orderDeliveryId, 'objection-answer', call, toObjectionAnswer(order)),
      finalRecall: (order, call) => about(order.orderDeliveryId, 'final-recall', call, toFinalRecall(order)),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
