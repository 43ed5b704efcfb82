// What every input and payload about a sale has.
import { IsOptional, Matches, Max, Min } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { casesOfSale, type SaleRequest } from '../../actions/on-sale.js';
import type { Outcome } from '../../actions/request.js';
import type { Store } from '../../storage/store.js';
import { visibleSequences } from '../../storage/timeline.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { actorOf, payloadOf } from './answer.js';
import { CasePayload, RequestInput } from './inputs.js';

@InputType()
export abstract class SaleInput extends RequestInput {
  @Field(() => ID) @Matches(/^sale_[0-9a-z]{16}$/, { message: 'saleId must be the id of a sale' }) saleId!: string;
  @Field(() => Int, { nullable: true, description: 'The version of the sale that you saw; another one now is a conflict.' })
  @IsOptional()
  @Min(0)
  @Max(2_147_483_647)
  expectedVersion?: number;
}

@ObjectType({ description: 'Of a change of a sale: `case` is the first of its cases.' })
export class SalePayload extends CasePayload {
  @Reference('PortfolioSale') sale?: string;
  @Reference('Handoff') handoff?: string;
}

export const names = { sale: 'saleId', handoff: 'handoffId' };

/** Who does not see all cases of a sale may not change it, and does not learn that it exists. */
export async function onSaleOf(
  store: Store,
  context: GraphContext,
  input: SaleInput,
  act: (request: SaleRequest) => Promise<Outcome>,
): Promise<CasePayload> {
  const { saleId, idempotencyKey, expectedVersion, dryRun } = input;
  const cases = await casesOfSale(store, saleId);
  const visible = await visibleSequences(context.run, context.caller, cases);
  if (!cases.length || cases.some((id) => !visible.has(id)))
    return payloadOf({ refused: [{ code: 'NOT_FOUND', message: 'There is no such sale', path: ['input', 'saleId'] }] }, input, undefined);
  const outcome = await act({
    actor: actorOf(context),
    saleId,
    idempotencyKey,
    dryRun,
    ...(expectedVersion == null ? {} : { expectedVersion }),
  });
  return payloadOf(outcome, input, undefined, names);
}
