// A position as it is kept in JSON: amounts and sequences as text, so that nothing is rounded.
import { components, noParts, type Parts } from './components.js';
import type { ScheduledLine } from './loan-facts.js';
import type { At, PostedEntry, Position } from './position.js';

/** JSON of a position or of a fact's data; bigint as decimal text. */
export const toJson = (value: unknown): string => JSON.stringify(withText(value));

/** A copy is made faster than JSON.stringify asks a function about every value. */
function withText(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(withText);
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = withText((value as Record<string, unknown>)[key]);
  return copy;
}

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
  ...(line.fromOn === null ? [] : [line.fromOn]),
];
const linesOf = (kept: Kept[]): ScheduledLine[] =>
  kept.map(([number, dueOn, due, paid, waived, writtenOff, fromOn = null]) => ({
    number,
    fromOn,
    dueOn,
    due: partsOf(due),
    paid: partsOf(paid),
    waived: partsOf(waived),
    writtenOff: partsOf(writtenOff),
  }));

/** All of a position but its postings: it changes seldom. A schedule is most of it, so its lines are short. */
export function keptBase({ account, schedule, lines, charges, pauses, restructured, observed, stale }: Position): Kept {
  return {
    account,
    schedule: schedule && { ...schedule, lines: schedule.lines.map(keptLine) },
    ...(lines.length ? { lines: lines.map((each) => ({ ...each, line: each.line && keptLine(each.line) })) } : {}),
    ...(charges.length ? { charges } : {}),
    ...(pauses.length ? { pauses } : {}),
    ...(restructured ? { restructured } : {}),
    ...(observed ? { observed } : {}),
    ...(stale ? { stale } : {}),
  };
}

/** Postings change with every payment, so each is a short row without names, and says only what is not the usual. */
export const keptPostings = ({ postings, account }: Position): Kept[] =>
  postings.map(({ transactionId, sequence, kind, valueOn, postedOn, amount, portions, reversal, currency, older, contained }) => [
    transactionId,
    String(sequence),
    kind,
    valueOn,
    postedOn === valueOn ? 0 : postedOn,
    String(amount),
    portions && Object.fromEntries(Object.entries(portions).map(([part, each]) => [part, String(each)])),
    reversal && [String(reversal.sequence), reversal.on],
    ...(older || contained
      ? [currency ?? null, older ? older.map((each) => [String(each.sequence), String(each.amount)]) : null, contained ? 1 : 0]
      : currency === undefined || currency === account?.currency
        ? []
        : [currency]),
  ]);

/** Money in the loan's own currency is kept without saying so. */
const postedOf = (
  own: string | undefined,
  [transactionId, sequence, kind, valueOn, postedOn, amount, portions, reversal, currency, older, contained]: Kept,
): PostedEntry => ({
  transactionId,
  kind,
  valueOn,
  postedOn: postedOn === 0 ? valueOn : postedOn,
  amount: BigInt(amount),
  ...((currency ?? own) === undefined ? {} : { currency: currency ?? own }),
  ...(older ? { older: older.map(([at, was]: Kept) => ({ sequence: BigInt(at), amount: BigInt(was) })) } : {}),
  ...(contained ? { contained: true as const } : {}),
  portions: portionsOf(portions),
  sequence: BigInt(sequence),
  reversal: reversal && { sequence: BigInt(reversal[0]), on: reversal[1] },
});

export const keptData = (data: Kept): Kept =>
  data.lines ? { ...data, lines: data.lines.map(keptLine) } : data.line ? { ...data, line: keptLine(data.line) } : data;

const accountOf = (kept: Kept): Kept => ({
  ...kept,
  principal: BigInt(kept.principal),
  tolerance: BigInt(kept.tolerance),
  ...(kept.sourceOutstanding == null ? {} : { sourceOutstanding: BigInt(kept.sourceOutstanding) }),
});

const limitOf = ({ details }: Kept): Kept =>
  details?.creditLimit == null ? {} : { details: { ...details, creditLimit: BigInt(details.creditLimit) } };

const atOf = (kept: Kept): At => [BigInt(kept[0]), kept[1]];
const datedOf = (kept: Kept): Kept => (kept ? { ...kept, at: atOf(kept.at) } : null);

const portionsOf = (kept: Kept) =>
  kept && Object.fromEntries(Object.entries(kept).map(([part, amount]) => [part, BigInt(amount as string)]));

const postingOf = (kept: Kept) => ({ ...kept, amount: BigInt(kept.amount), portions: portionsOf(kept.portions) });

const olderOf = ({ older }: Kept): Kept =>
  older ? { older: older.map((was: Kept) => ({ sequence: BigInt(was.sequence), amount: BigInt(was.amount) })) } : {};

/** @param base null while nothing but postings has been seen */
export function positionOf(base: Kept | null, postings: Kept[]): Position {
  const kept = base ?? {};
  return {
    account: kept.account ? { ...accountOf(kept.account), at: atOf(kept.account.at) } : null,
    schedule: kept.schedule ? { ...kept.schedule, at: atOf(kept.schedule.at), lines: linesOf(kept.schedule.lines) } : null,
    lines: (kept.lines ?? []).map(({ at, line, ...each }: Kept) => ({ ...each, at: atOf(at), line: line && linesOf([line])[0] })),
    postings: postings.map((each) => postedOf(kept.account?.currency, each)),
    charges: (kept.charges ?? []).map((each: Kept) => ({
      ...each,
      amount: BigInt(each.amount),
      applied: BigInt(each.applied),
      ...olderOf(each),
      waived: each.waived && { sequence: BigInt(each.waived.sequence), amount: BigInt(each.waived.amount), ...olderOf(each.waived) },
      removed: each.removed === null ? null : BigInt(each.removed),
    })),
    pauses: (kept.pauses ?? []).map((each: Kept) => ({ ...each, sequence: BigInt(each.sequence) })),
    restructured: datedOf(kept.restructured),
    observed: datedOf(kept.observed),
    stale: datedOf(kept.stale),
  };
}

/** The data of a loan fact as the log keeps it, with its amounts again as bigint. */
export function dataOf(type: string, kept: Kept): Kept {
  switch (type) {
    case 'LoanAccountSnapshotted':
      return { ...accountOf(kept), lines: kept.lines && linesOf(kept.lines), ...limitOf(kept) };
    case 'InstallmentChanged':
      return { ...kept, line: kept.line && linesOf([kept.line])[0] };
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
