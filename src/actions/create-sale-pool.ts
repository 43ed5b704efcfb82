// Puts loans into a pool that is to be sold: those that must not be sold are named with their rules and left out, the rest stays.
import { randomBytes } from 'node:crypto';
import { daysBetween } from '../domain/day.js';
import type { RequestDecision } from '../domain/case/request-decision.js';
import { groupedBy } from '../domain/grouped-by.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { againstSelling, type Against } from '../domain/sale/never-sell.js';
import { policyFor } from '../policies/index.js';
import { casesById, type CaseRow } from '../storage/cases.js';
import { PortfolioSale, SaleLoan, SoldCase } from '../storage/definitions/sales.js';
import { holdsOn } from '../storage/holds.js';
import { loansMeeting, loansNamed, saleable, type Criteria, type Place, type SaleableRow } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { judge } from './guard-case.js';
import { tellSoldCases } from './move-sold-loans.js';
import { answerOnce, refuse, type CaseRequest, type Outcome, type Refusal } from './request.js';

/** So many loans go into one sale at most. */
export const mostLoans = 2_000;

export interface PoolRequest extends Omit<CaseRequest, 'caseId' | 'expectedVersion'> {
  saleRef: string;
  currency: string;
  loanIds: string[];
  caseIds: string[];
  criteria: Omit<Criteria, 'currency'> | null;
  /** Which of these cases the caller may see. */
  visible(caseIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface PooledItem {
  loanId: string;
  caseId: string;
  tapeRef: string;
  principalMinor: string;
  interestMinor: string;
  otherMinor: string;
  legalBalanceMinor: string;
  daysPastDue: number;
  against: Against[];
}

interface Pooled extends Record<string, unknown> {
  saleRef: string;
  currency: string;
  jurisdiction: string;
  policyVersion: string;
  items: PooledItem[];
  actor: string;
}

/** The first case of the pool carries the facts of the sale. */
export async function createSalePool(store: Store, request: PoolRequest): Promise<Outcome> {
  const { saleRef, currency, criteria, visible, ...asked } = request;
  const [loanIds, caseIds] = [[...new Set(request.loanIds)].sort(), [...new Set(request.caseIds)].sort()];
  const found = await store.transaction(async (tx) => {
    const named = await loansNamed(tx, loanIds, caseIds);
    const met = criteria ? await loansMeeting(tx, { ...criteria, currency }, mostLoans) : [];
    return [...new Map([...named, ...met].map((each) => [each.loanId, each])).values()];
  });
  const seen = await visible([...new Set([...found.map(({ caseId }) => caseId), ...caseIds])]);
  const places = found.filter(({ caseId }) => seen.has(caseId));
  const known = new Set(places.map(({ loanId }) => loanId));
  const unknown = [...loanIds.filter((id) => !known.has(id)), ...caseIds.filter((id) => !seen.has(id))];
  if (unknown.length)
    return {
      refused: unknown.map((id): Refusal => ({
        code: 'NOT_FOUND',
        message: `There is no loan with a case, or case, ${id}`,
        path: ['input'],
      })),
    };
  if (!places.length || places.length > mostLoans)
    return refuse({ code: 'INVALID_INPUT', message: `A pool has 1 to ${mostLoans} loans, not ${places.length}`, path: ['input'] });
  // The same request again meets the case that the sale lies on since, whatever the criteria name now.
  const [made] = await store.alone<{ lead: string }>('select lead_case_id as lead from portfolio_sale where ref = $1', [saleRef]);
  const lead = made?.lead ?? places.map(({ caseId }) => caseId).sort()[0]!;
  const { loanIds: _, caseIds: __, ...rest } = asked;
  return answerOnce<Pooled>(
    store,
    'createSalePool',
    { ...rest, caseId: lead },
    { saleRef, currency, loanIds, caseIds, criteria },
    async (tx, theCase, today) => {
      const policy = policyFor(theCase.jurisdiction, today);
      const items = await judged(tx, places, { currency, jurisdiction: theCase.jurisdiction }, today);
      const kept = items.filter(({ against }) => !against.length);
      const refused: Refusal[] = [];
      if (await tx.em.findOne(PortfolioSale, { ref: saleRef }))
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'sale-ref-once',
          message: `There is a sale ${saleRef}`,
          path: ['input', 'saleRef'],
        });
      if (!kept.length)
        for (const { loanId, against } of items)
          for (const each of against) refused.push({ code: 'GUARD_REJECTED', ...each, message: `${loanId}: ${each.message}` });
      else if (kept.length < policy.sale.least.loans)
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'least-loans',
          message: `A sale has ${policy.sale.least.loans} loans or more, and ${kept.length} may be sold`,
          citation: policy.sale.least.citation,
        });
      const decisions: Record<string, RequestDecision> = {};
      const cases = await casesById(tx, [...new Set((kept.length ? kept : items).map(({ caseId }) => caseId))]);
      for (const each of cases) decisions[each.id] = (await judge(tx, 'CREATE_SALE_POOL', each, today, refused)).decision();
      if (refused.length) return { refused, decisions };
      const { jurisdiction } = theCase;
      return {
        type: 'SalePooled',
        data: { saleRef, currency, jurisdiction, policyVersion: policy.version, items, actor: request.actor.user },
        decisions,
      };
    },
    applySalePooled,
  );
}

