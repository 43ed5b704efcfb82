// How Nusa Credit Bureau says it: reports by key and version.
import type { OverdueReport, ReportWithdrawal } from '../../contract.js';
import { asPublished, publishedCallback, speech } from '../../words.js';

export const toReport = ({ asOf, ...order }: OverdueReport) => ({ ...order, reportingDate: asOf });

export const toWithdrawal = ({ asOf, ...order }: ReportWithdrawal) => ({ ...order, reportingDate: asOf });

export const { toAnswer, toLookUp, readCallback } = speech({
  status: { field: 'result', yes: 'RECORDED', no: 'REJECTED', unknown: 'NOT_FOUND' },
  ref: 'receipt',
  code: 'code',
  reason: 'message',
  callback: publishedCallback,
  types: asPublished('report.recorded', 'report.rejected'),
});
