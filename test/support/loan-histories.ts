// Histories of one loan as a source may tell them, made by chance: schedules, money, reversals, charges, pauses, snapshots that contain what was told before; and the same as facts.
import fc from 'fast-check';
import { toDate, toDay } from '../../src/domain/day.js';
import { components, noParts, type Parts } from '../../src/domain/loan/components.js';
import type { LoanFact, ScheduledLine } from '../../src/domain/loan/loan-facts.js';
import { ledger, type Cell, type Line, type Told } from './delinquency-oracle.js';

export const firstDay = toDay('2024-01-31');
const order = ['penalty', 'fee', 'interest', 'principal'] as const;

/** A number below another, of chance. */
type Chance = (below: number) => number;
const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const cell = (due: number): Cell => ({ due, paid: 0, waived: 0, writtenOff: 0 });

/** Months may be of any length: 29 February, the 31st, and two instalments due on one day are among them. */
function schedule(chance: Chance): Line[] {
  let from = firstDay + chance(40);
  return Array.from({ length: 1 + chance(5) }, (_, i) => {
    const due = from + (chance(12) ? 28 + chance(4) : 0);
    const line = { number: i + 1, from, due, cells: [cell(0), cell(chance(3) ? 0 : chance(4)), cell(chance(9)), cell(1 + chance(40))] };
    from = due;
    return line;
  });
}

export interface History {
  told: Told[];
  jurisdiction: 'ID' | 'US';
  /** When the last of it was told. */
  until: number;
}

/** What happens on a loan; each thing is told a few days after the former, and may count for a day long before. */
export function historyOf(seed: number): History {
  const chance = chanceOf(seed);
  const lines = schedule(chance);
  const terms = {
    status: 'ACTIVE',
    grace: chance(3) ? 0 : chance(12),
    tolerance: chance(3) ? 0 : chance(25),
    judged: chance(8) ? 1 : 1 + chance(3),
  };
  const told: Told[] = [{ is: 'account', at: 1, on: firstDay, ...terms, lines }];
  const withChargebacks = chance(4) === 0;
  let day = firstDay + chance(60);
  for (let i = 0, at = 2, n = chance(14); i < n; i++, at += 1 + chance(2)) {
    day += chance(25);
    const payments = told.filter((each) => each.is === 'money');
    const charges = told.filter((each): each is Extract<Told, { due: number }> => each.is === 'charge');
    const value = Math.max(firstDay, day - (chance(3) ? 0 : chance(60)));
    const what = chance(12);
    if (what < 5 || !payments.length)
      told.push({ is: 'money', at, on: value, id: `t${at}`, kind: kindOf(chance, withChargebacks), amount: 1 + chance(60) });
    else if (what === 5) told.push({ is: 'undone', at, on: day, id: payments[chance(payments.length)]!.id });
    else if (what === 6) {
      const again = payments[chance(payments.length)]!;
      if (again.kind !== 'CHARGEBACK') told.push({ ...again, at, amount: chance(2) ? again.amount : 1 + chance(60) });
    } else if (what === 7) {
      const from = firstDay + chance(120);
      told.push({ is: 'pause', at, on: day, from, until: from + chance(40) });
    } else if (what === 8 && !withChargebacks)
      told.push({ is: 'charge', at, on: day, id: `c${at}`, due: firstDay + chance(150), amount: 1 + chance(9) });
    else if (what === 9 && charges.length) {
      const { id, due, amount } = charges[chance(charges.length)]!;
      const is = (['chargeWaived', 'chargeRemoved', 'charge'] as const)[chance(3)]!;
      told.push({
        is,
        at,
        on: day,
        id,
        due,
        amount: is === 'chargeWaived' ? 1 + chance(amount) : is === 'charge' ? 1 + chance(9) : amount,
      });
    } else if (what === 10)
      told.push({
        is: 'account',
        at,
        on: day,
        ...terms,
        status: chance(9) ? 'ACTIVE' : 'CLOSED_OBLIGATIONS_MET',
        lines: chance(4) ? ledger(told) : null,
      });
    else if (what === 11 && chance(2)) {
      const later = chance(60);
      const moved = ledger(told);
      moved.forEach((line, k) => {
        if (line.due > day) line.due += later;
        if (k > 0) line.from = moved[k - 1]!.due;
      });
      told.push({ is: 'schedule', at, on: day, lines: moved, eased: chance(3) > 0, wasBad: chance(2) === 0 });
    }
  }
  return { told, jurisdiction: chance(2) ? 'ID' : 'US', until: day };
}

