// The counter of default of a loan, where the rules of its jurisdiction have one.
import { Field, Int, ObjectType } from 'type-graphql';
import { daysBetween } from '../../domain/day.js';
import { policyFor } from '../../policies/index.js';
import { LocalDate } from '../scalars.js';
import { isLive, type LiveRow } from './classifications.js';

@ObjectType({
  description:
    'Default by material days in a row, counted for this loan alone: neither grace, pauses and tolerance nor other loans of the borrower count.',
})
export class DefaultCounter {
  @Field(() => Int, { description: 'Days in a row, the business date included, on which what is past due was material.' })
  materialDays!: number;
  @Field(() => LocalDate, { nullable: true, description: 'The first of them.' }) materialSince!: string | null;
  @Field(() => Boolean) inDefault!: boolean;
  @Field(() => LocalDate, { nullable: true }) defaultSince!: string | null;
  @Field(() => String) policyVersion!: string;
  @Field(() => String) citation!: string;
  @Field(() => Boolean, { description: 'Whether the rule was read in the primary text.' }) verified!: boolean;
}

interface Row extends LiveRow {
  currency: string | null;
  materialSince: string | null;
  defaultSince: string | null;
}

export const defaultCounters = (loans: Record<string, unknown>[]): (DefaultCounter | null)[] =>
  loans.map((each) => {
    const row = each as unknown as Row;
    if (!isLive(row)) return null;
    const { version: policyVersion, defaultCounter: rule } = policyFor(row.jurisdiction, row.businessDate);
    if (rule?.currency !== row.currency) return null;
    const { materialSince, defaultSince } = row;
    const materialDays = materialSince === null ? 0 : daysBetween(materialSince, row.businessDate) + 1;
    const { citation, verified } = rule;
    return { materialDays, materialSince, inDefault: defaultSince !== null, defaultSince, policyVersion, citation, verified };
  });
