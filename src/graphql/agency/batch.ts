// Batches of placements and the agencies themselves, as the graph shows them to the bank.
import { agencyProfile, placementAllotment, placementBatch, placementShare } from '../../storage/tables.js';
import { AgencyLevel, BatchMethod } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Many, Noun, One } from '../reader/declare.js';
import { partnerReaders } from '../roles.js';
import { Decimal, LocalDate } from '../scalars.js';

const batchReaders = ['supervisor', 'auditor'];

@Noun(placementBatch, {
  roles: batchReaders,
  class: 'internal',
  description: 'Cases that were placed at once: who got how many, and who was left out. For callers who see the whole book.',
})
export class PlacementBatch {
  @Column({ description: 'By which the cases were shuffled.' }) seed!: string;
  @Column(() => BatchMethod) method!: string;
  @Column(() => LocalDate) placedOn!: string;
  @Column() requestedBy!: string;
  @Column({ sql: "coalesce(array_to_string(@.policy_versions, ' '), '')", description: 'Of the policies by which it was placed.' })
  policyVersions!: string;
  @Column() placed!: number;
  @Column() leftOut!: number;
  @List('PlacementShare', 'agencyId', { there: 'batch_id' }) shares!: unknown;
  @Many('PlacementAllotment', { there: 'batch_id', description: 'Case by case.' }) allotments!: unknown;
}

@Noun(placementShare, { roles: batchReaders, class: 'internal', description: 'What one agency was to get of a batch, and what it got.' })
export class PlacementShare {
  @Column() agencyId!: string;
  @Column(() => Decimal, { nullable: true, description: 'Null where the rules shared out.' }) share?: string;
  @Column({ description: 'That it got.' }) cases!: number;
}

@Noun(placementAllotment, { roles: batchReaders, class: 'internal', description: 'What a batch did with one case.' })
export class PlacementAllotment {
  @Column() ordinal!: number;
  @Column({ nullable: true, description: 'Null where nobody got it.' }) agencyId?: string;
  @Column({ description: '`split`, the row of the table, or the rule that stands against it.' }) ruleId!: string;
  @Column({ nullable: true, description: 'Why nobody got it.' }) reason?: string;
  @One('RecoveryCase', { here: 'case_id' }) case!: unknown;
  @One('AgencyPlacement', { here: 'placement_id' }) placement!: unknown;
}

@Noun(agencyProfile, { roles: partnerReaders, class: 'internal', description: 'Who an agency is, and what it may get.' })
export class AgencyProfile {
  @Column() agencyId!: string;
  @Column() licenceNo!: string;
  @Column(() => LocalDate) licenceExpiresOn!: string;
  @Column({ description: 'Who attests that its people were checked.' }) attestedBy!: string;
  @Column(() => LocalDate) attestationExpiresOn!: string;
  @Column(() => [String]) jurisdictions!: string[];
  @Column(() => [String], { description: 'Of borrowers; empty means all.' }) segments!: string[];
  @Column(() => AgencyLevel) level!: string;
  @Column({ nullable: true, description: 'Live cases that it may hold; null is without limit.' }) mostCases?: number;
  @Column(() => Money, { nullable: true, description: 'Outstanding that it may hold, in one currency; null is without limit.' })
  mostAmount?: Money;
  @Column({
    sql: `coalesce((select count(*)::int from agency_placement p where p.agency_id = @.agency_id and p.state in ('OFFERED', 'ACKNOWLEDGED', 'WORKING', 'RECALL_REQUESTED', 'OBJECTED')), 0)`,
    description: 'Live cases of those that the caller may see.',
  })
  liveCases!: number;
  @Column() suspended!: boolean;
  @Column() setBy!: string;
  @Column(() => LocalDate) setOn!: string;
}
