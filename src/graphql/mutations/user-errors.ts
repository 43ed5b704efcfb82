// Expected noes as data: each kind of refusal is one type of the schema, mapped here and nowhere else.
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { Refusal } from '../../actions/request.js';
import { DateTime } from '../scalars.js';

/** The meaning of each refusal: codes are never reused. */
export const refusals: Record<Refusal['code'], string> = {
  GUARD_REJECTED: 'A rule of the business stands against it; `ruleId` names it, `earliestAllowedAt` says from when it does not.',
  CONCURRENCY_CONFLICT: 'The case is at `currentVersion` now. Read it again and decide anew.',
  CONNECTOR_UNAVAILABLE: 'The partner cannot be reached now; `queued` says whether the hand-over waits.',
  MANDATE_EXCEEDED: 'More than the policy lets this caller decide; `limit` says how much it does.',
  IDEMPOTENCY_MISMATCH: 'The key was used for another input. Take a new key.',
  NOT_FOUND: 'There is no such thing, or not for this caller.',
  INVALID_INPUT: 'A field of the input, named by `path`, does not fit the case.',
};
export const ErrorCode = Object.fromEntries(Object.keys(refusals).map((code) => [code, code])) as { [C in Refusal['code']]: C };
registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'Never reused. Open: keep a default branch.',
  valuesConfig: Object.fromEntries(Object.entries(refusals).map(([code, description]) => [code, { description }])),
});

@InterfaceType({
  description: 'Why a request was refused: a rule of the business, not a fault.',
  resolveType: (value: Refusal) => typeOf(value.code),
})
export abstract class UserError {
  @Field(() => ErrorCode) code!: Refusal['code'];
  @Field(() => String) message!: string;
  @Field(() => [String], { nullable: true, description: 'Where in the input.' }) path?: string[];
}

@ObjectType({ implements: UserError, description: 'A rule stands against it.' })
export class GuardRejected extends UserError {
  @Field(() => ID) ruleId!: string;
  @Field(() => String, { nullable: true, description: 'The law or standard behind the rule.' }) citation?: string;
  @Field(() => DateTime, { nullable: true }) earliestAllowedAt?: string;
}

@ObjectType({ implements: UserError, description: 'Somebody has changed the case meanwhile.' })
export class ConcurrencyConflict extends UserError {
  @Field(() => Int) currentVersion!: number;
}

@ObjectType({ implements: UserError, description: 'The partner cannot be reached now.' })
export class ConnectorUnavailable extends UserError {
  @Field(() => String) breakerState!: string;
  @Field(() => Boolean) queued!: boolean;
}

@ObjectType({ implements: UserError, description: 'More than the policy lets this caller decide.' })
export class MandateExceeded extends UserError {
  @Field(() => String) limit!: string;
}

@ObjectType({ implements: UserError })
export class PlainError extends UserError {}

export const typesOfRefusals: Record<Refusal['code'], string> = {
  GUARD_REJECTED: 'GuardRejected',
  CONCURRENCY_CONFLICT: 'ConcurrencyConflict',
  CONNECTOR_UNAVAILABLE: 'ConnectorUnavailable',
  MANDATE_EXCEEDED: 'MandateExceeded',
  IDEMPOTENCY_MISMATCH: 'PlainError',
  NOT_FOUND: 'PlainError',
  INVALID_INPUT: 'PlainError',
};
const typeOf = (code: Refusal['code']): string => typesOfRefusals[code];
