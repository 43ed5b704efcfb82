// Auctions an asset round by round: a reserve by the rules, the round that opens on its day, and its result.
import { leastReserve } from '../../domain/collateral/rules.js';
import type { Fact } from '../../domain/fact.js';
import { idOf } from '../../domain/ids.js';
import { casesById } from '../../storage/cases.js';
import { AuctionRound } from '../../storage/definitions/collateral.js';
import { openRounds } from '../../storage/assets.js';
import type { Store, Tx } from '../../storage/store.js';
import type { Applier } from '../applier.js';
import { changeCase } from '../change-case.js';
import type { Outcome } from '../request.js';
import { applyStep, inWords, onAsset, type AssetFact, type AssetRequest, type Deciding, type MoneyGiven } from './asset-step.js';
import { valueThatCounts } from './seize-asset.js';

export interface ListingInput {
  round: number;
  reserve: MoneyGiven;
  opensOn: string;
  closesOn: string;
}

interface Listed extends AssetFact {
  round: number;
  reserveMinor: string;
  leastMinor: string | null;
  appraisedMinor: string;
  valuationId: string;
  opensOn: string;
  closesOn: string;
  policyVersion: string;
}

export function listForAuction(store: Store, request: AssetRequest & ListingInput): Promise<Outcome> {
  const { round, reserve, opensOn, closesOn } = request;
  return onAsset(
    store,
    ['listForAuction', 'LIST_FOR_AUCTION', 'AssetListed'],
    request,
    { round, reserve, opensOn, closesOn },
    async (at) => {
      const { disposal, valuation, today, policy, invalid, minorOf } = at;
      const next = (disposal?.round ?? 0) + 1;
      if (round !== next) invalid('round', `The next round of this asset is ${next}`);
      if (opensOn <= today) invalid('opensOn', `The round must open after ${today}`);
      if (closesOn < opensOn) invalid('closesOn', 'The round closes before it opens');
      const minor = minorOf('reserve', reserve);
      const value = await valueThatCounts(at);
      if (minor === null || value === null || round !== next) return null;
      const least = mustReachReserve(at, minor, value);
      return {
        round,
        reserveMinor: String(minor),
        leastMinor: least === null ? null : String(least),
        appraisedMinor: String(value),
        valuationId: valuation!.id,
        opensOn,
        closesOn,
        policyVersion: policy.version,
      };
    },
    applyAssetListed,
  );
}

/** @returns the least reserve by the rules, in minor units */
function mustReachReserve(
  { disposal, valuation, collateral, policy, figures, rule }: Deciding,
  reserve: bigint,
  value: bigint,
): bigint | null {
  const { methods, citation } = policy.collateral.reserve;
  if (methods && !methods.includes(valuation!.method as never))
    rule('appraised-reserve', `The reserve has to stand on a valuation of method ${methods.join(' or ')}`, citation);
  const least = leastReserve(policy.collateral, value, disposal?.round ? disposal.reserveMinor! : null);
  if (least === null) return null;
  const inMoney = inWords(least, collateral.currency);
  figures['leastReserve'] = inMoney;
  if (reserve < least) rule('reserve-floor', `The reserve must be ${inMoney} or more`, citation);
  return least;
}

export const applyAssetListed: Applier = (tx, fact: Fact<string, Listed>) =>
  applyStep(tx, fact, 'LIST', 'ASSET_LISTED', (disposal, { id: caseId }) => {
    const { round, reserveMinor, leastMinor, appraisedMinor, valuationId, opensOn, closesOn, policyVersion } = fact.data;
    const { currency } = disposal;
    tx.em.create(AuctionRound, {
      id: roundIdOf(disposal.id, round),
      disposalId: disposal.id,
      caseId,
      number: round,
      currency,
      reserveMinor: BigInt(reserveMinor),
      leastMinor: leastMinor === null ? null : BigInt(leastMinor),
      opensOn,
      closesOn,
      policyVersion,
    });
    Object.assign(disposal, { round, reserveMinor: BigInt(reserveMinor), appraisedMinor: BigInt(appraisedMinor), valuationId, opensOn });
    // What was proposed after the round before is void.
    Object.assign(disposal, { inLieuMinor: null, inLieuBy: null });
    return `Round ${round} of an auction is set from ${opensOn} to ${closesOn} with a reserve of ${inWords(BigInt(reserveMinor), currency)}`;
  });

const roundIdOf = (disposalId: string, round: number): string => idOf('round', disposalId, round);

/** The rounds whose day has come are open. */
export async function openAuctionRounds(tx: Tx, fact: Fact): Promise<void> {
  const opened = await openRounds(tx, fact.tenant, fact.businessOn);
  const cases = new Map((await casesById(tx, [...new Set(opened.map((row) => row.case_id))])).map((each) => [each.id, each]));
  for (const [id, theCase] of cases)
    changeCase(
      tx,
      theCase,
      fact,
      opened
        .filter((row) => row.case_id === id)
        .map((row) => ({
          type: 'AUCTION_OPENED',
          summary: `Round ${row.round} of an auction is open`,
          actor: fact.source,
          effectiveOn: fact.businessOn,
          data: { disposalId: row.id },
        })),
    );
}

export interface ResultInput {
  result: 'SOLD' | 'UNSOLD';
  closedOn: string;
  price?: MoneyGiven | null;
  bidders: number;
}

interface Closed extends AssetFact {
  result: 'SOLD' | 'UNSOLD';
  closedOn: string;
  priceMinor: string | null;
  bidders: number;
}

export function recordAuctionResult(store: Store, request: AssetRequest & ResultInput): Promise<Outcome> {
  const { result, closedOn, price = null, bidders } = request;
  return onAsset(
    store,
    ['recordAuctionResult', 'RECORD_AUCTION_RESULT', 'AuctionClosed'],
    request,
    { result, closedOn, price, bidders },
    ({ disposal, today, invalid, minorOf, rule, collateral }) => {
      const { opensOn, reserveMinor } = disposal!;
      if (closedOn < opensOn! || closedOn > today) invalid('closedOn', `The round must have closed between ${opensOn} and ${today}`);
      if ((result === 'SOLD') !== (price !== null)) invalid('price', 'A sale has a price, and what is not sold has none');
      if (result === 'SOLD' && bidders < 1) invalid('bidders', 'What is sold has a bidder');
      const minor = price && minorOf('price', price);
      if (minor !== null && minor < reserveMinor!)
        rule('at-reserve', `The price is below the reserve of ${inWords(reserveMinor!, collateral.currency)}`);
      return { result, closedOn, priceMinor: minor === null ? null : String(minor), bidders };
    },
    applyAuctionClosed,
  );
}

export const applyAuctionClosed: Applier = (tx, fact: Fact<string, Closed>) => {
  const { result, closedOn, bidders } = fact.data;
  const priceMinor = fact.data.priceMinor === null ? null : BigInt(fact.data.priceMinor);
  const sold = result === 'SOLD';
  return applyStep(tx, fact, sold ? 'SELL' : 'FAIL', sold ? 'ASSET_SOLD' : 'AUCTION_FAILED', async (disposal) => {
    const round = await tx.em.findOneOrFail(AuctionRound, { id: roundIdOf(disposal.id, disposal.round) });
    Object.assign(round, { result, closedOn, priceMinor, bidders });
    if (sold) Object.assign(disposal, { method: 'AUCTION', soldOn: closedOn, priceMinor });
    return sold
      ? `Round ${disposal.round} of an auction has sold an asset for ${inWords(priceMinor!, disposal.currency)}`
      : `Round ${disposal.round} of an auction has found no buyer`;
  });
};
