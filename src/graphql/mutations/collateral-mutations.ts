// What people do with pledged assets: value, seize, auction, sell, distribute, release.
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { listForAuction, recordAuctionResult } from '../../actions/collateral/auction-asset.js';
import { distributeProceeds } from '../../actions/collateral/distribute-proceeds.js';
import { addCollateral, recordValuation } from '../../actions/collateral/record-valuation.js';
import { orderRepossession, recordSeizure, releaseCollateral } from '../../actions/collateral/seize-asset.js';
import { approveAssetInLieu, recordPrivateSale, takeInLieu } from '../../actions/collateral/sell-asset.js';
import type { Store } from '../../storage/store.js';
import { CollateralKind, RoundResult, ValuationMethod } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload, MoneyInput } from './inputs.js';

@InputType()
abstract class AssetInput extends CaseInput {
  @Field(() => ID) @Matches(/^collateral_[0-9a-z]{16}$/, { message: 'collateralId must be the id of an asset' }) collateralId!: string;
}
@ObjectType()
abstract class AssetPayload extends CasePayload {
  @Reference('Collateral') collateral?: string;
  @Reference('Disposal') disposal?: string;
}
const names = { collateral: 'collateralId', disposal: 'disposalId' };

@InputType()
class AddCollateralInput extends CaseInput {
  @Field(() => CollateralKind) kind!: string;
  @Field(() => String) @Length(1, 500) description!: string;
  @Field(() => String, { description: 'The number of the deed or register entry; once a borrower.' }) @Length(1, 64) collateralRef!: string;
  @Field(() => MoneyInput, { description: 'As it was pledged; a valuation says what counts.' }) value!: MoneyInput;
  @Field(() => LocalDate) valuedOn!: string;
  @Field(() => ID, { nullable: true, description: 'The loan that it secures; all of the borrower when left out.' })
  @IsOptional()
  @Matches(/^loan_[0-9a-z]{16}$/, { message: 'loanId must be the id of a loan' })
  loanId?: string;
}
@ObjectType()
class AddCollateralPayload extends CasePayload {
  @Reference('Collateral') collateral?: string;
}

@InputType()
class RecordValuationInput extends AssetInput {
  @Field(() => MoneyInput) value!: MoneyInput;
  @Field(() => LocalDate, { description: 'The day that it is the value of.' }) valuedOn!: string;
  @Field(() => ValuationMethod) method!: never;
  @Field(() => String) @Length(1, 200) appraiser!: string;
}
@ObjectType()
class RecordValuationPayload extends AddCollateralPayload {
  @Reference('Valuation') valuation?: string;
}

@InputType()
class OrderRepossessionInput extends AssetInput {
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
class OrderRepossessionPayload extends AssetPayload {}

@InputType()
class RecordSeizureInput extends AssetInput {
  @Field(() => LocalDate) seizedOn!: string;
  @Field(() => String, { description: "The court's number of its order." }) @Length(1, 100) orderRef!: string;
}
@ObjectType()
class RecordSeizurePayload extends AssetPayload {}

@InputType()
class ListForAuctionInput extends AssetInput {
  @Field(() => Int, { description: 'One more than the last.' }) @Min(1) @Max(100) round!: number;
  @Field(() => MoneyInput, { description: 'Below it nothing is sold; the rules say how low it may be.' }) reserve!: MoneyInput;
  @Field(() => LocalDate, { description: 'After today; on this day the round opens by itself.' }) opensOn!: string;
  @Field(() => LocalDate) closesOn!: string;
}
@ObjectType()
class ListForAuctionPayload extends AssetPayload {}

@InputType()
class RecordAuctionResultInput extends AssetInput {
  @Field(() => RoundResult) result!: never;
  @Field(() => LocalDate) closedOn!: string;
  @Field(() => MoneyInput, { nullable: true, description: 'Where it was sold.' }) price?: MoneyInput;
  @Field(() => Int) @Min(0) @Max(100_000) bidders!: number;
}
@ObjectType()
class RecordAuctionResultPayload extends AssetPayload {}

@InputType()
class RecordPrivateSaleInput extends AssetInput {
  @Field(() => MoneyInput) price!: MoneyInput;
  @Field(() => LocalDate) soldOn!: string;
}
@ObjectType()
class RecordPrivateSalePayload extends AssetPayload {}

@InputType()
class TakeInLieuInput extends AssetInput {
  @Field(() => MoneyInput, { description: 'The part of the debt that it is taken for.' }) value!: MoneyInput;
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
class TakeInLieuPayload extends AssetPayload {}

@InputType()
class ApproveAssetInLieuInput extends AssetInput {
  @Field(() => MoneyInput, { description: 'What was proposed: nobody approves what they have not seen.' }) value!: MoneyInput;
}
@ObjectType()
class ApproveAssetInLieuPayload extends AssetPayload {}

@InputType()
class CostInput {
  @Field(() => String, { description: 'What it is for.' }) @Length(1, 200) label!: string;
  @Field(() => MoneyInput) amount!: MoneyInput;
}
@InputType()
class LienInput {
  @Field(() => Int, { description: 'The lowest is paid first; liens of one rank share pro rata.' }) @Min(1) @Max(1_000) rank!: number;
  @Field(() => String) @Length(1, 200) holder!: string;
  @Field(() => Boolean) ours!: boolean;
  @Field(() => MoneyInput, { nullable: true, description: 'What it secures; all that the case owes when left out of a lien of ours.' })
  amount?: MoneyInput;
}
@InputType()
class DistributeProceedsInput extends AssetInput {
  @Field(() => [CostInput], { description: 'Paid before all liens.' })
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  costs!: CostInput[];
  @Field(() => [LienInput]) @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) liens!: LienInput[];
}
@ObjectType()
class DistributeProceedsPayload extends AssetPayload {}

@InputType()
class ReleaseCollateralInput extends AssetInput {
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
class ReleaseCollateralPayload extends AssetPayload {}

@Resolver()
export class CollateralMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => AddCollateralPayload, { nullable: true, description: 'Pledges a further asset, as another way of recovery.' })
  @Allowed('supervisor', 'legal')
  addCollateral(@Arg('input', () => AddCollateralInput) input: AddCollateralInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { kind, description, collateralRef, value, valuedOn, loanId = null } = input;
    const given = { kind, description, collateralRef, value, valuedOn, loanId };
    return onCase(context, input, (request) => addCollateral(this.store, { ...request, ...given }), { collateral: 'collateralId' });
  }

