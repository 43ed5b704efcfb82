// Hand-overs for checks: each of its own, to any operation of any partner, on cases that are there.
import { handoffIdOf, oweHandoffs, type OwedHandoff } from '../../src/storage/handoffs.js';
import type { Store } from '../../src/storage/store.js';
import { partners } from '../../connectors/index.js';
import { orderOf } from '../../src/conformance/samples.js';

/** Operations that any partner takes without having been told anything before. */
export const firstOrders: readonly [connectorId: string, operation: string][] = [
  ['harbor-legal', 'placeClaim'],
  ['merdeka-law', 'placeClaim'],
  ['lotus-recovery', 'placeCase'],
  ['summit-assets', 'assignPortfolio'],
  ['nusa-bureau', 'reportOverdue'],
  ['courier', 'sendReminder'],
];

const kindOf = (id: string) => partners[id]!({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 }).kind;
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
    const payload = orderOf(kindOf(connectorId), operation, undefined, n) as Record<string, unknown>;
    return { deliveryKey, caseId: caseIds[n % caseIds.length]!, connectorId, operation, lane: deliveryKey, laneSequence: 1n, payload };
  });
  await store.transaction((tx) => oweHandoffs(tx, owed));
  return owed.map(({ deliveryKey }) => handoffIdOf(deliveryKey));
}
