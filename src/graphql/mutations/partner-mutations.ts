// What people hand to partners and take back, and the messages that engineers read again.
import { ArrayMinSize, ArrayMaxSize, IsOptional, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { closePortfolioSale } from '../../actions/close-portfolio-sale.js';
import { instructLawFirm, withdrawMatter } from '../../actions/instruct-law-firm.js';
import { placeCaseWithAgency, recallPlacement } from '../../actions/place-case-with-agency.js';
import type { Refusal } from '../../actions/request.js';
import type { Redriven } from '../../actions/redrive-parked.js';
import type { Store } from '../../storage/store.js';
import { visibleSequences } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { DateTime, LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, onCase, payloadOf } from './answer.js';
import { CaseInput, CasePayload, MoneyInput, RequestInput } from './inputs.js';

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

@InputType()
class PlaceCaseWithAgencyInput extends CaseInput {
  @Field(() => String, { description: 'The connector id of an agency.' }) @Length(1, 60) agencyId!: string;
  @Field(() => LocalDate, { nullable: true, description: "The policy's term when left out." }) expiresOn?: string;
}
@ObjectType()
class PlaceCaseWithAgencyPayload extends CasePayload {
  @Reference('AgencyPlacement') placement?: string;
  @Reference('Handoff') handoff?: string;
}

@InputType()
class RecallPlacementInput extends CaseInput {
  @Field(() => ID) @Matches(/^placement_[0-9a-z]{16}$/, { message: 'placementId must be the id of a placement' }) placementId!: string;
  @Field(() => String) @Length(1, 500) reason!: string;
}
@ObjectType()
class RecallPlacementPayload extends PlaceCaseWithAgencyPayload {}

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

@InputType()
class RedriveParkedMessagesInput {
  @Field(() => [ID], { nullable: true, description: 'All that are parked when left out.' }) ids?: string[];
}
@ObjectType()
class RedriveParkedMessagesPayload {
  @Field(() => Int) redriven!: number;
  @Field(() => Int) stillParked!: number;
}

const noSuchCase = (id: string): Refusal => ({ code: 'NOT_FOUND', message: `There is no case ${id}`, path: ['input', 'caseIds'] });

@Resolver()
export class PartnerMutations {
  constructor(
    private readonly store: Store,
    private readonly redrive: (ids: readonly string[] | null) => Promise<Redriven>,
  ) {}

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

  @Mutation(() => PlaceCaseWithAgencyPayload, { nullable: true, description: 'Places the case with a collection agency.' })
  @Allowed('supervisor')
  placeCaseWithAgency(
    @Arg('input', () => PlaceCaseWithAgencyInput) input: PlaceCaseWithAgencyInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { agencyId, expiresOn = null } = input;
    return onCase(context, input, (request) => placeCaseWithAgency(this.store, { ...request, agencyId, expiresOn }), {
      placement: 'placementId',
      handoff: 'handoffId',
    });
  }

  @Mutation(() => RecallPlacementPayload, { nullable: true, description: 'Asks the agency to return the case.' })
  @Allowed('supervisor')
  recallPlacement(
    @Arg('input', () => RecallPlacementInput) input: RecallPlacementInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { placementId, reason } = input;
    return onCase(context, input, (request) => recallPlacement(this.store, { ...request, placementId, reason }), {
      placement: 'placementId',
      handoff: 'handoffId',
    });
  }

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

  @Mutation(() => RedriveParkedMessagesPayload, {
    nullable: true,
    description: 'Reads parked messages again, after what was wrong has been mended.',
  })
  @Allowed('platform')
  redriveParkedMessages(@Arg('input', () => RedriveParkedMessagesInput) input: RedriveParkedMessagesInput): Promise<Redriven> {
    return this.redrive(input.ids ?? null);
  }
}
