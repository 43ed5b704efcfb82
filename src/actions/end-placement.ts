// Ends a placement: the bank may contact again, the case cools off, and an agency that still works it is told to stop.
import { plusDays } from '../domain/day.js';
import type { LocalDate } from '../domain/fact.js';
import { placementRegionOf, type PlacementState } from '../domain/placement/placement.js';
import { policyFor } from '../policies/index.js';
import type { AgencyPlacement } from '../storage/definitions/placements.js';
import type { OwedHandoff } from '../storage/handoffs.js';
import type { InferEntity } from '../storage/store.js';
import type { CaseRow } from './change-case.js';

export type PlacementRow = InferEntity<typeof AgencyPlacement>;

/** A placement that was refused was none: nothing cools off. */
export function endPlacement(theCase: CaseRow, placement: PlacementRow, state: PlacementState, today: LocalDate): void {
  Object.assign(placement, { state, closedOn: today, statusDueOn: null, recallDueOn: null, version: placement.version + 1 });
  theCase.placement = placementRegionOf(state);
  const { coolingOffDays } = policyFor(theCase.jurisdiction, today).placement;
  theCase.placeableFrom = state === 'REFUSED' || coolingOffDays === 0 ? null : plusDays(today, coolingOffDays);
}

/** Owed where the agency has not said itself that it is done. */
export const finalRecallOf = (
  theCase: CaseRow,
  placement: PlacementRow,
  laneSequence: bigint,
  reason: string,
  effectiveOn: LocalDate,
): OwedHandoff => ({
  deliveryKey: `recall/${placement.id}/final`,
  caseId: theCase.id,
  connectorId: placement.agencyId,
  operation: 'finalRecall',
  lane: laneOf(theCase, placement),
  laneSequence,
  payload: { orderDeliveryId: placement.handoffId, caseRef: theCase.ref, reason, effectiveOn },
});

export const laneOf = (theCase: CaseRow, { agencyId }: Pick<PlacementRow, 'agencyId'>): string => `${theCase.id}/${agencyId}`;
