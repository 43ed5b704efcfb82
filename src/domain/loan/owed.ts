// What is still owed, line by line: the schedule, the charges beside it, and the repayments spread over both.
import type { LocalDate } from '../fact.js';
import { components, noParts, totalOf, type Component, type Parts } from './components.js';
import type { ScheduledLine } from './loan-facts.js';
import { later, type ChargeEntry, type Older, type PostedEntry, type Position } from './position.js';

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
  const whole = schedule?.lines ?? [];
  const newer = lines.filter(({ at }) => later(at, schedule?.at));
  if (!newer.length) return whole.some((line, k) => k > 0 && byDueDate(whole[k - 1]!, line) > 0) ? whole.toSorted(byDueDate) : whole;
  const changed = new Set(newer.map(({ number }) => number));
  return [...whole.filter(({ number }) => !changed.has(number)), ...newer.flatMap(({ line }) => line ?? [])].sort(byDueDate);
}

const byDueDate = (a: ScheduledLine, b: ScheduledLine): number => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number);

/**
 * A repayment pays the oldest instalment first. A reversal of what the schedule's snapshot already contains reopens the newest met first, before anything
 * newer is spread: what was paid beyond all lines is the first to go.
 * A charge is due with the first instalment that is due on or after its own due date (the last one, if none).
 * A chargeback opens no line by itself: the source tells what it reinstates with its schedule, and assess.ts counts it against what was paid.
 * @param roll moves a due date off rest days, where that is still to be done
 */
export function owed(position: Position, order: AllocationOrder, roll: (date: LocalDate) => LocalDate = (date) => date): OwedLine[] {
  const told = toldBy(position);
  const undone: PostedEntry[] = [];
  const spread: PostedEntry[] = [];
  for (const posting of position.postings) {
    if (!affectsDues(posting, position)) continue;
    const then = asTold(posting, told);
    const now = posting.reversal ? null : posting;
    if (then && now && then.amount === now.amount) continue;
    if (then) undone.push(then);
    if (now) spread.push(now);
  }
  const scheduled = withReversed(scheduleOf(position), undone, order, position, told);
  const lines = scheduled.map((line): OwedLine => {
    const due = less(less(line.due, line.waived), line.writtenOff);
    return { number: line.number, fromOn: line.fromOn, dueOn: roll(line.dueOn), due, outstanding: due };
  });
  if (!lines.length) return lines;
  addCharges(position, told.sequence, lines);
  for (const [k, line] of lines.entries()) {
    line.outstanding = noParts();
    for (const part of components) line.outstanding[part] = unpaid(line.due[part], scheduled[k]!.paid[part]);
  }
  let settled = 0; // lines before this one owe nothing
  for (const posting of spread.sort(byValueDate)) settled = pay(lines, posting, order, settled);
  return lines;
}

/** Up to where the schedule tells: its place in the source's order, and its last business date; it may be told in parts. */
interface Told {
  sequence: bigint;
  on: LocalDate;
}

const toldBy = ({ schedule, lines }: Position): Told => ({
  sequence: schedule?.at[0] ?? 0n,
  on: lines.reduce((newest, { on }) => (on > newest ? on : newest), schedule?.on ?? ''),
});

/** A posting as the schedule contains it; null where it does not. */
function asTold(posting: PostedEntry, { sequence: base, on }: Told): PostedEntry | null {
  if (posting.contained) return posting.postedOn <= on && !(posting.reversal && posting.reversal.on <= on) ? posting : null;
  if (posting.reversal && posting.reversal.sequence <= base) return null;
  if (posting.sequence <= base) return posting;
  const older = posting.older?.findLast(({ sequence }) => sequence <= base);
  return older ? { ...posting, ...older } : null;
}

const less = (a: Parts, b: Parts): Parts => ({
  principal: a.principal - b.principal,
  interest: a.interest - b.interest,
  fee: a.fee - b.fee,
  penalty: a.penalty - b.penalty,
});

/** They take away what is due; the others meet it. */
const forgiving: readonly string[] = ['WAIVER', 'WRITE_OFF'];
const withoutEffect: readonly string[] = ['DISBURSEMENT', 'CHARGE_OFF', 'CHARGEBACK'];
const affectsDues = ({ kind, currency }: PostedEntry, { account }: Position): boolean =>
  !withoutEffect.includes(kind) && !(currency && account && currency !== account.currency);

