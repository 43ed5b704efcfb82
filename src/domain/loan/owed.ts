// What is still owed, line by line: the schedule, the charges beside it, and the repayments spread over both.
import type { LocalDate } from '../fact.js';
import { components, noParts, totalOf, type Component, type Parts } from './components.js';
import type { ScheduledLine } from './loan-facts.js';
import { later, type PostedEntry, type Position } from './position.js';

export interface OwedLine {
  number: number;
  fromOn: LocalDate | null;
  dueOn: LocalDate;
  /** After waivers and write-offs. */
  due: Parts;
  outstanding: Parts;
}

/** In which order a repayment without portions is spread inside an instalment; oldest instalment first. */
export type AllocationOrder = readonly Component[];

/** The schedule as it stands: the newest whole one, with the lines that were told apart after it. By due date. */
export function scheduleOf({ schedule, lines }: Position): ScheduledLine[] {
  const newer = lines.filter(({ at }) => later(at, schedule?.at));
  if (!newer.length) return schedule?.lines ?? [];
  const changed = new Set(newer.map(({ number }) => number));
  return [...(schedule?.lines ?? []).filter(({ number }) => !changed.has(number)), ...newer.flatMap(({ line }) => line ?? [])].sort(
    (a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number),
  );
}

/**
 * A repayment pays the oldest instalment first. A reversal of a repayment that the schedule's snapshot already contains reopens the newest paid first.
 * A charge is due with the first instalment that is due on or after its own due date (the last one, if none).
 * A chargeback opens no line by itself: the source tells what it reinstates with its schedule, and assess.ts counts it against what was paid.
 * @param roll moves a due date off rest days, where that is still to be done
 */
export function owed(position: Position, order: AllocationOrder, roll: (date: LocalDate) => LocalDate = (date) => date): OwedLine[] {
  const base = position.schedule?.at[0] ?? 0n;
  const told = toldOn(position);
  const lines = scheduleOf(position).map((line): OwedLine => {
    const due = less(less(line.due, line.waived), line.writtenOff);
    const outstanding = { ...due };
    for (const part of components) {
      outstanding[part] -= line.paid[part];
      if (outstanding[part] < 0n) outstanding[part] = 0n;
    }
    return { number: line.number, fromOn: line.fromOn, dueOn: roll(line.dueOn), due, outstanding };
  });
  if (!lines.length) return lines;
  addCharges(position, base, lines);
  const counting = position.postings.filter((each) => counts(each, base, told) !== 0 && affectsDues(each, position));
  let settled = 0; // lines before this one owe nothing
  for (const posting of counting.sort(byValueDate)) {
    if (counts(posting, base, told) < 0) {
      reopen(lines, posting, order);
      settled = 0;
    } else settled = pay(lines, posting, order, settled);
  }
  return lines;
}

const less = (a: Parts, b: Parts): Parts => ({
  principal: a.principal - b.principal,
  interest: a.interest - b.interest,
  fee: a.fee - b.fee,
  penalty: a.penalty - b.penalty,
});

/** The last business date of which the schedule tells; it may be told in parts. */
const toldOn = ({ schedule, lines }: Position): LocalDate =>
  lines.reduce((newest, { on }) => (on > newest ? on : newest), schedule?.on ?? '');

/** 1: counts beside the schedule; -1: the schedule contains it, and it was reversed since; 0: neither. */
const counts = ({ sequence, reversal, contained, postedOn }: PostedEntry, base: bigint, told: LocalDate): number =>
  contained
    ? Number(postedOn > told) - Number(reversal !== null && reversal.on > told)
    : Number(sequence > base) - Number(reversal !== null && reversal.sequence > base);

const withoutEffect: readonly string[] = ['DISBURSEMENT', 'CHARGE_OFF', 'CHARGEBACK'];
const affectsDues = ({ kind, currency }: PostedEntry, { account }: Position): boolean =>
  !withoutEffect.includes(kind) && !(currency && account && currency !== account.currency);

const byValueDate = (a: PostedEntry, b: PostedEntry): number =>
  a.valueOn < b.valueOn ? -1 : a.valueOn > b.valueOn ? 1 : a.transactionId < b.transactionId ? -1 : 1;

function addCharges(position: Position, base: bigint, lines: OwedLine[]): void {
  for (const charge of position.charges) {
    if (charge.contained) continue;
    const added =
      (charge.applied > base ? charge.amount : 0n) -
      (charge.removed !== null && charge.removed > base ? charge.amount : 0n) -
      (charge.waived && charge.waived.sequence > base ? charge.waived.amount : 0n);
    if (added === 0n) continue;
    const line = lines.find(({ dueOn }) => dueOn >= charge.dueOn) ?? lines.at(-1)!;
    const part: Component = charge.penalty ? 'penalty' : 'fee';
    line.due[part] += added;
    line.outstanding[part] = line.outstanding[part] + added > 0n ? line.outstanding[part] + added : 0n;
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** @returns the first line that still owes something */
function pay(lines: OwedLine[], posting: PostedEntry, order: AllocationOrder, settled: number): number {
  const left = posting.portions ? { ...posting.portions } : null;
  let amount = left ? Object.values(left).reduce((sum, each) => sum + each, 0n) : posting.amount;
  let first = settled;
  for (let k = settled; k < lines.length && amount > 0n; k++) {
    const { outstanding } = lines[k]!;
    for (const part of order) {
      if (outstanding[part] === 0n) continue;
      const take = least(outstanding[part], left ? (left[part] ?? 0n) : amount);
      if (take <= 0n) continue;
      outstanding[part] -= take;
      amount -= take;
      if (left) left[part]! -= take;
    }
    if (first === k && totalOf(outstanding) === 0n) first++;
  }
  return first;
}

function reopen(lines: OwedLine[], posting: PostedEntry, order: AllocationOrder): void {
  const left = posting.portions ? { ...posting.portions } : null;
  let amount = posting.amount;
  for (const { due, outstanding } of lines.toReversed()) {
    for (const part of [...order].reverse()) {
      const back = least(due[part] - outstanding[part], left ? (left[part] ?? 0n) : amount);
      if (back <= 0n) continue;
      outstanding[part] += back;
      if (left) left[part]! -= back;
      else amount -= back;
    }
  }
}

export const outstandingOf = (lines: readonly OwedLine[]): Parts => sum(lines.map(({ outstanding }) => outstanding));

export function sum(all: readonly Parts[]): Parts {
  const total = noParts();
  for (const parts of all) {
    total.principal += parts.principal;
    total.interest += parts.interest;
    total.fee += parts.fee;
    total.penalty += parts.penalty;
  }
  return total;
}

export const isOpen = ({ outstanding }: OwedLine): boolean => totalOf(outstanding) > 0n;
