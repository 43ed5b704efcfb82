// The life of a legal matter as a table. To allow a step, add it to a row: nothing else decides.

export const matterStates = [
  'INSTRUCTED',
  'ACCEPTED',
  'DEMAND_SENT',
  'FILED',
  'HEARING',
  'JUDGMENT',
  'ENFORCEMENT',
  'WITHDRAWAL_REQUESTED',
  'REFUSED',
  'CLOSED',
] as const;
export type MatterState = (typeof matterStates)[number];
export const matterStepNames = [
  'ACCEPTED',
  'REFUSED',
  'DEMAND_SENT',
  'FILED',
  'PRESERVATION_GRANTED',
  'HEARING_SCHEDULED',
  'JUDGMENT_GIVEN',
  'ENFORCEMENT_STARTED',
  'WITHDRAWAL_REQUESTED',
  'CLOSED',
] as const;
export type MatterStepName = (typeof matterStepNames)[number];

/** Firms leave out news, so a matter may skip forward; it never goes back. Preservation stands beside the matter and moves nothing. */
export const matterSteps: Record<MatterState, Partial<Record<MatterStepName, MatterState>>> = {
  INSTRUCTED: {
    ACCEPTED: 'ACCEPTED',
    REFUSED: 'REFUSED',
    DEMAND_SENT: 'DEMAND_SENT',
    FILED: 'FILED',
    PRESERVATION_GRANTED: 'INSTRUCTED',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  ACCEPTED: {
    REFUSED: 'REFUSED',
    DEMAND_SENT: 'DEMAND_SENT',
    FILED: 'FILED',
    PRESERVATION_GRANTED: 'ACCEPTED',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  DEMAND_SENT: {
    FILED: 'FILED',
    PRESERVATION_GRANTED: 'DEMAND_SENT',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  FILED: {
    PRESERVATION_GRANTED: 'FILED',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  HEARING: {
    PRESERVATION_GRANTED: 'HEARING',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  JUDGMENT: {
    PRESERVATION_GRANTED: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    CLOSED: 'CLOSED',
  },
  ENFORCEMENT: { PRESERVATION_GRANTED: 'ENFORCEMENT', WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED', CLOSED: 'CLOSED' },
  // The firm may not withdraw, and the matter then goes on; it may be asked again.
  WITHDRAWAL_REQUESTED: {
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    FILED: 'FILED',
    PRESERVATION_GRANTED: 'WITHDRAWAL_REQUESTED',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    ENFORCEMENT_STARTED: 'ENFORCEMENT',
    CLOSED: 'CLOSED',
    REFUSED: 'CLOSED',
  },
  REFUSED: {},
  CLOSED: {},
};

export const isLiveMatter = (state: MatterState): boolean => state !== 'REFUSED' && state !== 'CLOSED';

/** Region D of the case. An ended matter leaves nothing behind. */
export const legalRegionOf = (state: MatterState): string => {
  if (state === 'ACCEPTED' || state === 'WITHDRAWAL_REQUESTED') return 'INSTRUCTED';
  return isLiveMatter(state) ? state : 'NONE';
};

/** The gateway's callback types and the steps they stand for. */
export const matterCallbacks: Readonly<Record<string, MatterStepName>> = {
  'matter.accepted': 'ACCEPTED',
  'matter.refused': 'REFUSED',
  'matter.demandSent': 'DEMAND_SENT',
  'matter.filed': 'FILED',
  'matter.preservationGranted': 'PRESERVATION_GRANTED',
  'matter.hearingScheduled': 'HEARING_SCHEDULED',
  'matter.judgmentGiven': 'JUDGMENT_GIVEN',
  'matter.enforcementStarted': 'ENFORCEMENT_STARTED',
  'matter.closed': 'CLOSED',
};
