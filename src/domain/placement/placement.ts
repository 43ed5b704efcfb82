// The life of an agency placement as a table, and whether the agency is the one who may contact.

export const placementStates = ['OFFERED', 'ACKNOWLEDGED', 'WORKING', 'RECALL_REQUESTED', 'REFUSED', 'RECALLED', 'CLOSED'] as const;
export type PlacementState = (typeof placementStates)[number];
export const placementStepNames = ['ACKNOWLEDGED', 'REFUSED', 'STATUS', 'RECALL_REQUESTED', 'RECALLED', 'CLOSED'] as const;
export type PlacementStepName = (typeof placementStepNames)[number];

export const placementSteps: Record<PlacementState, Partial<Record<PlacementStepName, PlacementState>>> = {
  OFFERED: {
    ACKNOWLEDGED: 'ACKNOWLEDGED',
    REFUSED: 'REFUSED',
    STATUS: 'WORKING',
    RECALL_REQUESTED: 'RECALL_REQUESTED',
    RECALLED: 'RECALLED',
    CLOSED: 'CLOSED',
  },
  ACKNOWLEDGED: { STATUS: 'WORKING', REFUSED: 'REFUSED', RECALL_REQUESTED: 'RECALL_REQUESTED', RECALLED: 'RECALLED', CLOSED: 'CLOSED' },
  WORKING: { STATUS: 'WORKING', RECALL_REQUESTED: 'RECALL_REQUESTED', RECALLED: 'RECALLED', CLOSED: 'CLOSED' },
  RECALL_REQUESTED: { RECALL_REQUESTED: 'RECALL_REQUESTED', STATUS: 'RECALL_REQUESTED', RECALLED: 'RECALLED', CLOSED: 'CLOSED' },
  REFUSED: {},
  RECALLED: {},
  CLOSED: {},
};

export const isLivePlacement = (state: PlacementState): boolean => !['REFUSED', 'RECALLED', 'CLOSED'].includes(state);

/** Region F of the case. */
export const placementRegionOf = (state: PlacementState): string =>
  state === 'RECALL_REQUESTED' ? state : isLivePlacement(state) ? 'PLACED' : 'NONE';

export const placementCallbacks: Readonly<Record<string, PlacementStepName>> = {
  'placement.acknowledged': 'ACKNOWLEDGED',
  'placement.refused': 'REFUSED',
  'placement.status': 'STATUS',
  'placement.recalled': 'RECALLED',
  'placement.closed': 'CLOSED',
};
