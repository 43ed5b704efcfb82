// Places and releases holds: what kind of stop, on which kinds of action, until when.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { casesById } from '../storage/cases.js';
import { Hold } from '../storage/definitions/cases.js';
import type { InferEntity, Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase, type CaseRow, type Happening } from './change-case.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';
import { tellAgencyNow } from './tell-agency.js';

export interface HoldInput {
  type: string;
  scopes: string[];
  reason: string;
  expiresOn?: string | null;
}

/** @returns what the case is to be told */
export function startHold(tx: Tx, fact: Fact, theCase: CaseRow, id: string, hold: Required<HoldInput> & { actor: string }): Happening {
  const { actor, type, scopes, reason, expiresOn } = hold;
  tx.em.create(Hold, { id, caseId: theCase.id, type, scopes, reason, expiresOn, placedBy: actor, placedAt: fact.recordedAt! });
  const summary = `Hold ${type} on ${scopes.join(', ')}`;
  return { type: 'HOLD_PLACED', summary, actor, effectiveOn: fact.effectiveOn, data: { holdId: id } };
}

/** @returns what the case is to be told */
export function endHold(fact: Fact, hold: InferEntity<typeof Hold>, actor: string): Happening {
  Object.assign(hold, { releasedAt: fact.recordedAt, releasedBy: actor });
  return { type: 'HOLD_RELEASED', summary: `Hold ${hold.type} released`, actor, effectiveOn: fact.effectiveOn, data: { holdId: hold.id } };
}

export function placeHold(store: Store, request: CaseRequest & HoldInput): Promise<Outcome> {
  const { type, scopes, reason, expiresOn = null } = request;
  // whoever may not be contacted is not contacted, whatever else the hold was meant to stop.
  const ceased = type === 'CEASE_CONTACT' ? ['CONTACT', 'PLACEMENT'] : [];
  const data = { type, scopes: [...new Set([...scopes, ...ceased])].sort(), reason, expiresOn, actor: request.actor.user };
  return answerOnce(
    store,
    'placeHold',
    request,
    data,
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'PLACE_HOLD', theCase, today);
      if (expiresOn && expiresOn < today)
        refused.push({ code: 'INVALID_INPUT', message: `The hold would have expired before ${today}`, path: ['input', 'expiresOn'] });
      if (!scopes.length) refused.push({ code: 'INVALID_INPUT', message: 'A hold needs at least one scope', path: ['input', 'scopes'] });
      return decided({ type: 'HoldPlaced', data });
    },
    applyHoldPlaced,
  );
}

export const applyHoldPlaced: Applier = async (tx, fact: Fact<string, Required<HoldInput> & { actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const holdId = idOf('hold', fact.source, fact.id);
  changeCase(tx, theCase!, fact, [startHold(tx, fact, theCase!, holdId, fact.data)]);
  await tellAgencyNow(tx, fact, theCase!);
  return { caseId: theCase!.id, holdId };
};

export function releaseHold(store: Store, request: CaseRequest & { holdId: string; reason: string }): Promise<Outcome> {
  const data = { holdId: request.holdId, reason: request.reason, actor: request.actor.user };
  return answerOnce(
    store,
    'releaseHold',
    request,
    data,
    async (tx, theCase, today) => {
      const hold = await tx.em.findOne(Hold, { id: request.holdId, caseId: theCase.id });
      if (!hold) return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such hold', path: ['input', 'holdId'] }] };
      const message = 'The hold was released before';
      const stands: Refusal[] = hold.releasedAt ? [{ code: 'GUARD_REJECTED', ruleId: 'hold-in-force', message }] : [];
      return (await judge(tx, 'RELEASE_HOLD', theCase, today, stands)).decided({ type: 'HoldReleased', data });
    },
    applyHoldReleased,
  );
}

export const applyHoldReleased: Applier = async (tx, fact: Fact<string, { holdId: string; reason: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { holdId, actor } = fact.data;
  const hold = await tx.em.findOneOrFail(Hold, { id: holdId });
  changeCase(tx, theCase!, fact, [endHold(fact, hold, actor)]);
  await tellAgencyNow(tx, fact, theCase!);
  return { caseId: theCase!.id, holdId };
};
