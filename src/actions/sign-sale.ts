// Signs an awarded sale with its cut-off, assigns its loans to the buyer once that has passed, or gives the sale up before.
import { daysBetween } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import { isZone } from '../domain/sale/cut-off.js';
import type { Against } from '../domain/sale/never-sell.js';
import { fractionOf } from '../domain/sale/price.js';
import { tapeDigest } from '../domain/sale/tape-digest.js';
import { casesById } from '../storage/cases.js';
import { claimOf } from '../storage/claims.js';
import { Loan } from '../storage/definitions/loans.js';
import { SaleBid, SaleTape } from '../storage/definitions/sales.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { itemsOf, saleable, saleById } from '../storage/sales.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { againstEach } from './create-sale-pool.js';
import { moveItem, tellSoldCases } from './move-sold-loans.js';
import { onSale, type SaleRequest } from './on-sale.js';
import type { Outcome, Refusal } from './request.js';
import { toBuyer } from './to-buyer.js';

interface Signed extends Record<string, unknown> {
  saleId: string;
  contractRef: string;
  cutOffAt: string;
  zone: string;
  leftOut: { id: string; against: Against[] }[];
  actor: string;
}

/** What must not be sold any more is left out, and the price is less by its share. */
export function signSale(store: Store, request: SaleRequest & { contractRef: string; cutOffAt: string; zone: string }): Promise<Outcome> {
  const { contractRef, cutOffAt, zone } = request;
  return onSale<Signed>(
    store,
    'signSale',
    'SIGN_SALE',
    request,
    { contractRef, cutOffAt, zone },
    async (tx, { sale, today, refused, decided }) => {
      if (!isZone(zone)) refused.push({ code: 'INVALID_INPUT', message: `There is no time zone ${zone}`, path: ['input', 'timeZone'] });
      const items = await itemsOf(tx, sale.id, 'SALE_CANDIDATE');
      const caseOf = new Map(items.map(({ loanId, caseId }) => [loanId, caseId]));
      const against = await againstEach(tx, await saleable(tx, [...caseOf.keys()]), caseOf, sale, today, sale.id);
      const leftOut = items.flatMap(({ id, loanId }) => (against.get(loanId)!.length ? [{ id, against: against.get(loanId)! }] : []));
      if (items.length && leftOut.length === items.length)
        for (const each of leftOut.flatMap((item) => item.against)) refused.push({ code: 'GUARD_REJECTED', ...each } as Refusal);
      return decided({ type: 'SaleSigned', data: { saleId: sale.id, contractRef, cutOffAt, zone, leftOut, actor: request.actor.user } });
    },
    applySaleSigned,
  );
}

