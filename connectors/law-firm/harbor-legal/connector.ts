// Harbor Legal takes litigation cases through its matters API. No retry, breaker or try/catch in sight: those wrap it.
import type { PartnerSettings } from '../../contract.js';
import type { LawFirm } from '../../contract/law-firm.js';
import { createHttp } from '../../http.js';
import { manifestSignerOf } from '../../manifest.js';
import {
  readCallback,
  toAnswer,
  toDocument,
  toInstruction,
  toInvoiceDecision,
  toLookUp,
  toMatter,
  toPayment,
  toWithdrawal,
} from './mapping.js';

export function createHarborLegal(settings: PartnerSettings): LawFirm {
  const http = createHttp(settings);
  const sign = manifestSignerOf(settings);
  const at = ({ orderDeliveryId }: { orderDeliveryId: string }, what: string) => `/matters/${encodeURIComponent(orderDeliveryId)}/${what}`;
  return {
    id: 'harbor-legal',
    kind: 'LAW_FIRM',
    name: 'Harbor Legal',
    operations: {
      placeClaim: async (order, call) => toAnswer(await http.send('POST', '/matters', call, toMatter(order, await sign(order.evidence)))),
      addEvidence: async (order, call) => toAnswer(await http.send('POST', at(order, 'documents'), call, toDocument(order))),
      instruct: async (order, call) => toAnswer(await http.send('POST', at(order, 'instructions'), call, toInstruction(order))),
      reportDirectPayment: async (order, call) => toAnswer(await http.send('POST', at(order, 'payments'), call, toPayment(order))),
      withdrawClaim: async (order, call) => toAnswer(await http.send('POST', at(order, 'withdrawal'), call, toWithdrawal(order))),
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
