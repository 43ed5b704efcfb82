// Nusa Credit Bureau is told of overdue accounts one event at a time.
import type { CreditBureau, PartnerSettings } from '../../contract.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toLookUp, toReport, toWithdrawal } from './mapping.js';

export function createNusaBureau(settings: PartnerSettings): CreditBureau {
  const http = createHttp(settings);
  return {
    id: 'nusa-bureau',
    kind: 'CREDIT_BUREAU',
    name: 'Nusa Credit Bureau',
    operations: {
      reportOverdue: async (order, call) => toAnswer(await http.send('POST', '/v2/reports', call, toReport(order))),
      correctReport: async (order, call) =>
        toAnswer(await http.send('PUT', `/v2/reports/${encodeURIComponent(order.reportKey)}`, call, toReport(order))),
      withdrawReport: async (order, call) =>
        toAnswer(await http.send('POST', `/v2/reports/${encodeURIComponent(order.reportKey)}/withdrawal`, call, toWithdrawal(order))),
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/v2/submissions/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
