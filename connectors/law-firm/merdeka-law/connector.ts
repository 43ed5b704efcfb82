// Merdeka Law takes cases as perkara, in Indonesian words and snake_case.
import type { PartnerSettings } from '../../contract.js';
import type { LawFirm } from '../../contract/law-firm.js';
import { createHttp } from '../../http.js';
import { manifestSignerOf } from '../../manifest.js';
import {
  readCallback,
  toAnswer,
  toInstruksi,
  toKeputusanTagihan,
  toLampiran,
  toLookUp,
  toPembayaran,
  toPencabutan,
  toPerkara,
} from './mapping.js';

export function createMerdekaLaw(settings: PartnerSettings): LawFirm {
  const http = createHttp(settings);
  const sign = manifestSignerOf(settings);
  return {
    id: 'merdeka-law',
    kind: 'LAW_FIRM',
    name: 'Merdeka Law',
    operations: {
      placeClaim: async (order, call) =>
        toAnswer(await http.send('POST', '/v1/perkara', call, toPerkara(order, await sign(order.evidence)))),
      addEvidence: async (order, call) => toAnswer(await http.send('POST', '/v1/lampiran', call, toLampiran(order))),
      instruct: async (order, call) => toAnswer(await http.send('POST', '/v1/instruksi', call, toInstruksi(order))),
      reportDirectPayment: async (order, call) => toAnswer(await http.send('POST', '/v1/pembayaran', call, toPembayaran(order))),
      withdrawClaim: async (order, call) => toAnswer(await http.send('POST', '/v1/pencabutan', call, toPencabutan(order))),
      decideInvoice: async (order, call) => toAnswer(await http.send('POST', '/v1/keputusan-tagihan', call, toKeputusanTagihan(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/v1/pengiriman/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
