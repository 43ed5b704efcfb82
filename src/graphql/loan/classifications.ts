// The classes of a loan by every scheme in force for it, and what drives them; computed by the rules of its jurisdiction from its columns.
import { Field, Int, ObjectType } from 'type-graphql';
import { classify, type Drivers } from '../../domain/classification.js';
import { classOf, floorOf } from '../../domain/loan/assess.js';
import { policyFor } from '../../policies/index.js';
import { schemesFor } from '../../policies/schemes.js';
import { LocalDate } from '../scalars.js';

@ObjectType({ description: 'The class that each rule alone would give; 1 where it says nothing.' })
export class LoanDrivers {
  @Field(() => Int, { description: 'By the days that the regulator counts.' }) days!: number;
  @Field(() => Int, { description: "By people's judgement." }) judgemental!: number;
  @Field(() => Int, { description: "By the borrower's other loans." }) oneObligor!: number;
  @Field(() => Int, { description: 'While it is watched after easier terms.' }) restructured!: number;
}

@ObjectType({ description: 'The class of a loan by one scheme.' })
export class LoanClassification {
  @Field(() => String) schemeId!: string;
  @Field(() => String, { description: 'Whom the scheme is for: BANK, RURAL_BANK, ANY.' }) institution!: string;
  @Field(() => Int) tier!: number;
  @Field(() => String, { description: 'As the scheme calls the tier.' }) name!: string;
  @Field(() => Int) regulatoryDays!: number;
  @Field(() => LoanDrivers) drivers!: LoanDrivers;
  @Field(() => String) version!: string;
  @Field(() => LocalDate) effectiveFrom!: string;
  @Field(() => String) citation!: string;
  @Field(() => Boolean, { description: 'Whether this threshold was read in the primary text.' }) verified!: boolean;
}

export interface LiveRow {
  result: string;
  jurisdiction: string | null;
  /** Null before the books have had a date. */
  businessDate: string | null;
}

interface Row extends LiveRow {
  daysPastDue: number;
  delinquentDays: number;
  judgementalClass: number | null;
  obligorClass: number;
  restructuredOn: string | null;
  restructuredNonPerforming: boolean | null;
  productClass: string | null;
}

export const isLive = <R extends LiveRow>(row: R): row is R & { jurisdiction: string; businessDate: string } => {
  const { result, jurisdiction, businessDate } = row;
  return jurisdiction !== null && businessDate !== null && result !== 'NONE' && result !== 'AWAITING_SNAPSHOT';
};

/** By the policy: days past due, or what treatments count. */
const countedDays = ({ jurisdiction, businessDate, daysPastDue, delinquentDays }: Row): number =>
  businessDate !== null && policyFor(jurisdiction ?? '*', businessDate).regulatoryCounter === 'DELINQUENT' ? delinquentDays : daysPastDue;

export const regulatoryDays = (loans: Record<string, unknown>[]): number[] => loans.map((row) => countedDays(row as unknown as Row));

export const driversOf = (loans: Record<string, unknown>[]): LoanDrivers[] => loans.map((row) => drivers(row as unknown as Row));

function drivers(row: Row): Drivers {
  if (!isLive(row)) return { days: 1, judgemental: 1, oneObligor: row.obligorClass, restructured: 1 };
  const policy = policyFor(row.jurisdiction, row.businessDate);
  const eased = row.restructuredOn === null ? null : { on: row.restructuredOn, wasNonPerforming: row.restructuredNonPerforming ?? true };
  return {
    days: classOf(policy, countedDays(row)),
    judgemental: row.judgementalClass ?? 1,
    oneObligor: row.obligorClass,
    restructured: floorOf(policy, eased, row.businessDate),
  };
}

export const classifications = (loans: Record<string, unknown>[]): LoanClassification[][] =>
  loans.map((each) => {
    const row = each as unknown as Row;
    if (!isLive(row)) return [];
    const floors = drivers(row);
    const days = countedDays(row);
    return schemesFor(row.jurisdiction, row.productClass ?? 'ANY', row.businessDate).map((of) => {
      const { scheme, tier, drivers } = classify(of, days, floors);
      const { id: schemeId, institution, version, effectiveFrom, citation } = scheme;
      const verified = tier.verified ?? scheme.verified;
      return {
        schemeId,
        institution,
        tier: tier.tier,
        name: tier.name,
        regulatoryDays: days,
        drivers,
        version,
        effectiveFrom,
        citation,
        verified,
      };
    });
  });
