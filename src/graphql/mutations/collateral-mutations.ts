// What people do with pledged assets: value, seize, auction, sell, distribute, release.
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { listForAuction, recordAuctionResult } from '../../actions/collateral/auction-asset.js';
import { distributeProceeds } from '../../actions/collateral/distribute-proceeds.js';
import { addCollateral, recordValuation } from '../../actions/collateral/record-valuation.js';
import { orderRepossession, recordSeizure, releaseCollateral } from '../../actions/collateral/seize-asset.js';
import { approveAssetInLieu, recordPrivateSale, takeInLieu } from '../../actions/collateral/sell-asset.js';
import type { Store } from '../../storage/store.js';
import type { GraphContext } from '../reader/context.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import type { CasePayload } from './inputs.js';
import {
  AddCollateralInput,
  AddCollateralPayload,
  RecordValuationInput,
  RecordValuationPayload,
  OrderRepossessionInput,
  OrderRepossessionPayload,
  RecordSeizureInput,
  RecordSeizurePayload,
  ListForAuctionInput,
  ListForAuctionPayload,
  RecordAuctionResultInput,
  RecordAuctionResultPayload,
  RecordPrivateSaleInput,
  RecordPrivateSalePayload,
  TakeInLieuInput,
  TakeInLieuPayload,
  ApproveAssetInLieuInput,
  ApproveAssetInLieuPayload,
  DistributeProceedsInput,
  DistributeProceedsPayload,
  ReleaseCollateralInput,
  ReleaseCollateralPayload,
} from './collateral-inputs.js';

const names = { collateral: 'collateralId', disposal: 'disposalId' };

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
