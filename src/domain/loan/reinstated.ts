// Chargebacks: money that was taken back makes a loan late from that day on, before any due date if need be.
import type { LocalDate } from '../fact.js';
import { totalOf } from './components.js';
import { isOpen, type OwedLine } from './owed.js';
import type { PostedEntry, Position } from './position.js';

export interface Reinstated {
  /** By index of the line: the day of the chargeback that used up what had been paid in its period. */
  since: ReadonlyMap<number, LocalDate>;
  /** Of lines that are not past due by their own date: what chargebacks took beyond what was paid. */
  extra: bigint;
}

/** Those that hold; one in another currency than the loan's counts for nothing, like any transaction. */
export const chargebacksOf = ({ postings, account }: Position): PostedEntry[] =>
  postings.filter(
    ({ kind, reversal, currency }) => kind === 'CHARGEBACK' && !reversal && !(currency && account && currency !== account.currency),
  );

const nothing: Reinstated = { since: new Map(), extra: 0n };

/** By the reference algorithm of Apache Fineract's ageing, section 6: each chargeback adds only what newly goes below zero. */
export function reinstated(position: Position, lines: readonly OwedLine[], asOf: LocalDate): Reinstated {
  const chargebacks = chargebacksOf(position).filter(({ valueOn }) => valueOn < asOf);
  if (!chargebacks.length || !lines.length) return nothing;
  const since = new Map<number, LocalDate>();
  const available = lines.map(({ due, outstanding }) => totalOf(due) - totalOf(outstanding));
  let extra = 0n;
  for (const { valueOn, amount } of chargebacks.sort((a, b) => (a.valueOn < b.valueOn ? -1 : 1))) {
    const k = periodOf(lines, valueOn);
    if (k < 0) continue;
    const before = available[k]!;
    available[k] = before - amount;
    if (available[k]! >= 0n || !isOpen(lines[k]!)) continue;
    if (!(since.get(k)! <= valueOn)) since.set(k, valueOn < lines[k]!.dueOn ? valueOn : lines[k]!.dueOn);
    if (lines[k]!.dueOn >= asOf) extra += -available[k]! - (before < 0n ? -before : 0n);
  }
  return { since, extra };
}

function periodOf(lines: readonly OwedLine[], date: LocalDate): number {
  const last = lines.length - 1;
  return lines.findIndex(
    ({ fromOn, dueOn }, k) => (fromOn ?? lines[k - 1]?.dueOn ?? '') <= date && (k === last ? date <= dueOn : date < dueOn),
  );
}
