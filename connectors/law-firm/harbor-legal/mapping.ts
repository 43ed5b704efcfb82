// How Harbor Legal says it: matters, in camelCase.
import type { ClaimOrder, ClaimWithdrawal, InvoiceDecision } from '../../contract/law-firm.js';
import { readRemittanceNews } from '../../remittance-news.js';
import { asPublished, publishedCallback, speech, type Speech } from '../../words.js';
import { readSubmission } from '../ledes/submitted.js';

export const toMatter = (order: ClaimOrder) => ({
  clientReference: order.caseRef,
  jurisdiction: order.jurisdiction,
  debtor: order.debtor,
  claims: order.claim,
  documents: order.evidence,
  ...(order.instructions ? { instructions: order.instructions } : {}),
});

export const toWithdrawal = (order: ClaimWithdrawal) => ({ clientReference: order.caseRef, reason: order.reason });

export const toInvoiceDecision = ({ orderDeliveryId: _, caseRef, ...order }: InvoiceDecision) => ({ clientReference: caseRef, ...order });

const said = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'matterId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished(
    'matter.accepted',
    'matter.refused',
    'matter.demandSent',
    'matter.filed',
    'matter.preservationGranted',
    'matter.hearingScheduled',
    'matter.judgmentGiven',
    'matter.enforcementStarted',
    'matter.closed',
    'invoice.submitted',
    'remittance.submitted',
  ),
});

export const { toAnswer, toLookUp } = said;

export const readCallback: Speech['readCallback'] = (body) => {
  const read = said.readCallback(body);
  if (!('callback' in read)) return read;
  return read.callback.type === 'remittance.submitted' ? readRemittanceNews(read.callback) : readSubmission(read.callback);
};
