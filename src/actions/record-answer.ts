// Records what a partner answered to a hand-over, once, and lets what hangs on it follow.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import { Handoff } from '../storage/definitions/handoffs.js';
import { logFacts } from '../storage/facts.js';
import type { Lease } from '../storage/outbox.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { answerFollowers } from './followers.js';
import type { FinalAnswer, News } from './news.js';

/** Nothing is written under a lease that another has taken over. */
export async function recordAnswer(store: Store, lease: Lease, answer: FinalAnswer): Promise<boolean> {
  return store.transaction(async (tx) => {
    // The case first, as everyone does: it orders the log as the case sees it, and nobody waits in a circle.
    await tx.query('select from recovery_case where id = $1 for update', [lease.caseId]);
    const [held] = await tx.query<{ tenant: string; business_date: string; rounds: number }>(
      `select h.rounds, c.tenant, business_date(c.tenant)::text from handoff h join recovery_case c on c.id = h.case_id
       where h.id = $1 and h.fence = $2 and h.state in ('SENDING', 'UNKNOWN') for update of h`,
      [lease.id, lease.fence],
    );
    if (!held) return false;
    const fact: Fact = {
      source: `partner/${lease.connectorId}`,
      id: held.rounds ? `answer/${lease.id}/${held.rounds}` : `answer/${lease.id}`, // after each round there is an answer of its own
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
    maybeSent: answer.is === 'parked' && answer.maybeSent === true,
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
  const news: News = { handoff, theCase: theCase!, partnerRef, sequence: 0n, occurredAt: fact.occurredAt, data: {} };
  await answerFollowers[handoff.operation]?.[answer.is]?.(tx, fact, news, answer);
  return { handoffId };
};
