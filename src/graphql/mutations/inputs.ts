// What every input and payload of a mutation has.
import { IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, Decimal, LocalDate } from '../scalars.js';
import { Reference } from '../reader/roots.js';
import { UserError } from './user-errors.js';

@InputType()
export abstract class RequestInput {
  @Field(() => String, { description: 'The same key with the same input gets the first answer again, for at least 7 days.' })
  @Length(1, 200)
  idempotencyKey!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Decide, and change nothing.' }) dryRun!: boolean;
  @Field(() => String, { nullable: true, description: 'Returned as given.' }) @IsOptional() @Length(0, 200) clientMutationId?: string;
}

@InputType()
export abstract class CaseInput extends RequestInput {
  @Field(() => ID) @Matches(/^case_[0-9a-z]{16}$/, { message: 'caseId must be the id of a case' }) caseId!: string;
  @Field(() => Int, { nullable: true, description: 'The version that you saw; another one now is a conflict.' })
  @IsOptional()
  @Min(0)
  @Max(2_147_483_647)
  expectedVersion?: number;
}

@InputType({ description: 'An exact amount of one currency.' })
export class MoneyInput {
  @Field(() => Decimal) amount!: string;
  @Field(() => String, { description: 'ISO 4217.' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three letters of ISO 4217' })
  currency!: string;
}

@ObjectType({ description: 'What the rules say of a request: the same in a dry run and when it is done.' })
export class RequestDecision {
  @Field(() => ID, {
    nullable: true,
    description: 'Of the `Decision` that is kept with the case; null where nothing, or more than one, was.',
  })
  id?: string;
  @Field(() => String, { description: 'ALLOWED or REFUSED.' }) outcome!: string;
  @Field(() => String, {
    description: 'The first rule that stands against it; where none does, the action, all of whose rules were asked.',
  })
  ruleId!: string;
  @Field(() => String) policyVersion!: string;
  @Field(() => [String], { description: 'Of each rule that stands against it.' }) reasons!: string[];
  @Field(() => String, { nullable: true, description: 'The law or standard behind the rule.' }) citation?: string;
  @Field(() => DateTime, { nullable: true, description: 'When it would be allowed, where the rules can tell.' }) earliestAllowedAt?: string;
  @Field(() => String, { description: 'JSON.' }) inputs!: string;
  @Field(() => LocalDate) decidedOn!: string;
}

@ObjectType()
export abstract class CasePayload {
  @Reference('RecoveryCase') case?: string;
  @Field(() => RequestDecision, { nullable: true, description: 'Null where no rule was asked, as for an input that does not fit.' })
  decision?: RequestDecision;
  @Field(() => [UserError], { description: 'Empty means success.' }) userErrors!: UserError[];
  @Field(() => Boolean, { description: 'Nothing was changed.' }) dryRun!: boolean;
  @Field(() => String, { nullable: true }) clientMutationId?: string;
}
