// What people do with hand-overs that do not get on by themselves.
import { IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { steerHandoff } from '../../actions/steer-handoff.js';
import type { HandoffAct } from '../../domain/handoff.js';
import { handoffAt } from '../../storage/handoffs.js';
import type { Store } from '../../storage/store.js';
import { visibleSequence } from '../../storage/timeline.js';
import { HandoffState } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { CasePayload, RequestInput } from './inputs.js';

@InputType()
abstract class HandoffInput extends RequestInput {
  @Field(() => ID) @Matches(/^handoff_[0-9a-z]{16}$/, { message: 'handoffId must be the id of a hand-over' }) handoffId!: string;
  @Field(() => String, { description: 'For the case and the audit; without personal data.' }) @Length(1, 500) reason!: string;
  @Field(() => Int, { nullable: true, description: 'The version of the case that you saw; another one now is a conflict.' })
  @IsOptional()
  @Min(0)
  @Max(2_147_483_647)
  expectedVersion?: number;
}
@ObjectType()
abstract class HandoffPayload extends CasePayload {
  @Reference('Handoff') handoff?: string;
  @Field(() => HandoffState, { nullable: true, description: 'As it stands now, also for those who do not see its case.' }) state?: string;
}

@InputType()
class RedeliverHandoffInput extends HandoffInput {}
@ObjectType()
class RedeliverHandoffPayload extends HandoffPayload {}
@InputType()
class ParkHandoffInput extends HandoffInput {}
@ObjectType()
class ParkHandoffPayload extends HandoffPayload {}
@InputType()
class CancelHandoffInput extends HandoffInput {}
@ObjectType()
class CancelHandoffPayload extends HandoffPayload {}

@Resolver()
export class HandoffMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => RedeliverHandoffPayload, {
    nullable: true,
    description: 'Sends what was parked again, with the same key and the same bytes; what the partner may have is looked up first.',
  })
  @Allowed('platform', 'legal', 'supervisor')
  redeliverHandoff(
    @Arg('input', () => RedeliverHandoffInput) input: RedeliverHandoffInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    return this.steer('REDELIVER', input, context);
  }

  @Mutation(() => ParkHandoffPayload, { nullable: true, description: 'Stops trying. What comes after it in its lane goes on.' })
  @Allowed('platform', 'legal', 'supervisor')
  parkHandoff(@Arg('input', () => ParkHandoffInput) input: ParkHandoffInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    return this.steer('PARK', input, context);
  }

  @Mutation(() => CancelHandoffPayload, {
    nullable: true,
    description: 'Ends what the partner surely does not have; what hangs on it goes on as if the partner had refused.',
  })
  @Allowed('legal', 'supervisor')
  cancelHandoff(@Arg('input', () => CancelHandoffInput) input: CancelHandoffInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    return this.steer('CANCEL', input, context);
  }

  /** Engineers steer what they do not see: they know hand-overs from the log, by id. */
  private async steer(act: HandoffAct, input: HandoffInput, context: GraphContext): Promise<CasePayload & { state?: string }> {
    const { handoffId, reason, idempotencyKey, dryRun, expectedVersion } = input;
    const found = await handoffAt(this.store, handoffId);
    const seen =
      found && (context.caller.roles.includes('platform') || (await visibleSequence(context.run, context.caller, found.caseId)) !== null);
    if (!seen)
      return payloadOf(
        { refused: [{ code: 'NOT_FOUND', message: 'There is no such hand-over', path: ['input', 'handoffId'] }] },
        input,
        undefined,
      );
    const outcome = await steerHandoff(this.store, act, {
      actor: actorOf(context),
      caseId: found.caseId,
      idempotencyKey,
      dryRun,
      ...(expectedVersion == null ? {} : { expectedVersion }),
      handoffId,
      reason,
    });
    const payload = payloadOf(outcome, input, found.caseId, { handoff: 'handoffId' });
    const now = await handoffAt(this.store, handoffId);
    return { ...payload, ...(now ? { state: now.state } : {}) };
  }
}
