// Records a partner's news once: bound to its own hand-over, applied in the partner's order, kept even when it changes nothing.
import type { Fact } from '../domain/fact.js';
import type { ReportedRemittance } from '../domain/placement/remittance.js';
import { casesById } from '../storage/cases.js';
import { CallbackReceipt, Handoff } from '../storage/definitions/handoffs.js';
import { logFacts } from '../storage/facts.js';
import { lockSoldCases } from '../storage/sales.js';
import { writeLock, type Store, type Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { callbackFollowers } from './followers.js';
import type { News } from './news.js';
import { takeRemittance } from './record-remittance.js';

export interface PartnerNews {
  type: string;
  deliveryId: string;
  partnerRef: string;
  sequence: number;
  occurredAt: string;
  data: Record<string, unknown>;
}

/** notFound also for another partner's delivery: who may not know of it learns nothing. */
export type CallbackOutcome = 'recorded' | 'seenBefore' | 'notFound';

export const recordCallback = (store: Store, partnerId: string, webhookId: string, news: PartnerNews): Promise<CallbackOutcome> =>
  store.transaction((tx) => takeCallback(tx, partnerId, webhookId, news));

/** The same within a transaction that takes several: their cases are to be locked before, in the order of their ids. */
export async function takeCallback(tx: Tx, partnerId: string, webhookId: string, news: PartnerNews): Promise<CallbackOutcome> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`callback ${partnerId} ${webhookId}`]);
  if (await tx.em.findOne(CallbackReceipt, { partnerId, webhookId })) return 'seenBefore';
  if (news.type === 'remittance.submitted') {
    const taken = await takeRemittanceNews(tx, partnerId, news);
    if (taken !== 'notFound') tx.em.create(CallbackReceipt, { partnerId, webhookId, receivedAt: new Date(), outcome: 'RECORDED' });
    return taken;
  }
  // The case is locked before the fact gets its place in the log, so that a replay meets the facts in the same order.
  const [found] = await tx.query<{ case_id: string; operation: string; tenant: string; business_date: string }>(
    'select h.case_id, h.operation, c.tenant, business_date(c.tenant)::text from handoff h join recovery_case c on c.id = h.case_id where h.id = $1 and h.connector_id = $2 for update of c',
    [news.deliveryId, partnerId],
  );
  if (!found) return 'notFound';
  if (found.operation === 'assignPortfolio') await lockSoldCases(tx, news.deliveryId);
  const fact: Fact<string, PartnerNews> = {
    source: `partner/${partnerId}`,
    id: `callback/${webhookId}`,
    type: 'PartnerCallback',
    tenant: found.tenant,
    aggregateId: found.case_id,
    sequence: BigInt(news.sequence),
    effectiveOn: found.business_date,
    businessOn: found.business_date,
    occurredAt: new Date(news.occurredAt),
    data: news,
  };
  if ((await logFacts(tx, [fact])).length) await applyCallback(tx, fact);
  tx.em.create(CallbackReceipt, { partnerId, webhookId, receivedAt: new Date(), outcome: 'RECORDED' });
  return 'recorded';
}

/** It is of many cases, each of which has a fact of its own; the delivery says only who may tell it. */
async function takeRemittanceNews(tx: Tx, partnerId: string, news: PartnerNews): Promise<'recorded' | 'seenBefore' | 'notFound'> {
  const [found] = await tx.query<{ tenant: string }>(
    'select c.tenant from handoff h join recovery_case c on c.id = h.case_id where h.id = $1 and h.connector_id = $2',
    [news.deliveryId, partnerId],
  );
  if (!found) return 'notFound';
  const taken = await takeRemittance(tx, partnerId, news.data as unknown as ReportedRemittance, found.tenant);
  return 'recorded' in taken ? taken.recorded : 'recorded';
}

export const applyCallback: Applier = async (tx, fact: Fact<string, PartnerNews>) => {
  const { type, deliveryId, partnerRef, sequence, occurredAt, data } = fact.data;
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const handoff = await tx.em.findOneOrFail(Handoff, { id: deliveryId }, { lockMode: writeLock });
  if (!['ACCEPTED', 'REFUSED'].includes(handoff.state)) {
    // Who brings news of a delivery has it, even if its answer was lost on the way.
    Object.assign(handoff, {
      state: 'ACCEPTED',
      partnerRef,
      answeredAt: fact.recordedAt,
      leaseOwner: null,
      leaseUntil: null,
      fence: handoff.fence + 1n,
    });
    changeCase(tx, theCase!, fact, [
      {
        type: 'HANDOFF_ACCEPTED',
        summary: `${handoff.connectorId} accepted: ${handoff.operation}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { handoffId: handoff.id, operation: handoff.operation, partnerRef },
      },
    ]);
  }
  const news: News = { handoff, theCase: theCase!, partnerRef, sequence: BigInt(sequence), occurredAt: new Date(occurredAt), data };
  const told = await callbackFollowers[type]?.(tx, fact, news);
  if (!callbackFollowers[type] || told === false)
    changeCase(tx, theCase!, fact, [
      {
        type: 'PARTNER_NEWS',
        summary: `${handoff.connectorId}: ${type}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { handoffId: handoff.id },
      },
    ]);
  return { handoffId: handoff.id };
};
