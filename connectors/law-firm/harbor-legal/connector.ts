// Harbor Legal takes litigation cases through its matters API. No retry, breaker or try/catch in sight: those wrap it.
import type { PartnerSettings } from '../../contract.js';
import type { LawFirm } from '../../contract/law-firm.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toInvoiceDecision, toLookUp, toMatter, toWithdrawal } from './mapping.js';

export function createHarborLegal(settings: PartnerSettings): LawFirm {
  const http = createHttp(settings);
  return {
    id: 'harbor-legal',
    kind: 'LAW_FIRM',
    name: 'Harbor Legal',
    operations: {
      placeClaim: async (order, call) => toAnswer(await http.send('POST', '/matters', call, toMatter(order))),
      withdrawClaim: async (order, call) =>
        toAnswer(await http.send('POST', `/matters/${encodeURIComponent(order.orderDeliveryId)}/withdrawal`, call, toWithdrawal(order))),
      decideInvoice: async (order, call) =>
        toAnswer(
          await http.send(
            'POST',
            `/matters/${encodeURIComponent(order.orderDeliveryId)}/invoice-decisions`,
            call,
            toInvoiceDecision(order),
          ),
        ),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/deliveries/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
