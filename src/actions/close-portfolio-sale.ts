// Closes the sale of a portfolio: from the cut-off the cases are the buyer's business, and the buyer is told of each loan.
import { daysBetween } from '../domain/day.js';
import type { RequestDecision } from '../domain/case/request-decision.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { fractionOf, shareOut } from '../domain/sale/price.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { claimOf, loansOf, type LoanEntity } from '../storage/claims.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { PortfolioSale, SaleLoan, SoldCase } from '../storage/definitions/sales.js';
import { saleable } from '../storage/sales.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { newItem } from './create-sale-pool.js';
import { judge, notAConnector } from './guard-case.js';
import { tellSoldCases } from './move-sold-loans.js';
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
        const loans = await loansOf(tx, id);
        const inSale = (
          await saleable(
            tx,
            loans.map((loan) => loan.id),
          )
        ).filter(({ saleId }) => saleId !== null);
        if (inSale.length) {
          const message = `${theCase.ref}: ${inSale.length} of its loans ${inSale.length === 1 ? 'is' : 'are'} in another sale`;
          const rule: Refusal = { code: 'GUARD_REJECTED', ruleId: 'one-live-sale', message };
          judging.refused.push(rule);
          refused.push(rule);
        }
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
  const sold: { caseId: string; loan: LoanEntity }[] = [];
  for (const { id: caseId } of cases) {
    for (const loan of await loansOf(tx, caseId)) sold.push({ caseId, loan });
    tx.em.create(SoldCase, { id: idOf('soldcase', saleId, caseId), saleId, caseId });
  }
  const shares = shareOut(
    BigInt(priceMinor),
    sold.map(({ loan }) => loan.outstandingMinor),
  );
  const daysOf = ({ overdueSince }: LoanEntity) => (overdueSince ? daysBetween(overdueSince, today) : 0);
  sold.forEach(({ caseId, loan }, n) =>
    tx.rows(SaleLoan).add({
      ...newItem,
      id: idOf('saleloan', saleId, loan.id),
      saleId,
      saleRef,
      loanId: loan.id,
      caseId,
      ordinal: n + 1,
      tapeRef: `T-${idOf('', saleId, loan.id).slice(1).toUpperCase()}`,
      state: 'SALE_PENDING',
      ownership: 'SALE_PENDING',
      currency: loan.currency!,
      principalMinor: loan.outstandingPrincipalMinor,
      interestMinor: loan.outstandingInterestMinor,
      otherMinor: loan.outstandingFeeMinor + loan.outstandingPenaltyMinor,
      legalBalanceMinor: loan.outstandingMinor,
      daysPastDue: daysOf(loan),
      priceMinor: shares[n]!,
      ruleIds: [],
      reasons: [],
      addedOn: today,
      buyerId,
      cutOffAt: new Date(cutOffAt),
      cutOffZone: 'UTC',
    }),
  );
  const legalBalanceMinor = sold.reduce((sum, { loan }) => (loan.currency === currency ? sum + loan.outstandingMinor : sum), 0n);
  const { jurisdiction } = cases[0]!;
  tx.em.create(PortfolioSale, {
    id: saleId,
    tenant: fact.tenant,
    ref: saleRef,
    leadCaseId: cases[0]!.id,
    jurisdiction,
    buyerId,
    handoffId,
    state: 'SIGNED',
    cutOffAt: new Date(cutOffAt),
    cutOffZone: 'UTC',
    currency,
    priceMinor: BigInt(priceMinor),
    priceFraction: fractionOf(BigInt(priceMinor), legalBalanceMinor),
    loans: sold.length,
    legalBalanceMinor,
    partnerSequence: 0n,
    pooledOn: today,
    signedOn: today,
    policyVersion: policyFor(jurisdiction, today).version,
    version: 1,
  });
  await tellSoldCases(
    tx,
    fact,
    cases.flatMap(({ id: caseId }) => {
      const own = sold.filter((each) => each.caseId === caseId);
      return own.map(({ loan }) => ({ caseId, loanId: loan.id }));
    }),
    { type: 'SALE_CLOSED', summary: `Sold to ${buyerId} in ${saleRef}`, actor, data: { saleId, handoffId } },
  );
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
        loans: sold.map(({ loan }) => claimOf(loan, today, daysOf(loan))),
      },
    },
  ]);
  return { caseId: cases[0]!.id, saleId, handoffId };
};
