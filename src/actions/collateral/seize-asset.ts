// Takes hold of an asset: the bank orders its repossession, or a court has seized it; and lets go of it.
import type { Fact } from '../../domain/fact.js';
import { worthItsCost } from '../../domain/collateral/rules.js';
import { securedBy } from '../../storage/assets.js';
import type { Store } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import type { Outcome } from '../request.js';
import { applyStep, inWords, onAsset, type AssetFact, type AssetRequest, type Deciding } from './asset-step.js';

/** Pushes what stands against disposing of an asset by its value. @returns its value in minor units; null where there is none in date */
export async function valueThatCounts(at: Deciding): Promise<bigint | null> {
  const { valuation, inDate, collateral, policy, figures, rule } = at;
  const { worth } = policy.collateral;
  if (!valuation || !inDate) {
    rule('valuation-in-date', 'The asset has no valuation that is in date');
    return null;
  }
  if (valuation.currency !== collateral.currency) {
    rule('valuation-currency', `The valuation is in ${valuation.currency}, the asset in ${collateral.currency}`);
    return null;
  }
  const debt = await securedBy(at.tx, collateral);
  Object.assign(figures, {
    valuationId: valuation.id,
    value: inWords(valuation.valueMinor, valuation.currency),
    debt: inWords(debt, collateral.currency),
  });
  if (!worthItsCost(policy.collateral, valuation.valueMinor, debt))
    rule('worth-the-cost', `The value is less than ${worth.ofDebt / 100} % of what is owed`, worth.citation);
  return valuation.valueMinor;
}

export function orderRepossession(store: Store, request: AssetRequest & { reason: string }): Promise<Outcome> {
  const { reason } = request;
  return onAsset(
    store,
    ['orderRepossession', 'ORDER_REPOSSESSION', 'RepossessionOrdered'],
    request,
    { reason },
    async (at) => ((await valueThatCounts(at)) === null ? null : { reason }),
    applyRepossessionOrdered,
  );
}

export const applyRepossessionOrdered: Applier = (tx, fact: Fact<string, AssetFact>) =>
  applyStep(tx, fact, 'ORDER', 'REPOSSESSION_ORDERED', (disposal) => {
    disposal.orderedOn = fact.businessOn;
    return 'The repossession of an asset is ordered';
  });

export function recordSeizure(store: Store, request: AssetRequest & { seizedOn: string; orderRef: string }): Promise<Outcome> {
  const { seizedOn, orderRef } = request;
  return onAsset(
    store,
    ['recordSeizure', 'RECORD_SEIZURE', 'AssetSeized'],
    request,
    { seizedOn, orderRef },
    ({ today, invalid }) => {
      if (seizedOn > today) invalid('seizedOn', `The asset must have been seized on ${today} or before`);
      return { seizedOn, orderRef };
    },
    applyAssetSeized,
  );
}

export const applyAssetSeized: Applier = (tx, fact: Fact<string, AssetFact & { seizedOn: string; orderRef: string }>) =>
  applyStep(tx, fact, 'SEIZE', 'ASSET_SEIZED', (disposal) => {
    disposal.seizedOn = fact.data.seizedOn;
    return `An asset is seized by ${fact.data.orderRef}`;
  });

export function releaseCollateral(store: Store, request: AssetRequest & { reason: string }): Promise<Outcome> {
  const { reason } = request;
  return onAsset(
    store,
    ['releaseCollateral', 'RELEASE_COLLATERAL', 'CollateralReleased'],
    request,
    { reason },
    async ({ state, tx, collateral, rule }) => {
      const debt = state === 'PROCEEDS_DISTRIBUTED' ? 0n : await securedBy(tx, collateral);
      if (debt > 0n) rule('still-secures', `The asset secures ${inWords(debt, collateral.currency)} that are owed`);
      return { reason };
    },
    applyCollateralReleased,
  );
}

export const applyCollateralReleased: Applier = (tx, fact: Fact<string, AssetFact>) =>
  applyStep(tx, fact, 'RELEASE', 'COLLATERAL_RELEASED', (disposal) => {
    disposal.releasedOn = fact.businessOn;
    return 'An asset is released';
  });
