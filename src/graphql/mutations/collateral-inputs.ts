// What people say of pledged assets, and what they get back.
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CollateralKind, RoundResult, ValuationMethod } from '../enums.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { CaseInput, CasePayload, MoneyInput } from './inputs.js';

@InputType()
export abstract class AssetInput extends CaseInput {
  @Field(() => ID) @Matches(/^collateral_[0-9a-z]{16}$/, { message: 'collateralId must be the id of an asset' }) collateralId!: string;
}
@ObjectType()
export abstract class AssetPayload extends CasePayload {
  @Reference('Collateral') collateral?: string;
  @Reference('Disposal') disposal?: string;
}

@InputType()
export class AddCollateralInput extends CaseInput {
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
export class AddCollateralPayload extends CasePayload {
  @Reference('Collateral') collateral?: string;
}

@InputType()
export class RecordValuationInput extends AssetInput {
  @Field(() => MoneyInput) value!: MoneyInput;
  @Field(() => LocalDate, { description: 'The day that it is the value of.' }) valuedOn!: string;
  @Field(() => ValuationMethod) method!: never;
  @Field(() => String) @Length(1, 200) appraiser!: string;
}
@ObjectType()
export class RecordValuationPayload extends AddCollateralPayload {
  @Reference('Valuation') valuation?: string;
}

@InputType()
export class OrderRepossessionInput extends AssetInput {
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
export class OrderRepossessionPayload extends AssetPayload {}

@InputType()
export class RecordSeizureInput extends AssetInput {
  @Field(() => LocalDate) seizedOn!: string;
  @Field(() => String, { description: "The court's number of its order." }) @Length(1, 100) orderRef!: string;
}
@ObjectType()
export class RecordSeizurePayload extends AssetPayload {}

@InputType()
export class ListForAuctionInput extends AssetInput {
  @Field(() => Int, { description: 'One more than the last.' }) @Min(1) @Max(100) round!: number;
  @Field(() => MoneyInput, { description: 'Below it nothing is sold; the rules say how low it may be.' }) reserve!: MoneyInput;
  @Field(() => LocalDate, { description: 'After today; on this day the round opens by itself.' }) opensOn!: string;
  @Field(() => LocalDate) closesOn!: string;
}
@ObjectType()
export class ListForAuctionPayload extends AssetPayload {}

@InputType()
export class RecordAuctionResultInput extends AssetInput {
  @Field(() => RoundResult) result!: never;
  @Field(() => LocalDate) closedOn!: string;
  @Field(() => MoneyInput, { nullable: true, description: 'Where it was sold.' }) price?: MoneyInput;
  @Field(() => Int) @Min(0) @Max(100_000) bidders!: number;
}
@ObjectType()
export class RecordAuctionResultPayload extends AssetPayload {}

@InputType()
export class RecordPrivateSaleInput extends AssetInput {
  @Field(() => MoneyInput) price!: MoneyInput;
  @Field(() => LocalDate) soldOn!: string;
}
@ObjectType()
export class RecordPrivateSalePayload extends AssetPayload {}

@InputType()
export class TakeInLieuInput extends AssetInput {
  @Field(() => MoneyInput, { description: 'The part of the debt that it is taken for.' }) value!: MoneyInput;
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
export class TakeInLieuPayload extends AssetPayload {}

@InputType()
export class ApproveAssetInLieuInput extends AssetInput {
  @Field(() => MoneyInput, { description: 'What was proposed: nobody approves what they have not seen.' }) value!: MoneyInput;
}
@ObjectType()
export class ApproveAssetInLieuPayload extends AssetPayload {}

@InputType()
export class CostInput {
  @Field(() => String, { description: 'What it is for.' }) @Length(1, 200) label!: string;
  @Field(() => MoneyInput) amount!: MoneyInput;
}
@InputType()
export class LienInput {
  @Field(() => Int, { description: 'The lowest is paid first; liens of one rank share pro rata.' }) @Min(1) @Max(1_000) rank!: number;
  @Field(() => String) @Length(1, 200) holder!: string;
  @Field(() => Boolean) ours!: boolean;
  @Field(() => MoneyInput, { nullable: true, description: 'What it secures; all that the case owes when left out of a lien of ours.' })
  amount?: MoneyInput;
}
@InputType()
export class DistributeProceedsInput extends AssetInput {
  @Field(() => [CostInput], { description: 'Paid before all liens.' })
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  costs!: CostInput[];
  @Field(() => [LienInput]) @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) liens!: LienInput[];
}
@ObjectType()
export class DistributeProceedsPayload extends AssetPayload {}

@InputType()
export class ReleaseCollateralInput extends AssetInput {
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
export class ReleaseCollateralPayload extends AssetPayload {}
