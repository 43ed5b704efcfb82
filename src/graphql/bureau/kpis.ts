// How a bureau is served: counts of reports and disputes between two dates.
import { Arg, Ctx, Extensions, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { countReports, type BureauCounts } from '../../storage/bureau-ledger.js';
import type { Store } from '../../storage/store.js';
import { Allowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { LocalDate } from '../scalars.js';

@ObjectType({ description: 'What was reported to a bureau, and disputed, within two dates.' })
export class BureauKpis implements BureauCounts {
  @Field(() => Int, { description: 'Reports by push, and records of files.' }) reports!: number;
  @Field(() => Int, { description: 'Accepted by their due dates.' }) onTime!: number;
  @Field(() => Int, { description: 'Not accepted by their due dates.' }) late!: number;
  @Field(() => Int, { description: 'Due within a day, and not accepted.' }) atRisk!: number;
  @Field(() => Int) rejected!: number;
  @Field(() => Int, { description: 'Reports that take back or change what an earlier one said.' }) corrections!: number;
  @Field(() => Int) disputes!: number;
  @Field(() => Int, { description: 'Those that ended in a change or a deletion.' }) disputesOverturned!: number;
}

@Resolver()
export class BureauFigures {
  constructor(private readonly store: Store) {}

  @Query(() => BureauKpis, {
    nullable: true,
    description: 'By the dates on which reports were decided, files made and disputes opened, both included.',
  })
  @Extensions({ cost: 20 }) // as facets: it goes through all reports of the time
  @Allowed('supervisor', 'bureauReporter', 'auditor', 'platform')
  async bureauKpis(
    @Arg('bureauId', () => String) bureauId: string,
    @Arg('from', () => LocalDate) from: string,
    @Arg('to', () => LocalDate) to: string,
    @Ctx() { caller }: GraphContext,
  ): Promise<BureauKpis> {
    // Counts of the whole book, and of nothing less.
    if (caller.scope?.branches || caller.scope?.portfolios) throw problem('FORBIDDEN', 'bureauKpis is for callers who see the whole book');
    return this.store.transaction((tx) => countReports(tx, bureauId, from, to));
  }
}
