// Closes the sale of a portfolio: from the cut-off the cases are the buyer's business, and the buyer is told of each loan.
import { daysBetween } from '../domain/day.js';
import type { RequestDecision } from '../domain/case/request-decision.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { casesById } from '../storage/cases.js';
import { claimOf, loansOf } from '../storage/claims.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { PortfolioSale, SoldCase } from '../storage/definitions/sales.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge, notAConnector } from './guard-case.js';
import { answerOnce, refuse, type CaseRequest, type Outcome, type Refusal } from './request.js';

export interface SaleInput {
  saleRef: string;
  buyerId: string;
  caseIds: string[];
  price: { amount: string; currency: string };
  cutOffAt: string;
}

/** The first case of the list carries the fact; all of them change, or none. */
export function closePortfolioSale(store: Store, request: Omit<CaseRequest, 'caseId' | 'expectedVersion'> & SaleInput): Promise<Outcome> {
  const caseIds = [...new Set(request.caseIds)].sort();
  const { saleRef, buyerId, cutOffAt, price } = request;
  if (!caseIds.length)
    return Promise.resolve(refuse({ code: 'INVALID_INPUT', message: 'A sale needs at least one case', path: ['input', 'caseIds'] }));
  return answerOnce(
    store,
    'closePortfolioSale',
    { ...request, caseId: caseIds[0]! },
    { saleRef, buyerId, caseIds, price, cutOffAt },
    async (tx, _carrier, today) => {
      const cases = await casesById(tx, caseIds);
      const refused: Refusal[] = [];
      const decisions: Record<string, RequestDecision> = {};
      const path = ['input', 'saleRef'];
      const once: Refusal = { code: 'GUARD_REJECTED', ruleId: 'sale-ref-once', message: `There is a sale ${saleRef}`, path };
      if (await tx.em.findOne(PortfolioSale, { ref: saleRef })) refused.push(once);
      for (const id of caseIds) {
        const theCase = cases.find((each) => each.id === id);
        if (!theCase) {
          refused.push({ code: 'NOT_FOUND', message: `There is no case ${id}`, path: ['input', 'caseIds'] });
          continue;
        }
        const judging = await judge(tx, 'CLOSE_PORTFOLIO_SALE', theCase, today);
        refused.push(...judging.refused.map((each) => ({ ...each, message: `${theCase.ref}: ${each.message}` })));
        if (refused.includes(once)) judging.refused.push(once);
        decisions[id] = judging.decision();
      }
      const ruled = Object.values(decisions).some(({ outcome }) => outcome === 'REFUSED');
      if (!(await tx.em.findOne(Connector, { connectorId: buyerId, kind: 'ASSET_MANAGER' })))
        refused.push({ ...notAConnector(buyerId, 'ASSET_MANAGER'), path: ['input', 'buyerId'] } as never);
      const priceMinor = decimalToMinor(price.amount, price.currency);
      if (priceMinor === null || priceMinor < 0n)
        refused.push({ code: 'INVALID_INPUT', message: `The price must have the decimals of ${price.currency}`, path: ['input', 'price'] });
      if (refused.length) return { refused, ...(ruled ? { decisions } : {}) };
      return {
        type: 'PortfolioSold',
        data: { saleRef, buyerId, caseIds, priceMinor: String(priceMinor), currency: price.currency, cutOffAt, actor: request.actor.user },
        decisions,
      };
    },
    applyPortfolioSold,
  );
}

export const applyPortfolioSold: Applier = async (
  tx,
  fact: Fact<
    string,
    { saleRef: string; buyerId: string; caseIds: string[]; priceMinor: string; currency: string; cutOffAt: string; actor: string }
  >,
) => {
  const { saleRef, buyerId, caseIds, priceMinor, currency, cutOffAt, actor } = fact.data;
  const today = fact.businessOn;
  const cases = await casesById(tx, caseIds);
  const deliveryKey = `sale/${saleRef}`;
  const handoffId = handoffIdOf(deliveryKey);
  const saleId = idOf('sale', saleRef);
  const loans = [];
  for (const theCase of cases) {
    theCase.ownership = 'SALE_PENDING';
    loans.push(...(await loansOf(tx, theCase.id)));
    tx.em.create(SoldCase, { id: idOf('soldcase', saleId, theCase.id), saleId, caseId: theCase.id });
    changeCase(tx, theCase, fact, [
      {
        type: 'SALE_CLOSED',
        summary: `Sold to ${buyerId} in ${saleRef}`,
        actor,
        effectiveOn: fact.effectiveOn,
        data: { saleId, handoffId },
      },
    ]);
  }
  tx.em.create(PortfolioSale, {
    id: saleId,
    ref: saleRef,
    buyerId,
    handoffId,
    state: 'SIGNED',
    cutOffAt: new Date(cutOffAt),
    currency,
    priceMinor: BigInt(priceMinor),
    loans: loans.length,
    partnerSequence: 0n,
    closedOn: today,
    version: 1,
  });
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: cases[0]!.id,
      connectorId: buyerId,
      operation: 'assignPortfolio',
      lane: deliveryKey,
      laneSequence: 1n,
      payload: {
        saleRef,
        cutOffAt,
        price: { amount: minorToDecimal(BigInt(priceMinor), currency), currency },
        loans: loans.map((loan) => claimOf(loan, today, loan.overdueSince ? daysBetween(loan.overdueSince, today) : 0)),
      },
    },
  ]);
  return { caseId: cases[0]!.id, saleId, handoffId };
};
