// How Nusa Credit Bureau says it: reports by key and version, a ledger in pages.
import { PartnerFault } from '../../contract.js';
import type { InquiryOrder, LedgerPage } from '../../contract/credit-bureau.js';
import { asPublished, judgedCallback, publishedCallback, speech } from '../../words.js';
import { problemOfNews } from './news.js';

/** All orders but an inquiry name the date that they are of alike. */
export const toReport = <Order extends { asOf: string }>({ asOf, ...order }: Order) => ({ ...order, reportingDate: asOf });

export const toInquiry = ({ asOf, ...order }: InquiryOrder) => ({ ...order, requestedOn: asOf });

/** @throws PartnerFault when it is no page of a ledger */
export function toLedgerPage(data: any): LedgerPage {
  if (!Array.isArray(data?.entries)) throw new PartnerFault('no', 'the ledger has no entries');
  return { entries: data.entries, next: data.next ?? null };
}

const said = speech({
  status: { field: 'result', yes: 'RECORDED', no: 'REJECTED', unknown: 'NOT_FOUND' },
  ref: 'receipt',
  code: 'code',
  reason: 'message',
  callback: publishedCallback,
  types: asPublished(
    'report.recorded',
    'report.rejected',
    'dispute.opened',
    'dispute.closed',
    'inquiry.completed',
    'inquiry.noHit',
    'inquiry.refused',
  ),
});

export const { toAnswer, toLookUp } = said;

export const readCallback = judgedCallback(said.readCallback, problemOfNews);
