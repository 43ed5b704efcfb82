// Who gets what of the proceeds of a sale: costs, then liens by rank, ours over the loans of the case; what is left is the owner's. Exact to the minor unit.
import type { Component } from '../loan/components.js';
import type { CollateralRules } from './rules.js';

export interface Cost {
  label: string;
  amount: bigint;
}
export interface Lien {
  rank: number;
  holder: string;
  ours: boolean;
  /** What it secures; null for ours when it secures all that is owed. */
  amount: bigint | null;
}
export interface LoanClaim {
  loanId: string;
  overdueSince: string | null;
  owed: Readonly<Record<Component, bigint>>;
}
export interface Paid {
  owed: bigint;
  paid: bigint;
}
export interface Distribution {
  costs: (Cost & Paid)[];
  liens: (Lien & Paid)[];
  loans: (LoanClaim & { total: Paid; paid: Record<Component, bigint> })[];
  /** Goes to the owner. */
  surplus: bigint;
  /** What we are still owed: it stays a claim, and core banking books it. */
  shortfall: bigint;
}

const add = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Divides a sum by what each is owed, the minor units that are left by the largest remainders; nobody gets more than owed. Equal remainders: the first. */
export function proRata(sum: bigint, owed: readonly bigint[]): bigint[] {
  const total = add(owed);
  if (sum >= total) return [...owed];
  const paid = owed.map((each) => (sum * each) / total);
  const left = Number(sum - add(paid));
  const byRemainder = owed
    .map((each, i) => ({ i, remainder: (sum * each) % total }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (const { i } of byRemainder.slice(0, left)) paid[i]! += 1n;
  return paid;
}

/** Each rank in full before the next; within one pro rata. @returns what each gets, in the order given */
export function byRank(sum: bigint, claims: readonly { rank: number; owed: bigint }[]): bigint[] {
  const paid = claims.map(() => 0n);
  let left = sum;
  for (const rank of [...new Set(claims.map((each) => each.rank))].toSorted((a, b) => a - b)) {
    const at = claims.flatMap((each, i) => (each.rank === rank ? [i] : []));
    const shares = proRata(
      left,
      at.map((i) => claims[i]!.owed),
    );
    at.forEach((i, n) => (paid[i] = shares[n]!));
    left -= add(shares);
  }
  return paid;
}

/** @param order the policy's order of the parts of a debt */
export function distribute(
  price: bigint,
  claims: { costs: readonly Cost[]; liens: readonly Lien[]; loans: readonly LoanClaim[] },
  acrossLoans: CollateralRules['acrossLoans'],
  order: readonly Component[],
): Distribution {
  const totals = claims.loans.map(({ owed }) => add(Object.values(owed)));
  const ourDebt = add(totals);
  let unsecured = ourDebt;
  const owedOf = new Map<Lien, bigint>();
  for (const lien of claims.liens.toSorted((a, b) => a.rank - b.rank)) {
    const owed = lien.ours ? least(lien.amount ?? unsecured, unsecured) : lien.amount!;
    if (lien.ours) unsecured -= owed;
    owedOf.set(lien, owed);
  }
  const costsPaid = proRata(
    price,
    claims.costs.map(({ amount }) => amount),
  );
  const net = price - add(costsPaid);
  const liensPaid = byRank(
    net,
    claims.liens.map((lien) => ({ rank: lien.rank, owed: owedOf.get(lien)! })),
  );
  const ours = add(liensPaid.filter((_, i) => claims.liens[i]!.ours));
  const ages = [...new Set(claims.loans.map(({ overdueSince }) => overdueSince ?? '9999-12-31'))].toSorted();
  const loansPaid = byRank(
    ours,
    claims.loans.map(({ overdueSince }, i) => ({
      rank: acrossLoans === 'PRO_RATA' ? 0 : ages.indexOf(overdueSince ?? '9999-12-31'),
      owed: totals[i]!,
    })),
  );
  return {
    costs: claims.costs.map((cost, i) => ({ ...cost, owed: cost.amount, paid: costsPaid[i]! })),
    liens: claims.liens.map((lien, i) => ({ ...lien, owed: owedOf.get(lien)!, paid: liensPaid[i]! })),
    loans: claims.loans.map((loan, i) => ({
      ...loan,
      total: { owed: totals[i]!, paid: loansPaid[i]! },
      paid: inOrder(loansPaid[i]!, loan.owed, order),
    })),
    surplus: net - add(liensPaid),
    shortfall: ourDebt - ours,
  };
}

function inOrder(sum: bigint, owed: LoanClaim['owed'], order: readonly Component[]): Record<Component, bigint> {
  let left = sum;
  return Object.fromEntries(
    order.map((component) => {
      const paid = least(left, owed[component]);
      left -= paid;
      return [component, paid];
    }),
  ) as Record<Component, bigint>;
}
