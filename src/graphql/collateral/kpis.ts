// How well pledged assets are turned into money: what they brought of their value, in how many rounds and days.
import { Arg, Ctx, Extensions, Field, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { IsOptional, Length } from 'class-validator';
import { disposalFigures, type DisposalFigure, type DisposalFilter } from '../../storage/disposal-figures.js';
import type { Store } from '../../storage/store.js';
import { CollateralKind, DisposalMethod } from '../enums.js';
import { Allowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Decimal, LocalDate } from '../scalars.js';

@InputType()
export class DisposalKpiFilter implements DisposalFilter {
  @Field(() => LocalDate, { description: 'By the day of sale, both included.' }) from!: string;
  @Field(() => LocalDate) to!: string;
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2.' }) @IsOptional() @Length(1, 2) jurisdiction?: string;
  @Field(() => CollateralKind, { nullable: true }) kind?: string;
  @Field(() => DisposalMethod, { nullable: true }) method?: string;
}

@ObjectType({ description: 'Assets that were sold, or taken in lieu, within two dates, in one currency.' })
export class DisposalKpis implements DisposalFigure {
  @Field(() => String, { description: 'ISO 4217, of the amounts.' }) currency!: string;
  @Field(() => Int) sold!: number;
  @Field(() => Decimal) appraised!: string;
  @Field(() => Decimal, { description: 'Prices less costs that were paid from them.' }) netProceeds!: string;
  @Field(() => Decimal, { nullable: true, description: 'Net proceeds ÷ appraised.' }) recoveryRate!: string | null;
  @Field(() => Decimal, { description: 'Mean number of auction rounds.' }) rounds!: string;
  @Field(() => Decimal, { description: 'Mean days from the order, seizure or listing, whichever came first, to the sale.' })
  daysToSale!: string;
}

@Resolver()
export class DisposalFigures {
  constructor(private readonly store: Store) {}

  @Query(() => [DisposalKpis], { nullable: true, description: 'One row a currency; currencies are never added.' })
  @Extensions({ cost: 20 }) // as facets: it goes through all disposals of the time
  @Allowed('supervisor', 'legal', 'auditor', 'platform')
  async disposalKpis(
    @Arg('filter', () => DisposalKpiFilter) filter: DisposalKpiFilter,
    @Ctx() { caller }: GraphContext,
  ): Promise<DisposalKpis[]> {
    // Counts of the whole book, and of nothing less.
    if (caller.scope?.branches || caller.scope?.portfolios)
      throw problem('FORBIDDEN', 'disposalKpis is for callers who see the whole book');
    return this.store.transaction((tx) => disposalFigures(tx, filter));
  }
}
