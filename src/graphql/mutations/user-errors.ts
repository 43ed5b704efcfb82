// Expected noes as data: each kind of refusal is one type of the schema, mapped here and nowhere else.
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { Refusal } from '../../actions/request.js';
import { DateTime } from '../scalars.js';

const codes = [
  'GUARD_REJECTED',
  'CONCURRENCY_CONFLICT',
  'CONNECTOR_UNAVAILABLE',
  'MANDATE_EXCEEDED',
  'IDEMPOTENCY_MISMATCH',
  'NOT_FOUND',
  'INVALID_INPUT',
] as const;
export const ErrorCode = Object.fromEntries(codes.map((code) => [code, code])) as { [C in Refusal['code']]: C };
registerEnumType(ErrorCode, { name: 'ErrorCode', description: 'Never reused. Open: keep a default branch.' });

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

const types: Record<Refusal['code'], string> = {
  GUARD_REJECTED: 'GuardRejected',
  CONCURRENCY_CONFLICT: 'ConcurrencyConflict',
  CONNECTOR_UNAVAILABLE: 'ConnectorUnavailable',
  MANDATE_EXCEEDED: 'MandateExceeded',
  IDEMPOTENCY_MISMATCH: 'PlainError',
  NOT_FOUND: 'PlainError',
  INVALID_INPUT: 'PlainError',
};
const typeOf = (code: Refusal['code']): string => types[code];
