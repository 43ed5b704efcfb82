// Courier carries messages to borrowers.
import type { PartnerSettings } from '../../contract.js';
import type { NotificationChannel } from '../../contract/notification.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toLookUp, toMessage } from './mapping.js';

export function createCourier(settings: PartnerSettings): NotificationChannel {
  const http = createHttp(settings);
  return {
    id: 'courier',
    kind: 'NOTIFICATION',
    name: 'Courier',
    operations: {
      sendReminder: async (order, call) => toAnswer(await http.send('POST', '/messages', call, toMessage(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
