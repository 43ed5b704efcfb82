// What a buyer's word does to the sale that it is about, and to each case that is sold in it.
import type { Fact } from '../domain/fact.js';
import { ownershipOf, saleSteps, type SaleState, type SaleStepName } from '../domain/sale/sale.js';
import { casesById } from '../storage/cases.js';
import { PortfolioSale, SoldCase } from '../storage/definitions/sales.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { isNews, type News } from './news.js';

export async function followSale(tx: Tx, fact: Fact, news: News, step: SaleStepName): Promise<void> {
  const sale = await tx.em.findOne(PortfolioSale, { handoffId: news.handoff.id });
  if (!sale) return;
  sale.partnerRef ??= news.partnerRef;
  const next = saleSteps[sale.state as SaleState][step];
  if (!next || !isNews(sale.partnerSequence, news.sequence)) return;
  sale.state = next;
  sale.version++;
  if (news.sequence > sale.partnerSequence) sale.partnerSequence = news.sequence;
  const sold = await tx.em.find(SoldCase, { saleId: sale.id });
  for (const theCase of await casesById(
    tx,
    sold.map(({ caseId }) => caseId),
  )) {
    theCase.ownership = ownershipOf(next);
    changeCase(tx, theCase, fact, [
      {
        type: `SALE_${step}`,
        summary: `${sale.buyerId}: ${step.toLowerCase()}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { saleId: sale.id },
      },
    ]);
  }
}
