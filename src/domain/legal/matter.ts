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
  'LAWYER_LETTER',
  'SERVED',
  'MEDIATION',
  'APPEAL',
  'FINAL',
  'SETTLED',
  'ENFORCEMENT_APPLIED',
  'ENFORCING',
  'SUSPENDED_NO_ASSET',
  'SATISFIED',
  'WITHDRAWN',
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
  'LETTER_SENT',
  'PRESERVATION_APPLIED',
  'PRESERVATION_SERVED',
  'PRESERVATION_RENEWED',
  'PRESERVATION_EXPIRED',
  'PRESERVATION_LIFTED',
  'SERVED',
  'MEDIATION_SCHEDULED',
  'APPEALED',
  'BECAME_FINAL',
  'ENFORCEMENT_APPLIED',
  'SUSPENDED',
  'RESUMED',
  'SATISFIED',
  'SETTLEMENT_PROPOSED',
  'SETTLEMENT_CONFIRMED',
] as const;
export type MatterStepName = (typeof matterStepNames)[number];

/** The states of a live matter in the order of the course of a suit. ENFORCEMENT is what ENFORCING was called once. */
export const matterCourse: readonly MatterState[] = [
  'INSTRUCTED',
  'ACCEPTED',
  'DEMAND_SENT',
  'LAWYER_LETTER',
  'FILED',
  'SERVED',
  'MEDIATION',
  'HEARING',
  'JUDGMENT',
  'APPEAL',
  'FINAL',
  'SETTLED',
  'ENFORCEMENT_APPLIED',
  'ENFORCEMENT',
  'ENFORCING',
  'SUSPENDED_NO_ASSET',
];
const ended: readonly MatterState[] = ['REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN'];

/** Where each step leads that moves a matter forward. */
const leadsTo: Partial<Record<MatterStepName, MatterState>> = {
  ACCEPTED: 'ACCEPTED',
  DEMAND_SENT: 'DEMAND_SENT',
  LETTER_SENT: 'LAWYER_LETTER',
  FILED: 'FILED',
  SERVED: 'SERVED',
  MEDIATION_SCHEDULED: 'MEDIATION',
  HEARING_SCHEDULED: 'HEARING',
  JUDGMENT_GIVEN: 'JUDGMENT',
  APPEALED: 'APPEAL',
  BECAME_FINAL: 'FINAL',
  SETTLEMENT_CONFIRMED: 'SETTLED',
  ENFORCEMENT_APPLIED: 'ENFORCEMENT_APPLIED',
  ENFORCEMENT_STARTED: 'ENFORCING',
  SUSPENDED: 'SUSPENDED_NO_ASSET',
};

/** Preservation and talks of a settlement stand beside the matter and move nothing. */
export const besideSteps: readonly MatterStepName[] = [
  'PRESERVATION_APPLIED',
  'PRESERVATION_GRANTED',
  'PRESERVATION_SERVED',
  'PRESERVATION_RENEWED',
  'PRESERVATION_EXPIRED',
  'PRESERVATION_LIFTED',
  'SETTLEMENT_PROPOSED',
];

/** What may happen again, or besides; the court may hear and judge again on appeal, and enforcement is resumed when an asset turns up. */
const again: Partial<Record<MatterState, Partial<Record<MatterStepName, MatterState>>>> = {
  DEMAND_SENT: { DEMAND_SENT: 'DEMAND_SENT' },
  LAWYER_LETTER: { LETTER_SENT: 'LAWYER_LETTER', DEMAND_SENT: 'LAWYER_LETTER' },
  MEDIATION: { MEDIATION_SCHEDULED: 'MEDIATION' },
  HEARING: { HEARING_SCHEDULED: 'HEARING', MEDIATION_SCHEDULED: 'HEARING' },
  APPEAL: { HEARING_SCHEDULED: 'APPEAL', MEDIATION_SCHEDULED: 'APPEAL', JUDGMENT_GIVEN: 'JUDGMENT' },
  ENFORCEMENT_APPLIED: { SETTLEMENT_CONFIRMED: 'ENFORCEMENT_APPLIED' },
  ENFORCEMENT: { SETTLEMENT_CONFIRMED: 'ENFORCEMENT' },
  ENFORCING: { SETTLEMENT_CONFIRMED: 'ENFORCING' },
  SUSPENDED_NO_ASSET: { RESUMED: 'ENFORCING', ENFORCEMENT_STARTED: 'ENFORCING', SETTLEMENT_CONFIRMED: 'SUSPENDED_NO_ASSET' },
};

