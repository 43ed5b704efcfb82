// What is still owed, line by line: the schedule, the charges beside it, and the repayments spread over both.
import type { LocalDate } from '../fact.js';
import { components, noParts, totalOf, type Component, type Parts } from './components.js';
import type { PostedEntry, Position } from './position.js';

export interface OwedLine {
  number: number;
  dueOn: LocalDate;
  /** After waivers and write-offs. */
  due: Parts;
  outstanding: Parts;
}

/** In which order a repayment without portions is spread inside an instalment; oldest instalment first. */
export type AllocationOrder = readonly Component[];

/**
 * A repayment pays the oldest instalment first. A reversal of a repayment that the schedule's snapshot already contains reopens the newest paid first.
 * A charge is due with the first instalment that is due on or after its own due date (the last one, if none).
 */
export function owed(position: Position, order: AllocationOrder): OwedLine[] {
  if (!position.schedule) return [];
  const [base] = position.schedule.at;
  const lines = position.schedule.lines.map((line): OwedLine => {
    const due = noParts();
    const outstanding = noParts();
    for (const part of components) {
      due[part] = line.due[part] - line.waived[part] - line.writtenOff[part];
      const open = due[part] - line.paid[part];
      outstanding[part] = open > 0n ? open : 0n;
    }
    return { number: line.number, dueOn: line.dueOn, due, outstanding };
  });
  addCharges(position, base, lines);
  for (const posting of [...position.postings].sort(byValueDate)) {
    const counts = (posting.sequence > base ? 1 : 0) - (posting.reversal && posting.reversal.sequence > base ? 1 : 0);
    if (counts === 0 || !affectsDues(posting.kind)) continue;
    const back = counts < 0 !== (posting.kind === 'CHARGEBACK');
    if (back) reopen(lines, posting, order);
    else pay(lines, posting, order);
  }
  return lines;
}

const affectsDues = (kind: string): boolean => kind !== 'DISBURSEMENT' && kind !== 'CHARGE_OFF';

const byValueDate = (a: PostedEntry, b: PostedEntry): number =>
  a.valueOn < b.valueOn ? -1 : a.valueOn > b.valueOn ? 1 : a.transactionId < b.transactionId ? -1 : 1;

function addCharges(position: Position, base: bigint, lines: OwedLine[]): void {
  for (const charge of position.charges) {
    const added =
      (charge.applied > base ? charge.amount : 0n) -
      (charge.removed !== null && charge.removed > base ? charge.amount : 0n) -
      (charge.waived && charge.waived.sequence > base ? charge.waived.amount : 0n);
    const line = lines.find(({ dueOn }) => dueOn >= charge.dueOn) ?? lines.at(-1);
    if (!line || added === 0n) continue;
    const part: Component = charge.penalty ? 'penalty' : 'fee';
    line.due[part] += added;
    line.outstanding[part] = line.outstanding[part] + added > 0n ? line.outstanding[part] + added : 0n;
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function pay(lines: OwedLine[], posting: PostedEntry, order: AllocationOrder): void {
  const left = posting.portions ? { ...posting.portions } : null;
  let amount = posting.amount;
  for (const { outstanding } of lines) {
    for (const part of order) {
      const take = least(outstanding[part], left ? (left[part] ?? 0n) : amount);
      if (take <= 0n) continue;
      outstanding[part] -= take;
      if (left) left[part]! -= take;
      else amount -= take;
    }
  }
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
  for (const parts of all) for (const part of components) total[part] += parts[part];
  return total;
}

export const isOpen = ({ outstanding }: OwedLine): boolean => totalOf(outstanding) > 0n;
