// How Lotus Recovery says it: placements.
import type { PlacementOrder, PlacementRecall } from '../../contract/agency.js';
import { asPublished, publishedCallback, speech } from '../../words.js';

export const toPlacement = (order: PlacementOrder) => ({ ...order });

export const toRecall = (order: PlacementRecall) => ({ caseRef: order.caseRef, reason: order.reason });

export const { toAnswer, toLookUp, readCallback } = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'placementId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished('placement.acknowledged', 'placement.refused', 'placement.status', 'placement.recalled', 'placement.closed'),
});