type Row = Partial<Record<MatterStepName, MatterState>>;
const beside = (state: MatterState): Row => Object.fromEntries(besideSteps.map((step) => [step, state]));
const forward = (from: number): Row =>
  Object.fromEntries(Object.entries(leadsTo).filter(([, to]) => matterCourse.indexOf(to) > from)) as Row;

function rowOf(state: MatterState): Row {
  if (ended.includes(state)) return {};
  // The firm may not withdraw, and the suit then goes on; it may be asked again.
  if (state === 'WITHDRAWAL_REQUESTED')
    return {
      ...beside(state),
      ...forward(matterCourse.indexOf('LAWYER_LETTER')),
      RESUMED: 'ENFORCING',
      WITHDRAWAL_REQUESTED: state,
      SATISFIED: 'SATISFIED',
      CLOSED: 'WITHDRAWN',
      REFUSED: 'WITHDRAWN',
    };
  const at = matterCourse.indexOf(state);
  const isBeforeSuit = at < matterCourse.indexOf('FILED');
  return {
    ...beside(state),
    ...forward(state === 'ENFORCEMENT' ? matterCourse.indexOf('ENFORCING') : at),
    ...(isBeforeSuit ? { MEDIATION_SCHEDULED: state } : {}),
    ...(at <= matterCourse.indexOf('ACCEPTED') ? { REFUSED: 'REFUSED' } : {}),
    ...again[state],
    WITHDRAWAL_REQUESTED: 'WITHDRAWAL_REQUESTED',
    SATISFIED: 'SATISFIED',
    CLOSED: 'CLOSED',
  };
}

/** Firms leave out news, so a matter may skip forward; it never goes back but for what `again` names. */
export const matterSteps = Object.fromEntries(matterStates.map((state) => [state, rowOf(state)])) as Record<MatterState, Row>;

export const isLiveMatter = (state: MatterState): boolean => !ended.includes(state);

/** Whether a suit is with the court or what it gave is being enforced. */
export const isSuit = (state: MatterState): boolean => matterCourse.indexOf(state) >= matterCourse.indexOf('FILED');

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
  'matter.letterSent': 'LETTER_SENT',
  'matter.filed': 'FILED',
  'matter.preservationApplied': 'PRESERVATION_APPLIED',
  'matter.preservationGranted': 'PRESERVATION_GRANTED',
  'matter.preservationServed': 'PRESERVATION_SERVED',
  'matter.preservationRenewed': 'PRESERVATION_RENEWED',
  'matter.preservationExpired': 'PRESERVATION_EXPIRED',
  'matter.preservationLifted': 'PRESERVATION_LIFTED',
  'matter.served': 'SERVED',
  'matter.mediationScheduled': 'MEDIATION_SCHEDULED',
  'matter.hearingScheduled': 'HEARING_SCHEDULED',
  'matter.judgmentGiven': 'JUDGMENT_GIVEN',
  'matter.appealed': 'APPEALED',
  'matter.becameFinal': 'BECAME_FINAL',
  'matter.enforcementApplied': 'ENFORCEMENT_APPLIED',
  'matter.enforcementStarted': 'ENFORCEMENT_STARTED',
  'matter.suspended': 'SUSPENDED',
  'matter.resumed': 'RESUMED',
  'matter.satisfied': 'SATISFIED',
  'matter.settlementProposed': 'SETTLEMENT_PROPOSED',
  'matter.settlementConfirmed': 'SETTLEMENT_CONFIRMED',
  'matter.closed': 'CLOSED',
};
