// How Lotus Recovery says it: placements.
import type { PlacementOrder, PlacementRecall } from '../../contract/agency.js';
import { readRemittanceNews } from '../../remittance-news.js';
import { asPublished, publishedCallback, speech, type Speech } from '../../words.js';

export const toPlacement = (order: PlacementOrder) => ({ ...order });

export const toRecall = (order: PlacementRecall) => ({ caseRef: order.caseRef, reason: order.reason });

const said = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'placementId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished(
    'placement.acknowledged',
    'placement.refused',
    'placement.status',
    'placement.recalled',
    'placement.closed',
    'remittance.submitted',
  ),
});

export const { toAnswer, toLookUp } = said;

export const readCallback: Speech['readCallback'] = (body) => {
  const read = said.readCallback(body);
  return 'callback' in read ? readRemittanceNews(read.callback) : read;
};
