// An order to a buyer about a sale as a whole: each buyer gets them in the order in which the sale changed.
import type { OwedHandoff } from '../storage/handoffs.js';
import type { SaleRow } from '../storage/sales.js';

/** @param sale as it is after the change */
export const toBuyer = (
  sale: SaleRow,
  buyerId: string,
  order: Pick<OwedHandoff, 'deliveryKey' | 'operation' | 'payload'> & { laneSequence?: bigint },
): OwedHandoff => ({
  caseId: sale.leadCaseId,
  connectorId: buyerId,
  lane: `sale/${sale.ref}/${buyerId}`,
  laneSequence: 2n + BigInt(sale.version),
  ...order,
});
