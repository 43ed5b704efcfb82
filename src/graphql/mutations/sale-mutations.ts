// What people sell to asset managers.
import { ArrayMaxSize, ArrayMinSize, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { closePortfolioSale } from '../../actions/close-portfolio-sale.js';
import type { Refusal } from '../../actions/request.js';
import type { Store } from '../../storage/store.js';
import { visibleSequences } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { DateTime } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { CasePayload, MoneyInput, RequestInput } from './inputs.js';

@InputType()
class ClosePortfolioSaleInput extends RequestInput {
  @Field(() => String)
  @Matches(/^[\w.-]{1,60}$/, { message: 'saleRef may have letters, digits, dot, dash and underscore' })
  saleRef!: string;
  @Field(() => String, { description: 'The connector id of an asset manager.' }) @Length(1, 60) buyerId!: string;
  @Field(() => [ID]) @ArrayMinSize(1) @ArrayMaxSize(500) caseIds!: string[];
  @Field(() => MoneyInput) price!: MoneyInput;
  @Field(() => DateTime, { description: 'From this instant the claims are the buyer’s.' }) cutOffAt!: string;
}

@ObjectType()
class ClosePortfolioSalePayload extends CasePayload {
  @Reference('Handoff') handoff?: string;
}

const noSuchCase = (id: string): Refusal => ({ code: 'NOT_FOUND', message: `There is no case ${id}`, path: ['input', 'caseIds'] });

@Resolver()
export class SaleMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => ClosePortfolioSalePayload, { nullable: true, description: 'Sells cases to an asset manager: all of them, or none.' })
  @Allowed('legal')
  async closePortfolioSale(
    @Arg('input', () => ClosePortfolioSaleInput) input: ClosePortfolioSaleInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { saleRef, buyerId, caseIds, price, cutOffAt, idempotencyKey, dryRun } = input;
    const visible = await visibleSequences(context.run, context.caller, caseIds);
    const hidden = caseIds.filter((id) => !visible.has(id));
    if (hidden.length) return payloadOf({ refused: hidden.map(noSuchCase) }, input, undefined);
    const outcome = await closePortfolioSale(this.store, {
      actor: actorOf(context),
      idempotencyKey,
      dryRun,
      saleRef,
      buyerId,
      caseIds,
      price,
      cutOffAt,
    });
    return payloadOf(outcome, input, undefined, { handoff: 'handoffId' });
  }
}
