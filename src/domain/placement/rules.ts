// What a policy says of placements with agencies: clocks, commission, contact, and which agency's level gets what.

/** Whole at placement: what is edited later changes no placed case. */
export interface CommissionRule {
  /** Ascending by age. */
  rates: readonly { fromDaysPastDue: number; rate: string }[];
  remittance: 'NET' | 'GROSS';
  directPaymentsEarn: boolean;
  /** Days after the end within which a payment that was under way still counts. */
  tailDays: number;
}

/** A row of the decision table: the first whose conditions all hold decides which agencies may get the case. */
export interface AllocationRow {
  id: string;
  minDaysPastDue?: number;
  maxDaysPastDue?: number;
  /** In minor units by currency; a currency that is not named has no floor. */
  minOverdue?: Readonly<Record<string, bigint>>;
  segments?: readonly string[];
  jurisdictions?: readonly string[];
  /** Of agencies: PRIMARY, SECONDARY, TERTIARY. */
  level: AgencyLevel;
}

export const agencyLevels = ['PRIMARY', 'SECONDARY', 'TERTIARY'] as const;
export type AgencyLevel = (typeof agencyLevels)[number];

export interface PlacementRules {
  citation: string;
  verified: boolean;
  /** Monday to Friday, without the policy's holidays. */
  acknowledgeWithinBusinessDays: number;
  statusEveryDays: number;
  /** Calendar days in which the agency may object to a recall, and in which the bank answers; then the recall is final. */
  objectionDays: number;
  objectionAnswerDays: number;
  coolingOffDays: number;
  /** Beside the rate of `agency.commissionRate`, which is that of the youngest claims. */
  laterRates: readonly { fromDaysPastDue: number; rate: string }[];
  remittance: 'NET' | 'GROSS';
  directPaymentsEarn: boolean;
  tailDays: number;
  /** Tries to reach the debtor. */
  attempts: { most: number; inDays: number };
  thirdParties: boolean;
  allocation: readonly AllocationRow[];
}

const share = (text: string): number => (/^0\.\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

/** What is wrong with them; empty when they can be used. */
export function faultsOfPlacementRules(rules: PlacementRules): string[] {
  const faults: string[] = [];
  const { acknowledgeWithinBusinessDays, statusEveryDays, objectionDays, objectionAnswerDays, coolingOffDays, tailDays, attempts } = rules;
  if (Math.min(acknowledgeWithinBusinessDays, statusEveryDays, objectionDays, objectionAnswerDays, attempts.most, attempts.inDays) < 1)
    faults.push('a clock of placements has no day');
  if (Math.min(coolingOffDays, tailDays) < 0) faults.push('a placement cools off or trails for less than no day');
  rules.laterRates.forEach(({ fromDaysPastDue, rate }, i) => {
    if (fromDaysPastDue <= (rules.laterRates[i - 1]?.fromDaysPastDue ?? 0))
      faults.push(`commission from day ${fromDaysPastDue} does not follow`);
    if (!(share(rate) > 0)) faults.push(`commission ${rate} is no share`);
  });
  const last = rules.allocation.at(-1);
  if (!last || Object.keys(last).some((key) => key !== 'id' && key !== 'level'))
    faults.push('allocation has no last row that takes all that is left');
  if (new Set(rules.allocation.map(({ id }) => id)).size !== rules.allocation.length) faults.push('two rows of allocation have one id');
  return faults;
}

export const commissionRuleOf = (rate: string, rules: PlacementRules): CommissionRule => ({
  rates: [{ fromDaysPastDue: 0, rate }, ...rules.laterRates],
  remittance: rules.remittance,
  directPaymentsEarn: rules.directPaymentsEarn,
  tailDays: rules.tailDays,
});

/** The rate that holds at an age. */
export const rateAt = ({ rates }: Pick<CommissionRule, 'rates'>, daysPastDue: number): string =>
  (rates.findLast(({ fromDaysPastDue }) => fromDaysPastDue <= daysPastDue) ?? rates[0]!).rate;