const kindOf = (chance: Chance, withChargebacks: boolean): string =>
  withChargebacks && chance(3) === 0
    ? 'CHARGEBACK'
    : chance(8)
      ? 'REPAYMENT'
      : (['WAIVER', 'WRITE_OFF', 'GOODWILL_CREDIT', 'REFUND'][chance(4)] as string);

const partsOf = (line: Line, column: keyof Cell): Parts => {
  const parts = noParts();
  for (const part of components) parts[part] = BigInt(line.cells[order.indexOf(part)]![column]);
  return parts;
};
const scheduled = (line: Line): ScheduledLine => ({
  number: line.number,
  fromOn: toDate(line.from),
  dueOn: toDate(line.due),
  due: partsOf(line, 'due'),
  paid: partsOf(line, 'paid'),
  waived: partsOf(line, 'waived'),
  writtenOff: partsOf(line, 'writtenOff'),
});

/** The same history as the facts of the product. */
export function factsOf({ told, jurisdiction }: History): LoanFact[] {
  return told.map((each) => {
    const [type, data] = dataOf(each, jurisdiction);
    return {
      source: '/test',
      id: `f${each.at}`,
      type,
      tenant: 't',
      aggregateId: 't/core/L1',
      sequence: BigInt(each.at),
      effectiveOn: toDate(each.on),
      businessOn: toDate(each.on),
      occurredAt: new Date(0),
      data,
    } as LoanFact;
  });
}

function dataOf(each: Told, jurisdiction: string): [type: string, data: object] {
  switch (each.is) {
    case 'account': {
      const account = {
        borrowerId: 'B1',
        accountNo: 'L1',
        productId: 'P',
        productClass: 'CONSUMER',
        jurisdiction,
        currency: 'IDR',
        principal: 0n,
      };
      const { status, grace, tolerance, judged, lines } = each;
      const terms = { status, graceDays: grace, tolerance: BigInt(tolerance), judgementalClass: judged, disbursedOn: '2024-01-01' };
      return ['LoanAccountSnapshotted', { ...account, ...terms, lines: lines && lines.map(scheduled), pauses: [], guarantors: [] }];
    }
    case 'schedule':
      return [
        'RepaymentScheduleReplaced',
        { reason: each.eased ? 'RESCHEDULE' : 'RE_AMORTIZE', lines: each.lines.map(scheduled), wasNonPerforming: each.wasBad },
      ];
    case 'money': {
      const on = toDate(each.on);
      return [
        'LoanTransactionPosted',
        {
          transactionId: each.id,
          kind: each.kind,
          valueOn: on,
          postedOn: on,
          amount: BigInt(each.amount),
          currency: 'IDR',
          portions: null,
        },
      ];
    }
    case 'undone':
      return ['LoanTransactionReversed', { transactionId: each.id, reversedOn: toDate(each.on) }];
    case 'pause':
      return ['DelinquencyPaused', { startOn: toDate(each.from), endOn: toDate(each.until) }];
    default: {
      const type = { charge: 'ChargeApplied', chargeWaived: 'ChargeWaived', chargeRemoved: 'ChargeRemoved' }[each.is];
      return [type, { chargeId: each.id, dueOn: toDate(each.due), amount: BigInt(each.amount), penalty: true }];
    }
  }
}

/** A seed and how its facts arrive: in any order, some twice, cut into batches. */
export const arrivals = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  shuffle: fc.integer({ min: 0, max: 2 ** 31 }),
  asOf: fc.integer({ min: -40, max: 240 }),
});

export function arriving(facts: readonly LoanFact[], seed: number): LoanFact[][] {
  const chance = chanceOf(seed);
  const all = [...facts, ...facts.filter(() => chance(4) === 0)];
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  const batches: LoanFact[][] = [[]];
  for (const fact of all) {
    batches.at(-1)!.push(fact);
    if (chance(4) === 0) batches.push([]);
  }
  return batches;
}
