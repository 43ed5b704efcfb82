// What the bank confirms of partners' remittances.
import { Length, Matches, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { confirmRemittance } from '../../actions/confirm-remittance.js';
import type { Store } from '../../storage/store.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { MoneyInput, RequestInput } from './inputs.js';
import { UserError } from './user-errors.js';

@InputType()
class ConfirmRemittanceInput extends RequestInput {
  @Field(() => ID) @Matches(/^remittance_[0-9a-z]{16}$/, { message: 'remittanceId must be the id of a remittance' }) remittanceId!: string;
  @Field(() => MoneyInput, { description: "By the bank's statement: what is due, to the last digit." })
  @ValidateNested()
  received!: MoneyInput;
  @Field(() => LocalDate) receivedOn!: string;
  @Field(() => String, { description: "Of the entry in the bank's statement." }) @Length(1, 100) statementRef!: string;
}

@ObjectType()
class ConfirmRemittancePayload {
  @Reference('Remittance') remittance?: string;
  @Field(() => [UserError], { description: 'Empty means success.' }) userErrors!: UserError[];
  @Field(() => Boolean, { description: 'Nothing was changed.' }) dryRun!: boolean;
  @Field(() => String, { nullable: true }) clientMutationId?: string;
}

@Resolver()
export class RemittanceMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => ConfirmRemittancePayload, {
    nullable: true,
    description: "Settles a remittance by the bank's statement: trust money of the partner becomes cash of the bank.",
  })
  @Allowed('supervisor')
  async confirmRemittance(
    @Arg('input', () => ConfirmRemittanceInput) input: ConfirmRemittanceInput,
    @Ctx() context: GraphContext,
  ): Promise<ConfirmRemittancePayload> {
    if (context.caller.profile.narrowed) throw problem('FORBIDDEN', 'confirmRemittance is for callers who see the whole book');
    const { remittanceId, received, receivedOn, statementRef, idempotencyKey, dryRun } = input;
    const { amount, currency } = received;
    const outcome = await confirmRemittance(this.store, {
      actor: actorOf(context),
      idempotencyKey,
      dryRun,
      remittanceId,
      received: { amount, currency },
      receivedOn,
      statementRef,
    });
    const { case: _, ...payload } = payloadOf(outcome, input, undefined, { remittance: 'remittanceId' });
    return payload as ConfirmRemittancePayload;
  }
}
