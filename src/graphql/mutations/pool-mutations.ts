// How people sell a pool of claims: pooled, offered, awarded, signed, assigned.
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { awardSale, openBids } from '../../actions/award-sale.js';
import { createSalePool } from '../../actions/create-sale-pool.js';
import { publishTape } from '../../actions/publish-sale-tape.js';
import { assignSale, cancelSale, signSale } from '../../actions/sign-sale.js';
import type { Store } from '../../storage/store.js';
import { visibleSequences } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import { DateTime, Decimal } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { RequestInput, type CasePayload } from './inputs.js';
import { names, onSaleOf, SaleInput, SalePayload } from './sale-inputs.js';

const most = 36_500;

@InputType({ description: 'Loans in arrears of open cases; what is left out does not matter.' })
class SaleCriteriaInput {
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2.' }) @IsOptional() @Length(1, 10) jurisdiction?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 60) productClass?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 60) branch?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 60) portfolio?: string;
  @Field(() => Int, { nullable: true }) @IsOptional() @Min(0) @Max(most) minDaysPastDue?: number;
  @Field(() => Int, { nullable: true }) @IsOptional() @Min(0) @Max(most) maxDaysPastDue?: number;
}

@InputType()
class CreateSalePoolInput extends RequestInput {
  @Field(() => String)
  @Matches(/^[\w.-]{1,60}$/, { message: 'saleRef may have letters, digits, dot, dash and underscore' })
  saleRef!: string;
  @Field(() => String, { description: 'ISO 4217: loans of another currency are left out.' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three letters of ISO 4217' })
  currency!: string;
  @Field(() => [ID], { defaultValue: [] }) @ArrayMaxSize(2_000) loanIds!: string[];
  @Field(() => [ID], { defaultValue: [], description: 'All their loans in arrears.' }) @ArrayMaxSize(500) caseIds!: string[];
  @Field(() => SaleCriteriaInput, { nullable: true }) @IsOptional() criteria?: SaleCriteriaInput;
}

@InputType()
class PublishTapeInput extends SaleInput {
  @Field(() => [String], { description: 'Connector ids of the asset managers that are asked to bid.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  buyerIds!: string[];
  @Field(() => DateTime, { description: 'Until then bids are sealed; one that comes later is late.' }) bidsCloseAt!: string;
  @Field(() => Decimal, { nullable: true, description: 'Of the legal balance, six decimals at most; buyers are not told.' })
  @IsOptional()
  @Matches(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, { message: 'reserveFraction must be from 0 to 1' })
  reserveFraction?: string;
}

@InputType()
class OpenBidsInput extends SaleInput {}

@InputType()
class AwardSaleInput extends SaleInput {
  @Field(() => ID, { nullable: true, description: 'The highest when left out; any other needs a reason.' })
  @IsOptional()
  @Length(1, 60)
  bidId?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 2_000) reason?: string;
}

@InputType()
class SignSaleInput extends SaleInput {
  @Field(() => String) @Length(1, 60) contractRef!: string;
  @Field(() => DateTime, { description: 'From this instant the claims are the buyer’s.' }) cutOffAt!: string;
  @Field(() => String, { description: 'IANA: the clock by which the cut-off and days of payment are read.' })
  @Length(1, 60)
  timeZone!: string;
}

@InputType()
class AssignSaleInput extends SaleInput {}

@InputType()
class CancelSaleInput extends SaleInput {
  @Field(() => String) @Length(1, 2_000) reason!: string;
}

@Resolver()
export class PoolMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => SalePayload, {
    nullable: true,
    description:
      'Puts loans into a pool that is to be sold. Those that must not be sold are left out, each with its rules; the rest stays.',
  })
  @Allowed('legal')
  async createSalePool(
    @Arg('input', () => CreateSalePoolInput) input: CreateSalePoolInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { saleRef, currency, loanIds, caseIds, criteria, idempotencyKey, dryRun } = input;
    const outcome = await createSalePool(this.store, {
      actor: actorOf(context),
      idempotencyKey,
      dryRun,
      saleRef,
      currency,
      loanIds,
      caseIds,
      criteria: criteria ? { ...criteria } : null,
      visible: async (ids) => new Set((await visibleSequences(context.run, context.caller, ids)).keys()),
    });
    return payloadOf(outcome, input, undefined, names);
  }

  @Mutation(() => SalePayload, {
    nullable: true,
    description: 'Sends the masked tape of a pool to asset managers, who bid for it until bids close.',
  })
  @Allowed('legal')
  publishTape(@Arg('input', () => PublishTapeInput) input: PublishTapeInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { buyerIds, bidsCloseAt, reserveFraction = null } = input;
    return onSaleOf(this.store, context, input, (request) =>
      publishTape(this.store, { ...request, buyerIds, bidsCloseAt, reserveFraction }),
    );
  }

  @Mutation(() => SalePayload, { nullable: true, description: 'Opens all bids at once, after the instant at which they closed.' })
  @Allowed('legal')
  openBids(@Arg('input', () => OpenBidsInput) input: OpenBidsInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    return onSaleOf(this.store, context, input, (request) => openBids(this.store, request));
  }

  @Mutation(() => SalePayload, { nullable: true, description: 'Awards a sale by a rule that is kept with it, and tells all bidders.' })
  @Allowed('legal')
  awardSale(@Arg('input', () => AwardSaleInput) input: AwardSaleInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { bidId = null, reason = null } = input;
    return onSaleOf(this.store, context, input, (request) => awardSale(this.store, { ...request, bidId, reason }));
  }

  @Mutation(() => SalePayload, {
    nullable: true,
    description: 'Signs a sale with its cut-off. Loans that must not be sold any more are left out, and the price is less by their shares.',
  })
  @Allowed('legal')
  signSale(@Arg('input', () => SignSaleInput) input: SignSaleInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { contractRef, cutOffAt, timeZone: zone } = input;
    return onSaleOf(this.store, context, input, (request) => signSale(this.store, { ...request, contractRef, cutOffAt, zone }));
  }

  @Mutation(() => SalePayload, {
    nullable: true,
    description: 'Assigns the loans of a signed sale to the buyer, with their balances, once the cut-off has passed.',
  })
  @Allowed('legal')
  assignSale(@Arg('input', () => AssignSaleInput) input: AssignSaleInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    return onSaleOf(this.store, context, input, (request) => assignSale(this.store, request));
  }

  @Mutation(() => SalePayload, { nullable: true, description: 'Gives a sale up before it is signed.' })
  @Allowed('legal')
  cancelSale(@Arg('input', () => CancelSaleInput) input: CancelSaleInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { reason } = input;
    return onSaleOf(this.store, context, input, (request) => cancelSale(this.store, { ...request, reason }));
  }
}
