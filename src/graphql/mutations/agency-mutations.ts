// What people place with agencies, recall from them, and put on record of them.
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { placeCaseWithAgency } from '../../actions/place-case-with-agency.js';
import { answerRecallObjection, recallPlacement } from '../../actions/recall-placement.js';
import { setAgencyProfile } from '../../actions/set-agency-profile.js';
import type { AgencyLevel as Level } from '../../domain/placement/rules.js';
import type { Store } from '../../storage/store.js';
import { AgencyLevel, ObjectionAnswer } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, onCase, payloadOf } from './answer.js';
import { CaseInput, CasePayload, MoneyInput, RequestInput } from './inputs.js';

@InputType()
class PlaceCaseWithAgencyInput extends CaseInput {
  @Field(() => String, { description: 'The connector id of an agency.' }) @Length(1, 60) agencyId!: string;
  @Field(() => LocalDate, { nullable: true, description: "The policy's term when left out." }) expiresOn?: string;
}

@ObjectType()
class PlaceCaseWithAgencyPayload extends CasePayload {
  @Reference('AgencyPlacement') placement?: string;
  @Reference('Handoff') handoff?: string;
}

@InputType()
abstract class PlacementInput extends CaseInput {
  @Field(() => ID) @Matches(/^placement_[0-9a-z]{16}$/, { message: 'placementId must be the id of a placement' }) placementId!: string;
  @Field(() => String) @Length(1, 500) reason!: string;
}

@InputType()
class RecallPlacementInput extends PlacementInput {}

@ObjectType()
class RecallPlacementPayload extends PlaceCaseWithAgencyPayload {}

@InputType()
class AnswerRecallObjectionInput extends PlacementInput {
  @Field(() => ObjectionAnswer, { description: 'GRANTED: the agency keeps the case; REFUSED: the recall is final at once.' })
  answer!: 'GRANTED' | 'REFUSED';
}

@ObjectType()
class AnswerRecallObjectionPayload extends PlaceCaseWithAgencyPayload {}

@InputType()
class SetAgencyProfileInput extends RequestInput {
  @Field(() => String, { description: 'The connector id of an agency.' }) @Length(1, 60) agencyId!: string;
  @Field(() => String) @Length(1, 100) licenceNo!: string;
  @Field(() => LocalDate, { description: 'Its last day.' }) licenceExpiresOn!: string;
  @Field(() => String, { description: 'Who attests that its people were checked.' }) @Length(1, 200) attestedBy!: string;
  @Field(() => LocalDate, { description: 'The last day for which the attestation is good.' }) attestationExpiresOn!: string;
  @Field(() => [String], { description: 'Where it may work, as cases name them.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  jurisdictions!: string[];
  @Field(() => [String], { defaultValue: [], description: 'Of borrowers; empty means all.' }) @ArrayMaxSize(100) segments!: string[];
  @Field(() => AgencyLevel, { description: 'Which rows of the table of allocation it takes part in.' }) level!: Level;
  @Field(() => Int, { nullable: true, description: 'Live cases that it may hold; without limit when left out.' })
  @IsOptional()
  @Min(0)
  @Max(10_000_000)
  mostCases?: number;
  @Field(() => MoneyInput, { nullable: true, description: 'Outstanding, in one currency, that it may hold.' })
  @IsOptional()
  @ValidateNested()
  mostAmount?: MoneyInput;
  @Field(() => Boolean, { defaultValue: false }) suspended!: boolean;
}

@ObjectType()
class SetAgencyProfilePayload extends CasePayload {
  @Reference('AgencyProfile') agencyProfile?: string;
}

@Resolver()
export class AgencyMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => PlaceCaseWithAgencyPayload, { nullable: true, description: 'Places the case with a collection agency.' })
  @Allowed('supervisor')
  placeCaseWithAgency(
    @Arg('input', () => PlaceCaseWithAgencyInput) input: PlaceCaseWithAgencyInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { agencyId, expiresOn = null } = input;
    return onCase(context, input, (request) => placeCaseWithAgency(this.store, { ...request, agencyId, expiresOn }), made);
  }

  @Mutation(() => RecallPlacementPayload, {
    nullable: true,
    description:
      'Asks the agency to return the case. It takes effect when the agency returns it, or when the window for objections is over.',
  })
  @Allowed('supervisor')
  recallPlacement(
    @Arg('input', () => RecallPlacementInput) input: RecallPlacementInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { placementId, reason } = input;
    return onCase(context, input, (request) => recallPlacement(this.store, { ...request, placementId, reason }), made);
  }

  @Mutation(() => AnswerRecallObjectionPayload, { nullable: true, description: 'Answers an agency that objects to a recall.' })
  @Allowed('supervisor')
  answerRecallObjection(
    @Arg('input', () => AnswerRecallObjectionInput) input: AnswerRecallObjectionInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { placementId, reason, answer } = input;
    return onCase(context, input, (request) => answerRecallObjection(this.store, { ...request, placementId, reason, answer }), made);
  }

  @Mutation(() => SetAgencyProfilePayload, {
    nullable: true,
    description:
      'Puts on record who an agency is and what it may get. It takes the place of what was on record; placements that live go on.',
  })
  @Allowed('supervisor')
  async setAgencyProfile(
    @Arg('input', () => SetAgencyProfileInput) input: SetAgencyProfileInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { idempotencyKey, dryRun, clientMutationId: _, mostCases = null, mostAmount = null, ...terms } = input;
    const asked = { ...terms, mostCases, mostAmount: mostAmount && { amount: mostAmount.amount, currency: mostAmount.currency } };
    const outcome = await setAgencyProfile(this.store, { actor: actorOf(context), idempotencyKey, dryRun, ...asked });
    return payloadOf(outcome, input, undefined, { agencyProfile: 'agencyProfileId' });
  }
}

const made = { placement: 'placementId', handoff: 'handoffId' };