const byValueDate = (a: PostedEntry, b: PostedEntry): number =>
  a.valueOn < b.valueOn ? -1 : a.valueOn > b.valueOn ? 1 : a.transactionId < b.transactionId ? -1 : 1;

function addCharges(position: Position, base: bigint, lines: OwedLine[]): void {
  for (const charge of position.charges) {
    if (charge.contained) continue;
    const added = owedOf(charge, null) - owedOf(charge, base);
    if (added === 0n) continue;
    const line = lines.find(({ dueOn }) => dueOn >= charge.dueOn) ?? lines.at(-1)!;
    line.due[charge.penalty ? 'penalty' : 'fee'] += added;
  }
}

/** What a charge makes due by the facts up to a sequence, null for all of them. One that was only ever waived or removed was applied before anything else. */
function owedOf({ amount, applied, older, waived, removed }: ChargeEntry, upTo: bigint | null): bigint {
  const told = (sequence: bigint) => upTo === null || sequence <= upTo;
  const amountOf = (newest: Older, older: readonly Older[] = []) =>
    [...older, newest].findLast(({ sequence }) => told(sequence))?.amount ?? 0n;
  const gross = amountOf({ sequence: applied, amount }, older);
  if (gross === 0n || (removed !== null && told(removed))) return 0n;
  const left = gross - (waived ? amountOf(waived, waived.older) : 0n);
  return left > 0n ? left : 0n;
}

const unpaid = (due: bigint, paid: bigint): bigint => (due > paid ? due - paid : 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** @returns the first line that still owes something */
function pay(lines: OwedLine[], posting: PostedEntry, order: AllocationOrder, settled: number): number {
  const left = posting.portions ? { ...posting.portions } : null;
  let amount = left ? Object.values(left).reduce((sum, each) => sum + each, 0n) : posting.amount;
  let first = settled;
  for (let k = settled; k < lines.length && amount > 0n; k++) {
    const { due, outstanding } = lines[k]!;
    for (const part of order) {
      if (outstanding[part] === 0n) continue;
      const take = least(outstanding[part], left ? (left[part] ?? 0n) : amount);
      if (take <= 0n) continue;
      outstanding[part] -= take;
      if (forgiving.includes(posting.kind)) due[part] -= take;
      amount -= take;
      if (left) left[part]! -= take;
    }
    if (first === k && totalOf(outstanding) === 0n) first++;
  }
  return first;
}

/** What was paid beyond all lines, by the postings that the schedule contains; nothing while a line is open. */
function overpaid(position: Position, told: Told, scheduled: readonly ScheduledLine[]): bigint {
  let spare = 0n;
  for (const posting of position.postings)
    if (affectsDues(posting, position) && !forgiving.includes(posting.kind)) spare += asTold(posting, told)?.amount ?? 0n;
  for (const { due, paid, waived, writtenOff } of scheduled) {
    if (totalOf(due) > totalOf(paid) + totalOf(waived) + totalOf(writtenOff)) return 0n;
    spare -= totalOf(paid);
  }
  return spare > 0n ? spare : 0n;
}

/** The schedule without what it contains of postings that no longer hold. */
function withReversed(
  scheduled: readonly ScheduledLine[],
  undone: readonly PostedEntry[],
  order: AllocationOrder,
  position: Position,
  told: Told,
): readonly ScheduledLine[] {
  if (!undone.length) return scheduled;
  let spare = overpaid(position, told, scheduled);
  const lines = scheduled.map((line) => ({
    ...line,
    paid: { ...line.paid },
    waived: { ...line.waived },
    writtenOff: { ...line.writtenOff },
  }));
  for (const { kind, amount, portions } of undone) {
    const from = kind === 'WAIVER' ? 'waived' : kind === 'WRITE_OFF' ? 'writtenOff' : 'paid';
    const covered = from === 'paid' ? least(spare, amount) : 0n;
    spare -= covered;
    const left = portions && covered === 0n ? { ...portions } : null;
    let back = amount - covered;
    for (const line of lines.toReversed())
      for (const part of order.toReversed()) {
        const take = least(line[from][part], left ? (left[part] ?? 0n) : back);
        if (take <= 0n) continue;
        line[from][part] -= take;
        if (left) left[part]! -= take;
        else back -= take;
      }
  }
  return lines;
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
