// Asset classes by days past due, as dated and versioned schemes: floors, beside which judgement, restructuring and sibling loans count.
import type { LocalDate } from './fact.js';
import type { Basis } from './policy.js';

export interface Scheme extends Basis {
  /** E.g. `ID_COMMERCIAL`. */
  id: string;
  /** ISO 3166-1 alpha-2, `EU`, or `*`. */
  jurisdiction: string;
  institution: 'BANK' | 'RURAL_BANK' | 'ANY';
  /** `ANY`, or the product class that it is for. */
  productClass: string;
  version: string;
  effectiveFrom: LocalDate;
  /** The class holds from `minDays` on, inclusive; where the rule says "more than n", n + 1. `verified` of a single threshold where it differs. */
  tiers: readonly { tier: number; name: string; minDays: number; verified?: boolean }[];
}

export interface Drivers {
  days: number;
  judgemental: number;
  oneObligor: number;
  restructured: number;
}

export interface Classified {
  scheme: Scheme;
  tier: Scheme['tiers'][number];
  drivers: Drivers;
}

/**
 * A loan's class by a scheme: the worst of its drivers, each of which is a floor. The floors are classes of the loan's own jurisdiction, so they hold in its schemes and not in those of everywhere.
 * @param days as the regulator counts them
 */
export function classify(scheme: Scheme, days: number, floors: Omit<Drivers, 'days'>): Classified {
  const none = { judgemental: 1, oneObligor: 1, restructured: 1 };
  const byDays = scheme.tiers.findLast(({ minDays }) => days >= minDays) ?? scheme.tiers[0]!;
  const drivers = { days: byDays.tier, ...(scheme.jurisdiction === '*' ? none : floors) };
  const least = Math.max(...Object.values(drivers));
  return { scheme, tier: scheme.tiers.find(({ tier }) => tier >= least) ?? scheme.tiers.at(-1)!, drivers };
}
