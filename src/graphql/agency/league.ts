// The league table of agencies: liquidation at equal age, with the quality of their work beside it.
import { Arg, Ctx, Extensions, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { minorToDecimal } from '../../domain/money.js';
import { agencyLeague, type LeagueRow } from '../../storage/agency-league.js';
import type { Store } from '../../storage/store.js';
import { Money } from '../money.js';
import { Allowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Decimal, LocalDate } from '../scalars.js';

@ObjectType({ description: 'One agency in one currency, by placements that are as old as was asked for.' })
export class AgencyStanding {
  @Field(() => String) agencyId!: string;
  @Field(() => String, { description: 'ISO 4217.' }) currency!: string;
  @Field(() => Int) placements!: number;
  @Field(() => Money, { description: 'All that was outstanding at placement.' }) placed!: Money;
  @Field(() => Money, {
    description: 'What core banking booked as paid on the placed accounts, after the placement and up to its end or the age.',
  })
  recovered!: Money;
  @Field(() => Money, { description: 'By the rate that was pinned at each placement.' }) commission!: Money;
  @Field(() => Decimal, { description: 'Recovered of placed.' }) liquidation!: string;
  @Field(() => Decimal, { description: 'The same without commission.' }) netLiquidation!: string;
  @Field(() => Int) statuses!: number;
  @Field(() => Int, { description: 'Times that a status was due and had not come.' }) statusesLate!: number;
  @Field(() => Int, { description: 'Placements that were not taken on in time.' }) acknowledgedLate!: number;
  @Field(() => Int, { description: 'Cases that the agency did not take on.' }) refusals!: number;
  @Field(() => Int) complaints!: number;
  @Field(() => Decimal, { description: 'Complaints per 1,000 placements.' }) complaintsPerThousand!: string;
  @Field(() => Int, { description: 'Contacts after the end of a placement.' }) breaches!: number;
}

const shown = ({ placedMinor, recoveredMinor, commissionMinor, currency, ...row }: LeagueRow): AgencyStanding => {
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, currency), currency }) as never;
  return { ...row, currency, placed: money(placedMinor), recovered: money(recoveredMinor), commission: money(commissionMinor) };
};

@Resolver()
export class AgencyFigures {
  constructor(private readonly store: Store) {}

  @Query(() => [AgencyStanding], {
    nullable: true,
    description:
      'Agencies beside one another by placements of a time, or of one batch: each currency by itself, the highest liquidation first.',
  })
  @Extensions({ cost: 20 }) // as facets: it goes through all placements of the time
  @Allowed('supervisor', 'auditor')
  async agencyLeague(
    @Arg('from', () => LocalDate, { description: 'Placed on this date or later.' }) from: string,
    @Arg('to', () => LocalDate) to: string,
    @Arg('months', () => Int, {
      description: 'Age: recoveries within so many months after each placement; younger placements are left out. From 0 to 60.',
    })
    months: number,
    @Arg('batchId', () => ID, { nullable: true }) batchId: string | null,
    @Ctx() { caller }: GraphContext,
  ): Promise<AgencyStanding[]> {
    // Figures of the whole book, and of nothing less.
    if (caller.scope?.branches || caller.scope?.portfolios)
      throw problem('FORBIDDEN', 'agencyLeague is for callers who see the whole book');
    if (months < 0 || months > 60) throw problem('BAD_USER_INPUT', 'months is from 0 to 60');
    const rows = await this.store.transaction((tx) => agencyLeague(tx, { tenant: null, from, to, months, batchId: batchId ?? null }));
    return rows.map(shown);
  }
}
