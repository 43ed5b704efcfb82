// Distributes what an asset has brought: costs, liens by rank, ours over the loans of the case. Core banking books it; here it is told to the minor unit.
import { distribute, type Distribution, type LoanClaim } from '../../domain/collateral/proceeds.js';
import type { Fact } from '../../domain/fact.js';
import { idOf } from '../../domain/ids.js';
import { policyFor } from '../../policies/index.js';
import type { DisposalRow } from '../../storage/assets.js';
import { loansOf } from '../../storage/claims.js';
import { ProceedsShare } from '../../storage/definitions/collateral.js';
import type { Store, Tx } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import type { Outcome } from '../request.js';
import { applyStep, inWords, onAsset, type AssetFact, type AssetRequest, type Deciding, type MoneyGiven } from './asset-step.js';

export interface ProceedsInput {
  costs: { label: string; amount: MoneyGiven }[];
  liens: { rank: number; holder: string; ours: boolean; amount?: MoneyGiven | null }[];
}

type AsText<T> = { [K in keyof T]: string };
interface Distributed extends AssetFact {
  costs: { label: string; amount: string }[];
  liens: { rank: number; holder: string; ours: boolean; amount: string | null }[];
  /** What the loans owed when it was decided. */
  loans: { loanId: string; overdueSince: string | null; owed: AsText<LoanClaim['owed']> }[];
}

export function distributeProceeds(store: Store, request: AssetRequest & ProceedsInput): Promise<Outcome> {
  const { costs, liens } = request;
  return onAsset(
    store,
    ['distributeProceeds', 'DISTRIBUTE_PROCEEDS', 'ProceedsDistributed'],
    request,
    { costs, liens },
    async (at) => {
      const given = claimsOf(at, { costs, liens });
      const loans = (await loansOf(at.tx, at.theCase.id)).filter(({ currency }) => currency === at.collateral.currency);
      return {
        ...given,
        loans: loans.map((loan) => ({
          loanId: loan.id,
          overdueSince: loan.overdueSince ?? null,
          owed: {
            principal: String(loan.outstandingPrincipalMinor),
            interest: String(loan.outstandingInterestMinor),
            fee: String(loan.outstandingFeeMinor),
            penalty: String(loan.outstandingPenaltyMinor),
          },
        })),
      };
    },
    applyProceedsDistributed,
  );
}

/** Says what of the input does not fit. */
function claimsOf({ minorOf, invalid }: Deciding, { costs, liens }: ProceedsInput): Pick<Distributed, 'costs' | 'liens'> {
  if (!liens.some(({ ours }) => ours)) invalid('liens', 'None of the liens is ours');
  if (liens.some(({ ours, amount }) => !ours && !amount)) invalid('liens', 'A lien of another has an amount');
  const text = (field: string, money: MoneyGiven) => String(minorOf(field, money, 0n) ?? 0n);
  return {
    costs: costs.map(({ label, amount }) => ({ label, amount: text('costs', amount) })),
    liens: liens.map(({ rank, holder, ours, amount }) => ({ rank, holder, ours, amount: amount ? text('liens', amount) : null })),
  };
}

export const applyProceedsDistributed: Applier = (tx, fact: Fact<string, Distributed>) =>
  applyStep(tx, fact, 'DISTRIBUTE', 'PROCEEDS_DISTRIBUTED', (disposal, theCase) => {
    const { costs, liens, loans } = fact.data;
    const { collateral, allocation } = policyFor(theCase.jurisdiction, fact.businessOn);
    const distribution = distribute(
      disposal.priceMinor!,
      {
        costs: costs.map(({ label, amount }) => ({ label, amount: BigInt(amount) })),
        liens: liens.map((lien) => ({ ...lien, amount: lien.amount === null ? null : BigInt(lien.amount) })),
        loans: loans.map(({ owed, ...loan }) => ({ ...loan, owed: mapped(owed, BigInt) as LoanClaim['owed'] })),
      },
      collateral.acrossLoans,
      allocation,
    );
    const { shortfall, surplus } = distribution;
    const ours = sum(distribution.loans.map(({ total }) => total.paid));
    Object.assign(disposal, {
      distributedOn: fact.businessOn,
      costsMinor: sum(distribution.costs.map(({ paid }) => paid)),
      oursMinor: ours,
      shortfallMinor: shortfall,
      surplusMinor: surplus,
    });
    keepShares(tx, disposal, theCase.id, distribution);
    const { currency } = disposal;
    return `Of ${inWords(disposal.priceMinor!, currency)} ${inWords(ours, currency)} are ours; ${inWords(shortfall, currency)} stay owed`;
  });

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, each) => all + each, 0n);
const mapped = <T, U>(of: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));

function keepShares(
  tx: Tx,
  { id: disposalId, currency }: DisposalRow,
  caseId: string,
  { costs, liens, loans, surplus }: Distribution,
): void {
  const none = { rank: null, holder: null, ours: false, loanId: null };
  const shares = [
    ...costs.map(({ label, owed, paid }) => ({ ...none, kind: 'COST', holder: label, owedMinor: owed, paidMinor: paid })),
    ...liens.map(({ rank, holder, ours, owed, paid }) => ({ ...none, kind: 'LIEN', rank, holder, ours, owedMinor: owed, paidMinor: paid })),
    ...loans.map(({ loanId, total, paid }) => ({
      ...none,
      kind: 'LOAN',
      ours: true,
      loanId,
      owedMinor: total.owed,
      paidMinor: total.paid,
      principalMinor: paid.principal,
      interestMinor: paid.interest,
      feeMinor: paid.fee,
      penaltyMinor: paid.penalty,
    })),
    { ...none, kind: 'SURPLUS', owedMinor: surplus, paidMinor: surplus },
  ];
  shares.forEach((share, ordinal) =>
    tx.em.create(ProceedsShare, { id: idOf('share', disposalId, ordinal), disposalId, caseId, ordinal, currency, ...share }),
  );
}
