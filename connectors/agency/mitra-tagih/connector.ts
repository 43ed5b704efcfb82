// Mitra Tagih takes cases as penugasan, in Indonesian words and snake_case; what an order is about is named in its body.
import type { Call, PartnerSettings } from '../../contract.js';
import type { Agency } from '../../contract/agency.js';
import { createHttp } from '../../http.js';
import {
  readCallback,
  toAnswer,
  toJawaban,
  toLookUp,
  toPembayaran,
  toPenarikan,
  toPenarikanFinal,
  toPenugasan,
  toPerubahan,
} from './mapping.js';

export function createMitraTagih(settings: PartnerSettings): Agency {
  const http = createHttp(settings);
  const send = async (path: string, call: Call, body: object) => toAnswer(await http.send('POST', `/v1/${path}`, call, body));
  return {
    id: 'mitra-tagih',
    kind: 'AGENCY',
    name: 'Mitra Tagih',
    operations: {
      placeCase: (order, call) => send('penugasan', call, toPenugasan(order)),
      updateCase: (order, call) => send('perubahan', call, toPerubahan(order)),
      reportDirectPayment: (order, call) => send('pembayaran-langsung', call, toPembayaran(order)),
      recallCase: (order, call) => send('penarikan', call, toPenarikan(order)),
      answerObjection: (order, call) => send('jawaban-keberatan', call, toJawaban(order)),
      finalRecall: (order, call) => send('penarikan-final', call, toPenarikanFinal(order)),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/v1/pengiriman/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
