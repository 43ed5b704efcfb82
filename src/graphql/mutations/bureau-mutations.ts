// What people do about disputes of flags at credit bureaus.
import { Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { investigateBureauDispute, openBureauDispute, resolveBureauDispute } from '../../actions/request-bureau-dispute.js';
import type { DisputeCode as Code, DisputeOutcomeName } from '../../domain/bureau/dispute.js';
import type { Store } from '../../storage/store.js';
import { DisputeCode, DisputeOutcome } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload } from './inputs.js';

@InputType()
class OpenBureauDisputeInput extends CaseInput {
  @Field(() => ID) @Matches(/^flag_[0-9a-z]{16}$/, { message: 'flagId must be the id of a flag' }) flagId!: string;
  @Field(() => DisputeCode) code!: Code;
  @Field(() => String, { description: 'What the person says.' }) @Length(1, 2000) words!: string;
}
@ObjectType()
class OpenBureauDisputePayload extends CasePayload {
  @Reference('BureauDispute') dispute?: string;
  @Reference('Hold') hold?: string;
}

@InputType()
class InvestigateBureauDisputeInput extends CaseInput {
  @Field(() => ID) @Matches(/^dispute_[0-9a-z]{16}$/, { message: 'disputeId must be the id of a dispute' }) disputeId!: string;
}
@ObjectType()
class InvestigateBureauDisputePayload extends CasePayload {
  @Reference('BureauDispute') dispute?: string;
}

@InputType()
class ResolveBureauDisputeInput extends InvestigateBureauDisputeInput {
  @Field(() => DisputeOutcome, {
    description: 'VERIFIED: the flag is right. MODIFIED: it is corrected by what is known now. DELETED: as if it had never been reported.',
  })
  outcome!: DisputeOutcomeName;
  @Field(() => String, { description: 'What is answered.' }) @Length(1, 2000) words!: string;
}
@ObjectType()
class ResolveBureauDisputePayload extends InvestigateBureauDisputePayload {}

@Resolver()
export class BureauMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => OpenBureauDisputePayload, {
    nullable: true,
    description: 'Has a flag marked as disputed, and holds new flags of the case.',
  })
  @Allowed('bureauReporter', 'supervisor', 'legal')
  openBureauDispute(
    @Arg('input', () => OpenBureauDisputeInput) input: OpenBureauDisputeInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { flagId, code, words } = input;
    return onCase(context, input, (request) => openBureauDispute(this.store, { ...request, flagId, code, words }), {
      dispute: 'disputeId',
      hold: 'holdId',
    });
  }

  @Mutation(() => InvestigateBureauDisputePayload, { nullable: true, description: 'Says that somebody looks into a dispute.' })
  @Allowed('bureauReporter', 'supervisor', 'legal')
  investigateBureauDispute(
    @Arg('input', () => InvestigateBureauDisputeInput) input: InvestigateBureauDisputeInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { disputeId } = input;
    return onCase(context, input, (request) => investigateBureauDispute(this.store, { ...request, disputeId }), { dispute: 'disputeId' });
  }

  @Mutation(() => ResolveBureauDisputePayload, {
    nullable: true,
    description: 'Settles a dispute: the bureau is told what follows, and answered where it sent the dispute.',
  })
  @Allowed('bureauReporter', 'supervisor', 'legal')
  resolveBureauDispute(
    @Arg('input', () => ResolveBureauDisputeInput) input: ResolveBureauDisputeInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { disputeId, outcome, words } = input;
    return onCase(context, input, (request) => resolveBureauDispute(this.store, { ...request, disputeId, outcome, words }), {
      dispute: 'disputeId',
    });
  }
}
