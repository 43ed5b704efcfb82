// Records what a partner answered to a hand-over, once, and lets what hangs on it follow.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import { Handoff } from '../storage/definitions/partners.js';
import { logFacts } from '../storage/facts.js';
import type { Lease } from '../storage/outbox.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { followResponse } from './bureau-dispute.js';
import { changeCase } from './change-case.js';
import { followInquiry } from './follow-inquiry.js';
import { followReport } from './follow-bureau.js';
import { followMatter, followMessage, followPlacement, followSale, type News } from './follow-partner.js';

/** An explicit answer of connectors/contract.ts, or the end of trying. */
export type FinalAnswer =
  { is: 'accepted'; partnerRef: string } | { is: 'refused'; code: string; reason: string } | { is: 'parked'; reason: string };

/** Nothing is written under a lease that another has taken over. */
export async function recordAnswer(store: Store, lease: Lease, answer: FinalAnswer): Promise<boolean> {
  return store.transaction(async (tx) => {
    // The case first, as everyone does: it orders the log as the case sees it, and nobody waits in a circle.
    await tx.query('select from recovery_case where id = $1 for update', [lease.caseId]);
    const [held] = await tx.query<{ tenant: string; business_date: string }>(
      `select c.tenant, business_date(c.tenant)::text from handoff h join recovery_case c on c.id = h.case_id
       where h.id = $1 and h.fence = $2 and h.state in ('SENDING', 'UNKNOWN') for update of h`,
      [lease.id, lease.fence],
    );
    if (!held) return false;
    const fact: Fact = {
      source: `partner/${lease.connectorId}`,
      id: `answer/${lease.id}`,
      type: 'HandoffAnswered',
      tenant: held.tenant,
      aggregateId: lease.caseId,
      sequence: 0n,
      effectiveOn: held.business_date,
      businessOn: held.business_date,
      occurredAt: new Date(),
      data: { handoffId: lease.id, answer },
    };
    if ((await logFacts(tx, [fact])).length) await applyAnswer(tx, fact);
    return true;
  });
}

const states = { accepted: 'ACCEPTED', refused: 'REFUSED', parked: 'PARKED' } as const;
const said = { accepted: 'accepted', refused: 'refused', parked: 'was given up' } as const;

export const applyAnswer: Applier = async (tx, fact: Fact<string, { handoffId: string; answer: FinalAnswer }>) => {
  const { handoffId, answer } = fact.data;
  const handoff = await tx.em.findOneOrFail(Handoff, { id: handoffId });
  const [theCase] = await casesById(tx, [handoff.caseId]);
  const partnerRef = answer.is === 'accepted' ? answer.partnerRef : null;
  const problem = answer.is === 'accepted' ? null : answer.is === 'refused' ? `${answer.code}: ${answer.reason}` : answer.reason;
  Object.assign(handoff, {
    state: states[answer.is],
    partnerRef,
    lastProblem: problem,
    answeredAt: fact.recordedAt,
    leaseOwner: null,
    leaseUntil: null,
  });
  changeCase(tx, theCase!, fact, [
    {
      type: `HANDOFF_${states[answer.is]}`,
      summary:
        `${handoff.connectorId} ${said[answer.is]}${answer.is === 'parked' ? '' : ':'} ${handoff.operation}${problem ? ` (${problem})` : ''}`.replace(
          '::',
          ':',
        ),
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { handoffId, operation: handoff.operation, partnerRef },
    },
  ]);
  const words = answer.is === 'accepted' ? {} : { code: answer.is === 'refused' ? answer.code : undefined, words: answer.reason };
  await followReport(tx, fact, handoffId, { state: states[answer.is], ref: partnerRef, ...words });
  // What was given up may be with the partner all the same: a person decides, and nothing that hangs on it moves.
  if (answer.is === 'parked') return { handoffId };
  await follow(
    tx,
    fact,
    { handoff, theCase: theCase!, partnerRef, sequence: 0n, occurredAt: fact.occurredAt, data: {} },
    answer.is === 'accepted',
  );
  return { handoffId };
};

async function follow(tx: Tx, fact: Fact, news: News, accepted: boolean): Promise<void> {
  switch (news.handoff.operation) {
    case 'placeClaim':
      if (!accepted) await followMatter(tx, fact, news, 'REFUSED');
      return;
    case 'placeCase':
      if (!accepted) await followPlacement(tx, fact, news, 'REFUSED');
      return;
    case 'assignPortfolio':
      if (!accepted) await followSale(tx, fact, news, 'REFUSED');
      return;
    case 'requestInquiry':
      if (!accepted) await followInquiry(tx, fact, news, 'REFUSE');
      return;
    case 'respondDispute':
      if (accepted) await followResponse(tx, fact, news.theCase, news.handoff.id);
      return;
    case 'sendReminder':
      await followMessage(tx, fact, news, accepted ? 'SENT' : 'FAILED');
  }
}
