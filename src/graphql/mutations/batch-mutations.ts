// Batches of placements: many cases shared out between agencies at once.
import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { placeBatch } from '../../actions/place-batch.js';
import type { Refusal } from '../../actions/request.js';
import { placeableCases } from '../../storage/placements.js';
import type { Store } from '../../storage/store.js';
import { visibleSequences } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Decimal } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { CasePayload, RequestInput } from './inputs.js';

/** Each is judged and placed in one transaction. */
const mostCases = 500;

@InputType({ description: 'Open cases in arrears that no agency and no buyer has.' })
class PlaceableFilterInput {
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 10) jurisdiction?: string;
  @Field(() => String, { nullable: true, description: 'Of the borrower.' }) @IsOptional() @Length(1, 60) segment?: string;
  @Field(() => Int, { nullable: true }) @IsOptional() @Min(0) @Max(100_000) minDaysPastDue?: number;
  @Field(() => Int, { nullable: true }) @IsOptional() @Min(0) @Max(100_000) maxDaysPastDue?: number;
}

@InputType({ description: 'A share above 0, up to 1. What shares leave below 1 stays with the bank as a control group.' })
class ShareInput {
  @Field(() => String) @Length(1, 60) agencyId!: string;
  @Field(() => Decimal) @Matches(/^[01](\.\d{1,6})?$/, { message: 'share must be from 0 to 1 with six decimals at most' }) share!: string;
}

@InputType()
class PlaceBatchInput extends RequestInput {
  @Field(() => [ID], { nullable: true, description: 'These cases; or those of the filter.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostCases)
  caseIds?: string[];
  @Field(() => PlaceableFilterInput, { nullable: true, description: `The first ${mostCases} by id.` })
  @IsOptional()
  @ValidateNested()
  filter?: PlaceableFilterInput;
  @Field(() => [ShareInput], { nullable: true, description: "A random split by these shares; by the policy's table when left out." })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested()
  split?: ShareInput[];
  @Field(() => String, { description: 'Recorded with the batch: the same seed and cases are shared out alike.' })
  @Length(1, 100)
  seed!: string;
}

@ObjectType({ description: 'What a batch does, or in a dry run would do, with one case.' })
class Allotted {
  @Field(() => ID) caseId!: string;
  @Field(() => String, { nullable: true, description: 'Null where nobody gets it.' }) agencyId?: string | null;
  @Field(() => String, { description: '`split`, the row of the table, or the rule that stands against it.' }) ruleId!: string;
  @Field(() => String, { nullable: true, description: 'Why nobody gets it.' }) reason?: string | null;
}

@ObjectType()
class PlaceBatchPayload extends CasePayload {
  @Reference('PlacementBatch') batch?: string;
  @Field(() => [Allotted], { description: 'In order of case; empty when the request was refused as a whole.' }) allotments!: Allotted[];
}

const wrong = (message: string, ...path: string[]): Refusal => ({ code: 'INVALID_INPUT', message, path: ['input', ...path] });

@Resolver()
export class BatchMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => PlaceBatchPayload, {
    nullable: true,
    description: 'Places cases with agencies, each that may be placed; the others are left out with their reasons.',
  })
  @Allowed('supervisor')
  async placeBatch(
    @Arg('input', () => PlaceBatchInput) input: PlaceBatchInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload & { allotments: Allotted[] }> {
    const { caseIds, filter, split, seed, idempotencyKey, dryRun } = input;
    const refuse = (...refused: Refusal[]) => ({ ...payloadOf({ refused }, input, undefined), allotments: [] });
    if (!caseIds === !filter) return refuse(wrong('A batch names its cases, or a filter for them', 'caseIds'));
    const named = caseIds ?? (await this.store.transaction((tx) => placeableCases(tx, filter!, mostCases)));
    const visible = named.length ? await visibleSequences(context.run, context.caller, named) : new Map<string, string>();
    const hidden = (caseIds ?? []).filter((id) => !visible.has(id));
    if (hidden.length)
      return refuse(...hidden.map((id): Refusal => ({ code: 'NOT_FOUND', message: `There is no case ${id}`, path: ['input', 'caseIds'] })));
    const outcome = await placeBatch(this.store, {
      actor: actorOf(context),
      idempotencyKey,
      dryRun,
      asked: caseIds ?? { ...filter },
      caseIds: named.filter((id) => visible.has(id)),
      split: split?.map(({ agencyId, share }) => ({ agencyId, share })) ?? null,
      seed,
    });
    return { ...payloadOf(outcome, input, undefined, { batch: 'batchId' }), allotments: outcome.allotments ?? [] };
  }
}
