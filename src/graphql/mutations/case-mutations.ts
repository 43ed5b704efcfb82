// What people do on a case: note contacts, take promises, hold, release, assign.
import { IsOptional, Length, ArrayMinSize, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { assignCase } from '../../actions/assign-case.js';
import { placeHold, releaseHold } from '../../actions/place-hold.js';
import { recordInteraction } from '../../actions/record-interaction.js';
import { recordPromise } from '../../actions/record-promise.js';
import type { Store } from '../../storage/store.js';
import { Direction, HoldScope, HoldType, InteractionChannel, InteractionOutcome } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { DateTime, LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload, MoneyInput } from './inputs.js';

@InputType()
class RecordInteractionInput extends CaseInput {
  @Field(() => InteractionChannel) channel!: string;
  @Field(() => Direction) direction!: string;
  @Field(() => InteractionOutcome) outcome!: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(0, 2000) note?: string;
  @Field(() => DateTime, { description: 'When it took place.' }) at!: string;
}
@ObjectType()
class RecordInteractionPayload extends CasePayload {
  @Reference('Interaction') interaction?: string;
}

@InputType()
class RecordPromiseInput extends CaseInput {
  @Field(() => MoneyInput) amount!: MoneyInput;
  @Field(() => LocalDate) dueOn!: string;
}
@ObjectType()
class RecordPromisePayload extends CasePayload {
  @Reference('PromiseToPay') promise?: string;
}

@InputType()
class PlaceHoldInput extends CaseInput {
  @Field(() => HoldType) type!: string;
  @Field(() => [HoldScope]) @ArrayMinSize(1) scopes!: string[];
  @Field(() => String) @Length(1, 500) reason!: string;
  @Field(() => LocalDate, { nullable: true, description: 'The last day of the hold; open when left out.' }) expiresOn?: string;
}
@ObjectType()
class PlaceHoldPayload extends CasePayload {
  @Reference('Hold') hold?: string;
}

@InputType()
class ReleaseHoldInput extends CaseInput {
  @Field(() => ID) @Matches(/^hold_[0-9a-z]{16}$/, { message: 'holdId must be the id of a hold' }) holdId!: string;
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
class ReleaseHoldPayload extends PlaceHoldPayload {}

@InputType()
class AssignCaseInput extends CaseInput {
  @Field(() => String, { nullable: true, description: 'A user; nobody when left out.' }) @IsOptional() @Length(1, 100) assignee?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 100) team?: string;
}
@ObjectType()
class AssignCasePayload extends CasePayload {}

@Resolver()
export class CaseMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => RecordInteractionPayload, { nullable: true, description: 'Notes that somebody was, or could not be, reached.' })
  @Allowed('collector', 'supervisor', 'legal')
  recordInteraction(
    @Arg('input', () => RecordInteractionInput) input: RecordInteractionInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { channel, direction, outcome, note = null, at } = input;
    return onCase(context, input, (request) => recordInteraction(this.store, { ...request, channel, direction, outcome, note, at }), {
      interaction: 'interactionId',
    });
  }

  @Mutation(() => RecordPromisePayload, { nullable: true, description: 'Takes a promise to pay, within the mandate of the policy.' })
  @Allowed('collector', 'supervisor')
  recordPromise(@Arg('input', () => RecordPromiseInput) input: RecordPromiseInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { amount, dueOn } = input;
    return onCase(context, input, (request) => recordPromise(this.store, { ...request, amount, dueOn }), {
      promise: 'promiseId',
    });
  }

  @Mutation(() => PlaceHoldPayload, { nullable: true, description: 'Stops some kinds of action.' })
  @Allowed('supervisor', 'legal')
  placeHold(@Arg('input', () => PlaceHoldInput) input: PlaceHoldInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { type, scopes, reason, expiresOn = null } = input;
    return onCase(context, input, (request) => placeHold(this.store, { ...request, type, scopes, reason, expiresOn }), {
      hold: 'holdId',
    });
  }

  @Mutation(() => ReleaseHoldPayload, { nullable: true, description: 'Lifts a hold.' })
  @Allowed('supervisor', 'legal')
  releaseHold(@Arg('input', () => ReleaseHoldInput) input: ReleaseHoldInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { holdId, reason } = input;
    return onCase(context, input, (request) => releaseHold(this.store, { ...request, holdId, reason }), { hold: 'holdId' });
  }

  @Mutation(() => AssignCasePayload, { nullable: true, description: 'Gives the case to a collector or a team.' })
  @Allowed('supervisor')
  assignCase(@Arg('input', () => AssignCaseInput) input: AssignCaseInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { assignee = null, team = null } = input;
    return onCase(context, input, (request) => assignCase(this.store, { ...request, assignee, team }));
  }
}
