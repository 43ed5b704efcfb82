// Opens the sealed bids for a pool all at once, and awards it by a rule that is kept with it.
import type { Fact } from '../domain/fact.js';
import { minorToDecimal } from '../domain/money.js';
import { fractionOf, reaches, shareOut } from '../domain/sale/price.js';
import { ranked, type AwardRule } from '../domain/sale/sale.js';
import { casesById } from '../storage/cases.js';
import { SaleBid, SealedBid } from '../storage/definitions/sales.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { itemsOf, saleById } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import type { FinalAnswer, News } from './news.js';
import { onSale, type SaleRequest } from './on-sale.js';
import type { Outcome, Refusal } from './request.js';
import { toBuyer } from './to-buyer.js';

export function openBids(store: Store, request: SaleRequest): Promise<Outcome> {
  const data = { saleId: request.saleId, actor: request.actor.user };
  return onSale(
    store,
    'openBids',
    'OPEN_BIDS',
    request,
    {},
    async (_tx, { decided }) => decided({ type: 'SaleBidsOpened', data }),
    applyBidsOpened,
  );
}

export const applyBidsOpened: Applier = async (tx, fact: Fact<string, { saleId: string; actor: string }>) => {
  const { saleId, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  const sealed = new Map((await tx.em.find(SealedBid, { saleId })).map((each) => [each.id, each]));
  const bids = await tx.em.find(SaleBid, { saleId, state: 'SUBMITTED' });
  for (const bid of bids) {
    bid.priceMinor = sealed.get(bid.id)!.priceMinor;
    bid.priceFraction = fractionOf(bid.priceMinor, sale.legalBalanceMinor);
  }
  sale.bidsOpenedAt = fact.occurredAt;
  sale.version++;
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_BIDS_OPENED',
      summary: `${bids.length} ${bids.length === 1 ? 'bid' : 'bids'} for ${sale.ref} opened`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId },
    },
  ]);
  return { caseId: sale.leadCaseId, saleId };
};

interface Awarded extends Record<string, unknown> {
  saleId: string;
  bidId: string;
  rule: AwardRule;
  reason: string | null;
  actor: string;
}

/** @param request without a bid, the highest is awarded; any other needs a reason */
export function awardSale(store: Store, request: SaleRequest & { bidId?: string | null; reason?: string | null }): Promise<Outcome> {
  const { bidId: wanted = null, reason = null } = request;
  return onSale<Awarded>(
    store,
    'awardSale',
    'AWARD_SALE',
    request,
    { bidId: wanted, reason },
    async (tx, { sale, refused, decided }) => {
      if (refused.length) return decided();
      const bids = (await tx.em.find(SaleBid, { saleId: sale.id, state: 'SUBMITTED' })).flatMap(({ id, priceMinor, submittedAt }) =>
        priceMinor == null ? [] : { id, priceMinor, submittedAt: submittedAt! },
      );
      const [highest] = ranked(bids);
      const bid = wanted ? bids.find(({ id }) => id === wanted) : highest;
      const path = ['input', 'bidId'];
      if (!bid) return { refused: [{ code: 'NOT_FOUND', message: 'There is no such bid', path }] };
      const rule: AwardRule = bid.id === highest!.id ? 'HIGHEST_PRICE' : 'CHOSEN';
      if (rule === 'CHOSEN' && !reason)
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'award-reason',
          message: 'Another than the highest bid needs a reason',
          path: ['input', 'reason'],
        });
      if (sale.reserveFraction && !reaches(bid.priceMinor, sale.legalBalanceMinor, sale.reserveFraction))
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'reserve-price',
          message: `The bid is below ${sale.reserveFraction} of the legal balance`,
          path,
        } as Refusal);
      return decided({ type: 'SaleAwarded', data: { saleId: sale.id, bidId: bid.id, rule, reason, actor: request.actor.user } });
    },
    applySaleAwarded,
  );
}

export const applySaleAwarded: Applier = async (tx, fact: Fact<string, Awarded>) => {
  const { saleId, bidId, rule, reason, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  const bids = await tx.em.find(SaleBid, { saleId, state: 'SUBMITTED' }, { orderBy: { id: 'asc' } });
  const won = bids.find(({ id }) => id === bidId)!;
  const items = await itemsOf(tx, saleId, 'SALE_CANDIDATE');
  const shares = shareOut(
    won.priceMinor!,
    items.map(({ legalBalanceMinor }) => legalBalanceMinor),
  );
  items.forEach((item, i) => (item.priceMinor = shares[i]!));
  Object.assign(sale, {
    state: 'AWARDED',
    buyerId: won.buyerId,
    priceMinor: won.priceMinor,
    priceFraction: won.priceFraction,
    awardRule: rule,
    awardReason: reason,
    awardedBidId: won.id,
    awardedOn: fact.businessOn,
    version: sale.version + 1,
  });
  const price = { amount: minorToDecimal(won.priceMinor!, sale.currency), currency: sale.currency };
  const owed = bids.map((bid) =>
    toBuyer(sale, bid.buyerId, {
      deliveryKey: `award/${saleId}/${bid.buyerId}/${fact.id}`,
      operation: 'award',
      // Who lost learns that, and nothing of the others.
      payload: { saleRef: sale.ref, bidRef: bid.bidRef!, outcome: bid === won ? 'WON' : 'LOST', ...(bid === won ? { price } : {}) },
    }),
  );
  bids.forEach((bid, i) => Object.assign(bid, { state: bid === won ? 'WON' : 'LOST', awardHandoffId: handoffIdOf(owed[i]!.deliveryKey) }));
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_AWARDED',
      summary: `${sale.ref} is awarded to ${won.buyerId} by ${rule}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId, bidId, rule },
    },
  ]);
  await oweHandoffs(tx, owed);
  return { caseId: sale.leadCaseId, saleId, bidId };
};

/** Who does not stand by a bid has it no longer; the others may be awarded. */
export async function followAward(tx: Tx, fact: Fact, news: News, _answer: FinalAnswer): Promise<void> {
  const bid = await tx.em.findOne(SaleBid, { awardHandoffId: news.handoff.id });
  if (bid?.state !== 'WON') return;
  const sale = (await saleById(tx, bid.saleId))!;
  if (sale.state !== 'AWARDED') return;
  bid.state = 'DECLINED';
  for (const other of await tx.em.find(SaleBid, { saleId: sale.id, state: 'LOST' })) other.state = 'SUBMITTED';
  for (const item of await itemsOf(tx, sale.id, 'SALE_CANDIDATE')) item.priceMinor = null;
  const none = {
    buyerId: null,
    priceMinor: null,
    priceFraction: null,
    awardRule: null,
    awardReason: null,
    awardedBidId: null,
    awardedOn: null,
  };
  Object.assign(sale, { ...none, state: 'BID', version: sale.version + 1 });
  changeCase(tx, news.theCase, fact, [
    {
      type: 'SALE_AWARD_REFUSED',
      summary: `${bid.buyerId} does not stand by its bid for ${sale.ref}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { saleId: sale.id, bidId: bid.id },
    },
  ]);
}
