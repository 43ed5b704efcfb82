// How borrowers behave: what each pays, when, and what goes wrong, from good payers to first-payment default.
import { plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import type { Random } from './random.js';
import type { Line } from './schedule.js';

export type Behaviour = 'GOOD' | 'LATE_CURES' | 'ROLLS' | 'REDEEMS' | 'HARDSHIP' | 'REFUSES' | 'FRAUD';

export const shares: Record<Behaviour, number> = { GOOD: 68, LATE_CURES: 14, ROLLS: 6, REDEEMS: 4, HARDSHIP: 4, REFUSES: 3, FRAUD: 1 };

export interface Payment {
  /** When the bank booked it, and the day for which it counts. */
  postedOn: LocalDate;
  valueOn: LocalDate;
  amount: bigint;
  /** The day on which it bounced. */
  reversedOn: LocalDate | null;
}

/** What one loan's borrower pays until `until`. */
export function paymentsOf(behaviour: Behaviour, lines: readonly Line[], until: LocalDate, random: Random): Payment[] {
  const payments: Payment[] = [];
  const pay = (on: LocalDate, amount: bigint): void => {
    const backdated = random.chance(0.015) ? random.int(3, 20) : 0;
    const postedOn = plusDays(on, backdated);
    if (postedOn > until || amount <= 0n) return;
    const bounced = behaviour !== 'GOOD' && random.chance(0.03) ? plusDays(postedOn, random.int(2, 10)) : null;
    payments.push({ postedOn, valueOn: on, amount, reversedOn: bounced && bounced <= until ? bounced : null });
    if (bounced) pay(plusDays(bounced, random.int(3, 12)), amount);
  };
  const stopsAt = random.int(2, 5);
  const comesBackAfter = random.int(35, 110);
  let owed = 0n;
  for (const { number, dueDate, principal, interest } of lines) {
    const due = principal + interest;
    if (dueDate > until) break;
    switch (behaviour) {
      case 'GOOD':
        pay(plusDays(dueDate, -random.int(0, 4)), due);
        break;
      case 'LATE_CURES':
        pay(plusDays(dueDate, random.chance(0.5) ? random.int(2, 27) : 0), due);
        break;
      case 'HARDSHIP':
        pay(plusDays(dueDate, random.int(0, 6)), number < stopsAt ? due : (due * BigInt(random.int(35, 70))) / 100n);
        break;
      case 'REDEEMS':
        if (number < stopsAt) pay(dueDate, due);
        else owed += due;
        if (number === stopsAt + Math.floor(comesBackAfter / 30)) {
          pay(plusDays(dueDate, comesBackAfter % 30), owed);
          owed = 0n;
        } else if (number > stopsAt + Math.floor(comesBackAfter / 30)) {
          pay(dueDate, due);
          owed = 0n;
        }
        break;
      case 'ROLLS':
      case 'REFUSES':
        if (number < stopsAt) pay(dueDate, due);
        break;
      case 'FRAUD':
        break;
    }
  }
  return payments;
}
