// What comes next in a matter by the policy of its day, with the law or default behind each step.
import { Field, ObjectType } from 'type-graphql';
import type { MatterState } from '../../domain/legal/matter.js';
import { stepsFrom } from '../../domain/legal/rules.js';
import { policyFor } from '../../policies/index.js';
import { LocalDate } from '../scalars.js';

@ObjectType({ description: 'A step that the policy suggests.' })
export class LegalStep {
  @Field(() => String, { description: 'e.g. DEMAND_2, FILE_SMALL_CLAIM, APPLY_FOR_ENFORCEMENT.' }) step!: string;
  @Field(() => String, { description: "The field's word for it where it is done." }) term!: string;
  @Field(() => LocalDate, { description: 'Not before.' }) from!: string;
  @Field(() => String, { description: 'The law or default behind it.' }) citation!: string;
  @Field(() => Boolean, { description: 'Counsel has confirmed the rule against its text.' }) verified!: boolean;
}

interface Row {
  jurisdiction: string;
  state: MatterState;
  demandLevel: number;
  movedOn: string;
  claimedMinor: string | null;
  currency: string | null;
  preservation: string;
  instructedOn: string;
}

/** By the policy of the day on which the firm was instructed. */
export const nextSteps = (matters: Record<string, unknown>[]): LegalStep[][] =>
  (matters as unknown as Row[]).map(({ jurisdiction, instructedOn, claimedMinor, ...at }) =>
    stepsFrom(policyFor(jurisdiction, instructedOn).pursuit, { ...at, claimedMinor: claimedMinor === null ? null : BigInt(claimedMinor) }),
  );