async function judged(
  tx: Tx,
  places: readonly Place[],
  wanted: { currency: string; jurisdiction: string },
  today: LocalDate,
): Promise<PooledItem[]> {
  const caseOf = new Map(places.map(({ loanId, caseId }) => [loanId, caseId]));
  const rows = await saleable(tx, [...caseOf.keys()]);
  const against = await againstEach(tx, rows, caseOf, wanted, today, null);
  return rows.map((row) => ({
    loanId: row.loanId,
    caseId: caseOf.get(row.loanId)!,
    tapeRef: `T-${randomBytes(6).toString('hex').toUpperCase()}`, // kept with the fact; nothing of the loan leads to it
    principalMinor: row.principalMinor,
    interestMinor: row.interestMinor,
    otherMinor: row.otherMinor,
    legalBalanceMinor: row.legalBalanceMinor,
    daysPastDue: row.overdueSince ? Math.max(0, daysBetween(row.overdueSince, today)) : 0,
    against: against.get(row.loanId)!,
  }));
}

/** What stands against the sale of each loan. @param saleId the sale that they may be in */
export async function againstEach(
  tx: Tx,
  rows: readonly SaleableRow[],
  caseOf: ReadonlyMap<string, string>,
  wanted: { currency: string; jurisdiction: string },
  today: LocalDate,
  saleId: string | null,
): Promise<Map<string, Against[]>> {
  const ids = [...new Set(caseOf.values())];
  const cases = new Map((await casesById(tx, ids)).map((each): [string, CaseRow] => [each.id, each]));
  const holds = groupedBy(await holdsOn(tx, ids), ({ caseId }) => caseId);
  const { sale } = policyFor(wanted.jurisdiction, today);
  return new Map(
    rows.map((row) => {
      const theCase = cases.get(caseOf.get(row.loanId)!)!;
      const { status, currency, jurisdiction, overdueSince, documents } = row;
      const { legal, placement } = theCase;
      const known = { status, currency, jurisdiction, overdueSince, documents, legal, placement, wanted };
      const against = againstSelling(
        {
          ...known,
          outstandingMinor: BigInt(row.legalBalanceMinor),
          caseStatus: theCase.status,
          holds: holds.get(theCase.id) ?? [],
          inSale: row.saleId !== null && row.saleId !== saleId,
        },
        sale,
      );
      return [row.loanId, against];
    }),
  );
}

export const applySalePooled: Applier = async (tx, fact: Fact<string, Pooled>) => {
  const { saleRef, currency, jurisdiction, policyVersion, items, actor } = fact.data;
  const saleId = idOf('sale', saleRef);
  const kept = items.filter(({ against }) => !against.length);
  tx.em.create(PortfolioSale, {
    id: saleId,
    tenant: fact.tenant,
    ref: saleRef,
    leadCaseId: fact.aggregateId,
    jurisdiction,
    state: 'POOLED',
    currency,
    loans: kept.length,
    legalBalanceMinor: kept.reduce((sum, each) => sum + BigInt(each.legalBalanceMinor), 0n),
    partnerSequence: 0n,
    pooledOn: fact.businessOn,
    policyVersion,
    version: 1,
  });
  for (const caseId of new Set([fact.aggregateId, ...items.map((each) => each.caseId)]))
    tx.em.create(SoldCase, { id: idOf('soldcase', saleId, caseId), saleId, caseId });
  items.forEach((each, n) =>
    tx.rows(SaleLoan).add({
      ...newItem,
      id: idOf('saleloan', saleId, each.loanId),
      saleId,
      saleRef,
      loanId: each.loanId,
      caseId: each.caseId,
      ordinal: n + 1,
      tapeRef: each.tapeRef,
      state: each.against.length ? 'LEFT_OUT' : 'SALE_CANDIDATE',
      ownership: each.against.length ? 'BANK' : 'SALE_CANDIDATE',
      currency,
      principalMinor: BigInt(each.principalMinor),
      interestMinor: BigInt(each.interestMinor),
      otherMinor: BigInt(each.otherMinor),
      legalBalanceMinor: BigInt(each.legalBalanceMinor),
      daysPastDue: each.daysPastDue,
      ruleIds: each.against.map(({ ruleId }) => ruleId),
      reasons: each.against.map(({ message }) => message),
      addedOn: fact.businessOn,
    }),
  );
  await tellSoldCases(tx, fact, kept, { type: 'SALE_POOLED', summary: `In the pool of ${saleRef}`, actor, data: { saleId } });
  return { caseId: fact.aggregateId, saleId };
};

/** What a loan of a sale does not have yet. */
export const newItem = {
  priceMinor: null,
  buyerId: null,
  cutOffAt: null,
  cutOffZone: null,
  transferredOn: null,
  notifiedOn: null,
  noticeMethod: null,
  noticeRef: null,
  noticeSha256: null,
  returnGround: null,
  returnReason: null,
  refundMinor: null,
  returnHandoffId: null,
  returnedAt: null,
  returnedOn: null,
};
