// What a policy says of a bureau: from when on a loan is flagged and updated, and by when a report has to be there.
import { plusBusinessDays, plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { Policy } from '../policy.js';

/** Delinquent days from which a loan is flagged, null where it never is; and those at which the flag is updated, ascending. */
export function bureauSteps({ thresholds }: Pick<Policy, 'thresholds'>): { flagFrom: number | null; updateAt: number[] } {
  return {
    flagFrom: thresholds.find(({ does }) => does.includes('BUREAU_FLAG'))?.days ?? null,
    updateAt: thresholds.flatMap(({ days, does }) => (does.includes('BUREAU_UPDATE') ? days : [])),
  };
}

/** The last day on which a report of an event is in time. Business days are those of the policy's calendar, without one Monday to Friday. */
export function reportDueOn({ bureau, calendar }: Pick<Policy, 'bureau' | 'calendar'>, eventOn: LocalDate): LocalDate {
  const { days, count } = bureau.reportWithin;
  return count === 'CALENDAR' ? plusDays(eventOn, days) : plusBusinessDays(eventOn, days, calendar);
}
