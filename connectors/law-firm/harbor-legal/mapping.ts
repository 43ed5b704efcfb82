// How Harbor Legal says it: matters, in camelCase.
import type {
  ClaimOrder,
  ClaimWithdrawal,
  DirectPayment,
  InvoiceDecision,
  MatterInstruction,
  MoreEvidence,
} from '../../contract/law-firm.js';
import { matterNews, problemOfMatterNews } from '../../contract/law-firm-news.js';
import { readRemittanceNews } from '../../remittance-news.js';
import { asPublished, publishedCallback, speech, type Speech } from '../../words.js';
import { readSubmission } from '../ledes/submitted.js';

/** @param signature of the manifest of its documents, where there is one */
export const toMatter = (order: ClaimOrder, signature?: string) => ({
  clientReference: order.caseRef,
  jurisdiction: order.jurisdiction,
  debtor: order.debtor,
  claims: order.claim,
  documents: order.evidence,
  ...(order.manifestSha256 ? { manifestSha256: order.manifestSha256 } : {}),
  ...(signature ? { manifestSignature: signature } : {}),
  ...(order.instructions ? { instructions: order.instructions } : {}),
});

export const toDocument = ({ caseRef, kind, document }: MoreEvidence) => ({ clientReference: caseRef, kind, document });

export const toInstruction = ({ caseRef, approve, instructedOn, note, amount }: MatterInstruction) => ({
  clientReference: caseRef,
  approve,
  instructedOn,
  ...(note ? { note } : {}),
  ...(amount ? { amount } : {}),
});

export const toPayment = ({ caseRef, kind, paymentRef, amount, paidOn, dueOn, claim }: DirectPayment) => ({
  clientReference: caseRef,
  kind,
  paymentRef,
  amount,
  paidOn,
  dueOn,
  claim,
});

export const toWithdrawal = (order: ClaimWithdrawal) => ({ clientReference: order.caseRef, reason: order.reason });

/** Its matter is in the path. */
export const toInvoiceDecision = ({ orderDeliveryId: _matter, caseRef, ...order }: InvoiceDecision) => ({
  clientReference: caseRef,
  ...order,
});

const said = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'matterId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished(...matterNews, 'invoice.submitted', 'remittance.submitted'),
});
export const { toAnswer, toLookUp } = said;

export const readCallback: Speech['readCallback'] = (body) => {
  const read = said.readCallback(body);
  if ('problem' in read) return read;
  if (read.callback.type === 'remittance.submitted') return readRemittanceNews(read.callback);
  if (read.callback.type === 'invoice.submitted') return readSubmission(read.callback);
  const problem = problemOfMatterNews(read.callback);
  return problem ? { problem } : read;
};
