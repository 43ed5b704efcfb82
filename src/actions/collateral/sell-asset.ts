// Turns an asset that no auction has sold into money: a private sale, or the bank takes it in lieu of the debt, which two people decide.
import { leastAfterUnsold } from '../../domain/collateral/rules.js';
import type { Fact } from '../../domain/fact.js';
import type { Store } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import type { Outcome } from '../request.js';
import { applyStep, inWords, onAsset, type AssetFact, type AssetRequest, type Deciding, type MoneyGiven } from './asset-step.js';

interface Priced extends AssetFact {
  priceMinor: string;
  on: string;
}

/** Refuses what is below the last reserve, as far as the rules ask for it. */
function mustReachFloor({ disposal, policy, collateral, figures, rule }: Deciding, minor: bigint): void {
  const least = leastAfterUnsold(policy.collateral, disposal!.reserveMinor!);
  if (least === null) return;
  const inMoney = inWords(least, collateral.currency);
  figures['leastPrice'] = inMoney;
  if (minor < least) rule('sale-floor', `It must be ${inMoney} or more`, policy.collateral.afterUnsold.citation);
}

export function recordPrivateSale(store: Store, request: AssetRequest & { price: MoneyGiven; soldOn: string }): Promise<Outcome> {
  const { price, soldOn } = request;
  return onAsset(
    store,
    ['recordPrivateSale', 'RECORD_PRIVATE_SALE', 'AssetSoldPrivately'],
    request,
    { price, soldOn },
    (at) => {
      const { today, disposal, invalid, minorOf } = at;
      if (soldOn > today || soldOn < disposal!.opensOn!)
        invalid('soldOn', `The asset must have been sold between ${disposal!.opensOn} and ${today}`);
      const minor = minorOf('price', price);
      if (minor === null) return null;
      mustReachFloor(at, minor);
      return { priceMinor: String(minor), on: soldOn };
    },
    applyAssetSoldPrivately,
  );
}

export const applyAssetSoldPrivately: Applier = (tx, fact: Fact<string, Priced>) =>
  applyStep(tx, fact, 'SELL_PRIVATELY', 'ASSET_SOLD', (disposal) => {
    const priceMinor = BigInt(fact.data.priceMinor);
    Object.assign(disposal, { method: 'PRIVATE_SALE', soldOn: fact.data.on, priceMinor, inLieuMinor: null, inLieuBy: null });
    return `An asset is sold privately for ${inWords(priceMinor, disposal.currency)}`;
  });

/** A proposal: it waits for another person. A later one takes the place of an earlier one. */
export function takeInLieu(store: Store, request: AssetRequest & { value: MoneyGiven; reason: string }): Promise<Outcome> {
  const { value, reason } = request;
  return onAsset(
    store,
    ['takeInLieu', 'TAKE_IN_LIEU', 'AssetInLieuProposed'],
    request,
    { value, reason },
    (at) => {
      const minor = at.minorOf('value', value);
      if (minor === null) return null;
      mustReachFloor(at, minor);
      return { valueMinor: String(minor), reason };
    },
    applyInLieuProposed,
  );
}

export const applyInLieuProposed: Applier = (tx, fact: Fact<string, AssetFact & { valueMinor: string }>) =>
  applyStep(tx, fact, 'PROPOSE_IN_LIEU', 'IN_LIEU_PROPOSED', (disposal) => {
    const inLieuMinor = BigInt(fact.data.valueMinor);
    Object.assign(disposal, { inLieuMinor, inLieuBy: fact.data.actor });
    return `It is proposed to take an asset in lieu of ${inWords(inLieuMinor, disposal.currency)}`;
  });

/** @param request.value what was proposed, so that nobody approves what they have not seen */
export function approveAssetInLieu(store: Store, request: AssetRequest & { value: MoneyGiven }): Promise<Outcome> {
  const { value, actor } = request;
  return onAsset(
    store,
    ['approveAssetInLieu', 'APPROVE_ASSET_IN_LIEU', 'AssetTakenInLieu'],
    request,
    { value },
    ({ disposal, minorOf, rule, today }) => {
      const { inLieuMinor, inLieuBy } = disposal!;
      if (inLieuMinor === null) {
        rule('in-lieu-proposed', 'Nobody has proposed to take the asset in lieu');
        return null;
      }
      if (inLieuBy === actor.user) rule('four-eyes', 'Who has proposed it may not approve it');
      const minor = minorOf('value', value);
      if (minor !== null && minor !== inLieuMinor) rule('as-proposed', 'Another value was proposed');
      return { priceMinor: String(inLieuMinor), on: today };
    },
    applyAssetTakenInLieu,
  );
}

export const applyAssetTakenInLieu: Applier = (tx, fact: Fact<string, Priced>) =>
  applyStep(tx, fact, 'TAKE_IN_LIEU', 'ASSET_TAKEN_IN_LIEU', (disposal) => {
    const { priceMinor, on, actor } = fact.data;
    Object.assign(disposal, { method: 'IN_LIEU', soldOn: on, priceMinor: BigInt(priceMinor), approvedBy: actor });
    return `An asset is taken in lieu of ${inWords(BigInt(priceMinor), disposal.currency)}`;
  });
