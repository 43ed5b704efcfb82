// Repayment schedules, flat and annuity, exact to the last minor unit, due on the same day of each month or the month's last.
import { toDate, toDay } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';

export interface Line {
  number: number;
  fromDate: LocalDate;
  dueDate: LocalDate;
  principal: bigint;
  interest: bigint;
}

/** The same day `months` later; a month that is too short ends earlier. */
export function monthsLater(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDate(toDay(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)));
}

/** @param ratePerMille monthly interest in thousandths of the balance (annuity) or of the original principal (flat) */
export function scheduleOf(principal: bigint, months: number, ratePerMille: bigint, from: LocalDate, kind: 'FLAT' | 'ANNUITY'): Line[] {
  const lines: Line[] = [];
  const level = kind === 'FLAT' ? principal / BigInt(months) : payment(principal, months, ratePerMille);
  let balance = principal;
  for (let number = 1; number <= months; number++) {
    const interest = ((kind === 'FLAT' ? principal : balance) * ratePerMille) / 1000n;
    const wanted = kind === 'FLAT' ? level : level - interest;
    const part = number === months || wanted > balance ? balance : wanted;
    lines.push({ number, fromDate: monthsLater(from, number - 1), dueDate: monthsLater(from, number), principal: part, interest });
    balance -= part;
  }
  return lines;
}

/** The level payment, in whole minor units: found by trying, since a float would not be exact. */
function payment(principal: bigint, months: number, ratePerMille: bigint): bigint {
  let [low, high] = [principal / BigInt(months), principal + (principal * ratePerMille) / 1000n];
  while (low < high) {
    const middle = (low + high) / 2n;
    let balance = principal;
    for (let month = 0; month < months; month++) balance -= middle - (balance * ratePerMille) / 1000n;
    if (balance > 0n) low = middle + 1n;
    else high = middle;
  }
  return low;
}
