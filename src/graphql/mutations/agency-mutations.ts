// What people place with agencies and recall.
import { Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { placeCaseWithAgency, recallPlacement } from '../../actions/place-case-with-agency.js';
import type { Store } from '../../storage/store.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload } from './inputs.js';

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
class RecallPlacementInput extends CaseInput {
  @Field(() => ID) @Matches(/^placement_[0-9a-z]{16}$/, { message: 'placementId must be the id of a placement' }) placementId!: string;
  @Field(() => String) @Length(1, 500) reason!: string;
}

@ObjectType()
class RecallPlacementPayload extends PlaceCaseWithAgencyPayload {}

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
    return onCase(context, input, (request) => placeCaseWithAgency(this.store, { ...request, agencyId, expiresOn }), {
      placement: 'placementId',
      handoff: 'handoffId',
    });
  }

  @Mutation(() => RecallPlacementPayload, { nullable: true, description: 'Asks the agency to return the case.' })
  @Allowed('supervisor')
  recallPlacement(
    @Arg('input', () => RecallPlacementInput) input: RecallPlacementInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { placementId, reason } = input;
    return onCase(context, input, (request) => recallPlacement(this.store, { ...request, placementId, reason }), {
      placement: 'placementId',
      handoff: 'handoffId',
    });
  }
}