  @Mutation(() => RecordValuationPayload, { nullable: true, description: 'Records what an asset was worth on a day.' })
  @Allowed('collector', 'supervisor', 'legal')
  recordValuation(
    @Arg('input', () => RecordValuationInput) input: RecordValuationInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, value, valuedOn, method, appraiser } = input;
    const given = { collateralId, value, valuedOn, method, appraiser };
    return onCase(context, input, (request) => recordValuation(this.store, { ...request, ...given }), {
      collateral: 'collateralId',
      valuation: 'valuationId',
    });
  }

  @Mutation(() => OrderRepossessionPayload, { nullable: true, description: 'Orders that an asset is repossessed.' })
  @Allowed('legal')
  orderRepossession(
    @Arg('input', () => OrderRepossessionInput) input: OrderRepossessionInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, reason } = input;
    return onCase(context, input, (request) => orderRepossession(this.store, { ...request, collateralId, reason }), names);
  }

  @Mutation(() => RecordSeizurePayload, { nullable: true, description: 'Records that a court has seized an asset; also while it is held.' })
  @Allowed('legal')
  recordSeizure(@Arg('input', () => RecordSeizureInput) input: RecordSeizureInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { collateralId, seizedOn, orderRef } = input;
    return onCase(context, input, (request) => recordSeizure(this.store, { ...request, collateralId, seizedOn, orderRef }), names);
  }

  @Mutation(() => ListForAuctionPayload, { nullable: true, description: 'Sets the next round of an auction, with a reserve by the rules.' })
  @Allowed('legal')
  listForAuction(@Arg('input', () => ListForAuctionInput) input: ListForAuctionInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { collateralId, round, reserve, opensOn, closesOn } = input;
    const given = { collateralId, round, reserve, opensOn, closesOn };
    return onCase(context, input, (request) => listForAuction(this.store, { ...request, ...given }), names);
  }

  @Mutation(() => RecordAuctionResultPayload, {
    nullable: true,
    description: 'Records how the open round has ended; also while it is held.',
  })
  @Allowed('legal')
  recordAuctionResult(
    @Arg('input', () => RecordAuctionResultInput) input: RecordAuctionResultInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, result, closedOn, price = null, bidders } = input;
    const given = { collateralId, result, closedOn, price, bidders };
    return onCase(context, input, (request) => recordAuctionResult(this.store, { ...request, ...given }), names);
  }

  @Mutation(() => RecordPrivateSalePayload, {
    nullable: true,
    description: 'Records that an asset that no auction sold was sold outside of one.',
  })
  @Allowed('legal')
  recordPrivateSale(
    @Arg('input', () => RecordPrivateSaleInput) input: RecordPrivateSaleInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, price, soldOn } = input;
    return onCase(context, input, (request) => recordPrivateSale(this.store, { ...request, collateralId, price, soldOn }), names);
  }

  @Mutation(() => TakeInLieuPayload, {
    nullable: true,
    description: 'Proposes that the bank takes an asset that no auction sold for a part of the debt; another person approves it.',
  })
  @Allowed('legal')
  takeInLieu(@Arg('input', () => TakeInLieuInput) input: TakeInLieuInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { collateralId, value, reason } = input;
    return onCase(context, input, (request) => takeInLieu(this.store, { ...request, collateralId, value, reason }), names);
  }

  @Mutation(() => ApproveAssetInLieuPayload, { nullable: true, description: 'Approves what another person has proposed.' })
  @Allowed('supervisor', 'legal')
  approveAssetInLieu(
    @Arg('input', () => ApproveAssetInLieuInput) input: ApproveAssetInLieuInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, value } = input;
    return onCase(context, input, (request) => approveAssetInLieu(this.store, { ...request, collateralId, value }), names);
  }

  @Mutation(() => DistributeProceedsPayload, {
    nullable: true,
    description: 'Distributes the price: costs, then liens by rank, ours over the loans of the case; what is left is the owner’s.',
  })
  @Allowed('legal')
  distributeProceeds(
    @Arg('input', () => DistributeProceedsInput) input: DistributeProceedsInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, costs, liens } = input;
    return onCase(context, input, (request) => distributeProceeds(this.store, { ...request, collateralId, costs, liens }), names);
  }

  @Mutation(() => ReleaseCollateralPayload, {
    nullable: true,
    description: 'Lets go of an asset: its proceeds are distributed, or nothing that it secures is owed.',
  })
  @Allowed('supervisor', 'legal')
  releaseCollateral(
    @Arg('input', () => ReleaseCollateralInput) input: ReleaseCollateralInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { collateralId, reason } = input;
    return onCase(context, input, (request) => releaseCollateral(this.store, { ...request, collateralId, reason }), names);
  }
}
