// What a credit bureau must have been told of a loan, by brute force: day by day over the loan's whole history. It shares nothing with the product, so that it can contradict it.
import { oracleOf, type Rules, type Seen, type Told } from './delinquency-oracle.js';

/** `arrived` is the business date, as a number of days, on which it was told; it is known from the next one on. */
export interface Arrival {
  arrived: number;
  told: Told;
}
/** First day of each class beyond the flag, and the days that the person has after the notice. */
export interface FlagRules {
  flagAt: number;
  updateAt: readonly number[];
  noticeDays: number | null;
}
/** One report: `of` is the day of its figures. */
export interface Expected {
  kind: 'OVERDUE' | 'UPDATE' | 'CORRECTION' | 'WITHDRAWAL';
  on: number;
  reason: 'CURED' | 'ERROR' | null;
  of: number;
  since: number | null;
  days: number;
  overdue: number;
  outstanding: number;
}

const stays = ['WRITTEN_OFF', 'CHARGED_OFF'];

export function flagsOf(history: readonly Arrival[], first: number, last: number, rules: Rules, by: FlagRules): Expected[] {
  const said: Expected[] = [];
  let flag: (Expected & { class: number }) | null = null;
  const flagged = () => flag; // a compiler that follows assignments would take it for null
  let noticed: number | null = null;
  let wasLate = false;
  const say = (kind: Expected['kind'], on: number, of: number, seen: Seen, reason: Expected['reason'] = null): void => {
    said.push({
      kind,
      on,
      reason,
      of,
      since: seen.overdueSince,
      days: seen.daysPastDue,
      overdue: seen.overdue,
      outstanding: seen.outstanding,
    });
    const reached = by.updateAt.filter((days) => days <= seen.delinquentDays).length;
    flag = kind === 'WITHDRAWAL' ? null : { ...said.at(-1)!, class: reached };
  };
  for (let day = first; day <= last; day++) {
    const known = history.filter(({ arrived }) => arrived < day).map(({ told }) => told);
    if (!known.length) continue;
    const seen = oracleOf(known, rules)(day);
    const late = seen.result === 'PAST_DUE';
    const account = known.filter((each) => each.is === 'account').sort((a, b) => b.at - a.at)[0];
    const cured: boolean = wasLate && !late && !(seen.result === 'NONE' && stays.includes(account?.status ?? ''));
    const open = flagged();
    if (open) {
      const again = oracleOf(
        known.filter(({ on }) => on < open.of),
        rules,
      )(open.of);
      const wrong = again.overdueSince !== open.since || again.overdue !== open.overdue || again.outstanding !== open.outstanding;
      if (again.delinquentDays < by.flagAt) say('WITHDRAWAL', day, open.of, again, 'ERROR');
      else if (cured) say('WITHDRAWAL', day, open.of, again, 'CURED');
      else {
        if (wrong) say('CORRECTION', day, open.of, again);
        const reached = by.updateAt.filter((days) => days <= seen.delinquentDays).length;
        if (late && reached !== flagged()!.class) say('UPDATE', day, day, seen);
      }
    }
    if (cured) noticed = null;
    if (!flagged() && late && seen.delinquentDays >= by.flagAt) {
      if (by.noticeDays !== null && noticed === null) noticed = day;
      if (by.noticeDays === null || day >= noticed! + by.noticeDays) {
        say('OVERDUE', day, day, seen);
        noticed = null;
      }
    }
    wasLate = late || (wasLate && !cured);
  }
  return said;
}