export const applySaleSigned: Applier = async (tx, fact: Fact<string, Signed>) => {
  const { saleId, contractRef, cutOffAt, zone, leftOut, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const out = new Map(leftOut.map(({ id, against }) => [id, against]));
  const all = await itemsOf(tx, saleId, 'SALE_CANDIDATE');
  for (const item of all) {
    const against = out.get(item.id);
    moveItem(item, against ? 'LEAVE_OUT' : 'SIGN');
    if (against)
      Object.assign(item, {
        priceMinor: null,
        ruleIds: against.map(({ ruleId }) => ruleId),
        reasons: against.map(({ message }) => message),
      });
    else Object.assign(item, { buyerId: sale.buyerId, cutOffAt: new Date(cutOffAt), cutOffZone: zone });
  }
  const items = all.filter(({ state }) => state === 'SALE_PENDING');
  const sum = (of: (item: (typeof items)[number]) => bigint) => items.reduce((total, item) => total + of(item), 0n);
  const [priceMinor, legalBalanceMinor] = [sum((item) => item.priceMinor!), sum((item) => item.legalBalanceMinor)];
  Object.assign(sale, {
    state: 'SIGNED',
    contractRef,
    cutOffAt: new Date(cutOffAt),
    cutOffZone: zone,
    signedOn: fact.businessOn,
    loans: items.length,
    priceMinor,
    legalBalanceMinor,
    priceFraction: fractionOf(priceMinor, legalBalanceMinor),
    version: sale.version + 1,
  });
  await tellSoldCases(tx, fact, all, {
    type: 'SALE_SIGNED',
    summary: `${sale.ref} with ${sale.buyerId} is signed, cut-off ${cutOffAt}`,
    actor,
    data: { saleId },
  });
  return { caseId: sale.leadCaseId, saleId };
};

interface Assigned extends Record<string, unknown> {
  saleId: string;
  claims: (ReturnType<typeof claimOf> & { loanRef: string })[];
  actor: string;
}

export function assignSale(store: Store, request: SaleRequest): Promise<Outcome> {
  return onSale<Assigned>(
    store,
    'assignSale',
    'ASSIGN_SALE',
    request,
    {},
    async (tx, { sale, today, decided }) => {
      const items = await itemsOf(tx, sale.id, 'SALE_PENDING');
      const loans = await tx.em.find(Loan, { id: { $in: items.map(({ loanId }) => loanId) } });
      const byId = new Map(loans.map((loan) => [loan.id, loan]));
      const claims = items.map(({ loanId, tapeRef }) => {
        const loan = byId.get(loanId)!;
        return { loanRef: tapeRef, ...claimOf(loan, today, loan.overdueSince ? Math.max(0, daysBetween(loan.overdueSince, today)) : 0) };
      });
      return decided({ type: 'SaleAssigned', data: { saleId: sale.id, claims, actor: request.actor.user } });
    },
    applySaleAssigned,
  );
}

export const applySaleAssigned: Applier = async (tx, fact: Fact<string, Assigned>) => {
  const { saleId, claims, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  const bid = sale.awardedBidId ? await tx.em.findOne(SaleBid, { id: sale.awardedBidId }) : null;
  const deliveryKey = `sale/${sale.ref}`;
  const handoffId = handoffIdOf(deliveryKey);
  const minorOf = ({ amount }: { amount: string }) => BigInt(amount.replace('.', ''));
  const tapeId = idOf('saletape', saleId, 'FULL', 'ORDER', fact.id);
  tx.em.create(SaleTape, {
    id: tapeId,
    saleId,
    kind: 'FULL',
    form: 'ORDER',
    asOf: fact.businessOn,
    loans: claims.length,
    currency: sale.currency,
    principalMinor: claims.reduce((sum, { principal }) => sum + minorOf(principal), 0n),
    legalBalanceMinor: claims.reduce((sum, { total }) => sum + minorOf(total), 0n),
    sha256: tapeDigest(
      claims.map((claim) => [claim.accountRef, claim.principal, claim.interest, claim.fees, claim.penalties, claim.total]),
    ),
    files: [],
    madeOn: fact.businessOn,
    madeBy: actor,
  });
  sale.handoffId = handoffId;
  sale.version++;
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_ASSIGNED',
      summary: `${sale.ref}: ${claims.length} loans are assigned to ${sale.buyerId}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId, handoffId },
    },
  ]);
  await oweHandoffs(tx, [
    toBuyer(sale, sale.buyerId!, {
      deliveryKey,
      operation: 'assignPortfolio',
      payload: {
        saleRef: sale.ref,
        cutOffAt: sale.cutOffAt!.toISOString(),
        price: { amount: minorToDecimal(sale.priceMinor!, sale.currency), currency: sale.currency },
        loans: claims,
        contractRef: sale.contractRef,
        ...(bid?.bidRef ? { bidRef: bid.bidRef } : {}),
      },
    }),
  ]);
  return { caseId: sale.leadCaseId, saleId, handoffId };
};

export function cancelSale(store: Store, request: SaleRequest & { reason: string }): Promise<Outcome> {
  const data = { saleId: request.saleId, reason: request.reason, actor: request.actor.user };
  return onSale(
    store,
    'cancelSale',
    'CANCEL_SALE',
    request,
    { reason: request.reason },
    async (_tx, { decided }) => decided({ type: 'SaleCancelled', data }),
    applySaleCancelled,
  );
}

export const applySaleCancelled: Applier = async (tx, fact: Fact<string, { saleId: string; reason: string; actor: string }>) => {
  const { saleId, reason, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const items = await itemsOf(tx, saleId, 'SALE_CANDIDATE');
  for (const item of items) moveItem(item, 'RELEASE');
  sale.state = 'CANCELLED';
  sale.version++;
  await tellSoldCases(tx, fact, items, { type: 'SALE_CANCELLED', summary: `${sale.ref} is given up`, actor, data: { saleId, reason } });
  return { caseId: sale.leadCaseId, saleId };
};
