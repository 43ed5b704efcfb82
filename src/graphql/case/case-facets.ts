// How many cases have which stage, queue, currency and so on: for the counts beside a worklist's filters.
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** Fields of RecoveryCase that have few values, or of the rows that point to it. */
export const CaseFacetField = {
  STATUS: 'status',
  STAGE: 'stage',
  TEAM: 'team',
  ASSIGNEE: 'assignee',
  JURISDICTION: 'jurisdiction',
  QUALITY_CLASS: 'qualityClass',
  HIGHEST_THRESHOLD: 'highestThreshold',
  TREATMENT: 'treatment',
  ARRANGEMENT: 'arrangement',
  LEGAL: 'legal',
  LEGAL_ELIGIBLE: 'legalEligible',
  PLACEMENT: 'placement',
  OWNERSHIP: 'ownership',
  CURRENCY: 'exposures.currency',
};
registerEnumType(CaseFacetField, { name: 'CaseFacetField' });

@ObjectType()
export class FacetValue {
  @Field(() => String, { nullable: true, description: 'As the field gives it, as text; null where it is null.' }) value?: string;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: 'The values of one field, the most frequent first.' })
export class CaseFacet {
  @Field(() => CaseFacetField) by!: string;
  @Field(() => [FacetValue]) values!: FacetValue[];
}
