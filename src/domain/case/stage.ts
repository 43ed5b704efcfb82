// The stage of a case, derived from its parallel regions: the first row that holds wins, and nothing else sets it.

export const stages = [
  'CLOSED',
  'TRANSFERRED',
  'ENFORCEMENT',
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
  placement: string;
  arrangement: string;
  treatment: string;
  overdueSince?: string | null;
}

const legalStages: Record<string, Stage> = {
  PRE_LEGAL: 'PRE_LEGAL',
  INSTRUCTED: 'PRE_LEGAL',
  DEMAND_SENT: 'PRE_LEGAL',
  FILED: 'LITIGATION',
  HEARING: 'LITIGATION',
  JUDGMENT: 'LITIGATION',
  ENFORCEMENT: 'ENFORCEMENT',
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
  if (legal) return legal;
  if (regions.placement !== 'NONE') return 'PLACED';
  if (regions.arrangement !== 'NONE') return 'ARRANGEMENT';
  return treatmentStages[regions.treatment] ?? (regions.overdueSince ? 'REMINDER' : 'CURRENT');
}
