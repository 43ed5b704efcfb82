// What people do with a hand-over: have it delivered again, park it, or cancel what was surely not sent.
import type { Fact } from '../domain/fact.js';
import { standsAgainst, type HandoffAct, type HandoffState } from '../domain/handoff.js';
import { casesById } from '../storage/cases.js';
import { Handoff } from '../storage/definitions/handoffs.js';
import { isOvertaken } from '../storage/handoffs.js';
import { writeLock, type Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { answerFollowers } from './followers.js';
import type { FinalAnswer, News } from './news.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

interface Steering extends Record<string, unknown> {
  handoffId: string;
  reason: string;
  actor: string;
  /** As it stood when it was decided: the partner may have it, and is asked before it is sent. */
  maybeSent: boolean;
}

const names = { REDELIVER: 'redeliverHandoff', PARK: 'parkHandoff', CANCEL: 'cancelHandoff' } as const;
const types = { REDELIVER: 'HandoffRedelivered', PARK: 'HandoffParked', CANCEL: 'HandoffCancelled' } as const;

export function steerHandoff(
  store: Store,
  act: HandoffAct,
  { handoffId, reason, ...request }: CaseRequest & { handoffId: string; reason: string },
): Promise<Outcome> {
  return answerOnce<Steering>(
    store,
    names[act],
    request,
    { handoffId, reason, actor: request.actor.user },
    async (tx, theCase) => {
      const handoff = await tx.em.findOne(Handoff, { id: handoffId, caseId: theCase.id }, { lockMode: writeLock });
      if (!handoff) return { refused: [{ code: 'NOT_FOUND', message: 'There is no such hand-over', path: ['input', 'handoffId'] }] };
      const state = handoff.state as HandoffState;
      const stands = standsAgainst(act, { state, maybeSent: handoff.maybeSent, overtaken: await isOvertaken(tx, handoffId) });
      if (stands) return { refused: [{ code: 'GUARD_REJECTED', ...stands, path: ['input', 'handoffId'] }] };
      const maybeSent = state === 'UNKNOWN' || (state === 'PARKED' && handoff.maybeSent);
      return { type: types[act], data: { handoffId, reason, actor: request.actor.user, maybeSent } };
    },
    appliersOf[act],
  );
}

const applierOf =
  (
    did: 'REDELIVERED' | 'PARKED' | 'CANCELLED',
    stateOf: (given: Steering) => string,
    answerOf: (given: Steering) => FinalAnswer | null,
  ): Applier =>
  async (tx, fact: Fact<string, Steering>) => {
    const given = fact.data;
    const [theCase] = await casesById(tx, [fact.aggregateId]);
    const handoff = await tx.em.findOneOrFail(Handoff, { id: given.handoffId }, { lockMode: writeLock });
    Object.assign(handoff, {
      state: stateOf(given),
      lastProblem: did === 'REDELIVERED' ? handoff.lastProblem : given.reason,
      maybeSent: did === 'PARKED' && given.maybeSent,
      leaseOwner: null,
      leaseUntil: null,
      fence: handoff.fence + 1n, // who still holds a lease writes nothing under it
      ...(did === 'REDELIVERED'
        ? { attempts: 0, nextAttemptAt: fact.recordedAt, answeredAt: null, rounds: handoff.rounds + 1 }
        : { answeredAt: fact.recordedAt }),
    });
    changeCase(tx, theCase!, fact, [
      {
        type: `HANDOFF_${did}`,
        summary: `${handoff.connectorId}: ${handoff.operation} was ${did.toLowerCase()} by a person`,
        actor: given.actor,
        effectiveOn: fact.effectiveOn,
        data: { handoffId: handoff.id, operation: handoff.operation },
      },
    ]);
    const answer = answerOf(given);
    const news: News = { handoff, theCase: theCase!, partnerRef: null, sequence: 0n, occurredAt: fact.occurredAt, data: {} };
    if (answer) await answerFollowers[handoff.operation]?.[answer.is]?.(tx, fact, news, answer);
    return { caseId: theCase!.id, handoffId: handoff.id };
  };

/** The same key and the same bytes; what the partner may have is looked up first. */
export const applyRedelivered = applierOf(
  'REDELIVERED',
  ({ maybeSent }) => (maybeSent ? 'UNKNOWN' : 'QUEUED'),
  () => null,
);
export const applyParked = applierOf(
  'PARKED',
  () => 'PARKED',
  ({ reason, maybeSent }) => ({ is: 'parked', reason, maybeSent }),
);
/** The partner never has it: what hangs on it goes on as if it had been refused. */
export const applyCancelled = applierOf(
  'CANCELLED',
  () => 'CANCELLED',
  ({ reason }) => ({ is: 'refused', code: 'CANCELLED', reason }),
);

const appliersOf: Readonly<Record<HandoffAct, Applier>> = { REDELIVER: applyRedelivered, PARK: applyParked, CANCEL: applyCancelled };
