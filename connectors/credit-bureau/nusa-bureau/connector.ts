// Nusa Credit Bureau is told of overdue accounts one event at a time, and asked what it knows of a borrower.
import type { PartnerSettings } from '../../contract.js';
import type { CreditBureau } from '../../contract/credit-bureau.js';
import { createHttp } from '../../http.js';
import { readCallback, toAnswer, toInquiry, toLedgerPage, toLookUp, toReport } from './mapping.js';

export function createNusaBureau(settings: PartnerSettings): CreditBureau {
  const http = createHttp(settings);
  const report = ({ reportKey }: { reportKey: string }) => `/v2/reports/${encodeURIComponent(reportKey)}`;
  return {
    id: 'nusa-bureau',
    kind: 'CREDIT_BUREAU',
    name: 'Nusa Credit Bureau',
    operations: {
      reportOverdue: async (order, call) => toAnswer(await http.send('POST', '/v2/reports', call, toReport(order))),
      updateReport: async (order, call) => toAnswer(await http.send('POST', `${report(order)}/updates`, call, toReport(order))),
      correctReport: async (order, call) => toAnswer(await http.send('PUT', report(order), call, toReport(order))),
      withdrawReport: async (order, call) => toAnswer(await http.send('POST', `${report(order)}/withdrawal`, call, toReport(order))),
      deleteReport: async (order, call) => toAnswer(await http.send('POST', `${report(order)}/deletion`, call, toReport(order))),
      changeIdentifier: async (order, call) => toAnswer(await http.send('POST', '/v2/identifier-changes', call, toReport(order))),
      markDispute: async (order, call) => toAnswer(await http.send('PUT', `${report(order)}/dispute-mark`, call, toReport(order))),
      respondDispute: async (order, call) =>
        toAnswer(await http.send('POST', `/v2/disputes/${encodeURIComponent(order.disputeRef)}/response`, call, toReport(order))),
      requestInquiry: async (order, call) => toAnswer(await http.send('POST', '/v2/inquiries', call, toInquiry(order))),
    },
    async readLedger(page, signal) {
      const { data } = await http.send('GET', `/v2/ledger${page === null ? '' : `?after=${encodeURIComponent(page)}`}`, {
        deliveryId: 'ledger',
        signal,
      });
      return toLedgerPage(data);
    },
    lookUp: async (_operation, call) => toLookUp(await http.send('GET', `/v2/submissions/${encodeURIComponent(call.deliveryId)}`, call)),
    readCallback,
  };
}
