// A position as it is kept in JSON: amounts and sequences as text, so that nothing is rounded.
import { components, noParts, type Parts } from './components.js';
import type { ScheduledLine } from './loan-facts.js';
import type { Position } from './position.js';

/** JSON of a position or of a fact's data; bigint as decimal text. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));

type Kept = any;

/** `[principal, interest, fee, penalty]`, or 0 when there is none of any. */
const keptParts = (parts: Parts) => (components.every((part) => parts[part] === 0n) ? 0 : components.map((part) => parts[part].toString()));
const partsOf = (kept: Kept): Parts => {
  const parts = noParts();
  if (kept !== 0) components.forEach((part, i) => (parts[part] = BigInt(kept[i])));
  return parts;
};

const keptLine = (line: ScheduledLine) => [
  line.number,
  line.dueOn,
  keptParts(line.due),
  keptParts(line.paid),
  keptParts(line.waived),
  keptParts(line.writtenOff),
];
const linesOf = (kept: Kept[]): ScheduledLine[] =>
  kept.map(([number, dueOn, due, paid, waived, writtenOff]) => ({
    number,
    dueOn,
    due: partsOf(due),
    paid: partsOf(paid),
    waived: partsOf(waived),
    writtenOff: partsOf(writtenOff),
  }));

/** A schedule is most of what is kept, so its lines are short. */
export const keptPosition = (position: Position) => ({
  ...position,
  schedule: position.schedule && { ...position.schedule, lines: position.schedule.lines.map(keptLine) },
});
export const keptData = (data: Kept): Kept => (data.lines ? { ...data, lines: data.lines.map(keptLine) } : data);

const accountOf = (kept: Kept): Kept => ({ ...kept, principal: BigInt(kept.principal), tolerance: BigInt(kept.tolerance) });

const portionsOf = (kept: Kept) =>
  kept && Object.fromEntries(Object.entries(kept).map(([part, amount]) => [part, BigInt(amount as string)]));

const postingOf = (kept: Kept) => ({ ...kept, amount: BigInt(kept.amount), portions: portionsOf(kept.portions) });

export function positionOf(kept: Kept): Position {
  return {
    account: kept.account && { ...accountOf(kept.account), at: [BigInt(kept.account.at[0]), kept.account.at[1]] },
    schedule: kept.schedule && { at: [BigInt(kept.schedule.at[0]), kept.schedule.at[1]], lines: linesOf(kept.schedule.lines) },
    postings: kept.postings.map((each: Kept) => ({
      ...postingOf(each),
      sequence: BigInt(each.sequence),
      reversal: each.reversal && { ...each.reversal, sequence: BigInt(each.reversal.sequence) },
    })),
    charges: kept.charges.map((each: Kept) => ({
      ...each,
      amount: BigInt(each.amount),
      applied: BigInt(each.applied),
      waived: each.waived && { sequence: BigInt(each.waived.sequence), amount: BigInt(each.waived.amount) },
      removed: each.removed === null ? null : BigInt(each.removed),
    })),
    pauses: kept.pauses.map((each: Kept) => ({ ...each, sequence: BigInt(each.sequence) })),
  };
}

/** The data of a loan fact as the log keeps it, with its amounts again as bigint. */
export function dataOf(type: string, kept: Kept): Kept {
  switch (type) {
    case 'LoanAccountSnapshotted':
      return { ...accountOf(kept), lines: linesOf(kept.lines) };
    case 'RepaymentScheduleReplaced':
      return { ...kept, lines: linesOf(kept.lines) };
    case 'LoanTransactionPosted':
      return postingOf(kept);
    case 'ChargeApplied':
    case 'ChargeWaived':
    case 'ChargeRemoved':
      return { ...kept, amount: BigInt(kept.amount) };
    case 'CollateralUpdated':
      return { ...kept, value: BigInt(kept.value) };
    default:
      return kept;
  }
}
