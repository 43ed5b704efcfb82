// How Lotus Recovery says it: placements.
import type {
  DirectPayment,
  FinalRecall,
  ObjectionAnswer,
  PlacementOrder,
  PlacementRecall,
  PlacementUpdate,
} from '../../contract/agency.js';
import { problemOfAgencyNews } from '../../contract/agency-news.js';
import { readRemittanceNews } from '../../remittance-news.js';
import { asPublished, judgedCallback, publishedCallback, speech, type Speech } from '../../words.js';

export const toPlacement = (order: PlacementOrder) => ({ ...order });

/** The placement that an order is about is named by the path. */
function withoutPlacement<Order extends { orderDeliveryId: string }>(order: Order): Omit<Order, 'orderDeliveryId'> {
  const { orderDeliveryId: _, ...body } = order;
  return body;
}

export const toUpdate = (order: PlacementUpdate) => withoutPlacement(order);
export const toDirectPayment = (order: DirectPayment) => withoutPlacement(order);
export const toRecall = (order: PlacementRecall) => withoutPlacement(order);
export const toObjectionAnswer = (order: ObjectionAnswer) => withoutPlacement(order);
export const toFinalRecall = (order: FinalRecall) => withoutPlacement(order);

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
    'placement.recallObjected',
    'placement.recalled',
    'placement.returned',
    'placement.closed',
    'remittance.submitted',
  ),
});
export const { toAnswer, toLookUp } = said;

const judged = judgedCallback(said.readCallback, problemOfAgencyNews);
export const readCallback: Speech['readCallback'] = (body) => {
  const read = judged(body);
  return 'callback' in read ? readRemittanceNews(read.callback) : read;
};
