// A buyer's bid for a pool: sealed until all are opened, the newest before the closing instant counts, and what comes later is late.
import type { Fact } from '../domain/fact.js';
import { decimalToMinor } from '../domain/money.js';
import { SaleBid, SealedBid } from '../storage/definitions/sales.js';
import { saleById } from '../storage/sales.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { isNews, type FinalAnswer, type News } from './news.js';

interface Told {
  bidRef: string;
  price: { amount: string; currency: string };
}

export async function followBid(tx: Tx, fact: Fact, news: News): Promise<void> {
  const bid = await tx.em.findOne(SaleBid, { handoffId: news.handoff.id });
  if (!bid) return;
  const sale = (await saleById(tx, bid.saleId))!;
  // Nothing of what it says is told to anybody before all bids are opened.
  const tell = (type: string, summary: string) =>
    changeCase(tx, news.theCase, fact, [
      {
        type,
        summary: `${bid.buyerId}: ${summary}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { saleId: sale.id, bidId: bid.id },
      },
    ]);
  const { bidRef, price } = news.data as unknown as Told;
  const priceMinor = price.currency === sale.currency ? decimalToMinor(price.amount, price.currency) : null;
  if (priceMinor === null || priceMinor <= 0n) return tell('SALE_BID_UNREADABLE', `a bid that is none in ${sale.currency}`);
  if (!['MARKETED', 'BID'].includes(sale.state) || sale.bidsOpenedAt || fact.recordedAt! >= sale.bidsCloseAt!) {
    if (bid.state === 'INVITED') bid.state = 'LATE';
    return tell('SALE_BID_LATE', 'a bid after bids were closed');
  }
  if (!isNews(bid.partnerSequence, news.sequence)) return tell('SALE_BID_OLDER', 'an older bid than the one that counts');
  Object.assign(bid, { state: 'SUBMITTED', bidRef, submittedAt: fact.recordedAt!, partnerSequence: news.sequence });
  const sealed = await tx.em.findOne(SealedBid, { id: bid.id });
  if (sealed) sealed.priceMinor = priceMinor;
  else tx.em.create(SealedBid, { id: bid.id, saleId: sale.id, currency: sale.currency, priceMinor });
  sale.state = 'BID';
  sale.version++;
  tell('SALE_BID_TAKEN', sealed ? 'another sealed bid in place of its first' : 'a sealed bid');
}

/** Who refuses the tape does not bid. */
export async function followTape(tx: Tx, _fact: Fact, news: News, _answer: FinalAnswer): Promise<void> {
  const bid = await tx.em.findOne(SaleBid, { handoffId: news.handoff.id });
  if (bid?.state === 'INVITED') bid.state = 'DECLINED';
}
