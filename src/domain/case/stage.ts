// The stage of a case, derived from its parallel regions: the first row that holds wins, and nothing else sets it.

export const stages = [
  'CLOSED',
  'TRANSFERRED',
  'ENFORCEMENT',
  'DISPOSAL',
  'LITIGATION',
  'PRE_LEGAL',
  'PLACED',
  'ARRANGEMENT',
  'FIELD',
  'SOFT',
  'REMINDER',
  'EARLY_WARNING',
  'CURRENT',
] as const;
export type Stage = (typeof stages)[number];

export interface Regions {
  status: string;
  ownership: string;
  legal: string;
  /** RUNNING while an asset is between its order or seizure and the distribution of its proceeds. */
  disposal?: string | null;
  placement: string;
  arrangement: string;
  treatment: string;
  overdueSince?: string | null;
}

const legalStages: Record<string, Stage> = {
  PRE_LEGAL: 'PRE_LEGAL',
  INSTRUCTED: 'PRE_LEGAL',
  DEMAND_SENT: 'PRE_LEGAL',
  LAWYER_LETTER: 'PRE_LEGAL',
  FILED: 'LITIGATION',
  SERVED: 'LITIGATION',
  MEDIATION: 'LITIGATION',
  HEARING: 'LITIGATION',
  JUDGMENT: 'LITIGATION',
  APPEAL: 'LITIGATION',
  FINAL: 'LITIGATION',
  SETTLED: 'LITIGATION',
  ENFORCEMENT_APPLIED: 'ENFORCEMENT',
  ENFORCEMENT: 'ENFORCEMENT',
  ENFORCING: 'ENFORCEMENT',
  SUSPENDED_NO_ASSET: 'ENFORCEMENT',
};
const treatmentStages: Record<string, Stage> = {
  FIELD_VISIT: 'FIELD',
  SOFT_COLLECTION: 'SOFT',
  NEGOTIATION: 'SOFT',
  REMINDER: 'REMINDER',
  PRE_DUE_REMINDER: 'REMINDER',
};

export function stageOf(regions: Regions): Stage {
  if (regions.status === 'CLOSED') return 'CLOSED';
  if (regions.ownership === 'TRANSFERRED') return 'TRANSFERRED';
  const legal = legalStages[regions.legal];
  if (legal === 'ENFORCEMENT') return legal;
  if (regions.disposal === 'RUNNING') return 'DISPOSAL';
  if (legal) return legal;
  if (regions.placement !== 'NONE') return 'PLACED';
  if (regions.arrangement !== 'NONE') return 'ARRANGEMENT';
  return treatmentStages[regions.treatment] ?? (regions.overdueSince ? 'REMINDER' : 'CURRENT');
}
