// What a buyer's word does to the assignment that it is about, and to each loan and case in it.
import type { Fact } from '../domain/fact.js';
import { isTransferred, saleSteps, type SaleState, type SaleStepName } from '../domain/sale/sale.js';
import { PassedOnPayment, PortfolioSale } from '../storage/definitions/sales.js';
import { itemsOf } from '../storage/sales.js';
import type { Tx } from '../storage/store.js';
import { moveItem, tellSoldCases } from './move-sold-loans.js';
import { isNews, type FinalAnswer, type News } from './news.js';
import { passOnBefore } from './pass-on-payments.js';

export async function followSale(tx: Tx, fact: Fact, news: News, step: SaleStepName): Promise<void> {
  const sale = await tx.em.findOne(PortfolioSale, { handoffId: news.handoff.id });
  if (!sale) return;
  sale.partnerRef ??= news.partnerRef;
  const next = saleSteps[sale.state as SaleState][step];
  if (!next || !isNews(sale.partnerSequence, news.sequence)) return;
  sale.state = next;
  sale.version++;
  if (news.sequence > sale.partnerSequence) sale.partnerSequence = news.sequence;
  const pending = await itemsOf(tx, sale.id, 'SALE_PENDING');
  for (const item of pending) {
    moveItem(item, isTransferred(next) ? 'TRANSFER' : 'RELEASE');
    if (isTransferred(next)) item.transferredOn = fact.businessOn;
  }
  if (pending.length && isTransferred(next)) sale.assignedOn = fact.businessOn;
  if (step === 'SETTLED') sale.settledOn = fact.businessOn;
  const told = pending.length ? pending : await itemsOf(tx, sale.id, 'TRANSFERRED', 'BUYBACK_PENDING');
  await tellSoldCases(tx, fact, told, {
    type: `SALE_${step}`,
    summary: `${sale.buyerId}: ${step.toLowerCase()}`,
    actor: fact.source,
    data: { saleId: sale.id },
  });
  if (pending.length && isTransferred(next)) await passOnBefore(tx, fact, sale.id);
}

/** What the buyer says to a payment that was passed on to it. */
export async function followPassedOn(tx: Tx, _fact: Fact, news: News, answer: FinalAnswer): Promise<void> {
  const passed = await tx.em.findOne(PassedOnPayment, { handoffId: news.handoff.id });
  if (passed) passed.state = answer.is === 'accepted' ? 'PASSED_ON' : 'REFUSED';
}
