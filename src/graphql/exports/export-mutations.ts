// How whole connections are asked for as files.
import { IsOptional, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { askForExport, endExport } from '../../actions/bulk-export.js';
import type { Outcome, Refusal } from '../../actions/request.js';
import type { ExportOrder } from '../../domain/bulk-export.js';
import type { Caller } from '../../storage/reader/shape.js';
import type { Store } from '../../storage/store.js';
import { Allowed } from '../mutations/allowed.js';
import { actorOf } from '../mutations/answer.js';
import { RequestInput } from '../mutations/inputs.js';
import { UserError } from '../mutations/user-errors.js';
import { AsOfInput } from '../reader/as-of.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { exporters } from '../roles.js';

@InputType()
class BulkExportInput extends RequestInput {
  @Field(() => String, {
    description: 'One query of one connection, without `first`, e.g. `{ loans(filter: …) { nodes { id status } } }`.',
  })
  @Length(1, 20_000)
  query!: string;
  @Field(() => String, { nullable: true, description: 'A JSON object of the variables of the query.' })
  @IsOptional()
  @Length(2, 50_000)
  variables?: string;
  @Field(() => AsOfInput, { nullable: true, description: 'Of the past, where the connection has one.' }) asOf?: AsOfInput;
}

@InputType()
class CancelBulkExportInput extends RequestInput {
  @Field(() => ID) @Matches(/^export_[0-9a-z]{16}$/, { message: 'exportId must be the id of an export' }) exportId!: string;
}

@ObjectType()
abstract class ExportPayload {
  @Reference('BulkExport') bulkExport?: string;
  @Field(() => [UserError], { description: 'Empty means success.' }) userErrors!: UserError[];
  @Field(() => Boolean, { description: 'Nothing was changed.' }) dryRun!: boolean;
  @Field(() => String, { nullable: true }) clientMutationId?: string;
}
@ObjectType()
class BulkExportPayload extends ExportPayload {}
@ObjectType()
class CancelBulkExportPayload extends ExportPayload {}

export interface Checked extends Pick<ExportOrder, 'variables'> {
  connection: string;
}
/** What the mutations need of those who read and write. */
export interface Exporting {
  /** @returns what is asked for, or why it cannot be exported @throws what the caller may not do at all */
  check(
    asked: Pick<ExportOrder, 'past'> & { query: string; variables: string | undefined },
    caller: Caller,
  ): Checked | { refused: Refusal[] };
  /** There is something to do. */
  wake(): void;
}

@Resolver()
export class ExportMutations {
  constructor(
    private readonly store: Store,
    private readonly exporting: Exporting,
  ) {}

  @Mutation(() => BulkExportPayload, {
    nullable: true,
    description: 'Has all rows of a connection written to a file, of one moment and with the rights of the caller.',
  })
  @Allowed(...exporters)
  async bulkExport(@Arg('input', () => BulkExportInput) input: BulkExportInput, @Ctx() context: GraphContext): Promise<BulkExportPayload> {
    const { caller } = context;
    const { query, asOf, idempotencyKey, dryRun } = input;
    const past = asOf ? { validAt: asOf.validAt ?? null, knownAt: asOf.knownAt ?? null } : null;
    const checked = this.exporting.check({ query, variables: input.variables, past }, caller);
    if ('refused' in checked) return payloadOf(checked, input);
    const { user, roles, purpose } = actorOf(context);
    const { partner, branches, portfolios } = caller.scope ?? {};
    const scope = {
      ...(partner === undefined ? {} : { partner }),
      ...(branches ? { branches } : {}),
      ...(portfolios ? { portfolios } : {}),
    };
    const order = { document: query, variables: checked.variables, asker: { user, roles, ...(purpose ? { purpose } : {}), scope }, past };
    const outcome = await askForExport(this.store, {
      actor: actorOf(context),
      idempotencyKey,
      dryRun,
      order,
      connection: checked.connection,
    });
    this.exporting.wake();
    return payloadOf(outcome, input);
  }

  @Mutation(() => CancelBulkExportPayload, { nullable: true, description: 'Ends an export that has not come to its end.' })
  @Allowed(...exporters)
  async cancelBulkExport(
    @Arg('input', () => CancelBulkExportInput) input: CancelBulkExportInput,
    @Ctx() context: GraphContext,
  ): Promise<CancelBulkExportPayload> {
    const { exportId, idempotencyKey, dryRun } = input;
    const ofAnybody = context.caller.roles.includes('platform');
    return payloadOf(await endExport(this.store, { actor: actorOf(context), idempotencyKey, dryRun, exportId, ofAnybody }), input);
  }
}

function payloadOf(outcome: Outcome, { dryRun, clientMutationId }: RequestInput): ExportPayload {
  const common = { dryRun, ...(clientMutationId === undefined ? {} : { clientMutationId }) };
  if ('refused' in outcome) return { ...common, userErrors: outcome.refused as never };
  const id = outcome.done['exportId'];
  return { ...common, ...(id === undefined ? {} : { bulkExport: id }), userErrors: [] };
}
