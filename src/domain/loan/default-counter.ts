// Default of an obligor by consecutive material days: a counter of its own, never derived from days past due.
import type { LocalDate } from '../fact.js';
import { plusDays } from '../day.js';
import type { DefaultRule } from '../policy.js';

export interface DefaultCounter {
  asOf: LocalDate;
  /** Material days in a row. */
  days: number;
  defaulted: boolean;
  /** Days in a row without materiality since the default began. */
  quietDays: number;
}

export interface ObligorDay {
  /** In minor units of the rule's currency. */
  pastDue: bigint;
  exposure: bigint;
  forborne: boolean;
  unlikelyToPay: boolean;
}

export const neverDefaulted = (asOf: LocalDate): DefaultCounter => ({ asOf, days: 0, defaulted: false, quietDays: 0 });

/** Past due is material when it is above the absolute threshold and above the share of the exposure, both "more than". */
export function isMaterial({ pastDue, exposure }: Pick<ObligorDay, 'pastDue' | 'exposure'>, rule: DefaultRule): boolean {
  const [whole = '0', fraction = ''] = rule.relative.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return pastDue > rule.absolute && pastDue * scale > BigInt(whole + fraction) * exposure;
}

/**
 * One step a calendar day; days that were missed are stepped one by one.
 * @param dayOf the obligor on each day up to `to`
 * Source: CRR art. 178, Delegated Regulation (EU) 2018/171, EBA/GL/2016/07.
 */
export function countTo(from: DefaultCounter, to: LocalDate, dayOf: (on: LocalDate) => ObligorDay, rule: DefaultRule): DefaultCounter {
  let counter = from;
  while (counter.asOf < to) {
    const asOf = plusDays(counter.asOf, 1);
    const day = dayOf(asOf);
    const material = isMaterial(day, rule);
    const days = material ? counter.days + 1 : 0;
    const quietDays = counter.defaulted && !material && !day.unlikelyToPay ? counter.quietDays + 1 : 0;
    const probation = day.forborne ? rule.forborneProbationDays : rule.probationDays;
    const defaulted = (counter.defaulted && quietDays < probation) || days > rule.days;
    counter = { asOf, days, defaulted, quietDays: defaulted ? quietDays : 0 };
  }
  return counter;
}
