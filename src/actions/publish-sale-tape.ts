// Sends the masked tape of a pool to buyers who are to bid for it: no names, no numbers of accounts, and totals by which it can be checked.
import { daysBetween } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { tapeDigest } from '../domain/sale/tape-digest.js';
import { minorToDecimal } from '../domain/money.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { SaleBid, SaleTape } from '../storage/definitions/sales.js';
import { casesById } from '../storage/cases.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { itemsOf, saleable, saleById, type SaleLoanRow } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { notAConnector } from './guard-case.js';
import { onSale, type SaleRequest } from './on-sale.js';
import type { Outcome, Refusal } from './request.js';
import { toBuyer } from './to-buyer.js';

interface Money {
  amount: string;
  currency: string;
}
/** One loan of a masked tape, as connectors/contract/asset-manager.ts has it. */
interface Line {
  loanRef: string;
  productClass: string;
  disbursedOn: string | null;
  overdueSince: string | null;
  daysPastDue: number;
  principal: Money;
  interest: Money;
  other: Money;
  legalBalance: Money;
  security: Money | null;
}
interface Published extends Record<string, unknown> {
  saleId: string;
  buyerIds: string[];
  bidsCloseAt: string;
  reserveFraction: string | null;
  tape: Line[];
  actor: string;
}

export function publishTape(
  store: Store,
  request: SaleRequest & { buyerIds: string[]; bidsCloseAt: string; reserveFraction?: string | null },
): Promise<Outcome> {
  const { bidsCloseAt, reserveFraction = null } = request;
  const buyerIds = [...new Set(request.buyerIds)].sort();
  return onSale<Published>(
    store,
    'publishTape',
    'PUBLISH_SALE_TAPE',
    request,
    { buyerIds, bidsCloseAt, reserveFraction },
    async (tx, { sale, today, refused, decided }) => {
      const known = await tx.em.find(Connector, { connectorId: { $in: buyerIds }, kind: 'ASSET_MANAGER' });
      for (const id of buyerIds)
        if (!known.some(({ connectorId }) => connectorId === id))
          refused.push({ ...notAConnector(id, 'ASSET_MANAGER'), path: ['input', 'buyerIds'] } as Refusal);
      if (new Date(bidsCloseAt) <= new Date())
        refused.push({ code: 'INVALID_INPUT', message: 'Bids must close at an instant to come', path: ['input', 'bidsCloseAt'] });
      const tape = await linesOf(tx, await itemsOf(tx, sale.id, 'SALE_CANDIDATE'), today);
      return decided({
        type: 'SaleTapePublished',
        data: { saleId: sale.id, buyerIds, bidsCloseAt, reserveFraction, tape, actor: request.actor.user },
      });
    },
    applyTapePublished,
  );
}

async function linesOf(tx: Tx, items: readonly SaleLoanRow[], today: string): Promise<Line[]> {
  const rows = new Map(
    (
      await saleable(
        tx,
        items.map(({ loanId }) => loanId),
      )
    ).map((row) => [row.loanId, row]),
  );
  return items.map(({ loanId, tapeRef, currency }) => {
    const row = rows.get(loanId)!;
    const money = (minor: string) => ({ amount: minorToDecimal(BigInt(minor), currency), currency });
    return {
      loanRef: tapeRef,
      productClass: row.productClass ?? '',
      disbursedOn: row.disbursedOn,
      overdueSince: row.overdueSince,
      daysPastDue: row.overdueSince ? Math.max(0, daysBetween(row.overdueSince, today)) : 0,
      principal: money(row.principalMinor),
      interest: money(row.interestMinor),
      other: money(row.otherMinor),
      legalBalance: money(row.legalBalanceMinor),
      security: row.securedMinor === null ? null : money(row.securedMinor),
    };
  });
}

const minorOf = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''));

export const applyTapePublished: Applier = async (tx, fact: Fact<string, Published>) => {
  const { saleId, buyerIds, bidsCloseAt, reserveFraction, tape: lines, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  const { currency } = sale;
  const byRef = new Map(lines.map((line) => [line.loanRef, line]));
  for (const item of await itemsOf(tx, saleId, 'SALE_CANDIDATE')) {
    const { principal, interest, other, legalBalance, daysPastDue } = byRef.get(item.tapeRef)!;
    Object.assign(item, {
      principalMinor: minorOf(principal),
      interestMinor: minorOf(interest),
      otherMinor: minorOf(other),
      legalBalanceMinor: minorOf(legalBalance),
      daysPastDue,
    });
  }
  const sum = (of: (line: Line) => Money) => lines.reduce((all, line) => all + minorOf(of(line)), 0n);
  const [principal, legal] = [sum((line) => line.principal), sum((line) => line.legalBalance)];
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, currency), currency });
  const linesSha256 = tapeDigest(lines.map((line) => [line.loanRef, line.principal, line.interest, line.other, line.legalBalance]));
  const tapeId = idOf('saletape', saleId, 'MASKED', 'ORDER', fact.id);
  tx.em.create(SaleTape, {
    id: tapeId,
    saleId,
    kind: 'MASKED',
    form: 'ORDER',
    asOf: fact.businessOn,
    loans: lines.length,
    currency,
    principalMinor: principal,
    legalBalanceMinor: legal,
    sha256: linesSha256,
    files: [],
    madeOn: fact.businessOn,
    madeBy: actor,
  });
  Object.assign(sale, {
    state: 'MARKETED',
    bidsCloseAt: new Date(bidsCloseAt),
    reserveFraction,
    publishedOn: fact.businessOn,
    legalBalanceMinor: legal,
    version: sale.version + 1,
  });
  const owed = buyerIds.map((buyerId) =>
    toBuyer(sale, buyerId, {
      deliveryKey: `tape/${saleId}/${buyerId}`,
      operation: 'publishTape',
      laneSequence: 1n,
      payload: {
        saleRef: sale.ref,
        asOf: fact.businessOn,
        bidsCloseAt,
        lines,
        totals: { loans: lines.length, principal: money(principal), legalBalance: money(legal) },
        sha256: linesSha256,
      },
    }),
  );
  for (const { connectorId: buyerId, deliveryKey } of owed)
    tx.em.create(SaleBid, {
      id: idOf('salebid', saleId, buyerId),
      saleId,
      buyerId,
      handoffId: handoffIdOf(deliveryKey),
      state: 'INVITED',
      invitedOn: fact.businessOn,
      partnerSequence: 0n,
      currency,
    });
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_TAPE_PUBLISHED',
      summary: `${sale.ref} is offered to ${buyerIds.join(', ')} until ${bidsCloseAt}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId, tapeId },
    },
  ]);
  await oweHandoffs(tx, owed);
  return { caseId: sale.leadCaseId, saleId, tapeId };
};
