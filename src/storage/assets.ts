// Pledged assets as they stand: their newest valuation, their disposal, and what they secure.
import type { LocalDate } from '../domain/fact.js';
import type { AssetState, ValuationMethod } from '../domain/collateral/asset.js';
import { statesInDisposal } from '../domain/collateral/asset.js';
import type { CollateralRules } from '../domain/collateral/rules.js';
import { validUntil } from '../domain/collateral/rules.js';
import type { CaseRow } from './cases.js';
import { Disposal, Valuation } from './definitions/collateral.js';
import { Collateral, Loan } from './definitions/loans.js';
import type { InferEntity, Tx } from './store.js';

export type DisposalRow = InferEntity<typeof Disposal>;
export type ValuationRow = InferEntity<typeof Valuation>;

export interface Asset {
  collateral: InferEntity<typeof Collateral>;
  /** The newest; one that has ended stays the last word on the asset. */
  disposal: DisposalRow | null;
  /** The newest by the day that it is the value of. */
  valuation: ValuationRow | null;
  /** Whether the valuation is in date. */
  inDate: boolean;
  state: AssetState;
}

/** Null when the case's borrower has pledged no such asset. */
export async function assetOf(
  tx: Tx,
  theCase: CaseRow,
  collateralId: string,
  today: LocalDate,
  rules: CollateralRules,
): Promise<Asset | null> {
  const collateral = await tx.em.findOne(Collateral, { id: collateralId, borrowerId: theCase.borrowerId });
  if (!collateral) return null;
  // Another case of the borrower may be about the same asset.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`asset ${collateralId}`]);
  const disposal = await tx.em.findOne(Disposal, { collateralId }, { orderBy: { begunOn: 'desc', id: 'desc' } });
  const valuation = await tx.em.findOne(Valuation, { collateralId }, { orderBy: { valuedOn: 'desc', id: 'desc' } });
  const inDate = valuation !== null && (valuation.expiresOn ?? validUntil(rules, methodOf(valuation), valuation.valuedOn)) >= today;
  const live = disposal && disposal.state !== 'RELEASED' ? (disposal.state as AssetState) : null;
  const valued = valuation !== null && (valuation.expiresOn ?? today) >= today;
  const state = live ?? (disposal ? 'RELEASED' : valued ? 'VALUED' : 'CHARGED');
  return { collateral, disposal, valuation, inDate, state };
}

const methodOf = ({ method }: ValuationRow) => (method ?? 'CORE') as ValuationMethod | 'CORE';

export async function disposalRunsIn(tx: Tx, caseId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from disposal where case_id = $1 and state = any($2) limit 1', [caseId, statesInDisposal]);
  return rows.length > 0;
}

/** What an asset secures is its loan, and where it has none all of the borrower's loans; in its currency. */
export async function securedBy(tx: Tx, { loanId, borrowerId, currency }: InferEntity<typeof Collateral>): Promise<bigint> {
  const loans = await tx.em.find(Loan, loanId ? { id: loanId, currency } : { borrowerId, currency });
  return loans.reduce((sum, loan) => sum + loan.outstandingMinor, 0n);
}

/** The asset's row changes with all that is kept of it: stored answers go by it. */
export const touchAsset = (tx: Tx, collateralId: string): Promise<object[]> =>
  tx.query('update collateral set kind = kind where id = $1', [collateralId]);

/** The rounds that a date opens. */
export const openRounds = (tx: Tx, tenant: string, today: LocalDate): Promise<{ id: string; case_id: string; round: number }[]> =>
  tx.query(
    `with opened as (update disposal d set state = 'AUCTION', version = d.version + 1 from recovery_case c
     where c.id = d.case_id and c.tenant = $1 and d.state = 'LISTED' and d.opens_on <= $2::date returning d.id, d.case_id, d.round, d.collateral_id),
     touched as (update collateral c set kind = c.kind from opened where c.id = opened.collateral_id)
     select id, case_id, round from opened order by id`,
    [tenant, today],
  );
