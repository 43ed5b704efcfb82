// Delinquency instalment by instalment, for sources and products that are aged at that level.
import { daysBetween, plusDays, toDay } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { Policy } from '../policy.js';
import { bucketOf, linesOf } from './assess.js';
import { totalOf } from './components.js';
import { isOpen } from './owed.js';
import * as pauses from './pauses.js';
import type { Position } from './position.js';

export interface InstalmentDelinquency {
  number: number;
  dueOn: LocalDate;
  daysPastDue: number;
  delinquentDays: number;
  overdue: bigint;
  bucket: string;
}

/** The late instalments, oldest first. Grace counts per instalment only where the policy says so. */
export function perInstalment(position: Position, asOf: LocalDate, policy: Policy): InstalmentDelinquency[] {
  const grace = policy.graceAppliesPerInstalment ? (position.account?.graceDays ?? 0) : 0;
  const ranges = pauses.merged(position.pauses);
  return linesOf(position, policy)
    .filter((line) => isOpen(line) && line.dueOn < asOf)
    .map(({ number, dueOn, outstanding }) => {
      const daysPastDue = daysBetween(dueOn, asOf);
      const counted = pauses.from(ranges, toDay(plusDays(dueOn, grace)));
      const delinquentDays = Math.max(0, daysPastDue - grace - pauses.daysBefore(counted, toDay(asOf)));
      return { number, dueOn, daysPastDue, delinquentDays, overdue: totalOf(outstanding), bucket: bucketOf(policy, delinquentDays) };
    });
}
