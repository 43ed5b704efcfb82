// Hand-overs for checks: each of its own, to any operation of any partner, on cases that are there.
import { handoffIdOf, oweHandoffs, type OwedHandoff } from '../../src/storage/handoffs.js';
import type { Store } from '../../src/storage/store.js';
import { orderOf } from '../support/orders.js';

/** Operations that any partner takes without having been told anything before. */
export const firstOrders: readonly [connectorId: string, operation: string][] = [
  ['harbor-legal', 'placeClaim'],
  ['merdeka-law', 'placeClaim'],
  ['lotus-recovery', 'placeCase'],
  ['summit-assets', 'assignPortfolio'],
  ['nusa-bureau', 'reportOverdue'],
  ['courier', 'sendReminder'],
];

let made = 0;

/** @returns the ids of the deliveries */
export async function owe(
  store: Store,
  caseIds: readonly string[],
  wanted: readonly (readonly [connectorId: string, operation: string])[],
): Promise<string[]> {
  const owed = wanted.map(([connectorId, operation]): OwedHandoff => {
    const n = ++made;
    const deliveryKey = `check/${process.pid}/${n}`;
    const payload = orderOf(operation, undefined, n) as Record<string, unknown>;
    return { deliveryKey, caseId: caseIds[n % caseIds.length]!, connectorId, operation, lane: deliveryKey, laneSequence: 1n, payload };
  });
  await store.transaction((tx) => oweHandoffs(tx, owed));
  return owed.map(({ deliveryKey }) => handoffIdOf(deliveryKey));
}
