// The life of an agency placement as a table, and whether the agency is the one who may contact.

export const placementStates = [
  'OFFERED',
  'ACKNOWLEDGED',
  'WORKING',
  'RECALL_REQUESTED',
  'OBJECTED',
  'REFUSED',
  'RECALLED',
  'RETURNED',
  'EXPIRED',
  'CLOSED',
] as const;
export type PlacementState = (typeof placementStates)[number];
export const placementStepNames = [
  'ACKNOWLEDGED',
  'REFUSED',
  'STATUS',
  'RECALL_REQUESTED',
  'RECALL_OBJECTED',
  'OBJECTION_GRANTED',
  'RECALLED',
  'RETURNED',
  'EXPIRED',
  'CLOSED',
] as const;
export type PlacementStepName = (typeof placementStepNames)[number];

/** However far it has come, it may end: the agency has the last word on what it no longer works. */
const ends = { RECALLED: 'RECALLED', RETURNED: 'RETURNED', EXPIRED: 'EXPIRED', CLOSED: 'CLOSED' } as const;

export const placementSteps: Record<PlacementState, Partial<Record<PlacementStepName, PlacementState>>> = {
  OFFERED: { ACKNOWLEDGED: 'ACKNOWLEDGED', REFUSED: 'REFUSED', STATUS: 'WORKING', RECALL_REQUESTED: 'RECALL_REQUESTED', ...ends },
  ACKNOWLEDGED: { STATUS: 'WORKING', REFUSED: 'REFUSED', RECALL_REQUESTED: 'RECALL_REQUESTED', ...ends },
  WORKING: { STATUS: 'WORKING', RECALL_REQUESTED: 'RECALL_REQUESTED', ...ends },
  RECALL_REQUESTED: {
    RECALL_REQUESTED: 'RECALL_REQUESTED',
    STATUS: 'RECALL_REQUESTED',
    REFUSED: 'REFUSED',
    RECALL_OBJECTED: 'OBJECTED',
    ...ends,
  },
  OBJECTED: { STATUS: 'OBJECTED', OBJECTION_GRANTED: 'WORKING', ...ends },
  REFUSED: {},
  RECALLED: {},
  RETURNED: {},
  EXPIRED: {},
  CLOSED: {},
};

export const endedPlacements: readonly PlacementState[] = ['REFUSED', 'RECALLED', 'RETURNED', 'EXPIRED', 'CLOSED'];

export const isLivePlacement = (state: PlacementState): boolean => !endedPlacements.includes(state);

/** Region F of the case. */
export const placementRegionOf = (state: PlacementState): string =>
  state === 'RECALL_REQUESTED' ? state : state === 'OBJECTED' ? 'RECALL_OBJECTED' : isLivePlacement(state) ? 'PLACED' : 'NONE';

export const placementCallbacks: Readonly<Record<string, PlacementStepName>> = {
  'placement.acknowledged': 'ACKNOWLEDGED',
  'placement.refused': 'REFUSED',
  'placement.status': 'STATUS',
  'placement.recallObjected': 'RECALL_OBJECTED',
  'placement.recalled': 'RECALLED',
  'placement.returned': 'RETURNED',
  'placement.closed': 'CLOSED',
};
