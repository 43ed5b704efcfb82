// What people hand to law firms and take back.
import { IsOptional, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { instructLawFirm, withdrawMatter } from '../../actions/instruct-law-firm.js';
import type { Store } from '../../storage/store.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload } from './inputs.js';

@InputType()
class InstructLawFirmInput extends CaseInput {
  @Field(() => String, { description: 'The connector id of a law firm.' }) @Length(1, 60) lawFirmId!: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(0, 4000) instructions?: string;
}

@ObjectType()
class InstructLawFirmPayload extends CasePayload {
  @Reference('LegalMatter') matter?: string;
  @Reference('Handoff') handoff?: string;
}

@InputType()
class WithdrawMatterInput extends CaseInput {
  @Field(() => ID) @Matches(/^matter_[0-9a-z]{16}$/, { message: 'matterId must be the id of a matter' }) matterId!: string;
  @Field(() => String) @Length(1, 500) reason!: string;
}

@ObjectType()
class WithdrawMatterPayload extends InstructLawFirmPayload {}

@Resolver()
export class LegalMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => InstructLawFirmPayload, { nullable: true, description: 'Hands the case to a law firm with its evidence bundle.' })
  @Allowed('legal')
  instructLawFirm(
    @Arg('input', () => InstructLawFirmInput) input: InstructLawFirmInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { lawFirmId, instructions = null } = input;
    return onCase(context, input, (request) => instructLawFirm(this.store, { ...request, lawFirmId, instructions }), {
      matter: 'matterId',
      handoff: 'handoffId',
    });
  }

  @Mutation(() => WithdrawMatterPayload, { nullable: true, description: 'Asks the law firm to withdraw; paying does not.' })
  @Allowed('legal')
  withdrawMatter(@Arg('input', () => WithdrawMatterInput) input: WithdrawMatterInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { matterId, reason } = input;
    return onCase(context, input, (request) => withdrawMatter(this.store, { ...request, matterId, reason }), {
      matter: 'matterId',
      handoff: 'handoffId',
    });
  }
}
